// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/industries.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

using namespace zonerank::engine;

namespace {

IndustryMatrix three_by_two() {
    return {{{"1", "Bong"}, {"2", "Jatlan"}, {"3", "Dadyal"}},
            {{"textile", "Textile", 1}, {"marble", "Marble", 1}},
            {{0.75}, {0.5}, {0.5}, {0.25}, {0.9, 0, "too far"}, {0.5}}};
}

std::set<std::string> names_of(const IndustryMatrix& matrix, const IndustryPlan& plan) {
    std::set<std::string> names;
    for (const auto& [industry, site] : plan.places)
        names.insert(matrix.industries[industry].name + " at " + matrix.sites[site].name);
    return names;
}

/// The same, its sites and industries in another order.
IndustryMatrix shuffled(const IndustryMatrix& matrix, std::mt19937& numbers) {
    std::vector<std::size_t> sites, industries;
    for (std::size_t i = 0; i < matrix.sites.size(); ++i)
        sites.push_back(i);
    for (std::size_t i = 0; i < matrix.industries.size(); ++i)
        industries.push_back(i);
    std::ranges::shuffle(sites, numbers);
    std::ranges::shuffle(industries, numbers);
    IndustryMatrix other;
    for (const std::size_t industry : industries)
        other.industries.push_back(matrix.industries[industry]);
    for (const std::size_t site : sites) {
        other.sites.push_back(matrix.sites[site]);
        for (const std::size_t industry : industries)
            other.fits.push_back(matrix.at(site, industry));
    }
    return other;
}

} // namespace

TEST_CASE("industries: ranks of what suits, equals share one") {
    IndustryMatrix matrix = three_by_two();
    rank(matrix);
    CHECK(matrix.at(0, 0).rank == 1);
    CHECK(matrix.at(1, 0).rank == 2);
    CHECK(matrix.at(2, 0).rank == 0); // though it scores most
    CHECK(matrix.at(0, 1).rank == 1);
    CHECK(matrix.at(2, 1).rank == 1);
    CHECK(matrix.at(1, 1).rank == 3);
}

TEST_CASE("industries: best sites, best industries and what the second best costs") {
    const IndustryMatrix matrix = three_by_two();
    CHECK(suited_sites(matrix, 0) == std::vector<std::size_t>{0, 1});
    CHECK(suited_sites(matrix, 1) == std::vector<std::size_t>{0, 2, 1}); // Bong before Dadyal
    CHECK(suited_industries(matrix, 0) == std::vector<std::size_t>{0, 1});
    CHECK(suited_industries(matrix, 2) == std::vector<std::size_t>{1});
    CHECK(regret(matrix, 0) == 0.25);
    CHECK(regret(matrix, 1) == 0);
    CHECK(std::isnan(regret({{{"1", "a"}}, {{"x", "X"}}, {{0.5}}}, 0)));
}

TEST_CASE("industries: the plan, and who goes without") {
    IndustryMatrix matrix = three_by_two();
    IndustryPlan both = plan(matrix, Aim::total_score);
    CHECK(names_of(matrix, both) == std::set<std::string>{"textile at Bong", "marble at Dadyal"});
    CHECK(both.total == 1.25);
    CHECK(both.without == std::vector<int>{0, 0});
    matrix.industries[0].wanted = 3;
    CHECK(plan(matrix, Aim::total_score).without == std::vector<int>{1, 0});
    matrix.sites[0].capacity = matrix.sites[1].capacity = matrix.sites[2].capacity = 2;
    matrix.industries[1].wanted = 2;
    both = plan(matrix, Aim::total_score);
    CHECK(both.places.size() == 4);
    CHECK(both.total == 0.75 + 0.5 + 0.5 + 0.5);
    matrix.sites[0].capacity = matrix.sites[1].capacity = matrix.sites[2].capacity = 0;
    CHECK(plan(matrix, Aim::most_placed).without == std::vector<int>{3, 2});
}

TEST_CASE("industries: the order of sites and industries decides nothing, not even ties") {
    std::mt19937 numbers(11);
    for (int round = 0; round < 200; ++round) {
        IndustryMatrix matrix;
        for (int i = 0; i < 6; ++i)
            matrix.sites.push_back({std::to_string(i), i % 2 ? "twin" : "site " + std::to_string(i), 1 + i % 2});
        for (int i = 0; i < 4; ++i)
            matrix.industries.push_back({"industry " + std::to_string(i), "", 1 + i % 3});
        for (int i = 0; i < 24; ++i)
            matrix.fits.push_back({(numbers() % 3) / 2.0, 0, numbers() % 4 ? "" : "no"});
        const IndustryMatrix other = shuffled(matrix, numbers);
        for (const Aim aim : {Aim::total_score, Aim::most_placed}) {
            CHECK(names_of(matrix, plan(matrix, aim)) == names_of(other, plan(other, aim)));
            CHECK(plan(matrix, aim).total == plan(other, aim).total);
        }
    }
}
