// SPDX-License-Identifier: Apache-2.0
#include "engine/model/model.hpp"

#include "tests/support/scored_land.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;
using namespace zonerank::tests::scored;
using doctest::Approx;
using engine::Evaluation;
using engine::Mask;
using engine::MaskCode;
using engine::Model;
using engine::State;
using rasters::Cell;

TEST_CASE("measurements, values, scores and states of a small land, cell by cell") {
    const Land land;
    const auto p = land.ready(two(), lake);
    const Model& model = *p->model;
    const Evaluation e = model.evaluate(model.grid().window());
    REQUIRE(model.grid().cols == side);
    REQUIRE(model.grid().rows == side);
    for_each_cell([&](Cell c) {
        CAPTURE(c.col);
        CAPTURE(c.row);
        CHECK(e.measurements[0][c] == height(c));
        CHECK(e.measurements[1][c] == Approx(5 + 10 * c.col).epsilon(1e-6));
        CHECK(e.values[0][c] == Approx(Land::hill_value(c)).epsilon(1e-6));
        CHECK(e.values[1][c] == Approx(Land::road_value(c)).epsilon(1e-6));
        // Of the criteria alone, whatever the area and the constraints say.
        CHECK(e.score[c] == Approx(0.25 * Land::hill_value(c) + 0.75 * Land::road_value(c)).epsilon(1e-6));
        const Mask mask =
            (Land::in_area(c) ? 0 : MaskCode::outside) | (Land::in_lake(c) ? model.code().excluded_by(0) : 0);
        CHECK(e.mask[c] == mask);
    });
    CHECK(states(*p) == ".....ooooo\n"
                        ".....ooooo\n"
                        ".....ooooo\n"
                        ".....ooooo\n"
                        ".....ooooo\n"
                        "..........\n"
                        "..XX......\n"
                        "..XX......\n"
                        "..........\n"
                        "..........\n");
}

TEST_CASE("what becomes of missing data") {
    const std::vector<Cell> gaps{{1, 1}, {2, 6}, {7, 1}};
    const Land land(gaps);
    const Cell bare{1, 1}, under_lake{2, 6}, beyond{7, 1};
    struct Row {
        std::string missing;
        State state;
        double value, score;
    };
    const double other = Land::road_value(bare);
    for (const Row& row : {
             Row{"unknown", State::unknown, NAN, NAN},
             {"worst", State::assumed, 0, 0.75 * other},
             {"0.3", State::assumed, 0.3, 0.25 * 0.3 + 0.75 * other},
             {"leave out", State::assumed, NAN, other},
         }) {
        CAPTURE(row.missing);
        const auto p = land.ready(two(", missing: " + row.missing), lake);
        const Evaluation e = p->model->evaluate(p->model->grid().window());
        const MaskCode& code = p->model->code();
        CHECK(e.mask[bare] == code.no_data(0));
        CHECK(code.state(e.mask[bare]) == row.state);
        CHECK(std::isnan(e.measurements[0][bare]));
        CHECK(std::isnan(e.values[0][bare]) == std::isnan(row.value));
        CHECK(std::isnan(e.score[bare]) == std::isnan(row.score));
        if (!std::isnan(row.score))
            CHECK(e.score[bare] == Approx(row.score).epsilon(1e-6));
        if (!std::isnan(row.value))
            CHECK(e.values[0][bare] == Approx(row.value).epsilon(1e-6));
        CHECK(code.state(e.mask[under_lake]) == State::excluded);
        CHECK(code.state(e.mask[beyond]) == State::outside);
        CHECK(code.state(e.mask[{0, 0}]) == State::valid);
    }
}

TEST_CASE("leaving out the heavier criterion leaves too little") {
    const Land land({{1, 1}});
    const std::string criteria =
        "  t:\n    a: {weight: 3, " + hill + ", missing: leave out}\n    b: {weight: 1, " + road + "}\n";
    const auto p = land.ready(criteria);
    const Evaluation e = p->model->evaluate({1, 1, 1, 1});
    CHECK(p->model->code().state(e.mask[{1, 1}]) == State::unknown);
    CHECK(std::isnan(e.score[{1, 1}]));
    const auto lenient = land.ready(criteria, "known: 25 %\n");
    CHECK(lenient->model->evaluate({1, 1, 1, 1}).score[{1, 1}] == Approx(Land::road_value({1, 1})).epsilon(1e-6));
}

