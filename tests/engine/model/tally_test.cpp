// SPDX-License-Identifier: Apache-2.0
#include "engine/model/tally.hpp"

#include "tests/support/archive.hpp"
#include "tests/support/geos.hpp"
#include "tests/support/study.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using doctest::Approx;
using engine::Mask;
using engine::Model;
using engine::SiteTally;
using engine::State;
using rasters::Box;
using rasters::Cell;
using rasters::Window;
using tests::rectangle;
using tests::StudyFolder;

namespace {

constexpr double one_cell = 16.0 * (1 << 24); // weight of a whole cell

/// A hill with gaps on 8 x 8 cells of 10 m, a slanting lake, and sites of all kinds.
class Land {
public:
    Land() {
        m_folder.features("lake.geojson", {{"", "Polygon", {{21, 15}, {58, 33}, {44, 71}, {17, 52}, {21, 15}}}});
        m_folder.features("marsh.geojson", {rectangle(40, 40, 33, 12)});
        m_folder.features("sites.geojson",
                          {{"", "Polygon", {{3, 4}, {77, 9}, {61, 68}, {33, 76}, {5, 55}, {3, 4}}}, // slanting
                           rectangle(61, 4, 3, 2),                                                  // within a cell
                           rectangle(70, 60, 40, 40),   // half beyond the grid
                           rectangle(300, 300, 10, 10), // far away
                           rectangle(0, 0, 80, 80)});   // all of it
        std::vector<float> heights, classes;
        for (int row = 0; row < 8; ++row)
            for (int col = 0; col < 8; ++col) {
                heights.push_back((col + 2 * row) % 11 == 0 ? rasters::no_data : height({col, row}));
                classes.push_back(static_cast<float>((col / 3 + row / 3) % 3));
            }
        m_folder.raster("hill.tif", 8, heights);
        m_folder.raster("cover.tif", 8, classes);
        m_prepared = m_folder.ready(
            tests::square_area(8) +
            "layers: {hill: {source: hill.tif, unit: m}, lake: lake.geojson, marsh: marsh.geojson, cover: {source: "
            "cover.tif, values: classes}}\n"
            "sites: {source: sites.geojson}\n"
            "criteria:\n"
            "  t:\n"
            "    a: {measure: {sample: {of: hill}}, value: {linear: {best: 0 m, worst: 100 m}}, missing: worst}\n"
            "    b: {measure: {sample: {of: hill}}, value: {linear: {best: 50 m, worst: 0 m}}, missing: leave out}\n"
            "    c: {measure: {category: {of: cover}}, value: {categories: {0: 1, 1: 0.5, 2: 0}}}\n"
            "    d: {measure: {cover: {of: lake}}, value: {linear: {best: 0 %, worst: 100 %}}}\n"
            "constraints: {lake: {inside: {of: lake}}, marsh: {inside: {of: marsh, buffer: 3 m}}}\n");
    }

