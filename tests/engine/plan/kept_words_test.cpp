// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/kept_words.hpp"

#include "rasters/core/undo.hpp"

#include <doctest/doctest.h>

using zonerank::engine::KeptWords;
using zonerank::rasters::kept_words;

TEST_CASE("who is stopped tells how many units are kept, once there are any") {
    const KeptWords words("/x/out.plan", 0, 3);
    CHECK(kept_words().empty());
    words.one_more();
    KeptWords(words).one_more();
    CHECK(kept_words() == "2 of 3 units are kept in /x/out.plan: the same command goes on with them");
    KeptWords::end();
    CHECK(kept_words().empty());
    const KeptWords again("/x/out.plan", 2, 3);
    CHECK(kept_words().starts_with("2 of 3 units"));
    KeptWords::end();
}
