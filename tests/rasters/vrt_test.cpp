// SPDX-License-Identifier: Apache-2.0
#include "rasters/vrt.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

using namespace zonerank;
using namespace zonerank::rasters;
using tests::Folder;
using tests::write_file;

namespace {

std::string band(const std::string& inside, const std::string& attributes = "") {
    return R"(<VRTDataset rasterXSize="4" rasterYSize="4"><SRS>EPSG:32643</SRS>
        <GeoTransform>300000,30,0,3680400,0,-30</GeoTransform><VRTRasterBand dataType="Float32" band="1" )" +
           attributes + ">" + inside + "</VRTRasterBand></VRTDataset>";
}

std::string source(const std::string& name, bool relative = true) {
    return "<SimpleSource><SourceFilename relativeToVRT=\"" + std::string(relative ? "1" : "0") + "\">" + name +
           "</SourceFilename><SourceBand>1</SourceBand></SimpleSource>";
}

std::string vectors(const std::string& inside) {
    return "<OGRVRTDataSource><OGRVRTLayer name=\"a\">" + inside + "</OGRVRTLayer></OGRVRTDataSource>";
}

// What the check says of a VRT with this content.
std::string said(const Folder& folder, const std::string& content, const Access& access = {}) {
    const std::string path = folder / "under_test.vrt";
    write_file(path, content);
    CHECK(is_vrt(path));
    try {
        check_vrt(path, access);
    } catch (const Error& error) {
        return error.what();
    }
    return "allowed";
}

std::string small_raster(const Folder& folder) {
    return tests::write_raster(folder / "a.tif", {"EPSG:32643", 300'000, 3'680'400, 30, 4, 4},
                               std::vector<float>(16, 5));
}

} // namespace

TEST_CASE("a VRT is known by its content") {
    const Folder folder;
    write_file(folder / "a.tif", "\n\n<!-- harmless --> " + band(""));
    CHECK(is_vrt(folder / "a.tif"));
    write_file(folder / "b.vrt", "no XML");
    CHECK(!is_vrt(folder / "b.vrt"));
    CHECK(!is_vrt(small_raster(folder)));
    CHECK(!is_vrt(folder / "absent"));
    CHECK(!is_vrt(folder.path()));
}

TEST_CASE("a VRT of local files is allowed and read") {
    const Folder folder;
    const std::string tif = small_raster(folder);
    for (const std::string& content :
         {band(source("a.tif")), band(source(tif, false)), band(""),
          band("<PixelFunctionType>sum</PixelFunctionType>" + source("a.tif"), "subClass=\"VRTDerivedRasterBand\""),
          band("<Metadata><MDI key=\"units\">m</MDI></Metadata><SimpleSource><OpenOptions><OOI "
               "key=\"OVERVIEW_LEVEL\">NONE</OOI></OpenOptions></SimpleSource>"),
          vectors("<SrcDataSource relativeToVRT=\"1\">a.geojson</SrcDataSource>")}) {
        CAPTURE(content);
        CHECK(said(folder, content) == "allowed");
    }
    write_file(folder / "m.vrt", band(source("a.tif")));
    write_file(folder / "outer.vrt", band(source("m.vrt")));
    CHECK(open(folder / "outer.vrt", DatasetKind::raster, {}) != nullptr);
}