    static float height(Cell c) { return static_cast<float>(3 * c.col + 5 * c.row + 7); }
    const Model& model() const { return *m_prepared->model; }
    const engine::Prepared& prepared() const { return *m_prepared; }
    const rasters::Shape& site(std::size_t i) const { return m_prepared->territory.candidates[i].shape; }
    SiteTally tally(std::size_t i, int side) const { return tests::tallied(*m_prepared, side)[i]; }

private:
    StudyFolder m_folder;
    std::unique_ptr<engine::Prepared> m_prepared;
};

/// What a site should add up to: the area, by GEOS, that each quarter of a
/// quarter of a cell shares with it, counted by the state of its centre.
struct Expected {
    std::array<double, 5> by_state{};
    std::vector<double> excluded_by = {0, 0};
    double usable = 0;
    std::vector<double> measurement = {0, 0, 0, 0}, measured = {0, 0, 0, 0}; ///< sum and weight
    std::vector<double> value = {0, 0, 0, 0}, valued = {0, 0, 0, 0};
    double score = 0;
    float lowest = HUGE_VALF, highest = -HUGE_VALF;
};

Expected by_hand(const Land& land, const rasters::Shape& site) {
    const Model& model = land.model();
    const tests::Geos outline(site);
    const engine::Evaluation e = model.evaluate(model.grid().window());
    const rasters::Grid& fine = model.parts_grid();
    const rasters::Raster<Mask> parts = model.part_masks(fine.window());
    Expected sum;
    for (int row = 0; row < fine.rows; ++row)
        for (int col = 0; col < fine.cols; ++col) {
            const Cell cell{col / 4, row / 4};
            const double share = outline.common_area(fine.box({col, row, 1, 1})) / 100;
            const Mask mask = parts[{col, row}] | (e.mask[cell] & model.code().any_no_data());
            const State state = model.code().state(mask);
            sum.by_state[static_cast<std::size_t>(state)] += share;
            for (std::size_t i = 0; i < 2; ++i)
                sum.excluded_by[i] += (mask & model.code().excluded_by(i)) != 0 ? share : 0;
            if (!engine::usable(state) || share == 0)
                continue;
            sum.usable += share;
            sum.score += share * e.score[cell];
            sum.lowest = std::min(sum.lowest, e.score[cell]);
            sum.highest = std::max(sum.highest, e.score[cell]);
            for (std::size_t i = 0; i < 4; ++i) {
                if (!std::isnan(e.measurements[i][cell])) {
                    sum.measurement[i] += share * e.measurements[i][cell];
                    sum.measured[i] += share;
                }
                if (!std::isnan(e.values[i][cell])) {
                    sum.value[i] += share * e.values[i][cell];
                    sum.valued[i] += share;
                }
            }
        }
    return sum;
}

bool equal(const SiteTally& a, const SiteTally& b) {
    bool same = a.by_state == b.by_state && a.excluded_by == b.excluded_by && a.min == b.min && a.max == b.max;
    const auto mean = [](const rasters::ExactSum& x, const rasters::ExactSum& y) {
        return x.weight() == y.weight() && (x.mean() == y.mean() || x.weight() == 0);
    };
    same = same && mean(a.score, b.score) && (a.usable() == 0 || a.scores.at(0.1) == b.scores.at(0.1));
    for (std::size_t i = 0; i < a.criteria.size(); ++i) {
        const engine::CriterionTally &x = a.criteria[i], &y = b.criteria[i];
        same = same && mean(x.measurement, y.measurement) && mean(x.value, y.value) && x.min == y.min &&
               x.max == y.max && x.classes == y.classes;
    }
    return same;
}

} // namespace

TEST_CASE("a site's cells add up to what plane geometry says") {
    const Land land;
    for (const std::size_t site : {0U, 1U, 2U, 4U}) {
        CAPTURE(site);
        const SiteTally tally = land.tally(site, 512);
        const Expected expected = by_hand(land, land.site(site));
        for (std::size_t state = 0; state < 5; ++state) {
            CAPTURE(state);
            CHECK(static_cast<double>(tally.by_state[state]) / one_cell ==
                  Approx(expected.by_state[state]).epsilon(1e-6));
        }
        for (std::size_t i = 0; i < 2; ++i)
            CHECK(static_cast<double>(tally.excluded_by[i]) / one_cell ==
                  Approx(expected.excluded_by[i]).epsilon(1e-6));
        CHECK(static_cast<double>(tally.usable()) / one_cell == Approx(expected.usable).epsilon(1e-6));
        CHECK(tally.score.mean() == Approx(expected.score / expected.usable).epsilon(1e-6));
        CHECK(tally.min == expected.lowest);
        CHECK(tally.max == expected.highest);
        for (std::size_t i = 0; i < 4; ++i) {
            CAPTURE(i);
            const engine::CriterionTally& criterion = tally.criteria[i];
            CHECK(static_cast<double>(criterion.measurement.weight()) / one_cell ==
                  Approx(expected.measured[i]).epsilon(1e-6));
            CHECK(criterion.measurement.mean() == Approx(expected.measurement[i] / expected.measured[i]).epsilon(1e-6));
            CHECK(criterion.value.mean() == Approx(expected.value[i] / expected.valued[i]).epsilon(1e-6));
        }
    }
}

TEST_CASE("states and reasons occur that the comparison needs") {
    const Land land;
    const SiteTally all = land.tally(4, 512);
    CHECK(all.by_state[static_cast<int>(State::outside)] == 0);
    CHECK(all.by_state[static_cast<int>(State::excluded)] > 0);
    CHECK(all.by_state[static_cast<int>(State::assumed)] > 0);
    CHECK(all.by_state[static_cast<int>(State::valid)] > 0);
    CHECK(all.excluded_by[0] + all.excluded_by[1] >
          all.by_state[static_cast<int>(State::excluded)]); // where both exclude
    std::int64_t total = 0;
    for (const std::int64_t weight : all.by_state)
        total += weight;
    CHECK(static_cast<double>(total) == 64 * one_cell);
    CHECK(all.criteria[1].measurement.weight() < all.usable()); // left out where the hill has no data
    CHECK(all.criteria[0].value.weight() == all.usable());      // worst there
}

