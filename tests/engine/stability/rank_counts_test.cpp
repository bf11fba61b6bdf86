// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/rank_counts.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace zonerank::engine;

// Ten draws; the first of two sites is ahead in nine.
TEST_CASE("rank counts: smaa-rsmaa-deterministic, pairwise winning index (gertvv/rsmaa smaa/tests/pwi.R)") {
    RankCounts counts(2, 1, 2, true);
    const std::vector<double> weight{1};
    for (int i = 0; i < 9; ++i)
        counts.add(std::vector<double>{1, 0}, weight);
    counts.add(std::vector<double>{0, 1}, weight);
    counts.close();
    CHECK(counts.ahead == std::vector<std::uint32_t>{0, 9, 1, 0});
    CHECK(counts.at_rank == std::vector<std::uint32_t>{9, 1, 1, 9});
}

TEST_CASE("rank counts: all figures, ties counted for all who share") {
    RankCounts counts(3, 2, 2, true);
    counts.add(std::vector<double>{0.5, 0.5, 0.1}, std::vector<double>{0.25, 0.75});
    counts.add(std::vector<double>{0.2, 0.3, 0.4}, std::vector<double>{0.5, 0.5});
    counts.close();
    CHECK(counts.at_rank == std::vector<std::uint32_t>{1, 0, 1, 1, 1, 0});
    CHECK(counts.ahead == std::vector<std::uint32_t>{0, 0, 1, 1, 0, 1, 1, 1, 0});
    CHECK(counts.best == std::vector<std::int32_t>{1, 1, 1});
    CHECK(counts.worst == std::vector<std::int32_t>{3, 2, 3});
    CHECK(counts.rank_sum == std::vector<std::uint64_t>{4, 3, 4});
    const auto steps = [](double weight) { return static_cast<std::int64_t>(weight * 0x1p38); };
    CHECK(counts.weights_of_first ==
          std::vector<std::int64_t>{steps(0.25), steps(0.75), steps(0.25), steps(0.75), steps(0.5), steps(0.5)});
}

TEST_CASE("rank counts: those of threads add up") {
    RankCounts all(2, 1, 1, true), first(2, 1, 1, true), second(2, 1, 1, true);
    const std::vector<double> weight{1}, up{0.2, 0.1}, down{0.1, 0.2};
    for (const auto& scores : {up, down, down}) {
        all.add(scores, weight);
        (scores == up ? first : second).add(scores, weight);
    }
    for (RankCounts* counts : {&all, &first, &second})
        counts->close();
    second.add(first);
    CHECK(second.ahead == all.ahead);
    CHECK(second.at_rank == all.at_rank);
    CHECK(second.rank_sum == all.rank_sum);
    CHECK(second.best == all.best);
    CHECK(second.worst == all.worst);
    CHECK(second.first == all.first);
    CHECK(second.weights_of_first == all.weights_of_first);
}
