// SPDX-License-Identifier: Apache-2.0
#include "rasters/remote_state.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <cpl_vsi.h>
#include <doctest/doctest.h>

#include <filesystem>

using namespace zonerank::rasters;
using zonerank::tests::Folder;
using zonerank::tests::write_file;

static void write_virtual(const std::string& name, const std::string& text) {
    VSILFILE* file = VSIFOpenL(name.c_str(), "wb");
    REQUIRE(file);
    CHECK(VSIFWriteL(text.data(), 1, text.size(), file) == text.size());
    VSIFCloseL(file);
}

TEST_CASE("the file of this machine that a name stands for") {
    const Folder folder;
    const std::string zip = folder / "data.zip", rain = folder / "rain.nc";
    write_file(zip, "z");
    write_file(rain, "r");
    const auto of = [](const std::string& name) { return local_file(name).value_or("none").string(); };
    CHECK(of(zip) == zip);
    for (const std::string& name :
         {"/vsizip/" + zip + "/a/b.shp", "/vsizip/{" + zip + "}/b.shp", "/vsigzip/" + zip,
          "/vsitar//vsizip/" + zip + "/a.tar/b.shp", "/vsitar/{/vsizip/{" + zip + "}/a.tar}/b"})
        CHECK_MESSAGE(of(name) == zip, name);
    CHECK(of("NETCDF:\"" + rain + "\":mm") == rain);
    CHECK(of("HDF5:" + rain + "://mm") == rain);
    CHECK(of("GTIFF_DIR:1:" + rain) == rain);
    for (const char* name : {"/vsicurl/http://example.org/a.tif", "/vsizip//vsis3/b/a.zip/b.tif", "/vsimem/a.tif",
                             "https://example.org/a.geojson", "PG:dbname=zones", "/no/such/file", "", "/vsi"})
        CHECK_MESSAGE(of(name) == "none", name);
}

TEST_CASE("a file of this machine that is called as a bucket's is another one") {
    const Folder folder;
    const std::filesystem::path before = std::filesystem::current_path();
    std::filesystem::current_path(folder.path());
    std::filesystem::create_directories("bucket/in");
    write_file("bucket/in/a.tif", "a");
    write_file("bucket/in/a.zip", "z");
    CHECK(local_file("bucket/in/a.tif"));
    CHECK(local_file("/vsizip/bucket/in/a.zip/b.tif"));
    for (const char* name : {"/vsis3/bucket/in/a.tif", "/vsigs/bucket/in/a.tif", "/vsizip//vsis3/bucket/in/a.zip/b.tif",
                             "/vsizip/{/vsis3/bucket/in/a.zip}/b.tif", "/vsimem/bucket/in/a.tif"})
        CHECK_MESSAGE(!local_file(name), name);
    std::filesystem::current_path(before);
}

TEST_CASE("what is behind GDAL's names has a state, which changes with it") {
    const std::string name = "/vsimem/zonerank-remote-state.txt";
    CHECK_FALSE(remote_state(name));
    write_virtual(name, "one");
    const auto before = remote_state(name);
    REQUIRE(before);
    CHECK(before->bytes == 3);
    CHECK(before->modified > 1'600'000'000);
    CHECK(remote_state(name) == before);
    write_virtual(name, "three");
    CHECK_FALSE(remote_state(name) == before);
    VSIUnlink(name.c_str());
    CHECK_FALSE(remote_state(name));
}

TEST_CASE("where nothing can be told there is no state") {
    const Folder folder;
    const std::string plain = folder / "a.txt";
    write_file(plain, "a");
    for (const std::string& name :
         {plain, std::string("https://example.org/a.geojson"), std::string("/vsizip/none.zip/a"),
          std::string("/vsicurl/http://127.0.0.1:9/a.tif")})
        CHECK_MESSAGE(!remote_state(name), name);
}

TEST_CASE("the name by which a server is asked") {
    for (const auto& [name, asked] : {std::pair{"/vsicurl/http://h/a.tif", "/vsicurl/http://h/a.tif"},
                                      {"/vsicurl?url=h", "/vsicurl?url=h"},
                                      {"/vsis3/bucket/a.tif", "/vsis3/bucket/a.tif"},
                                      {"/vsis3_streaming/bucket/a.tif", "/vsis3_streaming/bucket/a.tif"},
                                      {"https://h/a.geojson", "/vsicurl/https://h/a.geojson"},
                                      {"/vsizip//vsicurl/http://h/a.zip/b/c.shp", "/vsicurl/http://h/a.zip"},
                                      {"/vsizip/vsicurl/http://h/a.zip", "/vsicurl/http://h/a.zip"},
                                      {"/vsizip/{/vsicurl/http://h/get?id=1}/c.shp", "/vsicurl/http://h/get?id=1"},
                                      {"/vsitar//vsizip//vsis3/b/a.zip/b.tar/c.shp", "/vsis3/b/a.zip"},
                                      {"/vsitar/{/vsizip/{/vsis3/b/a.zip}/b.tar}/c.shp", "/vsis3/b/a.zip"},
                                      {"/vsigzip//vsicurl/http://h/a.csv.gz", "/vsicurl/http://h/a.csv.gz"}})
        CHECK_MESSAGE(server_name(name) == asked, name);
    for (const char* name : {"", "a.tif", "/data/a.zip", "/vsizip/data/a.zip/b.shp", "/vsimem/a.tif", "/vsistdin/",
                             "/vsicurl", "/vsis3x/a", "PG:dbname=zones", "/vsizip/{/vsicurl/http://h/a.zip"})
        CHECK_MESSAGE(server_name(name).empty(), name);
}

TEST_CASE("of a file of this machine nothing is somewhere else, and nobody is asked without the network") {
    const Folder folder;
    write_file(folder / "a.geojson", R"({"type": "FeatureCollection", "features": []})");
    CHECK(remote_files(folder / "a.geojson", {}).empty());
    CHECK_THROWS_AS(remote_files("/vsicurl/http://127.0.0.1:9/a.tif", {}), zonerank::Error);
}
