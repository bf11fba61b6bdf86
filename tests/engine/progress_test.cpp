// SPDX-License-Identifier: Apache-2.0
#include "engine/progress.hpp"

#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <thread>

using namespace zonerank;
using engine::ProgressLine;

/// What a line prints while it is told of progress.
static std::string printed(bool terminal, bool quiet, const std::function<void(ProgressLine&)>& tell) {
    const tests::Folder folder;
    std::FILE* file = std::fopen((folder / "out").c_str(), "w");
    {
        ProgressLine line(file, terminal, quiet);
        tell(line);
    }
    std::fclose(file);
    return tests::read_file(folder / "out");
}

TEST_CASE("durations as people say them") {
    CHECK(engine::duration_text(0.4) == "0 s");
    CHECK(engine::duration_text(59.4) == "59 s");
    CHECK(engine::duration_text(130) == "2 min 10 s");
    CHECK(engine::duration_text(3900) == "1 h 5 min");
}

TEST_CASE("a terminal has one line that renews itself and is cleared at the end") {
    const std::string text = printed(true, false, [](ProgressLine& line) {
        line({"score", 0.25});
        std::this_thread::sleep_for(std::chrono::milliseconds(120));
        line({"score", 0.5});
    });
    CHECK(text.find("score     25 %") != std::string::npos);
    CHECK(text.find("score     50 %  0 s left") != std::string::npos);
    CHECK(text.ends_with("\r\x1b[K"));
    CHECK(text.find('\n') == std::string::npos);
}

TEST_CASE("elsewhere a short run tells nothing, and quiet nothing at all") {
    const auto short_run = [](ProgressLine& line) { line({"score", 1}); };
    CHECK(printed(false, false, short_run) == "");
    CHECK(printed(true, true, short_run) == "");
    const std::string slow = printed(false, false, [](ProgressLine& line) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1050));
        line({"score", 0.5});
        line({"score", 0.51});
    });
    CHECK(slow == "score     50 %  1 s left\n");
}
