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
    }

    std::string path(const std::string& name) const { return m_folder.path(name); }
    /// What it warned of.
    std::vector<std::string> run(const std::string& criterion, const std::string& file, int tile = 512,
                                 bool overwrite = false, std::int64_t cells = engine::most_quantile_cells) const {
        const auto prepared = m_folder.prepared(tests::square_area(8) + R"(layers: {hill: {source: hill.tif, unit: m}}
sites: {source: sites.geojson, name: name}
criteria:
  t:
    height: {measure: {sample: {of: hill}}, value: {stretch: {}}, weight: 1}
    faces: {measure: {aspect: {of: hill}}, value: {piecewise: {0°: 0, 360°: 1}}}
)",
                                                1, engine::Asked{criterion, engine::is_site_table(file)});
        if (!prepared->problems.ok())
            throw Error("{}", tests::text_of(prepared->problems));
        measure(*prepared,
                {.criterion = criterion,
                 .output = path(file),
                 .threads = 1,
                 .tile = tile,
                 .overwrite = overwrite,
                 .most_quantile_cells = cells},
                false);
        std::vector<std::string> warnings;
        for (const auto& warning : prepared->problems.warnings())
            warnings.push_back(warning.text);
        return warnings;
    }

private:
    StudyFolder m_folder;
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

TEST_CASE("warnings are of the measuring, not of a ranking") {
    const Land land;
    CHECK(land.run("height", "height.tif").empty());
    CHECK(land.run("height", "height.csv") == std::vector<std::string>{"sites: outside the area: away"});
}

TEST_CASE("sites of very many cells have no percentiles") {
    const Land land;
    CHECK(land.run("height", "height.csv", 512, false, 4).back() ==
          "sites: more than 4 cells together; their percentiles (p10, median, p90) are left empty; take a larger cell, "
          "or fewer sites by `where`");
    CHECK(tests::read_file(land.path("height.csv")).find("\n1,\"corner, high\",3,3,0,,,,8\n") != std::string::npos);
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
    try {
        land.run("faces", "a.csv");
        FAIL("a mean of directions was taken");
    } catch (const layers::ErrorAt& e) {
        CHECK(e.mark.line == 8);
        CHECK(std::string(e.what()) == "criterion 'faces' measures directions, of which there is no mean; a map (.tif) "
                                       "of it can be written");
    }
    CHECK(said("height", "a.png").find("a map ends in .tif, a table of the sites in .csv") != std::string::npos);
    CHECK(said("height", "none/a.tif").find("there is no such folder") != std::string::npos);
    land.run("height", "a.tif");
    CHECK_THROWS_WITH_AS(land.run("height", "hill.tif", 512, true), doctest::Contains("the study reads it"), Error);
    CHECK(said("height", "a.tif").find("is there already; --overwrite replaces it") != std::string::npos);
}
