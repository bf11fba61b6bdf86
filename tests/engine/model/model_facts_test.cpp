// SPDX-License-Identifier: Apache-2.0
#include "engine/model/model.hpp"

#include "tests/support/scored_land.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;
using namespace zonerank::tests::scored;
using doctest::Approx;
using engine::Evaluation;
using engine::Model;
using rasters::Cell;
using rasters::Window;

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
