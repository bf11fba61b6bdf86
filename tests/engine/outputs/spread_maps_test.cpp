// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/spread_maps.hpp"

#include "rasters/reader.hpp"
#include "tests/support/study.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <set>

using namespace zonerank;

TEST_CASE("SpreadMaps: four maps and their styles, without what is not usable") {
    const tests::StudyFolder folder;
    std::vector<float> heights;
    for (int i = 0; i < 100; ++i)
        heights.push_back(static_cast<float>(i % 10));
    folder.raster("hill.tif", 10, heights);
    folder.features("road.geojson", {{"", "LineString", {{0, -1000}, {0, 1000}}}});
    folder.features("lake.geojson", {tests::rectangle(0, 0, 30, 100)});
    const auto p =
        folder.ready(tests::square_area(10) +
                     "layers: {hill: {source: hill.tif, unit: m}, road: road.geojson, lake: lake.geojson}\n"
                     "constraints: {lake: {inside: {of: lake}}}\n"
                     "criteria:\n  land:\n"
                     "    hill: {label: High ground, measure: {sample: {of: hill}}, value: {linear: {worst: 0 "
                     "m, best: 10 m}}}\n"
                     "    road: {measure: {distance: {to: road}}, value: {linear: {best: 0 m, worst: 100 "
                     "m}}}\n");
    const tests::Folder out;
    std::filesystem::create_directories(out / "run");
    engine::StabilitySpec stability{.maps = true, .cut = 0.5};
    stability.weights.kind = "uniform";
    engine::SpreadMaps maps(*p->model, stability, {}, out / "run");
    maps.weigh();
    maps.write(p->model->evaluate(p->model->grid().window()));
    engine::FileHashes hashes;
    std::set<std::string> files;
    for (auto& closing : maps.closings()) {
        closing.work(hashes);
        files.insert(closing.files.begin(), closing.files.end());
    }
    CHECK(files == std::set<std::string>{"stability/mean.tif", "stability/mean.qml", "stability/deviation.tif",
                                         "stability/deviation.qml", "stability/above.tif", "stability/above.qml",
                                         "stability/driver.tif", "stability/driver.tif.aux.xml",
                                         "stability/driver.qml"});
    for (const std::string& file : files)
        CHECK(std::filesystem::exists(out / "run" / file));
    // One value is h, the other 1 - h - 0.05: with w uniform on 0..1 the score's mean lies half way,
    // its deviation is their distance over sqrt(12).
    const auto read = [&](const char* name) {
        const rasters::RasterReader reader({.paths = {(out / "run/stability" / name).string()}}, p->model->grid(), {});
        return reader.read(p->model->grid().window());
    };
    CHECK(read("mean.tif").values()[99] == doctest::Approx((0.9 + 0.05) / 2));
    CHECK(read("deviation.tif").values()[99] == doctest::Approx(0.85 / std::sqrt(12.0)));
    CHECK(std::isnan(read("mean.tif").values()[0]));
    CHECK(std::isnan(read("driver.tif").values()[0]));
}
