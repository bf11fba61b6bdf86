// SPDX-License-Identifier: Apache-2.0
#include "engine/model/model.hpp"

#include "tests/support/bits.hpp"
#include "tests/support/study.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <thread>

using namespace zonerank;
using doctest::Approx;
using engine::Evaluation;
using engine::Mask;
using engine::MaskCode;
using engine::Model;
using engine::State;
using rasters::Cell;
using rasters::Window;
using tests::rectangle;
using tests::same_bits;
using tests::StudyFolder;

namespace {

constexpr int side = 10; // cells of 10 m
const float gap = rasters::no_data;

float height(Cell c) {
    return static_cast<float>(c.col + 10 * c.row);
}

/// An L of land with a hill, a road along its western edge, a lake; and what each
/// cell of it is by hand.
class Land {
public:
    explicit Land(const std::vector<Cell>& gaps = {}) {
        m_folder.features("area.geojson", {rectangle(0, 0, 100, 50), rectangle(0, 0, 50, 100)});
        m_folder.features("road.geojson", {{"", "LineString", {{0, -1000}, {0, 1000}}}});
        m_folder.features("lake.geojson", {rectangle(20, 20, 20, 20)});
        m_folder.features("pit.geojson", {rectangle(38, 18, 4, 4)});
        m_folder.features("sites.geojson", {rectangle(30, 60, 10, 10, R"("price": 4)")});
        std::vector<float> heights;
        for (int row = 0; row < side; ++row)
            for (int col = 0; col < side; ++col)
                heights.push_back(std::ranges::count(gaps, Cell{col, row}) > 0 ? gap : height({col, row}));
        m_folder.raster("hill.tif", side, heights);
    }

    const StudyFolder& folder() const { return m_folder; }

    std::unique_ptr<engine::Prepared> ready(const std::string& criteria, const std::string& more = "") const {
        return m_folder.ready(
            "area: {source: area.geojson}\n"
            "grid: {crs: EPSG:32643, cell: 10 m}\n"
            "layers: {hill: {source: hill.tif, unit: m}, road: road.geojson, lake: lake.geojson, pit: pit.geojson}\n"
            "sites: {source: sites.geojson}\n"
            "criteria:\n" +
            criteria + more);
    }

    static bool in_area(Cell c) { return c.col < 5 || c.row >= 5; }
    static bool in_lake(Cell c) { return c.col >= 2 && c.col < 4 && c.row >= 6 && c.row < 8; }
    static double hill_value(Cell c) { return 1 - height(c) / 100.0; }
    static double road_value(Cell c) { return 1 - (5 + 10 * c.col) / 100.0; }

private:
    StudyFolder m_folder;
};

const std::string hill = "measure: {sample: {of: hill}}, value: {linear: {best: 0 m, worst: 100 m}}";
const std::string road = "measure: {distance: {to: road}}, value: {linear: {best: 0 m, worst: 100 m}}";
const std::string lake = "constraints: {lake: {inside: {of: lake}}}\n";

std::string two(const std::string& of_hill = "", const std::string& of_road = "") {
    return "  t:\n    a: {weight: 1, " + hill + of_hill + "}\n    b: {weight: 3, " + road + of_road + "}\n";
}

void for_each_cell(const std::function<void(Cell)>& visit) {
    for (int row = 0; row < side; ++row)
        for (int col = 0; col < side; ++col)
            visit({col, row});
}

/// The state of each cell: o outside, X excluded, ? unknown, a assumed, . valid.
std::string states(const Model& model, const rasters::Raster<Mask>& mask) {
    std::string drawn;
    for (int row = mask.window().row; row < mask.window().row + mask.window().rows; ++row) {
        for (const Mask cell : mask.row(row))
            drawn += "oX?a."[static_cast<int>(model.code().state(cell))];
        drawn += '\n';
    }
    return drawn;
}

std::string states(const engine::Prepared& p) {
    return states(*p.model, p.model->evaluate(p.model->grid().window()).mask);
}

/// Whether an evaluated tile has the very bytes of the whole.
bool same_as(const Evaluation& whole, const Evaluation& tile) {
    const Window w = tile.mask.window();
    for (int row = w.row; row < w.row + w.rows; ++row) {
        const auto cut = [&](const auto& raster) {
            return raster.row(row).subspan(static_cast<std::size_t>(w.col - whole.mask.window().col),
                                           static_cast<std::size_t>(w.cols));
        };
        if (!std::ranges::equal(cut(whole.mask), tile.mask.row(row)) ||
            !same_bits(cut(whole.score), tile.score.row(row)))
            return false;
        for (std::size_t i = 0; i < whole.values.size(); ++i)
            if (!same_bits(cut(whole.values[i]), tile.values[i].row(row)) ||
                !same_bits(cut(whole.measurements[i]), tile.measurements[i].row(row)))
                return false;
    }
    return true;
}

} // namespace

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

