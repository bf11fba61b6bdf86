// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/stability_files.hpp"

#include "engine/text/csv.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace zonerank::engine;

namespace {

struct Example {
    DecisionMatrix matrix{.alternatives = {"=A", "B, south", "C"},
                          .criteria = {"power", "roads"},
                          .weights = {0.6, 0.4},
                          .senses = {Sense::more, Sense::more},
                          .measurements = {1, 0.2, 0.3, 0.9, 0.2, 0.1},
                          .values = {1, 0.2, 0.3, 0.9, 0.2, 0.1}};
    WeightSpace space = WeightSpace::uniform(matrix.weights);
    SiteStability found;
    StabilityRecord record;

    explicit Example(bool additive = true) {
        const auto sum = [](std::span<const double> v, std::span<const double> w) {
            return std::inner_product(v.begin(), v.end(), w.begin(), 0.0);
        };
        found = site_stability(
            {.matrix = &matrix, .weights = &space, .score = sum, .additive = additive, .draws = 1000, .seed = 4});
        record = {.matrix = &matrix,
                  .ids = {"1", "2", "3"},
                  .stability = &found,
                  .weights = &space,
                  .space = "uniform",
                  .of_space = "of all kinds",
                  .seed = 4};
    }
};

void check_csv(const std::string& text, std::size_t rows) {
    CHECK(text.find("nan") == std::string::npos);
    const auto table = parse_csv(text);
    REQUIRE(table.size() == rows);
    for (const CsvRow& row : table)
        CHECK(row.size() == table[0].size());
}

} // namespace

TEST_CASE("stability files: tables with a row for each site, and no NaN") {
    for (const bool additive : {true, false}) {
        const Example example(additive);
        check_csv(acceptability_csv(example.record), 4);
        check_csv(site_stability_csv(example.record), 4);
        check_csv(pairs_csv(example.record), 4);
    }
}

TEST_CASE("stability files: what drives a score, exact or of draws; what isn't known is empty") {
    const Example example;
    const double gap = std::numeric_limits<double>::quiet_NaN();
    const auto exact = parse_csv(drivers_csv(example.record, {{{0.75, 0.25}, {}}, {{gap, gap}, {}}}));
    CHECK(exact[0] == CsvRow{"site", "id", "criterion", "variance_share"});
    CHECK(exact[1][0] == "'=A");
    CHECK(exact[1][3] == "0.75");
    CHECK(exact[3][3].empty());
    const auto drawn = parse_csv(drivers_csv(example.record, {{{0.5, 0.25}, {0.625, 0.5}}}));
    CHECK(drawn[0] == CsvRow{"site", "id", "criterion", "first_order", "total"});
    CHECK(drawn[2][4] == "0.5");
}

TEST_CASE("stability files: shares of ranks sum to 1, names can't be formulas") {
    const Example example;
    const auto table = parse_csv(acceptability_csv(example.record));
    CHECK(table[0] == CsvRow{"site", "id", "rank", "rank_1", "rank_2", "rank_3"});
    CHECK(table[1][0] == "'=A");
    CHECK(table[2][0] == "B, south");
    for (std::size_t i = 1; i < 4; ++i)
        CHECK(std::stod(table[i][3]) + std::stod(table[i][4]) + std::stod(table[i][5]) == doctest::Approx(1));
    const auto pairs = parse_csv(pairs_csv(example.record));
    CHECK(pairs[1][1].empty());
    CHECK(std::stod(pairs[1][2]) + std::stod(pairs[2][1]) == doctest::Approx(1));
}

TEST_CASE("stability files: what changes a place stands in sites.csv") {
    const Example example;
    const auto table = parse_csv(site_stability_csv(example.record));
    const auto column = [&](const char* name) {
        return static_cast<std::size_t>(std::ranges::find(table[0], name) - table[0].begin());
    };
    CHECK(std::stod(table[1][column("moved_to_lose_place")]) == doctest::Approx(0.1));
    CHECK(table[1][column("rival")] == "B, south");
    CHECK(table[1][column("moved_to_first")].empty());
    CHECK(table[3][column("can_be_first")] == "no");
    CHECK(table[3][column("dominated_by_count")] == "2");
    CHECK(table[3][column("central_weight power")].empty());
    CHECK(table[3][column("confidence")].empty());
    CHECK(std::stod(table[1][column("central_weight power")]) == doctest::Approx(0.75).epsilon(0.05));
}

TEST_CASE("stability files: json names its method, source, seed and assumptions") {
    const Example example;
    const auto json = nlohmann::json::parse(stability_json(example.record));
    CHECK(json["draws"] == 1000);
    CHECK(json["seed"] == 4);
    CHECK(json["source"].get<std::string>().find("Lahdelma and Salminen 2001") != std::string::npos);
    CHECK(json["assumptions"].size() == 2);
    CHECK(json["weights"]["moments"] == "exact");
    CHECK(json["sites"][0]["to_lose_its_place"]["moves"][0]["from"] == "power");
    CHECK(json["sites"][2]["central_weights"].is_null());
    CHECK(json["sites"][2]["can_be_first"] == false);
    CHECK(json["first_stays_while_one_weight_is"][0]["first_below"] == "B, south");
    CHECK(json["orders_changed_by_leaving_one_site_out"].empty());
    const auto other = nlohmann::json::parse(stability_json(Example(false).record));
    CHECK(other["exact_changes"] == false);
    CHECK(other["sites"][0]["to_lose_its_place"].is_null());
    CHECK(other["sites"][2]["can_be_first"].is_null());
}
