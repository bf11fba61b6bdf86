// SPDX-License-Identifier: Apache-2.0
#include "engine/measure.hpp"

#include "rasters/reader.hpp"
#include "tests/support/study.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace zonerank;
using engine::measure;
using tests::rectangle;
using tests::StudyFolder;

namespace {

/// Heights on 8 x 8 cells of 10 m, a gap, and two sites.
class Land {
public:
    Land() {
        std::vector<float> heights;
        for (int i = 0; i < 64; ++i)
            heights.push_back(i == 9 ? rasters::no_data : static_cast<float>(i));
        m_folder.raster("hill.tif", 8, heights);
        m_folder.features("sites.geojson", {rectangle(0, 60, 20, 20, R"("name": "corner, high", "price": 3)"),
                                            rectangle(500, 500, 10, 10, R"("name": "away", "price": 4)")});
        m_prepared = m_folder.ready(tests::square_area(8) +
                                    "layers: {hill: {source: hill.tif, unit: m}}\n"
                                    "sites: {source: sites.geojson, name: name}\n"
                                    "criteria: {t: {height: {measure: {sample: {of: hill}}, value: {linear: {best: 0 "
                                    "m, worst: 100 m}}}, price: {measure: {site field: {field: price}}, value: "
                                    "{linear: {best: 0, worst: 1}}}}}\n");
    }

    std::string path(const std::string& name) const { return m_folder.path(name); }
    void run(const std::string& criterion, const std::string& file, int tile = 512, bool overwrite = false) const {
        measure(*m_prepared,
                {.criterion = criterion, .output = path(file), .threads = 1, .tile = tile, .overwrite = overwrite},
                false);
    }

private:
    StudyFolder m_folder;
    std::unique_ptr<engine::Prepared> m_prepared;
};

} // namespace

TEST_CASE("a criterion's map holds what it measures") {
    const Land land;
    land.run("height", "height.tif");
    const rasters::Grid grid{rasters::parse_crs("EPSG:32643").wkt, 10, 50'000, -360'008, 8, 8, {}};
    const rasters::Tile tile =
        rasters::RasterReader({.paths = {land.path("height.tif")}}, grid, {}).read(grid.window());
    for (int i = 0; i < 64; ++i) {
        const float found = tile[{i % 8, i / 8}];
        CHECK((i == 9 ? std::isnan(found) : found == static_cast<float>(i)));
    }
}

TEST_CASE("its table has a row for each site, of the cells with data") {
    const Land land;
    for (const int tile : {16, 512}) {
        land.run("height", "height.csv", tile, true);
        // Cells 0, 1, 8; 9 has no data.
        CHECK(tests::read_file(land.path("height.csv")) ==
              "id,name,cells,height_m_mean,height_m_min,height_m_p10,height_m_median,height_m_p90,height_m_max\n"
              "1,\"corner, high\",3,3,0,0.2,1,6.6,8\n"
              "2,away,0,,,,,,\n");
    }
}

TEST_CASE("what can't be measured, or written, is said") {
    const Land land;
    const auto said = [&](const std::string& criterion, const std::string& file) {
        try {
            land.run(criterion, file);
        } catch (const Error& e) {
            return std::string(e.what());
        }
        return std::string();
    };
    CHECK(said("heigth", "a.tif").find("did you mean 'height'") != std::string::npos);
    CHECK(said("price", "a.tif") ==
          "criterion 'price' is a field of the sites and measures no ground; ranking.csv has it");
    CHECK(said("height", "a.png").find("a map ends in .tif, a table of the sites in .csv") != std::string::npos);
    CHECK(said("height", "none/a.tif").find("there is no such folder") != std::string::npos);
    land.run("height", "a.tif");
    CHECK_THROWS_WITH_AS(land.run("height", "hill.tif", 512, true), doctest::Contains("the study reads it"), Error);
    CHECK(said("height", "a.tif").find("is there already; --overwrite replaces it") != std::string::npos);
}
