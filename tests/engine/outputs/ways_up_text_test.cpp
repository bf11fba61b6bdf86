// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/ways_up_text.hpp"

#include "tests/support/three_sites.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using tests::says;
using tests::Three;

TEST_CASE("what would move a site up, in its units, and what would not") {
    const Three three;
    const std::string text = ways_up_text(three.of("low"), 100);
    CHECK(says(text, "criterion it has level with mid, 2nd\n"));
    CHECK(says(text, "height 1 m 7 m\n"));
    CHECK(says(text, " wet alone would not do, whatever it measured.\n"));
    CHECK(says(text, "No criterion alone would bring it level with high at the top, whatever it measured.\n"));
    CHECK(says(text, "No other weights bring it level with high at the top.\n"));
}

TEST_CASE("the first has no way up, and a score that is no sum no least change of weights") {
    CHECK(ways_up_text(Three().of("high"), 100).empty());
    const std::string text = ways_up_text(Three("aggregate: weighted product\n").of("mid"), 100);
    CHECK(says(text, "weighted sums without gaps in the data only"));
}

TEST_CASE("rivals: what counts most, with both measurements") {
    const Three three;
    const std::string text = rivals_text(three.of("mid"), 200);
    CHECK(says(text, " high, 1st, is 0.325 ahead. high wins by height 0.300 (9 m against 5 m) and wet 0.025 (1 % "
                     "against 2 %).\n"));
    CHECK(says(text, " low, 3rd, is 0.450 behind. mid wins by height 0.300 (5 m against 1 m) and wet 0.150 (2 % "
                     "against 8 %).\n"));
}
