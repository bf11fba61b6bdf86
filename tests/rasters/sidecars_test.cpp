// SPDX-License-Identifier: Apache-2.0
#include "rasters/sidecars.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace zonerank;
using namespace zonerank::rasters;
using tests::Folder;
using tests::write_file;

TEST_CASE("overviews and masks beside a file must be TIFF") {
    const Folder folder;
    const std::string path = folder / "a.tif";
    CHECK_NOTHROW(check_sidecars(path));
    for (const char* magic : {"II*", "MM", "II+"}) {
        write_file(path + ".ovr", std::string(magic) + std::string(20, '\0'));
        CHECK_NOTHROW(check_sidecars(path));
    }
    for (const char* extension : {".ovr", ".msk", ".msk.ovr", ".ovr.msk"}) {
        const Folder other;
        write_file((other / "a.tif").string() + extension, "<VRTDataset/>");
        CHECK_THROWS_AS(check_sidecars(other / "a.tif"), Error);
    }
}

TEST_CASE("a database in write-ahead mode is known by its head") {
    const Folder folder;
    const std::string path = folder / "a.gpkg";
    CHECK(!has_write_ahead_log(path));
    std::string head = "SQLite format 3" + std::string(85, '\0');
    head[18] = head[19] = 1;
    write_file(path, head);
    CHECK(!has_write_ahead_log(path));
    head[18] = head[19] = 2;
    write_file(path, head);
    CHECK(has_write_ahead_log(path));
    write_file(path + "-wal", "");
    CHECK(has_write_ahead_log(path));
    write_file(path + "-wal", "changes that are not in the file");
    CHECK_THROWS_AS(has_write_ahead_log(path), Error);
    write_file(folder / "short", "SQLite format 3");
    CHECK(!has_write_ahead_log(folder / "short"));
}

static bool knows(const std::string& path, const std::string& companion) {
    const std::vector<std::string> names = companion_names(path);
    return std::ranges::find(names, companion) != names.end();
}

TEST_CASE("companions go by a file's ending, in either case") {
    CHECK(knows("a.b/c.csv", "a.b/c.csvt"));
    CHECK(knows("c.CSV", "c.csvt"));
    CHECK(knows("roads.shp", "roads.cpg"));
    CHECK(knows("ROADS.SHP", "ROADS.DBF"));
    CHECK(knows("a.gml", "a.xsd"));
    CHECK(knows("a.tif", "a.tif.msk"));
    CHECK(knows("a.tif", "a.tfw"));
    CHECK_FALSE(knows("roads.gpkg", "roads.dbf")); // another's
    CHECK_FALSE(knows("a.tif", "a.tif.aux.xml"));  // which is not read
    CHECK_FALSE(knows("a.d/roads", "a.dbf"));
}
