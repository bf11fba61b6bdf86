// SPDX-License-Identifier: Apache-2.0
#include "engine/report/display_maps.hpp"

#include "engine/outputs/maps.hpp"
#include "tests/support/archive.hpp"
#include "tests/support/report.hpp"
#include "tests/support/study.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace zonerank;
using namespace zonerank::tests;

static constexpr std::size_t plenty = 10'000'000;

/// 60 x 44 cells: a bumpy height with holes, a distance, a lake, an area with a corner cut off, a field of the sites.
static std::unique_ptr<engine::Prepared> bumpy(const StudyFolder& folder) {
    std::mt19937 random(3);
    std::vector<float> heights;
    for (int cell = 0; cell < 60 * 44; ++cell)
        heights.push_back(random() % 9 == 0 ? std::nanf("") : static_cast<float>(random() % 1000));
    folder.raster("hill.tif", 60, heights);
    folder.features("lake.geojson", {rectangle(100, 100, 150, 120)});
    folder.features("area.geojson", {{"", "Polygon", {{0, 0}, {600, 0}, {600, 440}, {200, 440}, {0, 200}, {0, 0}}}});
    folder.features("sites.geojson", {rectangle(300, 100, 100, 100, R"("name": "a", "price": 3)")});
    return folder.ready(R"(
area: {source: area.geojson}
grid: {crs: EPSG:32643, cell: 10 m}
layers: {hill: {source: hill.tif, unit: m}, lake: lake.geojson}
criteria:
  land:
    hill: {weight: 2, missing: leave out, measure: {sample: {of: hill}}, value: {linear: {worst: 0 m, best: 1000 m}}}
    price: {weight: 1, measure: {site field: {field: price}}, value: {linear: {worst: 9, best: 0}}}
    shore: {weight: 1, measure: {distance: {to: lake}}, value: {linear: {best: 0 m, worst: 300 m}}}
constraints: {lake: {inside: {of: lake}}}
known: 20 %
sites: {source: sites.geojson, name: name}
)");
}

TEST_CASE("DisplayMaps: each pixel shows one cell, of the values that the model has there") {
    const StudyFolder folder;
    const auto p = bumpy(folder);
    const engine::Model& model = *p->model;
    const engine::Evaluation all = model.evaluate(model.grid().window());
    for (const std::size_t most : {1U, 6U, 100U, 200U, 800U, 5000U}) {
        engine::DisplayMaps maps(model, most);
        maps.add(model.evaluate(model.grid().window()));
        const auto shown = maps.shown(plenty);
        const engine::DisplayGrid& g = shown.grid;
        REQUIRE(g.pixels() <= most);
        CHECK(g.cols == (60 + g.step - 1) / g.step);
        CHECK(g.rows == (44 + g.step - 1) / g.step);
        CHECK(g.first == (g.step - 1) / 2);
        CHECK_FALSE(shown.criteria[1].has_value());
        const auto state = unblob(shown.state, g.cols, g.rows);
        for (const std::size_t i : {0U, 2U}) {
            const auto values = unblob(*shown.criteria[i], g.cols, g.rows);
            for (int y = 0; y < g.rows; ++y)
                for (int x = 0; x < g.cols; ++x) {
                    const rasters::Cell cell{std::min(x * g.step + g.first, 59), std::min(y * g.step + g.first, 43)};
                    const auto pixel = static_cast<std::size_t>(y * g.cols + x);
                    const bool outside = all.mask[cell] & engine::MaskCode::outside;
                    const double value = static_cast<double>(all.values[i][cell]);
                    CHECK(state[pixel] == engine::state_class(model.code(), all.mask[cell]));
                    CHECK((values[pixel] == 255) == (outside || std::isnan(value)));
                    if (values[pixel] != 255)
                        CHECK(std::abs(values[pixel] / 254.0 - value) <= 0.5 / 254 + 1e-7);
                }
        }
    }
}

