// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/stopping.hpp"

#include "rasters/core/undo.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <ctime>
#include <thread>

#include <semaphore.h>
#include <unistd.h>

namespace zonerank::engine {

namespace {

std::atomic<bool> stop = false;
std::atomic<std::time_t> asked = 0;
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<std::time_t>::is_always_lock_free,
              "a signal handler may only touch lock-free atomics");
std::atomic<bool> watched = false; ///< whether anyone but the work itself may have the last word
sem_t signalled;

std::time_t seconds_now() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

void ask_to_stop(int signal) {
    const int before = errno;
    if (!stop.exchange(true)) {
        asked = seconds_now();
        ::sem_post(&signalled);
    } else if (seconds_now() - asked >= 2) {
        std::signal(signal, SIG_DFL), std::raise(signal);
    }
    errno = before;
}

/// For those who end by themselves; taking back may need what is left of 2 s.
constexpr std::chrono::milliseconds grace{500};

void end_after_grace(int code, const std::function<void(const std::string&)>& tell) {
    while (::sem_wait(&signalled) != 0) {
    }
    std::this_thread::sleep_for(grace);
    const bool first = last_word();
    const std::string kept = rasters::kept_words();
    const bool placed = rasters::undo_all();
    if (placed) // it has little left to do
        std::this_thread::sleep_for(grace);
    if (first)
        tell(stopped_line(placed, kept));
    ::_exit(code);
}

} // namespace

const std::atomic<bool>& stop_on_signals(int code, std::function<void(const std::string& line)> tell) {
    ::sem_init(&signalled, 0, 0);
    watched = true;
    std::signal(SIGINT, ask_to_stop);
    std::signal(SIGTERM, ask_to_stop);
    if (std::signal(SIGHUP, ask_to_stop) == SIG_IGN) // nohup: the end of the terminal is not ours
        std::signal(SIGHUP, SIG_IGN);
    std::thread([code, tell = std::move(tell)] { end_after_grace(code, tell); }).detach();
    return stop;
}

std::string stopped_line(bool placed, const std::string& kept) {
    if (placed)
        return "stopped; the results were in place";
    return "stopped; " + (kept.empty() ? "nothing was written" : kept);
}

bool last_word() {
    static std::atomic<bool> said = false;
    return !watched || !said.exchange(true);
}

} // namespace zonerank::engine
