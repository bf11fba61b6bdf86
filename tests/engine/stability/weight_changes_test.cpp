// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/weight_changes.hpp"

#include "engine/decision/linear_program.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace zonerank::engine;

namespace {

struct Random {
    explicit Random(std::uint64_t number) : draw(4, Purpose::moments, number) {}
    std::vector<double> values(std::size_t count) {
        std::vector<double> result(count);
        for (double& value : result)
            value = draw.uniform();
        return result;
    }
    std::vector<double> weights(std::size_t count) {
        std::vector<double> result = values(count);
        const double sum = std::accumulate(result.begin(), result.end(), 0.0);
        for (double& weight : result)
            weight /= sum;
        return result;
    }
    Draw draw;
};

std::vector<double> after(const WeightedTable& table, const WeightChange& change) {
    std::vector<double> weights(table.weights.begin(), table.weights.end());
    for (const WeightMove& move : change.moves) {
        weights[move.from] -= move.amount;
        weights[move.to] += move.amount;
    }
    return weights;
}

/// The same as one linear program over gains and losses.
double moved_by_program(const WeightedTable& table, std::size_t ahead, std::size_t behind) {
    const std::size_t m = table.criteria;
    LinearProgram program{.costs = std::vector<double>(2 * m, 0.5)};
    LinearRow balance{.lower = 0, .upper = 0}, level{.upper = table.score(behind) - table.score(ahead)};
    for (std::size_t j = 0; j < m; ++j) {
        const double lead = table.row(ahead)[j] - table.row(behind)[j];
        balance.terms.insert(balance.terms.end(), {{j, 1}, {m + j, -1}});
        level.terms.insert(level.terms.end(), {{j, lead}, {m + j, -lead}});
    }
    program.lower.assign(2 * m, 0);
    program.upper.assign(m, 1);
    program.upper.insert(program.upper.end(), table.weights.begin(), table.weights.end());
    program.rows = {balance, level};
    const LinearSolution solution = minimise(program);
    return solution.status == LinearStatus::optimal ? solution.value : NAN;
}

/// A site that is first under the table's weights.
std::size_t winner(const WeightedTable& table) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < table.sites; ++i)
        if (table.score(i) > table.score(best))
            best = i;
    return best;
}

} // namespace

TEST_CASE("weight changes: by hand") {
    const std::vector<double> values{1, 0, 0.5, 0, 1, 0.5, 0, 0, 0}, weights{0.6, 0.2, 0.2};
    const WeightedTable table{3, 3, values, weights};
    const WeightChange change = change_to_pass(table, 0, 1);
    CHECK(change.moved == doctest::Approx(0.2)); // 0.4, 0.4, 0.2
    REQUIRE(change.moves.size() == 1);
    CHECK((change.moves[0].from == 0 && change.moves[0].to == 1));
    CHECK(std::isnan(change_to_pass(table, 0, 2).moved) == false); // all weight on the second: level at 0
    CHECK(change_to_pass(table, 0, 2).moved == doctest::Approx(0.8));
    CHECK(change_to_lose(table, 0, std::vector<std::size_t>{1, 2}).rival == 1);
    const std::vector<double> dominated{0.5, 0.6, 0.4, 0.5}, half{0.5, 0.5};
    CHECK(std::isnan(change_to_pass({2, 2, dominated, half}, 0, 1).moved));
    CHECK(std::isnan(change_to_first({2, 2, dominated, half}, 1).moved));
}

TEST_CASE("weight changes: a criterion of weight 0 gets none") {
    const std::vector<double> values{1, 0.5, 0, 0.5, 0.6, 1}, weights{0.8, 0.2, 0};
    const WeightChange change = change_to_pass({2, 3, values, weights}, 0, 1);
    for (const WeightMove& move : change.moves)
        CHECK(move.to == 1);
    CHECK(change.moved == doctest::Approx(0.8 - 1.0 / 6)); // 0.5 x = 0.1 (1 - x)
}

