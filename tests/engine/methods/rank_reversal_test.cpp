// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/rank_reversal.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

using namespace zonerank::engine;

namespace {

std::vector<int> ranks_of(const std::vector<double>& scores) {
    std::vector<int> ranks;
    for (const double score : scores)
        ranks.push_back(1 +
                        static_cast<int>(std::ranges::count_if(scores, [&](double s) { return s > score + 1e-12; })));
    return ranks;
}

} // namespace

TEST_CASE("rank reversal: sums of values have none") {
    const std::vector<double> scores{0.7, 0.2, 0.7, 0.5};
    CHECK(rank_reversals(4, [&](std::span<const std::size_t> sites) {
              std::vector<double> left;
              for (const std::size_t i : sites)
                  left.push_back(scores[i]);
              return ranks_of(left);
          }).empty());
}

// Belton and Gear 1983: three criteria of equal weight, each normalised to sum 1.
TEST_CASE("rank reversal: Belton and Gear's, when columns are divided by their sums") {
    const std::array<std::array<double, 3>, 4> table{{{1, 9, 8}, {9, 1, 9}, {1, 1, 1}, {9, 1, 9}}};
    const auto rank = [&](std::span<const std::size_t> sites) {
        std::vector<double> scores(sites.size());
        for (std::size_t j = 0; j < 3; ++j) {
            double sum = 0;
            for (const std::size_t i : sites)
                sum += table[i][j];
            for (std::size_t i = 0; i < sites.size(); ++i)
                scores[i] += table[sites[i]][j] / sum / 3;
        }
        return ranks_of(scores);
    };
    const std::vector<Reversal> reversals = rank_reversals(4, rank);
    REQUIRE(!reversals.empty());
    // without the copy (site 3), site 1 is ahead of site 0; with it behind
    CHECK(reversals.back().without == 3);
    CHECK(reversals.back().ahead == 0);
    CHECK(reversals.back().behind == 1);
}