TEST_CASE("DisplayMaps: the same bytes whatever the windows") {
    const StudyFolder folder;
    const auto p = bumpy(folder);
    for (const std::size_t most : {50U, 700U, 5000U}) {
        std::vector<std::string> seen;
        std::vector<std::vector<std::int64_t>> scores;
        for (const int side : {1, 7, 16, 33, 512}) {
            engine::DisplayMaps maps(*p->model, most);
            show_all(maps, *p->model, side);
            const auto shown = maps.shown(plenty);
            seen.push_back(shown.state + *shown.criteria[0] + *shown.criteria[2]);
            scores.push_back(maps.score_counts());
            CHECK(seen.back() == seen.front());
            CHECK(scores.back() == scores.front());
        }
    }
}

TEST_CASE("DisplayMaps: parts put into files are those of the whole, whatever the parts and their order") {
    const StudyFolder folder;
    const auto p = bumpy(folder);
    std::mt19937 random(9);
    for (const std::size_t most : {1U, 50U, 700U, 5000U}) {
        engine::DisplayMaps whole(*p->model, most);
        show_all(whole, *p->model, 512);
        for (const int side : {1, 7, 16, 33, 512}) {
            if (side == 1 && most > 50)
                continue;
            engine::DisplayMaps filed(*p->model, most);
            std::vector<rasters::Window> parts = rasters::tiles(p->model->grid().window(), side);
            std::shuffle(parts.begin(), parts.end(), random);
            for (const rasters::Window& part : parts) {
                engine::DisplayMaps some(*p->model, most);
                for (const rasters::Window& tile : rasters::tiles(part, 11))
                    some.add(p->model->evaluate(tile));
                hand_over(some, filed, part);
            }
            const bool same = put_by(filed, p->model->grid().window()) == put_by(whole, p->model->grid().window());
            CHECK(same);
            CHECK(filed.shown(plenty).state == whole.shown(plenty).state);
            CHECK(filed.score_counts() == whole.score_counts());
        }
    }
}

TEST_CASE("DisplayMaps: pixels beyond the maps are damage") {
    const StudyFolder folder;
    const auto p = bumpy(folder);
    engine::DisplayMaps coarse(*p->model, 100), fine(*p->model, 5000);
    CHECK_THROWS_WITH_AS(hand_over(fine, coarse, p->model->grid().window()), doctest::Contains("it is damaged"), Error);
}

TEST_CASE("DisplayMaps: scores and states are of all cells") {
    const StudyFolder folder;
    const auto p = bumpy(folder);
    engine::DisplayMaps maps(*p->model, 20);
    show_all(maps, *p->model, 16);
    const engine::Evaluation all = p->model->evaluate(p->model->grid().window());
    std::vector<std::int64_t> bins(50, 0);
    std::map<int, std::int64_t> states;
    for (std::size_t c = 0; c < all.mask.values().size(); ++c) {
        const int state = engine::state_class(p->model->code(), all.mask.values()[c]);
        ++states[state];
        for (int bin = 0; bin < 50 && (state == 1 || state == 2); ++bin) {
            const long double score = static_cast<long double>(all.score.values()[c]);
            bins[static_cast<std::size_t>(bin)] += score * 50 >= bin && (score * 50 < bin + 1 || bin == 49);
        }
    }
    CHECK(maps.score_counts() == bins);
    for (const auto& [state, cells] : states)
        CHECK(maps.cells_of(static_cast<std::uint8_t>(state)) == cells);
    CHECK(states[10] > 0);
    CHECK(states[2] + states[1] > 0);
}

TEST_CASE("DisplayMaps: values at the ends and none") {
    const StudyFolder folder;
    const auto p = bumpy(folder);
    engine::DisplayMaps maps(*p->model);
    engine::Evaluation one = p->model->evaluate({30, 20, 4, 1});
    const float values[] = {0.0F, 1.0F, rasters::no_data, 0.5F};
    std::ranges::copy(values, one.values[0].values().begin());
    maps.add(one);
    const auto shown = maps.shown(plenty);
    const auto bytes = unblob(*shown.criteria[0], 60, 44);
    const std::vector<int> found(bytes.begin() + 20 * 60 + 29, bytes.begin() + 20 * 60 + 35);
    CHECK(found == std::vector<int>{255, 0, 254, 255, 127, 255});
}