TEST_CASE("a hostile VRT is refused") {
    const Folder folder;
    small_raster(folder);
    struct Row {
        std::string content, why;
    };
    const std::string remote = "/vsicurl/http://example.org/a.tif";
    for (const Row& row : {
             Row{band(source(remote, false)), "--allow-network"},
             {band(source("http://example.org/a.tif", false)), "--allow-network"},
             {band(source("PG:dbname=gis", false)), "--allow-network"},
             {band(source("&lt;VRTDataset/>", false)), "not its content"},
             // An attribute serves GDAL as well as an element.
             {band("<SimpleSource SourceFilename=\"" + remote + "\"/>"), "--allow-network"},
             {band("<ComplexSource><sourcefilename>" + remote + "</sourcefilename></ComplexSource>"),
              "--allow-network"},
             {band("<MaskBand><VRTRasterBand>" + source(remote, false) + "</VRTRasterBand></MaskBand>"),
              "--allow-network"},
             {band("<Overview><SourceFilename>" + remote + "</SourceFilename></Overview>"), "--allow-network"},
             {"<VRTDataset subClass=\"VRTWarpedDataset\"><GDALWarpOptions><SourceDataset>" + remote +
                  "</SourceDataset></GDALWarpOptions></VRTDataset>",
              "--allow-network"},
             {band("<PixelFunctionLanguage>Python</PixelFunctionLanguage>", "subClass=\"VRTDerivedRasterBand\""),
              "pixel functions"},
             {band("<PixelFunctionCode>import os</PixelFunctionCode>", "subClass=\"VRTDerivedRasterBand\""),
              "PixelFunctionCode"},
             {band(source("/etc/passwd", false), "subClass=\"VRTRawRasterBand\""), "raw band"},
             {band("<SourceFilename>/etc/passwd</SourceFilename><ImageOffset>0</ImageOffset>"), "ImageOffset"},
             {band("<SimpleSource><SourceFilename>a.gpkg</SourceFilename><OpenOptions><OOI "
                   "key=\"PRELUDE_STATEMENTS\">ATTACH '/tmp/x' AS x</OOI></OpenOptions></SimpleSource>"),
              "PRELUDE_STATEMENTS"},
             {band("<Metadata domain=\"OVERVIEWS\"><MDI key=\"OVERVIEW_FILE\">" + remote + "</MDI></Metadata>"),
              "OVERVIEW_FILE"},
             {vectors("<SrcDataSource>" + remote + "</SrcDataSource>"), "--allow-network"},
             {vectors("<SrcDataSource>&lt;OGRVRTDataSource/></SrcDataSource>"), "not its content"},
             {vectors("<SrcDataSource>a.geojson</SrcDataSource><SrcSQL>SELECT * FROM 'other'</SrcSQL>"), "SrcSQL"},
             {"<VRTDataset><unclosed>", "not well-formed"},
         }) {
        CAPTURE(row.content);
        const std::string message = said(folder, row.content);
        CAPTURE(message);
        CHECK(message.find(row.why) != message.npos);
        CHECK(message.find("under_test.vrt") != message.npos);
        CHECK_THROWS_AS(open(folder / "under_test.vrt", DatasetKind::any, {}), Error);
    }
    CHECK(said(folder, band(source(remote, false)), {.network = true}) == "allowed");
    // What lies beside a source counts as well.
    CHECK(said(folder, band(source("a.tif"))) == "allowed");
    write_file(folder / "a.tif.ovr", band(""));
    CHECK(said(folder, band(source("a.tif"))).find("TIFF only") != std::string::npos);
    std::string database = "SQLite format 3" + std::string(85, '\0');
    database[18] = database[19] = 2;
    write_file(folder / "wal.gpkg", database);
    CHECK(said(folder, vectors("<SrcDataSource relativeToVRT=\"1\">wal.gpkg</SrcDataSource>")).find("directly") !=
          std::string::npos);
}

TEST_CASE("VRTs within VRTs are followed, but not for ever") {
    const Folder folder;
    write_file(folder / "inner.vrt", band(source("/vsicurl/http://example.org/a.tif", false)));
    write_file(folder / "middle.txt", band(source("inner.vrt")));
    const std::string message = said(folder, band(source("middle.txt")));
    CHECK(message.find("inner.vrt: /vsicurl/") != message.npos);
    CHECK(said(folder, band(source("under_test.vrt"))).find("deep") != std::string::npos);
    std::string nested;
    for (int i = 0; i < 200; ++i)
        nested += "<MaskBand>";
    for (int i = 0; i < 200; ++i)
        nested += "</MaskBand>";
    CHECK(said(folder, band(nested)).find("levels of elements") != std::string::npos);
    // Each file names the next one fifty times: fifty to the seventh paths, seven files.
    for (int level = 0; level < 7; ++level) {
        std::string many;
        for (int i = 0; i < 50; ++i)
            many += source("level" + std::to_string(level + 1) + ".vrt");
        write_file(folder / ("level" + std::to_string(level) + ".vrt"), band(many));
    }
    write_file(folder / "level7.vrt", band(""));
    CHECK(said(folder, band(source("level0.vrt"))) == "allowed");
}