TEST_CASE("criteria of the sites alone are not on the map: the others share their weight") {
    const Land land;
    const auto p = land.ready("  t:\n    weight: 1\n    a: {weight: 1, " + hill +
                              "}\n    p: {weight: 1, measure: {site field: {field: price}}, "
                              "value: {linear: {best: 0, worst: 10}}}\n"
                              "  u:\n    weight: 1\n    b: {" +
                              road + "}\n");
    const Evaluation e = p->model->evaluate(p->model->grid().window());
    CHECK(e.values[1].values().empty());
    // Theme t is worth half, of which half is on the map: 1 to 2 against theme u.
    for (const Cell c : {Cell{0, 0}, {3, 4}, {9, 9}})
        CHECK(e.score[c] == Approx((Land::hill_value(c) + 2 * Land::road_value(c)) / 3).epsilon(1e-6));
    // A theme of site fields alone is off the map altogether.
    const auto q =
        land.ready("  t: {p: {measure: {site field: {field: price}}, value: {linear: {best: 0, worst: 10}}}}\n"
                   "  u: {b: {" +
                   road + "}}\n");
    CHECK(q->model->evaluate({4, 4, 1, 1}).score[{4, 4}] == Approx(Land::road_value({4, 4})).epsilon(1e-6));
}

TEST_CASE("each theme has its aggregation") {
    const Land land;
    const auto p = land.ready("  t:\n    aggregate: minimum\n    a: {" + hill + "}\n    b: {" + road + "}\n  u: {c: {" +
                              road + "}}\n");
    const Evaluation e = p->model->evaluate(p->model->grid().window());
    for (const Cell c : {Cell{0, 9}, {9, 0}, {4, 4}})
        CHECK(
            e.score[c] ==
            Approx(0.5 * std::min(Land::hill_value(c), Land::road_value(c)) + 0.5 * Land::road_value(c)).epsilon(1e-6));
}

TEST_CASE("the share of cells beyond a limit is all or nothing in a cell") {
    const Land land({{5, 5}});
    const auto p = land.ready("  t: {a: {measure: {sample: {of: hill}}, value: {linear: {best: 0 %, worst: 100 %}}, "
                              "site: {share: {above: 44 m}}}}\n");
    const Evaluation e = p->model->evaluate(p->model->grid().window());
    CHECK(e.measurements[0][{4, 4}] == 0); // 44 m is not above 44 m
    CHECK(e.measurements[0][{5, 4}] == 100);
    CHECK(e.values[0][{4, 4}] == 1);
    CHECK(e.values[0][{5, 4}] == 0);
    CHECK(std::isnan(e.measurements[0][{5, 5}]));
}

