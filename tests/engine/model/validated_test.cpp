// SPDX-License-Identifier: Apache-2.0
#include "engine/model/validated.hpp"

#include "tests/support/ranking.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;

namespace {

/// Five candidates with ids 0..4 and these scores; NaN: without a rank.
struct Sites {
    explicit Sites(const std::vector<double>& scores) {
        for (std::size_t i = 0; i < scores.size(); ++i) {
            territory.candidates.push_back({.id = std::to_string(i), .name = "s" + std::to_string(i)});
            ranking.rows.push_back({.reason = std::isnan(scores[i]) ? "wet" : "",
                                    .id = std::to_string(i),
                                    .name = "s" + std::to_string(i),
                                    .score = scores[i]});
        }
        rank(ranking);
    }
    Territory territory;
    Ranking ranking;
};

MapScores on_cells(const std::vector<float>& cells, const std::vector<double>& zones, double cut) {
    MapScores scores(zones.size());
    for (const float cell : cells) {
        scores.cells.add(cell);
        scores.above += cell >= static_cast<float>(cut) ? 1 : 0;
    }
    for (std::size_t i = 0; i < zones.size(); ++i)
        if (!std::isnan(zones[i]))
            scores.at_zones[i].score.add(zones[i], 1 << 28);
    return scores;
}

} // namespace

TEST_CASE("validated: sites against the others") {
    const Sites sites({0.9, 0.4, 0.7, 0.2, engine::nan});
    const KnownZones known{false, {{"s0", true, {}, 0}, {"s1", true, {}, 1}, {"s4", true, {}, 4}}};
    const Validation result = validated(known, sites.territory, sites.ranking, 0.7);
    CHECK(result.known[0].above);
    CHECK(result.known[0].higher_than == 1);
    CHECK(!result.known[1].above);
    CHECK(result.known[1].higher_than == 0.5);
    CHECK(result.known[2].reason == "without a rank: wet");
    CHECK(result.others == 2);
    CHECK(result.others_above == 0.5);
    CHECK(result.roc->area == doctest::Approx(0.75));
}

TEST_CASE("validated: sites against the bad ones alone") {
    const Sites sites({0.9, 0.4, 0.7, 0.2, engine::nan});
    const KnownZones known{false, {{"s1", true, {}, 1}, {"s3", false, {}, 3}}};
    const Validation result = validated(known, sites.territory, sites.ranking, 0.7);
    CHECK(result.against_bad);
    CHECK(result.roc->area == 1);
    CHECK(result.roc->others == 1);
    CHECK(result.others == 3); // all but the good one
}

TEST_CASE("validated: the map as background, to its bins") {
    const KnownZones known{true, {{"a"}, {"b"}, {"dry"}}};
    const Validation result = validated(known, on_cells({0.1F, 0.3F, 0.5F, 0.7F}, {0.6, 0.2, engine::nan}, 0.5), 0.5);
    CHECK(result.roc->area == doctest::Approx((3 + 1) / 8.0));
    CHECK(result.others_above == 0.5);
    CHECK(result.known[0].higher_than == 0.75);
    CHECK(result.known[2].reason == "outside the area");
    CHECK(std::isnan(result.known[2].score));
}

TEST_CASE("validated: the map, good against bad zones") {
    const KnownZones known{true, {{"a"}, {"b", false}}};
    const Validation result = validated(known, on_cells({0.1F}, {0.6, 0.2}, 0.5), 0.5);
    CHECK(result.roc->area == 1);
    CHECK(result.roc->others == 1);
}

TEST_CASE("validated: no score at all is no figure, not NaN") {
    MapScores scores(1);
    scores.at_zones[0].by_state[static_cast<std::size_t>(State::unknown)] = 5;
    const Validation result = validated({true, {{"a"}}}, scores, 0.5);
    CHECK(!result.roc);
    CHECK(result.known[0].reason == "no usable cell: data are missing");
}
