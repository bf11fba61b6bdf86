// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/batch_words.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace zonerank;
using Lines = std::vector<std::string>;

TEST_CASE("each thing is told once, and at the end how often it was") {
    Lines lines;
    const layers::Mark place{std::make_shared<const std::string>("study.yaml"), 3, 5};
    engine::BatchWords words([&](const std::string& line) { lines.push_back(line); });
    words.failed("Mirpur", "no roads");
    words.failed("Kotli", "no roads");
    words.failed("Bagh", "no rivers");
    words.warned("Mirpur", {place, "12 of 20 have no value"});
    words.warned("Kotli", {place, "7 of 9 have no value"});
    CHECK(lines ==
          Lines{"Mirpur: no roads", "Bagh: no rivers", "Mirpur: study.yaml:3:5: warning: 12 of 20 have no value"});
    lines.clear();
    words.repetitions();
    CHECK(lines == Lines{"the same for 1 more: no roads",
                         "study.yaml:3:5: the same warning for 1 more; each manifest.json has its own"});
    engine::BatchWords({}).failed("Mirpur", "nobody listens");
}