/// Criteria on a plane, so many.
static std::string many(int criteria) {
    std::string text = square_area(1000) + "layers: {hill: {source: hill.tif, unit: m}}\ncriteria:\n  land:\n";
    for (int i = 0; i < criteria; ++i)
        text += fmt::format(
            "    c{}: {{measure: {{sample: {{of: hill}}}}, value: {{linear: {{worst: 0 m, best: 9 m}}}}}}\n", i);
    return text;
}

TEST_CASE("DisplayMaps: pure noise stays within the bytes given, and is shown coarser") {
    const StudyFolder folder;
    folder.raster("hill.tif", 2, {1, 2, 3, 4}, 5000);
    const auto p = folder.ready(many(20));
    const engine::Model& model = *p->model;
    engine::Evaluation noise;
    noise.mask = rasters::Raster<engine::Mask>(model.grid().window());
    noise.score = rasters::Tile(model.grid().window(), 0.5F);
    std::mt19937 random(5);
    for (int i = 0; i < 20; ++i) {
        noise.values.emplace_back(model.grid().window());
        for (float& value : noise.values.back().values())
            value = static_cast<float>(random() % 100'000) / 1e5F;
    }
    const std::size_t room = 5'000'000;
    engine::DisplayMaps maps(model);
    maps.add(noise);
    CHECK(maps.gathered().pixels() == 1'000 / 2 * 1'000 / 2);
    const auto shown = maps.shown(room);
    std::size_t bytes = shown.state.size();
    for (const auto& criterion : shown.criteria)
        bytes += criterion->size();
    CHECK(bytes <= room);
    CHECK(bytes > room / 2); // what there is is used
    // A pixel still shows one of its cells.
    const engine::DisplayGrid& g = shown.grid;
    CHECK(g.step > maps.gathered().step);
    const auto values = unblob(*shown.criteria[7], g.cols, g.rows);
    const auto shows = [&](int value, int col, int row) {
        const float cell = noise.values[7][{std::min(col, 999), std::min(row, 999)}];
        return std::abs(254 * static_cast<double>(cell) - value) <= 0.5001;
    };
    for (int y = 0; y < g.rows - 1; ++y)
        for (int x = 0; x < g.cols - 1; ++x) {
            const int value = values[static_cast<std::size_t>(y * g.cols + x)];
            bool found = false;
            for (int row = y * g.step; row < (y + 1) * g.step; ++row)
                for (int col = x * g.step; col < (x + 1) * g.step; ++col)
                    found = found || shows(value, col, row);
            REQUIRE(found);
        }
}

TEST_CASE("display_grid: the finest that fits, never more pixels than cells") {
    const rasters::Grid small{.cell = 10, .cols = 30, .rows = 20};
    CHECK(engine::display_grid(small, 1'000'000).step == 1);
    CHECK(engine::display_grid(small, 600).pixels() == 600);
    CHECK(engine::display_grid(small, 599).step == 2);
    CHECK(engine::display_grid(small, 1).pixels() == 1);
    const rasters::Grid large{.cell = 10, .cols = 5000, .rows = 5000};
    CHECK(engine::display_grid(large, 1'000'000).step == 5);
    CHECK(engine::display_grid(large, 1'000'000).first == 2);
    const rasters::Grid strip{.cell = 10, .cols = 100'000'000, .rows = 3};
    CHECK(engine::display_grid(strip, 1000).pixels() <= 1000);
    CHECK(engine::most_display_pixels(21) == 300'000);
    CHECK(engine::most_display_pixels(200) * 200 <= std::size_t{32} << 20);
}
