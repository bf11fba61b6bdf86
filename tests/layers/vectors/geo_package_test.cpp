// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/geo_package.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using namespace zonerank::layers;

namespace {

Feature square(std::vector<Field> fields, double west = 0) {
    Feature feature;
    feature.shape.polygons = {{{{{west, 0}, {west, 10}, {west + 10, 10}, {west + 10, 0}, {west, 0}}}}};
    feature.fields = std::move(fields);
    return feature;
}

/// A layer of these features, which must outlive it.
PackageLayer layer_of(const std::string& name, std::vector<std::string> fields, const std::vector<Feature>& features) {
    return {.name = name,
            .fields = std::move(fields),
            .rows = features.size(),
            .feature = [&features](std::size_t row) { return features[row]; }};
}

void write(const std::filesystem::path& path, const PackageLayer& layer) {
    write_geo_package(path, rasters::parse_crs("EPSG:32643"), {&layer, 1});
}

/// What SQLite's own program of Python says, not GDAL.
std::string sqlite(const std::filesystem::path& path, const std::string& query) {
    return tests::output_of("python3 -c \"import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2])"
                            ".fetchall())\" " +
                            path.string() + " '" + query + "'");
}

} // namespace

TEST_CASE("geo_package: fields have the narrowest type that holds what is there") {
    const tests::Folder folder;
    const std::vector<Feature> features{square({std::int64_t{1}, std::int64_t{2}, std::string("a"), 0.5, Field{}}),
                                        square({std::int64_t{-7}, 0.25, std::int64_t{3}, std::nan(""), Field{}}, 20),
                                        square({Field{}, Field{}, 1.5, Field{}, Field{}}, 40)};
    write(folder / "a.gpkg", layer_of("some", {"whole", "number", "mixed", "gaps", "none"}, features));
    CHECK(sqlite(folder / "a.gpkg", "pragma integrity_check") == "[('ok',)]\n");
    CHECK(sqlite(folder / "a.gpkg", "select name, type from pragma_table_info(\"some\")") ==
          "[('fid', 'INTEGER'), ('geom', 'MULTIPOLYGON'), ('whole', 'INTEGER'), ('number', 'REAL'), "
          "('mixed', 'TEXT'), ('gaps', 'REAL'), ('none', 'TEXT')]\n");
    CHECK(sqlite(folder / "a.gpkg", "select fid, whole, number, mixed, gaps, none from some") ==
          "[(1, 1, 2.0, 'a', 0.5, None), (2, -7, 0.25, '3', None, None), (3, None, None, '1.5', None, None)]\n");
    CHECK(sqlite(folder / "a.gpkg", "select min_x, max_x, min_y, max_y, srs_id, last_change from gpkg_contents") ==
          "[(0.0, 50.0, 0.0, 10.0, 32643, '1970-01-01T00:00:00.000Z')]\n");
}

TEST_CASE("geo_package: names and texts stay what they are") {
    const tests::Folder folder;
    const std::string hostile = "'); drop table some; -- \"x\" <b> \u202e \xF0\x9F\x8F\xAD";
    const std::vector<Feature> features{square({hostile, std::string("f"), std::string("g")})};
    write(folder / "a.gpkg", layer_of("some", {"a \"b\" 'c'", "FID", "geom"}, features));
    write_geo_package(folder / "copy.gpkg", rasters::parse_crs("EPSG:32643"),
                      std::vector{layer_of("some", {"a", "FID", "geom"}, features)});
    CHECK(sqlite(folder / "a.gpkg", "select name from pragma_table_info(\"some\")") ==
          "[('fid_',), ('geom_',), ('a \"b\" \\'c\\'',), ('FID',), ('geom',)]\n");
    CHECK(sqlite(folder / "copy.gpkg", "select hex(a), FID, geom, fid_ from some").find("'f', 'g', 1") !=
          std::string::npos);
    CHECK(sqlite(folder / "copy.gpkg", "select length(a) from some") == "[(35,)]\n");
}

TEST_CASE("geo_package: a style is a row that QGIS looks for, by layer and geometry") {
    const tests::Folder folder;
    const std::vector<Feature> features{square({})};
    PackageLayer styled = layer_of("some", {}, features);
    styled.style = "<qgis>'&\"</qgis>";
    const std::vector<PackageLayer> layers{styled, layer_of("plain", {}, features)};
    write_geo_package(folder / "a.gpkg", rasters::parse_crs("EPSG:32643"), layers);
    CHECK(
        sqlite(folder / "a.gpkg", "select f_table_name, f_geometry_column, useAsDefault, styleQML from layer_styles") ==
        "[('some', 'geom', 1, '<qgis>\\'&\"</qgis>')]\n");
}

TEST_CASE("geo_package: the same bytes again, in the place of what is there") {
    const tests::Folder folder;
    std::vector<Feature> features;
    for (int i = 0; i < 3000; ++i)
        features.push_back(square({std::int64_t{i}, "name " + std::to_string(i)}, 20.0 * i));
    features.push_back({});
    features.back().fields = {Field{}, Field{}};
    const PackageLayer layer = layer_of("some", {"i", "name"}, features);
    write(folder / "a.gpkg", layer);
    write(folder / "b.gpkg", layer);
    CHECK(tests::read_file(folder / "a.gpkg") == tests::read_file(folder / "b.gpkg"));
    CHECK(sqlite(folder / "a.gpkg", "select count(*), count(geom) from some") == "[(3001, 3000)]\n");
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 2); // no journal is left
    write(folder / "a.gpkg", layer_of("other", {"i", "name"}, features));
    write(folder / "a.gpkg", layer);
    CHECK(tests::read_file(folder / "a.gpkg") == tests::read_file(folder / "b.gpkg"));
    CHECK_THROWS_WITH_AS(write(folder / "none" / "a.gpkg", layer), doctest::Contains("can't be written"), Error);
}
