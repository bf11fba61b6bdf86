// SPDX-License-Identifier: Apache-2.0
#include "engine/model/map_spread.hpp"

#include "tests/support/study.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using doctest::Approx;
using engine::MapSpread;
using engine::WeightSpace;

namespace {

/// 10 x 10 cells: heights by column, gaps in a second raster, a road along the west.
class Land {
public:
    explicit Land(const std::string& aggregate, const std::string& missing = "unknown") {
        std::vector<float> heights, wells;
        for (int i = 0; i < 100; ++i) {
            heights.push_back(static_cast<float>(i % 10));
            wells.push_back(i % 7 == 3 ? rasters::no_data : static_cast<float>(i / 10));
        }
        m_folder.raster("hill.tif", 10, heights);
        m_folder.raster("wells.tif", 10, wells);
        m_folder.features("road.geojson", {{"", "LineString", {{0, -1000}, {0, 1000}}}});
        m_prepared = m_folder.ready(
            tests::square_area(10) +
            "layers: {hill: {source: hill.tif, unit: m}, wells: {source: wells.tif, unit: m}, road: road.geojson}\n"
            "aggregate: " +
            aggregate +
            "\nknown: 40 %\n"
            "criteria:\n  land:\n    weight: 60\n"
            "    hill: {weight: 2, measure: {sample: {of: hill}}, value: {linear: {worst: 0 m, best: 10 m}}}\n"
            "    wells: {weight: 1, measure: {sample: {of: wells}}, value: {linear: {worst: 10 m, best: 0 m}}, "
            "missing: " +
            missing +
            "}\n"
            "  ways:\n    weight: 40\n"
            "    road: {measure: {distance: {to: road}}, value: {linear: {best: 0 m, worst: 100 m}}}\n");
        m_evaluation = model().evaluate(model().grid().window());
    }

