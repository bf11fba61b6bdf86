// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/assignment.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <random>

using namespace zonerank::engine;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

struct Sum {
    int placed = 0;
    double total = 0;
};

Sum sum_of(const AssignmentProblem& problem, const std::vector<Placed>& placed) {
    Sum sum;
    for (const Placed& p : placed) {
        ++sum.placed;
        sum.total += problem.worth[p.seeker * problem.capacity.size() + p.place];
    }
    return sum;
}

bool better(const Sum& a, const Sum& b, Aim aim) {
    if (aim == Aim::most_placed && a.placed != b.placed)
        return a.placed > b.placed;
    return a.total > b.total;
}

// Every way there is: pair by pair, taken or not.
Sum best_of_all(AssignmentProblem& problem, Aim aim, std::size_t at = 0) {
    if (at == problem.worth.size())
        return {};
    Sum best = best_of_all(problem, aim, at + 1);
    int& wanted = problem.wanted[at / problem.capacity.size()];
    int& capacity = problem.capacity[at % problem.capacity.size()];
    if (std::isnan(problem.worth[at]) || wanted == 0 || capacity == 0)
        return best;
    --wanted, --capacity;
    Sum with = best_of_all(problem, aim, at + 1);
    ++wanted, ++capacity;
    ++with.placed;
    with.total += problem.worth[at];
    return better(with, best, aim) ? with : best;
}

void check_allowed(const AssignmentProblem& problem, const std::vector<Placed>& placed) {
    std::vector<int> wanted = problem.wanted, capacity = problem.capacity;
    for (std::size_t i = 0; i < placed.size(); ++i) {
        CHECK(--wanted[placed[i].seeker] >= 0);
        CHECK(--capacity[placed[i].place] >= 0);
        CHECK((i == 0 || placed[i - 1] < placed[i])); // in order, none twice
        CHECK(!std::isnan(problem.worth[placed[i].seeker * capacity.size() + placed[i].place]));
    }
}

AssignmentProblem random_problem(std::mt19937& numbers, int seekers, int places, int steps) {
    AssignmentProblem problem;
    const auto below = [&](int limit) { return static_cast<int>(numbers() % static_cast<unsigned>(limit)); };
    for (int i = 0; i < seekers; ++i)
        problem.wanted.push_back(below(4));
    for (int i = 0; i < places; ++i)
        problem.capacity.push_back(below(3));
    for (int i = 0; i < seekers * places; ++i)
        problem.worth.push_back(below(4) == 0 ? none : below(steps + 1) / static_cast<double>(steps));
    return problem;
}

} // namespace

TEST_CASE("assignment: the greatest sum, not each its best in turn") {
    // The first would take place 0 (0.9) and leave 0.1 to the second; together 0.8 + 0.7.
    const AssignmentProblem problem{{1, 1}, {1, 1}, {0.9, 0.8, 0.7, 0.1}};
    CHECK(assigned(problem) == std::vector<Placed>{{0, 1}, {1, 0}});
}

TEST_CASE("assignment: most placed may cost some of the sum") {
    const AssignmentProblem problem{{1, 1}, {1, 1}, {0.9, 0.1, 0.1, none}};
    CHECK(assigned(problem) == std::vector<Placed>{{0, 0}});
    CHECK(assigned(problem, Aim::most_placed) == std::vector<Placed>{{0, 1}, {1, 0}});
}

TEST_CASE("assignment: equals brute force, with ties, capacities and what can't be") {
    std::mt19937 numbers(7);
    for (int i = 0; i < 600; ++i) {
        AssignmentProblem problem = random_problem(numbers, 1 + i % 3, 1 + i % 5, i % 2 ? 4 : 1000);
        for (const Aim aim : {Aim::total_score, Aim::most_placed}) {
            const std::vector<Placed> placed = assigned(problem, aim);
            check_allowed(problem, placed);
            const Sum best = best_of_all(problem, aim), found = sum_of(problem, placed);
            CHECK(found.total == doctest::Approx(best.total).epsilon(1e-9));
            if (aim == Aim::most_placed)
                CHECK(found.placed == best.placed);
        }
    }
}

TEST_CASE("assignment: nobody, nowhere, nothing possible") {
    CHECK(assigned({}).empty());
    CHECK(assigned({{1}, {}, {}}).empty());
    CHECK(assigned({{1, 0}, {0}, {1, 1}}).empty());
    CHECK(assigned({{3}, {2, 2}, {none, none}}).empty());
    CHECK(assigned({{3}, {2, 2}, {0, none}}) == std::vector<Placed>{{0, 0}}); // worth nothing is better than nowhere
}

TEST_CASE("assignment: 50 industries of 20 sites each among 1,000") {
    std::mt19937 numbers(3);
    AssignmentProblem problem{std::vector<int>(50, 20), std::vector<int>(1000, 1), {}};
    for (int i = 0; i < 50'000; ++i)
        problem.worth.push_back(static_cast<double>(numbers() % 100'001) / 100'000);
    const std::clock_t start = std::clock();
    const std::vector<Placed> placed = assigned(problem);
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    MESSAGE("seconds: ", seconds);
    CHECK(placed.size() == 1000);
    CHECK(seconds < 20); // 0.3 s where nothing else runs, more under a sanitizer
}
