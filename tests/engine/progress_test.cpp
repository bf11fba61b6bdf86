// SPDX-License-Identifier: Apache-2.0
#include "engine/progress.hpp"

#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <functional>

using namespace zonerank;
using engine::ProgressLine;

/// A clock that a test moves.
struct Clock {
    std::chrono::steady_clock::time_point time{};
    void pass(int milliseconds) { time += std::chrono::milliseconds(milliseconds); }
};

/// What a line prints while it is told of progress.
static std::string printed(engine::ProgressLook look, const std::function<void(ProgressLine&, Clock&)>& tell) {
    const tests::Folder folder;
    std::FILE* file = std::fopen((folder / "out").c_str(), "w");
    {
        Clock clock;
        ProgressLine line(file, look, [&clock] { return clock.time; });
        tell(line, clock);
    }
    std::fclose(file);
    return tests::read_file(folder / "out");
}

/// The seconds that the last line on a terminal says are left.
static int left(const std::string& text) {
    const std::size_t end = text.rfind(" s left");
    return std::stoi(text.substr(text.rfind(' ', end - 1)));
}

TEST_CASE("durations as people say them") {
    CHECK(engine::duration_text(0.4) == "0 s");
    CHECK(engine::duration_text(59.4) == "59 s");
    CHECK(engine::duration_text(130) == "2 min 10 s");
    CHECK(engine::duration_text(3900) == "1 h 5 min");
}

TEST_CASE("a terminal has one line that renews itself and is cleared at the end") {
    const std::string text = printed({.terminal = true, .width = 100}, [](ProgressLine& line, Clock& clock) {
        line.set_cells(16'800'000);
        clock.pass(1000);
        line({"prepare", 0, 0});
        line({"prepare", 0.01, 1}); // too soon
        clock.pass(1000);
        line({"score", 0.25, 0});
        clock.pass(2000);
        line({"score", 0.5, 0.75});
    });
    CHECK(text == "\r\x1b[Kreading layers                         0 %"
                  "\r\x1b[Kscoring 0.0 of 16.8 M cells  #####                 25 %  6 s left"
                  "\r\x1b[Kscoring 12.6 of 16.8 M cells  ##########            50 %  6.3 M cells/s  4 s left"
                  "\r\x1b[K");
}

TEST_CASE("a narrow terminal cuts the line, and eighths are drawn where they can be") {
    const auto half = [](ProgressLine& line, Clock& clock) {
        clock.pass(1000);
        line({"finish", 0.52, 0});
    };
    CHECK(printed({.terminal = true, .unicode = true, .width = 30}, half) ==
          "\r\x1b[Kpacking maps and files  ████…\r\x1b[K");
    CHECK(printed({.terminal = true, .unicode = true, .width = 80}, half).find("██████████▍           52 %") !=
          std::string::npos);
}

TEST_CASE("the time left follows the last seconds, and does not jump") {
    const std::string text = printed({.terminal = true, .width = 100}, [](ProgressLine& line, Clock& clock) {
        for (int i = 1; i <= 50; ++i) { // a share of 1 % each second
            clock.pass(1000);
            line({"score", 0.01 * i, 0});
        }
    });
    CHECK(left(text) == 50);
    const std::string faster = printed({.terminal = true, .width = 100}, [](ProgressLine& line, Clock& clock) {
        for (int i = 1; i <= 50; ++i) {
            clock.pass(1000);
            line({"score", 0.01 * i, 0});
        }
        clock.pass(1000);
        line({"score", 0.6, 0}); // ten times as fast for a second: 40 s at the old rate, 4 at the new
    });
    CHECK(left(faster) > 15);
    CHECK(left(faster) < 30);
}

TEST_CASE("elsewhere a short run tells nothing, and quiet nothing at all") {
    const auto short_run = [](ProgressLine& line, Clock& clock) {
        clock.pass(900);
        line({"score", 1, 1});
    };
    CHECK(printed({}, short_run) == "");
    CHECK(printed({.terminal = true, .quiet = true}, short_run) == "");
    const std::string slow = printed({}, [](ProgressLine& line, Clock& clock) {
        clock.pass(1050);
        line({"solve", 0.5, 0.5});
        clock.pass(1050);
        line({"solve", 0.51, 0.5}); // no new tenth
        clock.pass(1050);
        line({"solve", 0.7, 0.7});
    });
    CHECK(slow == "solving travel times   50 %  1 s left\nsolving travel times   70 %  1 s left\n");
}
