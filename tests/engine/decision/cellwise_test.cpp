// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/cellwise.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace zonerank;

namespace {

/// Writes the members' places and shares down in a number: order and arguments show.
struct Journal {
    struct Entry {
        double place, share;
    };
    static constexpr std::size_t sums = 2;
    static constexpr std::array<double, sums> start{0, 1};
    ZONERANK_INLINE static Entry member(std::size_t m, double share) { return {static_cast<double>(m + 1), share}; }
    ZONERANK_INLINE static void add(std::array<double, sums>& numbers, double value, const Entry& entry) {
        numbers[0] = numbers[0] * 10 + entry.place;
        numbers[1] *= value + entry.share;
    }
    ZONERANK_INLINE static double result(const std::array<double, sums>& numbers, double known) {
        return numbers[0] + numbers[1] * known;
    }
};

const double gap = std::numeric_limits<double>::quiet_NaN();

} // namespace

TEST_CASE("cellwise: members come in their order, with their shares; gaps and weights of 0 don't") {
    const engine::Aggregation journal = engine::cellwise(Journal{});
    const std::vector<double> weights{1, 0, 2, 1};
    CHECK(journal.fold_one(std::vector{0.5, 0.5, 0.5, 0.5}, weights) == 134 + 0.75 * 1.0 * 0.75);
    CHECK(journal.fold_one(std::vector{0.5, 0.5, gap, 0.5}, weights) == 14 + 0.75 * 0.75 * 0.5);
    CHECK(std::isnan(journal.fold_one(std::vector{gap, 0.5, gap, gap}, weights)));
}

TEST_CASE("cellwise: runs longer than a block are the same cell by cell") {
    const engine::Aggregation journal = engine::cellwise(Journal{});
    const std::vector<double> weights{1, 3};
    std::vector<float> a, b, score(2500);
    for (int i = 0; i < 2500; ++i) {
        a.push_back(i % 7 == 0 ? std::nanf("") : static_cast<float>(i) / 2500);
        b.push_back(i % 5 == 0 ? std::nanf("") : 0.25F);
    }
    const std::vector<std::span<const float>> values{a, b};
    journal.fold(values, weights, score);
    for (std::size_t i = 0; i < score.size(); ++i) {
        const auto one = static_cast<float>(journal.fold_one(std::vector<double>{a[i], b[i]}, weights));
        CHECK((one == score[i] || (std::isnan(one) && std::isnan(score[i]))));
    }
}