TEST_CASE("a site smaller than a cell has that cell's numbers") {
    const Land land;
    const SiteTally tally = land.tally(1, 512);
    const engine::Evaluation e = land.model().evaluate({6, 7, 1, 1});
    CHECK(static_cast<double>(tally.usable()) / one_cell == Approx(0.06).epsilon(1e-6));
    CHECK(tally.score.mean() == Approx(e.score[{6, 7}]).epsilon(1e-9));
    CHECK(tally.criteria[0].min == Land::height({6, 7}));
    CHECK(tally.criteria[0].max == Land::height({6, 7}));
    CHECK(tally.scores.at(0.1) == e.score[{6, 7}]);
}

TEST_CASE("what lies beyond the grid is not counted") {
    const Land land;
    const SiteTally corner = land.tally(2, 512);
    std::int64_t total = 0;
    for (const std::int64_t weight : corner.by_state)
        total += weight;
    CHECK(static_cast<double>(total) / one_cell == Approx(2).epsilon(1e-6)); // 10 m x 20 m of it
    const SiteTally away = land.tally(3, 512);
    CHECK(away.by_state == std::array<std::int64_t, 5>{});
    CHECK(away.usable() == 0);
    CHECK(std::isnan(away.score.mean()));
}

TEST_CASE("classes by their share of the usable ground") {
    const Land land;
    const SiteTally all = land.tally(4, 512);
    const engine::CriterionTally& cover = all.criteria[2];
    std::int64_t total = 0;
    for (const auto& [code, weight] : cover.classes)
        total += weight;
    CHECK(total == all.usable());
    CHECK(cover.classes.size() == 3);
    CHECK(all.criteria[0].classes.empty());
}

TEST_CASE("directions are added as vectors") {
    const StudyFolder folder;
    // A valley that falls to the north: its west side faces north-east, its east side north-west.
    std::vector<float> heights;
    for (int row = 0; row < 12; ++row)
        for (int col = 0; col < 12; ++col)
            heights.push_back(static_cast<float>(10 * row + 5 * std::abs(col - 5.5)));
    folder.raster("valley.tif", 12, heights);
    folder.features("sites.geojson",
                    {rectangle(20, 20, 80, 80, R"("name": "both")"), rectangle(20, 20, 20, 80, R"("name": "west")")});
    const auto p = folder.ready(tests::square_area(12) +
                                "layers: {valley: {source: valley.tif, unit: m}}\n"
                                "sites: {source: sites.geojson, name: name}\n"
                                "criteria: {t: {a: {measure: {aspect: {of: valley}}, value: {piecewise: {0°: 1, 360°: "
                                "0}}}}}\n");
    const std::vector<SiteTally> tallies = tests::tallied(*p);
    CHECK(tallies[0].criteria[0].flat == 0);
    CHECK(tallies[0].criteria[0].sine.mean() == Approx(0).epsilon(1e-6));
    CHECK(tallies[0].criteria[0].cosine.mean() > 0.8);
    const double faces = std::atan2(0.5, 1); // east of north
    CHECK(tallies[1].criteria[0].sine.mean() == Approx(std::sin(faces)).epsilon(1e-4));
    CHECK(tallies[1].criteria[0].cosine.mean() == Approx(std::cos(faces)).epsilon(1e-4));
}

TEST_CASE("the same sums whatever the tiles and the order of merging") {
    const Land land;
    for (std::size_t site = 0; site < 5; ++site) {
        CAPTURE(site);
        const SiteTally whole = land.tally(site, 512);
        for (const int side : {1, 3, 7}) {
            CAPTURE(side);
            CHECK(equal(land.tally(site, side), whole));
            SiteTally merged(land.model(), 1'000'000), filed(land.model(), 1'000'000);
            std::vector<Window> tiles = rasters::tiles(land.model().grid().window(), side);
            std::ranges::reverse(tiles);
            for (const Window& tile : tiles) {
                SiteTally part(land.model(), 1'000'000);
                part.add(land.model(), land.model().evaluate(tile), land.site(site));
                merged.add(part);
                tests::hand_over(part, filed);
            }
            CHECK(equal(merged, whole));
            CHECK(equal(filed, whole));
            CHECK((tests::put_by(filed) == tests::put_by(whole)));
            CHECK(filed.empty() == (site == 3));
        }
    }
}