TEST_CASE("a constraint without data leaves a cell unknown, unless another excludes it") {
    const Land land({{1, 1}, {2, 6}});
    CHECK(states(*land.ready("  t: {b: {" + road + "}}\n", lake)).find('?') == std::string::npos);
    const auto high = land.ready("  t: {b: {" + road + "}}\n",
                                 "constraints:\n  high: {above: {measure: {sample: {of: hill}}, limit: 80 m}}\n"
                                 "  lake: {inside: {of: lake}}\n");
    const Evaluation e = high->model->evaluate(high->model->grid().window());
    CHECK(e.mask[{1, 1}] == MaskCode::untested);
    CHECK(high->model->code().state(e.mask[{1, 1}]) == State::unknown);
    CHECK(high->model->code().state(e.mask[{2, 6}]) == State::excluded); // a gap, and the lake
    CHECK(high->model->code().first_excluding(e.mask[{2, 6}]) == 1);
    CHECK(high->model->code().first_excluding(e.mask[{3, 9}]) == 0);  // 93 m
    CHECK(high->model->code().state(e.mask[{0, 8}]) == State::valid); // 80 m is not above 80 m
    CHECK_FALSE(std::isnan(e.score[{1, 1}]));                         // the criteria know their score there
}

TEST_CASE("a class without a value is missing data") {
    const Land land;
    land.folder().raster("cover.tif", side, std::vector<float>(100, 7));
    const auto p =
        land.folder().ready("area: {source: area.geojson}\ngrid: {crs: EPSG:32643, cell: 10 m}\n"
                            "layers: {cover: {source: cover.tif, values: classes}}\n"
                            "criteria: {t: {a: {measure: {category: {of: cover}}, value: {categories: {6: 1}}}}}\n");
    const Evaluation e = p->model->evaluate({0, 0, 1, 1});
    CHECK(e.measurements[0][{0, 0}] == 7);
    CHECK(e.mask[{0, 0}] == p->model->code().no_data(0));
}

TEST_CASE("the distance from a site's own outline") {
    const Land land;
    const auto p = land.ready("  t: {b: {" + road + ", site: edge}}\n");
    CHECK(p->model->edge(0, p->territory.candidates[0].shape) == Approx(30).epsilon(1e-12));
    CHECK(p->model->value(0, 30) == Approx(0.7));
}

TEST_CASE("steps name what they open, and fail by themselves") {
    const Land land;
    auto p = land.ready(two(), lake);
    const auto steps = p->model->steps();
    REQUIRE(steps.size() == 3);
    CHECK(steps[0].name == "criterion 'a'");
    CHECK(steps[2].name == "constraint 'lake'");
    CHECK(to_string(steps[0].mark).find("study.yaml:7:5") != std::string::npos);
    const auto broken = land.folder().prepared("area: {source: area.geojson}\ngrid: {crs: EPSG:32643, cell: 10 m}\n"
                                               "layers: {road: road.geojson, lake: lake.geojson}\n"
                                               "criteria: {t: {b: {" +
                                               road +
                                               "}, c: {measure: {distance: {to: lake, where: \"1 = 0\"}}, value: "
                                               "{linear: {best: 0 m, worst: 1 m}}}}}\n"
                                               "constraints: {lake: {inside: {of: lake, where: \"1 = 2\"}}}\n");
    REQUIRE(broken->problems.errors().size() == 2);
    CHECK(text_of(broken->problems).find("criterion 'c': layer 'lake': no features where 1 = 0") != std::string::npos);
    CHECK(text_of(broken->problems).find("constraint 'lake': layer 'lake': no features where 1 = 2") !=
          std::string::npos);
}
