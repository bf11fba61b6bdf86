// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/site_package.hpp"

#include "engine/outputs/site_columns.hpp"
#include "layers/vectors/features.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/ranking.hpp"

#include <doctest/doctest.h>

#include <variant>

using namespace zonerank;
using namespace zonerank::engine;

namespace {

Territory some_territory() {
    Territory territory;
    territory.crs = rasters::parse_crs("EPSG:32643");
    territory.area = tests::square_shape(290'000, 3'650'000, 40'000);
    return territory;
}

layers::FeatureSet read(const std::filesystem::path& path, const std::string& layer) {
    return layers::read_features(layers::FeatureSource{.paths = {path.string()}, .layer = layer, .fields = {"*"}}, {},
                                 1, {});
}

} // namespace

TEST_CASE("site_package: the columns of all site files, in order, and what stands in them") {
    const tests::Folder folder;
    const Ranking ranking = tests::small_ranking();
    write_site_package(ranking, some_territory(), folder / "sites.gpkg");
    const layers::FeatureSet sites = read(folder / "sites.gpkg", "sites");
    const std::vector<SiteColumn> columns = site_columns(ranking);
    REQUIRE(sites.fields.size() == columns.size());
    REQUIRE(sites.features.size() == ranking.rows.size());
    CHECK(sites.source_crs.authority == "EPSG:32643");
    for (std::size_t i = 0; i < columns.size(); ++i) {
        CAPTURE(columns[i].name);
        CHECK(sites.fields[i] == columns[i].name);
        for (std::size_t row = 0; row < ranking.rows.size(); ++row) {
            const layers::Field wanted = columns[i].of(ranking.rows[row]), found = sites.features[row].fields[i];
            CHECK(layers::to_text(found) == layers::to_text(wanted));
            CHECK(std::holds_alternative<std::monostate>(found) == std::holds_alternative<std::monostate>(wanted));
        }
    }
    for (std::size_t row = 0; row < ranking.rows.size(); ++row)
        CHECK(bounds(sites.features[row].shape) == bounds(ranking.rows[row].shape));
}

TEST_CASE("site_package: the area, and styles of both") {
    const tests::Folder folder;
    write_site_package(tests::small_ranking(), some_territory(), folder / "sites.gpkg");
    const layers::FeatureSet area = read(folder / "sites.gpkg", "area");
    REQUIRE(area.features.size() == 1);
    CHECK(layers::to_text(area.features[0].fields[0]) == "Mirpur \"SEZ\"");
    CHECK(std::get<double>(area.features[0].fields[1]) == doctest::Approx(1600).epsilon(0.01));
    CHECK(bounds(area.features[0].shape) == rasters::Box{290'000, 3'650'000, 330'000, 3'690'000});
    const std::string styles =
        tests::output_of("python3 -c \"import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('select "
                         "f_table_name, useAsDefault, length(styleQML) > 500 from layer_styles').fetchall())\" " +
                         (folder / "sites.gpkg").string());
    CHECK(styles == "[('sites', 1, 1), ('area', 1, 1)]\n");
}