TEST_CASE("facts are of the area's cells with data") {
    const Land land({{0, 0}, {9, 9}});
    const auto p = land.ready("  t: {a: {measure: {sample: {of: hill}}, value: stretch}, b: {" + road + "}}\n");
    Model& model = *p->model;
    CHECK(model.need_facts() == std::vector<std::size_t>{0});
    const engine::Facts all = engine::facts_of(model.facts(0, model.grid().window()));
    CHECK(all.min == 1);  // 0 has no data
    CHECK(all.max == 98); // 99 neither
    CHECK(model.facts(0, {5, 0, 5, 5}).count() == 0);
    rasters::Moments parts;
    for (const Window& tile : rasters::tiles(model.grid().window(), 3))
        parts.add(model.facts(0, tile));
    CHECK(engine::facts_of(parts).min == all.min);
    CHECK(engine::facts_of(parts).max == all.max);
    CHECK(engine::facts_of(parts).mean == all.mean);
    CHECK(engine::facts_of(parts).deviation == all.deviation);
    CHECK(model.learnt(0).mean == all.mean);
    CHECK(engine::facts_of({}).max == 0);
    CHECK(model.value(0, 1) == 0); // learnt
    CHECK(model.value(0, 98) == 1);
    CHECK(model.value(0, 49.5) == Approx(0.5));
    model.learn(0, {0, 200});
    CHECK(model.value(0, 50) == 0.25);
}

TEST_CASE("mean and deviation over the area's cells, in any tiles") {
    const Land land;
    const auto p = land.ready("  t: {a: {measure: {sample: {of: hill}}, value: mean-sd large}, b: {" + road + "}}\n");
    double count = 0, sum = 0, squares = 0;
    for (int row = 0; row < side; ++row)
        for (int col = 0; col < side; ++col)
            if (Land::in_area({col, row})) {
                count += 1;
                sum += height({col, row});
                squares += height({col, row}) * height({col, row});
            }
    const double mean = sum / count, deviation = std::sqrt(squares / count - mean * mean);
    CHECK(p->model->learnt(0).mean == Approx(mean).epsilon(1e-14));
    CHECK(p->model->learnt(0).deviation == Approx(deviation).epsilon(1e-12));
    CHECK(p->model->value(0, mean + deviation) == Approx(0.5));
    const auto given = land.ready("  t: {a: {measure: {sample: {of: hill}}, value: {mean-sd large: {mean: 40 m, "
                                  "deviation: 9 m}}}, b: {" +
                                  road + "}}\n");
    CHECK(given->model->need_facts().empty());
    CHECK(given->model->value(0, 49) == Approx(0.5));
}

TEST_CASE("beyond the ends of a value function that says so, in the area and at sites alone") {
    const Land land;
    const auto p = land.ready("  t: {a: {measure: {sample: {of: hill}}, value: {piecewise: {200 m: 0, 0.3 km: 1, "
                              "beyond: error}}}, b: {" +
                              road + "}}\n");
    CHECK_NOTHROW(p->model->evaluate({5, 0, 5, 5})); // outside the area
    std::string found;
    try {
        p->model->evaluate({3, 2, 1, 1}, false);
    } catch (const Error& error) {
        found = error.what();
    }
    CAPTURE(found);
    CHECK(found.ends_with("study.yaml:6:7: criterion 'a': 23 m is measured, beyond the ends of its value function, "
                          "200 m and 300 m (beyond: error)"));
    CHECK_NOTHROW(p->model->refuse_beyond(0, 250));
    CHECK_NOTHROW(p->model->refuse_beyond(0, std::nan("")));
    CHECK_THROWS_AS(p->model->refuse_beyond(0, 301), Error);
    const auto clipped = land.ready("  t: {a: {measure: {sample: {of: hill}}, value: {piecewise: {200 m: 0, 0.3 km: "
                                    "1}}}, b: {" +
                                    road + "}}\n");
    CHECK(clipped->model->evaluate({3, 2, 1, 1}).values[0][{3, 2}] == 0);
}

