// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/maps.hpp"

#include "tests/support/run.hpp"

#include <doctest/doctest.h>
#include <gdal_priv.h>

using namespace zonerank;
using namespace zonerank::tests;

/// All cells of a map, as GDAL reads them.
static std::vector<double> cells(const std::string& path) {
    const std::unique_ptr<GDALDataset> map(GDALDataset::Open(path.c_str(), GDAL_OF_RASTER));
    REQUIRE(map != nullptr);
    std::vector<double> values(static_cast<std::size_t>(map->GetRasterXSize()) *
                               static_cast<std::size_t>(map->GetRasterYSize()));
    REQUIRE(map->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, map->GetRasterXSize(), map->GetRasterYSize(), values.data(),
                                            map->GetRasterXSize(), map->GetRasterYSize(), GDT_Float64, 0,
                                            0) == CE_None);
    return values;
}

TEST_CASE("maps show score, state and rank where they are") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder, "outputs: {criteria: true, reasons: true}\n"));
    run_in(folder, *prepared);
    const auto score = cells(folder.path("out/suitability.tif"));
    const auto state = cells(folder.path("out/constraints.tif"));
    const auto rank = cells(folder.path("out/ranking.tif"));
    const auto height = cells(folder.path("out/criteria/location.height.measurement.tif"));
    const auto value = cells(folder.path("out/criteria/location.height.tif"));
    const auto reasons = cells(folder.path("out/reasons.tif"));
    REQUIRE(score.size() == 144);
    for (std::size_t cell = 0; cell < 144; ++cell) {
        const std::size_t col = cell % 12, row = cell / 12;
        const bool lake = col >= 6 && row >= 6;
        CAPTURE(cell);
        CHECK(state[cell] == (lake ? 10 : 1));
        CHECK((score[cell] == -9999) == lake);
        CHECK(reasons[cell] == (lake ? 4 : 0)); // two criteria, then the lake
        CHECK(height[cell] == static_cast<double>(col) * 10);
        CHECK(value[cell] == doctest::Approx(std::min(1.0, static_cast<double>(col) / 10)));
        const bool hill = col >= 1 && col < 5 && row >= 1 && row < 5;
        const bool shore = col >= 4 && col < 8 && row >= 7 && row < 11;
        CHECK(rank[cell] == (hill ? 2 : shore ? 1 : 0));
    }
}

TEST_CASE("cells outside the area are no-data in every map") {
    const StudyFolder folder;
    std::string study = small_study(folder, "outputs: {reasons: true}\n");
    folder.features("area.geojson", {rectangle(0, 0, 120, 50)});
    study.replace(study.find("area: "), study.find("grid: ") - study.find("area: "), "area: {source: area.geojson}\n");
    const auto prepared = folder.ready(study);
    run_in(folder, *prepared);
    CHECK(prepared->model->grid().rows == 5);
    for (const double state : cells(folder.path("out/constraints.tif")))
        CHECK(state != 0);
}

TEST_CASE("maps of classes without names show the codes that occur, not a ramp") {
    const StudyFolder folder;
    folder.raster("cover.tif", 3, {20, 20, 60, 60, 200, 20, 20, 20, 60});
    const auto prepared = folder.ready(square_area(3) + R"(layers: {cover: {source: cover.tif, values: classes}}
outputs: {criteria: true}
criteria:
  land:
    cover: {measure: {category: {of: cover}}, value: {categories: {20: 1, 60: 0.5, 90: 0.2, other: 0}}}
)");
    run_in(folder, *prepared);
    const std::string style = read_file(folder.path("out/criteria/land.cover.measurement.qml"));
    CHECK(style.find("type=\"paletted\"") != style.npos);
    for (const char* label : {"class 20", "class 60", "class 200"})
        CHECK(style.find(fmt::format("label=\"{}\"", label)) != style.npos);
    CHECK(style.find("class 90") == style.npos);
}
