// SPDX-License-Identifier: Apache-2.0
#include "engine/model/known_zones.hpp"

#include "tests/support/archive.hpp"
#include "tests/support/industries.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;
using namespace zonerank::tests;

namespace {

MapScores scores_in_tiles(const Prepared& p, int side, double cut) {
    MapScores all(p.known->zones.size()), filed(p.known->zones.size());
    for (const rasters::Window& tile : rasters::tiles(p.model->grid().window(), side)) {
        MapScores part(p.known->zones.size());
        part.add(*p.model, p.model->evaluate(tile, false), p.known->zones, cut);
        all.add(part);
        hand_over(part, filed);
    }
    CHECK((put_by(filed) == put_by(all)));
    return filed;
}

std::string told(const std::vector<MadeFeature>& zones, const std::string& validate) {
    const StudyFolder folder;
    folder.features("known.geojson", zones);
    return text_of(folder.prepared(small_study(folder, "validate: " + validate + "\n"))->problems);
}

} // namespace

TEST_CASE("known zones: mean of the map over usable cells by coverage, a point's cell") {
    const StudyFolder folder;
    folder.features("known.geojson", {rectangle(15, 70, 20, 10, R"("n": "a")"), // half, whole, half a cell
                                      rectangle(55, 20, 30, 10, R"("n": "b")"), // most of it in the lake
                                      {R"("n": "c")", "Point", {{12, 101}}},
                                      rectangle(70, 10, 20, 20, R"("n": "d")"), // all of it
                                      rectangle(500, 10, 20, 20, R"("n": "e")")});
    const auto p = folder.ready(small_study(folder, "validate: {good: {source: known.geojson, name: n}, cut: 0.4}\n"));
    REQUIRE(p->known->zones.size() == 5);
    CHECK(p->known->zones[2].name == "c");
    const Evaluation whole = p->model->evaluate(p->model->grid().window());
    const auto score = [&](int col, int row) { return static_cast<double>(whole.score[{col, row}]); };
    for (const int side : {3, 5, 512}) {
        const MapScores scores = scores_in_tiles(*p, side, 0.4);
        const int row = 12 - 8; // 70 to 80 m above the south
        CHECK(scores.at_zones[0].score.mean() ==
              doctest::Approx((0.5 * score(1, row) + score(2, row) + 0.5 * score(3, row)) / 2).epsilon(1e-9));
        CHECK(scores.at_zones[1].score.mean() == doctest::Approx(score(5, 12 - 3)).epsilon(1e-9));
        CHECK(scores.at_zones[2].score.mean() == doctest::Approx(score(1, 12 - 11)).epsilon(1e-9));
        CHECK(scores.at_zones[3].score.weight() == 0);
        CHECK(scores.at_zones[3].by_state[static_cast<std::size_t>(State::excluded)] > 0);
        CHECK(scores.at_zones[4].score.weight() == 0);
        std::int64_t usable_cells = 0, above = 0;
        for (std::size_t i = 0; i < whole.mask.values().size(); ++i)
            if (usable(p->model->code().state(whole.mask.values()[i]))) {
                ++usable_cells;
                above += whole.score.values()[i] >= 0.4F ? 1 : 0;
            }
        CHECK(scores.cells.total() == usable_cells);
        CHECK(scores.above == above);
        CHECK(above > 0);
        CHECK(above < usable_cells);
    }
}

TEST_CASE("known zones: sites by name, by id, by a condition that keeps the sites' own") {
    const StudyFolder folder;
    const auto p = folder.ready(small_study(folder, "validate: {good: {sites: shore}, bad: {sites: [\"1\"]}}\n"));
    REQUIRE(p->known->zones.size() == 2);
    CHECK(!p->known->on_map);
    CHECK(p->known->zones[0].site == 1);
    CHECK(p->known->zones[1].name == "hill");
    CHECK(!p->known->zones[1].good);
    const auto chosen = folder.ready(small_study(folder, "validate: {good: {where: \"price > 4\"}}\n"));
    REQUIRE(chosen->known->zones.size() == 1);
    CHECK(chosen->known->zones[0].name == "shore");
}

TEST_CASE("known zones: what can't be is told at its place") {
    const std::string source = "source: known.geojson";
    CHECK(told({rectangle(0, 0, 9, 9)}, "{good: {sites: [hil]}}") ==
          "validate: good: unknown site 'hil'; did you mean 'hill'?");
    CHECK(told({rectangle(0, 0, 9, 9)}, "{good: {sites: hill}, bad: {sites: [shore, hill]}}") ==
          "validate: 'hill' is both good and bad");
    CHECK(told({rectangle(0, 0, 9, 9)}, "{good: {sites: [hill, \"1\"]}}") == "validate: 'hill' is named twice");
    CHECK(told({rectangle(0, 0, 9, 9)}, "{good: {" + source + "}, bad: {" + source + "}}") ==
          "validate: 'bad zone 1' is both good and bad");
    CHECK(told({rectangle(900, 0, 9, 9)}, "{good: {" + source + "}}") ==
          "validate: good: none of the zones lies in the study's area");
    CHECK(told({{"", "LineString", {{0, 0}, {9, 9}}}}, "{good: {" + source + "}}") ==
          "validate: good: 'good zone 1' is a line; a known zone is a polygon or a point");
    CHECK(told({rectangle(0, 0, 9, 9, R"("n": 1)")}, "{good: {" + source + ", where: \"n = 2\"}}") ==
          "validate: good: the source has no feature where n = 2");
    CHECK(told({rectangle(0, 0, 9, 9)}, "{good: {where: \"price > 9\"}}") ==
          "validate: good: the source has no feature where price > 9");
}