    const engine::Model& model() const { return *m_prepared->model; }
    const engine::Evaluation& evaluation() const { return m_evaluation; }
    std::vector<double> values(std::size_t cell) const {
        std::vector<double> row;
        for (const rasters::Tile& tile : m_evaluation.values)
            row.push_back(static_cast<double>(tile.values()[cell]));
        return row;
    }
    /// Mean, deviation and share above the cut over a great many draws, one by one.
    std::array<double, 3> drawn(const WeightSpace& space, std::size_t cell, double cut, std::uint64_t draws) const {
        double sum = 0, square = 0, above = 0;
        for (std::uint64_t d = 0; d < draws; ++d) {
            const double score = m_prepared->decision.score(values(cell), space.draw(77, d));
            sum += score;
            square += score * score;
            above += score >= cut;
        }
        const auto n = static_cast<double>(draws);
        return {sum / n, std::sqrt(square / n - sum * sum / n / n), above / n};
    }

private:
    tests::StudyFolder m_folder;
    std::unique_ptr<engine::Prepared> m_prepared;
    engine::Evaluation m_evaluation;
};

const std::vector<double> weights{0.4, 0.2, 0.4};

void check_against_draws(const Land& land, const WeightSpace& space, const engine::SpreadSettings& settings,
                         double within) {
    const MapSpread spread(land.model(), space, settings);
    const engine::SpreadTiles tiles = spread.of(land.evaluation());
    for (const std::size_t cell : {1U, 3U, 12U, 55U, 78U, 94U, 99U}) {
        const bool unknown = std::isnan(land.evaluation().score.values()[cell]);
        CHECK(std::isnan(tiles.mean.values()[cell]) == unknown);
        CHECK(std::isnan(tiles.above.values()[cell]) == unknown);
        if (unknown) {
            CHECK(tiles.driver.values()[cell] == 0);
            continue;
        }
        const auto [mean, deviation, above] = land.drawn(space, cell, settings.cut, 20'000);
        CHECK(std::abs(static_cast<double>(tiles.mean.values()[cell]) - mean) < within);
        CHECK(std::abs(static_cast<double>(tiles.deviation.values()[cell]) - deviation) < within);
        CHECK(std::abs(static_cast<double>(tiles.above.values()[cell]) - above) < 4 * within);
    }
}

} // namespace

TEST_CASE("map spread of a weighted sum: exact, against draws one by one") {
    const Land land("weighted sum");
    CHECK(MapSpread(land.model(), WeightSpace::uniform(weights), {}).exact());
    check_against_draws(land, WeightSpace::uniform(weights), {.cut = 0.45, .even = std::vector<std::size_t>{}}, 0.004);
    const std::vector<double> strict{0.3, 0.2, 0.5};
    check_against_draws(land, WeightSpace::ordinal(strict), {.cut = 0.45, .even = std::vector<std::size_t>{2, 0, 1}},
                        0.004);
    const MapSpread about(land.model(), WeightSpace::dirichlet(weights, 20), {.cut = 0.45, .draws = 5000});
    CHECK_FALSE(about.exact_above());
    check_against_draws(land, WeightSpace::dirichlet(weights, 20), {.cut = 0.45, .draws = 5000}, 0.006);
}

TEST_CASE("map spread about the study's weights: its mean is the map, and a criterion that is far off drives") {
    const Land land("weighted sum");
    const MapSpread spread(land.model(), WeightSpace::dirichlet(weights, 20), {});
    const engine::SpreadTiles tiles = spread.of(land.evaluation());
    for (std::size_t c = 0; c < 100; ++c) {
        const float score = land.evaluation().score.values()[c];
        CHECK((std::isnan(score) || tiles.mean.values()[c] == Approx(static_cast<double>(score)).epsilon(1e-6)));
    }
    // In the south-east: high ground is best, the road far; wells lie deep.
    CHECK(tiles.driver.values()[99] == 1);
}

TEST_CASE("map spread of other aggregations, and where a criterion is left out, comes from draws") {
    const engine::SpreadSettings settings{.cut = 0.45, .draws = 5000};
    check_against_draws(Land("weighted product"), WeightSpace::uniform(weights), settings, 0.01);
    check_against_draws(Land("weighted sum", "leave out"), WeightSpace::uniform(weights),
                        {.cut = 0.45, .draws = 5000, .even = std::vector<std::size_t>{}}, 0.01);
    const Land product("weighted product");
    CHECK_FALSE(MapSpread(product.model(), WeightSpace::uniform(weights), {}).exact());
}

TEST_CASE("score_by with the study's weights gives the map") {
    for (const char* aggregate : {"weighted sum", "weighted product", "minimum"}) {
        const Land land(aggregate, "leave out");
        std::vector<std::span<const float>> values;
        for (const rasters::Tile& tile : land.evaluation().values)
            values.push_back(tile.values());
        std::vector<float> score(100);
        land.model().score_by(values, weights, score);
        for (std::size_t c = 0; c < 100; ++c)
            CHECK(score[c] == Approx(static_cast<double>(land.evaluation().score.values()[c])).epsilon(1e-6));
    }
}

TEST_CASE("map spread: the same bits for any tiles") {
    const Land land("weighted sum", "leave out");
    const MapSpread spread(land.model(), WeightSpace::dirichlet(weights, 9), {});
    const engine::SpreadTiles whole = spread.of(land.evaluation());
    for (const rasters::Window& tile : rasters::tiles(land.model().grid().window(), 3)) {
        const engine::SpreadTiles part = spread.of(land.model().evaluate(tile));
        for (int row = tile.row; row < tile.row + tile.rows; ++row)
            for (int col = tile.col; col < tile.col + tile.cols; ++col) {
                const rasters::Cell cell{col, row};
                CHECK(part.deviation[cell] == whole.deviation[cell]);
                CHECK(part.above[cell] == whole.above[cell]);
                CHECK(part.driver[cell] == whole.driver[cell]);
            }
    }
}
