// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/stopping.hpp"

#include "rasters/core/undo.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

using namespace zonerank;

struct End {
    int code;
    double seconds; ///< from the signal on
};

/// A process of its own that does `work`, and gets a signal in the middle of it.
static End end_of(void (*work)(const std::atomic<bool>& stop), int signal) {
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const std::atomic<bool>& stop = engine::stop_on_signals(130, [](const std::string&) {});
        [[maybe_unused]] const auto told = ::write(ready[1], "r", 1);
        work(stop);
        ::_exit(7);
    }
    char word = 0;
    REQUIRE(::read(ready[0], &word, 1) == 1);
    ::close(ready[0]);
    ::close(ready[1]);
    ::usleep(50'000); // into the work
    const auto start = std::chrono::steady_clock::now();
    ::kill(child, signal);
    int status = 0;
    ::waitpid(child, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status),
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()};
}

TEST_CASE("work that looks at the flag ends by itself") {
    const auto work = [](const std::atomic<bool>& stop) {
        while (!stop)
            ::usleep(1000);
    };
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        const End end = end_of(work, signal);
        CHECK(end.code == 7);
        CHECK(end.seconds < 1);
    }
}

TEST_CASE("under nohup the end of the terminal is not the work's") {
    const auto before = std::signal(SIGHUP, SIG_IGN);
    const End end = end_of(
        [](const std::atomic<bool>& stop) {
            ::usleep(500'000);
            ::_exit(stop ? 9 : 8);
        },
        SIGHUP);
    std::signal(SIGHUP, before);
    CHECK(end.code == 8);
}

TEST_CASE("work that does not is ended within 2 s, and what is unfinished is taken back") {
    static int pipes[2];
    REQUIRE(::pipe(pipes) == 0);
    const End end = end_of(
        [](const std::atomic<bool>&) {
            const rasters::Undo undo([] { [[maybe_unused]] const auto told = ::write(pipes[1], "u", 1); });
            for (;;)
                ::usleep(1000);
        },
        SIGTERM);
    CHECK(end.code == 130);
    CHECK(end.seconds < 2);
    char undone = 0;
    CHECK(::read(pipes[0], &undone, 1) == 1);
    CHECK(undone == 'u');
}

TEST_CASE("results that are taking their place are let finish") {
    const End end = end_of(
        [](const std::atomic<bool>& stop) {
            {
                const rasters::Placing placing;
                while (!stop)
                    ::usleep(1000);
                ::usleep(1'300'000);
            }
            ::_exit(8);
        },
        SIGINT);
    CHECK(end.code == 8);
}

TEST_CASE("what is told") {
    CHECK(engine::stopped_line(false) == "stopped; nothing was written");
    CHECK(engine::stopped_line(false, "1 of 2 units are kept") == "stopped; 1 of 2 units are kept");
    CHECK(engine::stopped_line(true, "1 of 2 units are kept") == "stopped; the results were in place");
    CHECK(engine::stopped_line(true) == "stopped; the results were in place");
    CHECK(engine::last_word());
    CHECK(engine::last_word()); // nobody watches here
}