TEST_CASE("parts of cells see edges of area and constraints within the cell") {
    const Land land;
    const auto p = land.ready(two(), "constraints: {pit: {inside: {of: pit}}}\n");
    // The pit is 38..42 by 18..22, in the corners of the four cells around (40, 20): parts are 2.5 m.
    const rasters::Raster<Mask> parts = p->model->part_masks({12, 28, 8, 8});
    CHECK(states(*p->model, parts) == "........\n"
                                      "........\n"
                                      "........\n"
                                      "...XX...\n"
                                      "...XX...\n"
                                      "........\n"
                                      "........\n"
                                      "........\n");
    CHECK(states(*p).find('X') == std::string::npos); // no cell's centre is in it
    // The corner of the L at (50, 50).
    CHECK(states(*p->model, p->model->part_masks({18, 18, 4, 4})) == "..oo\n..oo\n....\n....\n");
    CHECK(p->model->parts_grid().cell == 2.5);
}

TEST_CASE("which windows touch the area") {
    const Land land;
    const auto p = land.ready(two());
    CHECK(p->model->touches_area({0, 0, 10, 10}));
    CHECK_FALSE(p->model->touches_area({5, 0, 5, 5}));
    CHECK(p->model->touches_area({4, 0, 6, 5}));
    CHECK(p->model->touches_area({5, 5, 1, 1}));
    CHECK_FALSE(p->model->touches_area({20, 20, 3, 3}));
}

TEST_CASE("a window that reaches outside the grid is outside there") {
    const Land land;
    const auto p = land.ready(two());
    const Evaluation e = p->model->evaluate({-2, 8, 4, 4});
    CHECK(states(*p->model, e.mask) == "oo..\noo..\noooo\noooo\n");
    CHECK(e.measurements[1][{-2, 8}] == Approx(15).epsilon(1e-6)); // distances go on
    CHECK(std::isnan(e.measurements[0][{-2, 8}]));
}

TEST_CASE("the distance from a site's own outline") {
    const Land land;
    const auto p = land.ready("  t: {b: {" + road + ", site: edge}}\n");
    CHECK(p->model->edge(0, p->territory.candidates[0].shape) == Approx(30).epsilon(1e-12));
    CHECK(p->model->value(0, 30) == Approx(0.7));
}

TEST_CASE("the same bits whatever the tiles and threads") {
    const Land land({{1, 1}, {2, 6}, {7, 7}});
    const auto p = land.ready(
        two(", missing: leave out", ", missing: worst") + "  u:\n    aggregate: weighted product\n    c: {measure: "
                                                          "{slope: {of: hill}}, value: {logistic: {midpoint: 50 %, "
                                                          "spread: 20 %}}, missing: 0.1}\n    d: {measure: {cover: "
                                                          "{of: lake}}, value: {linear: {best: 0 %, worst: 100 %}}}\n",
        "constraints:\n  lake: {inside: {of: lake, buffer: 7 m}}\n  pit: {inside: {of: pit, cells: any part}}\n"
        "  high: {above: {measure: {sample: {of: hill}}, limit: 80 m}}\n");
    const Model& model = *p->model;
    const Evaluation whole = model.evaluate(model.grid().window());
    for (const int tile_side : {1, 7, 64}) {
        CAPTURE(tile_side);
        const std::vector<Window> tiles = rasters::tiles(model.grid().window(), tile_side);
        for (const unsigned threads : {1U, 4U}) {
            CAPTURE(threads);
            std::atomic<std::size_t> next = 0, same = 0;
            std::vector<std::jthread> workers;
            for (unsigned t = 0; t < threads; ++t)
                workers.emplace_back([&] {
                    for (std::size_t i = next++; i < tiles.size(); i = next++)
                        same += same_as(whole, model.evaluate(tiles[i]));
                });
            workers.clear();
            CHECK(same == tiles.size());
        }
    }
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
    CHECK(tests::text_of(broken->problems).find("criterion 'c': layer 'lake': no features where 1 = 0") !=
          std::string::npos);
    CHECK(tests::text_of(broken->problems).find("constraint 'lake': layer 'lake': no features where 1 = 2") !=
          std::string::npos);
}