TEST_CASE("weight changes: greedy moves are those of a linear program, and lead to a draw") {
    for (std::uint64_t number = 0; number < 300; ++number) {
        Random random(number);
        const std::vector<double> values = random.values(10), weights = random.weights(5);
        const WeightedTable table{2, 5, values, weights};
        const std::size_t first = winner(table);
        const WeightChange change = change_to_pass(table, first, 1 - first);
        const double expected = moved_by_program(table, first, 1 - first);
        CHECK(std::isnan(change.moved) == std::isnan(expected));
        if (std::isnan(expected))
            continue;
        CHECK(change.moved == doctest::Approx(expected).epsilon(1e-7));
        const std::vector<double> now = after(table, change);
        const WeightedTable moved{2, 5, values, now};
        CHECK(moved.score(0) == doctest::Approx(moved.score(1)).epsilon(1e-9));
        CHECK(*std::ranges::min_element(now) >= -1e-15);
    }
}

TEST_CASE("weight changes: the place is lost to whoever needs least, of all that are behind") {
    for (std::uint64_t number = 0; number < 100; ++number) {
        Random random(number);
        const std::vector<double> values = random.values(40), weights = random.weights(4);
        const WeightedTable table{10, 4, values, weights};
        const std::size_t first = winner(table);
        std::vector<std::size_t> below;
        double expected = std::numeric_limits<double>::quiet_NaN();
        for (std::size_t other = 0; other < 10; ++other)
            if (other != first) {
                below.push_back(other);
                expected = std::fmin(expected, change_to_pass(table, first, other).moved);
            }
        const WeightChange change = change_to_lose(table, first, below);
        CHECK(std::isnan(change.moved) == std::isnan(expected));
        if (!std::isnan(expected))
            CHECK(change.moved == expected);
    }
}

TEST_CASE("weight changes: to the top, against all weights in steps of 1 %") {
    for (std::uint64_t number = 0; number < 40; ++number) {
        Random random(number);
        const std::vector<double> values = random.values(18), weights = random.weights(3);
        const WeightedTable table{6, 3, values, weights};
        for (std::size_t site = 0; site < 6; ++site) {
            double least = NAN;
            for (int a = 0; a <= 100; ++a)
                for (int b = 0; a + b <= 100; ++b) {
                    const std::vector<double> w{a / 100.0, b / 100.0, (100 - a - b) / 100.0};
                    const WeightedTable other{6, 3, values, w};
                    const double moved =
                        (std::abs(w[0] - weights[0]) + std::abs(w[1] - weights[1]) + std::abs(w[2] - weights[2])) / 2;
                    if (winner(other) == site && !(moved >= least))
                        least = moved;
                }
            const WeightChange change = change_to_first(table, site);
            if (std::isnan(least)) {
                CHECK((std::isnan(change.moved) || change.moved > 0));
                continue;
            }
            CHECK(change.moved <= least + 1e-9);
            CHECK(change.moved >= least - 0.03);
            const std::vector<double> now = after(table, change);
            const WeightedTable moved{6, 3, values, now};
            CHECK(moved.score(site) >= moved.score(winner(moved)) - 1e-8);
        }
    }
}

TEST_CASE("weight changes: one at a time, the winner stays just within the range") {
    for (std::uint64_t number = 0; number < 60; ++number) {
        Random random(number);
        const std::vector<double> values = random.values(20), weights = random.weights(4);
        const WeightedTable table{5, 4, values, weights};
        const std::size_t first = winner(table);
        const auto ranges = stay_ranges(table, first);
        REQUIRE(ranges.size() == 4);
        for (const StayRange& range : ranges) {
            const auto winner_at = [&](double x) {
                std::vector<double> w = weights;
                for (std::size_t j = 0; j < 4; ++j)
                    w[j] = j == range.criterion ? x : w[j] * (1 - x) / (1 - weights[range.criterion]);
                return winner({5, 4, values, w});
            };
            CHECK(winner_at(range.least + 1e-6) == first);
            CHECK(winner_at(range.most - 1e-6) == first);
            CHECK(range.below.has_value() == (range.least > 0));
            CHECK(range.above.has_value() == (range.most < 1));
            if (range.below)
                CHECK(winner_at(range.least - 1e-6) == *range.below);
            if (range.above)
                CHECK(winner_at(range.most + 1e-6) == *range.above);
        }
    }
    const std::vector<double> values{1, 0, 0, 1}, all{1, 0};
    CHECK(stay_ranges({2, 2, values, all}, 0).empty());
}
