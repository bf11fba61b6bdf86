// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/score_ranks.hpp"

#include "engine/stability/draws.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace zonerank::engine;

TEST_CASE("score ranks: equals share, the next skips, rounding makes no difference") {
    ScoreRanks rank;
    std::vector<std::int32_t> ranks(5);
    rank(std::vector<double>{0.5, 0.1 + 0.2, 0.3, 1, NAN}, ranks);
    CHECK(ranks == std::vector<std::int32_t>{2, 3, 3, 1, 5});
    CHECK(score_steps(NAN) < score_steps(-1));
}

TEST_CASE("score ranks: as by counting who is above, for few and for many") {
    ScoreRanks rank;
    for (const std::size_t count : {std::size_t{1}, std::size_t{63}, std::size_t{64}, std::size_t{1000}}) {
        Draw draw(2, Purpose::moments, count);
        std::vector<double> scores;
        for (std::size_t i = 0; i < count; ++i)
            scores.push_back(i % 7 == 3 ? scores[i / 2] : draw.uniform() * 1.5 - 0.25);
        std::vector<std::int32_t> ranks(count);
        rank(scores, ranks);
        for (std::size_t i = 0; i < count; ++i)
            CHECK(ranks[i] == 1 + std::ranges::count_if(scores, [&](double s) { return s > scores[i]; }));
    }
}
