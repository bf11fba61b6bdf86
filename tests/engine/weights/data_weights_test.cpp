// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/data_weights.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

using namespace zonerank;
using engine::DataTable;
using engine::DataWeights;

namespace {

using Rows = std::vector<std::vector<double>>;

DataTable table(const Rows& rows, const std::vector<bool>& less = {}) {
    DataTable result;
    result.less = less.empty() ? std::vector<bool>(rows[0].size()) : less;
    result.columns.resize(rows[0].size());
    for (std::size_t c = 0; c < rows[0].size(); ++c)
        result.criteria.push_back(std::string(1, static_cast<char>('a' + c)));
    for (std::size_t s = 0; s < rows.size(); ++s) {
        result.sites.push_back(std::to_string(s + 1));
        for (std::size_t c = 0; c < rows[s].size(); ++c)
            result.columns[c].push_back(rows[s][c]);
    }
    return result;
}

void check(const std::vector<double>& weights, const std::vector<double>& published, double tolerance) {
    REQUIRE(weights.size() == published.size());
    for (std::size_t i = 0; i < weights.size(); ++i) {
        CAPTURE(i);
        CHECK(std::abs(weights[i] - published[i]) <= tolerance);
    }
}

using Method = DataWeights (*)(const DataTable&);
const Method methods[] = {engine::entropy_weights, engine::deviation_weights, engine::critic_weights,
                          engine::merec_weights,   engine::cilos_weights,     engine::idocriw_weights};

std::string refusal(Method method, const DataTable& data) {
    try {
        method(data);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

Rows random_rows(std::size_t sites, std::size_t criteria, std::mt19937& random) {
    Rows rows(sites, std::vector<double>(criteria));
    for (auto& row : rows)
        for (double& number : row)
            number = 1 + static_cast<double>(random() % 100'000) / 1000;
    return rows;
}

const Rows contractors{{3, 100, 10, 7}, {2.5, 80, 8, 5}, {1.8, 50, 20, 11}, {2.2, 70, 12, 9}};
const std::vector<bool> contractors_less{true, false, true, false};

} // namespace

// Computers and Operations Research 22(7):763-770; numbers as in scikit-criteria, test_weighters.py.
TEST_CASE("CRITIC: published case, eight firms (Diakoulaki, Mavrotas and Papayannakis 1995)") {
    const DataTable firms = table({{61, 1.08, 4.33},
                                   {20.7, 0.26, 4.34},
                                   {16.3, 1.98, 2.53},
                                   {9, 3.29, 1.65},
                                   {5.4, 2.77, 2.33},
                                   {4, 4.12, 1.21},
                                   {-6.1, 3.52, 2.1},
                                   {-34.6, 3.31, 0.98}});
    check(engine::critic_weights(firms).weights, {0.20222554, 0.48090173, 0.31687273}, 1e-6);
}

// European Journal of Operational Research 156(2):530-532; numbers as in pyrepo-mcda, test_weighting_methods.py.
TEST_CASE("entropy: published case (Xu 2004)") {
    const DataTable four = table({{30, 30, 38, 29}, {19, 54, 86, 29}, {19, 15, 85, 28.9}, {68, 70, 60, 29}});
    check(engine::entropy_weights(four).weights, {0.463, 0.3992, 0.1378, 0.0}, 5e-5);
}

// IJITDM 15(2):267-283; numbers as in pymcdm, test_weights.py.
TEST_CASE("entropy, CILOS and IDOCRIW: published case (Zavadskas and Podvezko 2016)") {
    const DataTable data = table(contractors, contractors_less);
    check(engine::entropy_weights(data).weights, {0.1146, 0.1981, 0.4185, 0.2689}, 1e-4);
    check(engine::cilos_weights(data).weights, {0.3343, 0.2199, 0.1957, 0.2501}, 1e-4);
    check(engine::idocriw_weights(data).weights, {0.1658, 0.1885, 0.3545, 0.2911}, 1e-4);
}

// Symmetry 13(4):525, the illustrative example; also in pymcdm, test_weights.py.
TEST_CASE("MEREC: published case (Keshavarz-Ghorabaee et al. 2021)") {
    const DataTable data =
        table({{450, 8000, 54, 145}, {10, 9100, 2, 160}, {100, 8200, 31, 153}, {220, 9300, 1, 162}, {5, 8400, 23, 158}},
              {false, false, true, true});
    check(engine::merec_weights(data).weights, {0.5752, 0.0141, 0.4016, 0.0091}, 5e-5);
}

TEST_CASE("standard deviation: of numbers scaled between the worst and the best, by hand") {
    const DataWeights found = engine::deviation_weights(table({{0, 10}, {1, 20}, {0, 30}, {1, 40}}));
    const double first = 0.5, second = std::sqrt((0.25 + 1.0 / 36) / 2);
    check(found.weights, {first / (first + second), second / (first + second)}, 1e-14);
}

TEST_CASE("weights of sites: sum 1, whatever the order of sites and criteria, and the unit") {
    std::mt19937 random(21);
    for (int round = 0; round < 30; ++round) {
        const Rows rows = random_rows(3 + random() % 10, 4, random);
        const std::vector<bool> less{true, false, false, true};
        Rows turned(rows.rbegin(), rows.rend()), scaled = rows;
        for (auto& row : turned)
            std::ranges::reverse(row);
        for (auto& row : scaled)
            row[2] *= 1000;
        for (const Method method : methods) {
            const auto weights = method(table(rows, less)).weights;
            auto other = method(table(turned, less)).weights;
            std::ranges::reverse(other);
            double sum = 0;
            for (const double weight : weights) {
                CHECK(weight >= 0);
                sum += weight;
            }
            CHECK(sum == doctest::Approx(1).epsilon(1e-12));
            check(other, weights, 1e-11);
            check(method(table(scaled, less)).weights, weights, 1e-11);
        }
    }
}

TEST_CASE("weights of sites: a further site changes them, so they aren't independent") {
    const DataTable few = table(contractors, contractors_less);
    Rows more = contractors;
    more.push_back({9, 10, 3, 30});
    for (const Method method : methods)
        CHECK(std::abs(method(few).weights[0] - method(table(more, contractors_less)).weights[0]) > 1e-3);
}

TEST_CASE("weights of sites: what is the same at all of them weighs nothing, and a note says so") {
    for (const Method method : methods) {
        const DataWeights found = method(table({{1, 5, 2}, {2, 5, 9}, {4, 5, 3}}));
        CHECK(found.weights[1] == 0);
        CHECK(found.weights[0] + found.weights[2] == doctest::Approx(1));
        REQUIRE(found.notes.size() == 1);
        CHECK(found.notes[0] == "'b' is the same at all sites and gets no weight");
        for (const auto& figure : found.figures)
            CHECK(std::isnan(figure.second[1]));
        CHECK(method(table({{1, 5}, {2, 5}})).weights == std::vector<double>{1, 0});
        CHECK(method(table({{1}, {2}})).weights == std::vector<double>{1});
        CHECK(refusal(method, table({{1, 5}, {1, 5}})) ==
              "every criterion is the same at all 2 sites, so none can weigh more by them");
    }
}

TEST_CASE("weights of sites: numbers that a method can't take") {
    CHECK(refusal(engine::entropy_weights, table({{1, 2}, {-3, 4}})) ==
          "entropy needs numbers of 0 or more, and 'a' is -3 at site '2'; weigh the other of measurements "
          "and values, or by critic or standard deviation");
    CHECK(refusal(engine::merec_weights, table({{1, 2}, {3, 0}})) ==
          "merec needs numbers above 0, and 'b' is 0 at site '2'; weigh the other of measurements "
          "and values, or by critic or standard deviation");
    CHECK(refusal(engine::cilos_weights, table({{0, 2}, {3, 1}}, {true, false}))
              .starts_with("cilos needs numbers above"));
    CHECK(refusal(engine::cilos_weights, table({{0, 2}, {3, 1}})) == "accepted");
    CHECK(refusal(engine::entropy_weights, table({{0, 2}, {3, 1}})) == "accepted");
    CHECK(refusal(engine::critic_weights, table({{1, 2}, {3, 4}})).starts_with("all criteria rise and fall together"));
    CHECK(refusal(engine::cilos_weights, table({{1, 2}, {3, 4}})).starts_with("several criteria lose nothing"));
}

TEST_CASE("CILOS: sites that tie for the best share it, so their order doesn't matter") {
    const Rows rows{{5, 1, 2}, {5, 4, 1}, {2, 2, 7}};
    const Rows turned(rows.rbegin(), rows.rend());
    check(engine::cilos_weights(table(turned)).weights, engine::cilos_weights(table(rows)).weights, 1e-13);
}
