// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/undo.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

using namespace zonerank::rasters;

/// The exit code of a process of its own, as undo_all() is the last that a process does; 99 when it hangs.
static int in_a_process(void (*work)()) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::alarm(20);
        work();
        ::_exit(98);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

TEST_CASE("what is unfinished is taken back, the latest first, and nothing else") {
    CHECK(in_a_process([] {
              static std::vector<int> undone;
              {
                  const Undo done([] { undone.push_back(9); });
              }
              const Undo first([] { undone.push_back(1); }), second([] { undone.push_back(2); });
              const bool placed = undo_all();
              ::_exit(undone == std::vector{2, 1} && !placed ? 7 : 1);
          }) == 7);
}

TEST_CASE("results that take their place are waited for, and told of") {
    CHECK(in_a_process([] {
              static std::atomic<bool> over = false, began = false;
              std::thread([] {
                  const Placing placing;
                  began = true;
                  ::usleep(200'000);
                  over = true;
              }).detach();
              while (!began)
                  ::usleep(1000);
              ::_exit(undo_all() && over ? 7 : 1);
          }) == 7);
}

TEST_CASE("with more begun, results that are in place are not all") {
    CHECK(in_a_process([] {
              {
                  const Undo first([] {});
              }
              { const Placing placing; }
              const Undo second([] {});
              ::_exit(undo_all() ? 1 : 7);
          }) == 7);
    CHECK(in_a_process([] {
              const Undo other([] {}); // of what is to go in any case
              { const Placing placing; }
              ::_exit(undo_all() ? 7 : 1);
          }) == 7);
}

TEST_CASE("what stays can be told") {
    CHECK(kept_words().empty());
    set_kept_words("3 of 4 are kept");
    CHECK(kept_words() == "3 of 4 are kept");
    set_kept_words("");
    CHECK(kept_words().empty());
}

TEST_CASE("nothing takes its place once all is taken back") {
    CHECK(in_a_process([] {
              static std::atomic<bool> placed = false;
              undo_all();
              std::thread([] {
                  const Placing placing;
                  placed = true;
              }).detach();
              ::usleep(100'000);
              ::_exit(placed ? 1 : 7);
          }) == 7);
}
