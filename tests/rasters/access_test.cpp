// SPDX-License-Identifier: Apache-2.0
#include "rasters/access.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <doctest/doctest.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>
#include <thread>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace zonerank;
using namespace zonerank::rasters;
using tests::Folder;
using tests::output_of;
using tests::write_file;

namespace {

std::string said(const std::string& path, DatasetKind kind = DatasetKind::any, const Access& access = {}) {
    try {
        open(path, kind, access);
    } catch (const Error& error) {
        return error.what();
    }
    return "opened";
}

bool mentions(const std::string& text, const std::string& part) {
    return text.find(part) != text.npos;
}

std::set<std::string> names_in(const Folder& folder) {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
        names.insert(entry.path().filename());
    return names;
}

std::string small_raster(const Folder& folder, const std::string& name) {
    return tests::write_raster(folder / name, {"EPSG:32643", 300'000, 3'680'400, 30, 4, 4}, std::vector<float>(16, 5));
}

const char* const one_point = R"({"type": "FeatureCollection", %s "features": [{"type": "Feature",
    "properties": {"name": "Mirpur"}, "geometry": {"type": "Point", "coordinates": [73.75, 33.15]}}]})";

std::string point_file(const Folder& folder, const std::string& name, const std::string& crs = "") {
    std::string text = one_point;
    text.replace(text.find("%s"), 2, crs);
    write_file(folder / name, text);
    return folder / name;
}

int features_of(const std::string& path) {
    const auto file = open(path, DatasetKind::vector, {});
    int n = 0;
    for (int i = 0; i < file->GetLayerCount(); ++i)
        for (const auto& feature : *file->GetLayer(i))
            n += feature != nullptr;
    return n;
}

// Listens on this machine: who calls, has tried to reach the network.
class Listener {
public:
    Listener() : m_socket(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        auto* any = reinterpret_cast<sockaddr*>(&address);
        REQUIRE(::bind(m_socket, any, length) == 0);
        REQUIRE(::listen(m_socket, 64) == 0);
        REQUIRE(::getsockname(m_socket, any, &length) == 0);
        m_url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/x";
    }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener() { ::close(m_socket); }

    const std::string& url() const { return m_url; }
    bool was_called() const {
        pollfd wait{m_socket, POLLIN, 0};
        return ::poll(&wait, 1, 20) > 0;
    }

private:
    int m_socket;
    std::string m_url;
};

} // namespace

TEST_CASE("names that are no local files are refused by their text alone") {
    for (const char* name : {"/vsicurl/http://example.org/a.tif",
                             "/vsizip/a.zip/a.shp",

                             "/vsimem/a.tif",
                             "http://example.org/a.tif",
                             "HTTPS://example.org/a.tif",
                             "ftp://example.org/a.tif",
                             "s3://bucket/a.tif",
                             "PG:dbname=gis",
                             "MySQL:gis",
                             "MSSQL:server=x",
                             "WFS:http://example.org",
                             "WMS:http://example.org",
                             "postgresql://host/gis",
                             "NETCDF:\"/vsicurl/http://example.org/a.nc\":t",
                             "GTIFF_DIR:1:/vsis3/b/a.tif",
                             "HTTP:x",
                             "vrt://a.tif?bands=1",
                             "/vsisubfile/0_9,a.tif",
                             "/vsistdin/",
                             "<VRTDataset/>",
                             "  <OGRVRTDataSource/>",
                             "{\"type\": \"FeatureCollection\"}",
                             "",
                             "  "}) {
        CAPTURE(std::string(name));
        CHECK_THROWS_AS(check_name(name, {}), Error);
        CHECK(said(name) != "opened");
    }
    for (const char* name :
         {"data/roads.gpkg", "/home/a/vsi.tif", "/data/vsizip/a.tif", "a b,c;d.tif", "../x.tif", "C.tif",
          "NETCDF:data/a.nc:t", "GPKG:a.gpkg:dem", "[draft] roads.gpkg", "\xD9\x85\xDB\x8C\xD8\xB1.tif"})
        CHECK_NOTHROW(check_name(name, {}));
    const Access network{.network = true};
    CHECK_NOTHROW(check_name("https://example.org/a.tif", network));
    CHECK_NOTHROW(check_name("PG:dbname=gis", network));
    CHECK_THROWS_AS(check_name("<VRTDataset/>", network), Error); // content is no name, network or not
}

TEST_CASE("a name with a colon may be a file") {
    const Folder folder;
    const std::string path = small_raster(folder, "a.tif");
    const auto here = std::filesystem::current_path();
    std::filesystem::current_path(folder.path());
    std::filesystem::copy_file(path, "day:1.tif");
    CHECK(said("day:1.tif") == "opened");
    CHECK(mentions(said("day:2.tif"), "--allow-network"));
    std::filesystem::current_path(here);
}

TEST_CASE("what can't be opened says why") {
    const Folder folder;
    CHECK(mentions(said(folder / "absent.tif"), "absent.tif: no such file"));
    write_file(folder / "notes.tif", "no picture");
    CHECK(mentions(said(folder / "notes.tif"), "notes.tif: can't be opened"));
    write_file(folder / "empty.gpkg", "");
    CHECK(mentions(said(folder / "empty.gpkg"), "empty.gpkg: can't be opened"));
    REQUIRE(::mkfifo((folder / "pipe.tif").c_str(), 0600) == 0);
    CHECK(mentions(said(folder / "pipe.tif"), "not a regular file")); // and does not wait for a writer
    CHECK(mentions(said("/dev/zero"), "not a regular file"));
    const std::string raster = small_raster(folder, "a.tif");
    CHECK(said(raster, DatasetKind::raster) == "opened");
    CHECK(said(raster, DatasetKind::vector) != "opened");
    const std::string vector = point_file(folder, "a.geojson");
    CHECK(said(vector, DatasetKind::vector) == "opened");
    CHECK(said(vector, DatasetKind::raster) != "opened");
}

TEST_CASE("drivers that are not on the list open nothing until they are allowed") {
    const Folder folder;
    const std::string tif = small_raster(folder, "a.tif");
    REQUIRE(output_of("gdal_translate -q -of HFA " + tif + " " + (folder / "a.img").string()).empty());
    CHECK(said(folder / "a.img") != "opened");
    CHECK(said(folder / "a.img", DatasetKind::raster, {.drivers = {"HFA"}}) == "opened");
    CHECK(said(folder / "a.img") != "opened"); // back to the list
    CHECK(mentions(said(tif, DatasetKind::raster, {.drivers = {"NoSuch"}}), "no driver 'NoSuch'"));
    const std::vector<std::string> drivers = allowed_drivers({.drivers = {"HFA"}});
    const auto allowed = [&](const char* name) { return std::count(drivers.begin(), drivers.end(), name) == 1; };
    for (const char* name : {"GTiff", "GPKG", "GeoJSON", "OSM", "netCDF", "ESRI Shapefile", "HFA"})
        CHECK(allowed(name));
    for (const char* name : {"VRT", "OGR_VRT", "PostgreSQL", "WFS", "HTTP", "WMS", "GMLAS"})
        CHECK(!allowed(name));
    CHECK(std::ranges::count(allowed_drivers({.network = true}), "PostgreSQL") == 1);
}

TEST_CASE("nothing is written beside an input, and everything of it is read") {
    const Folder folder;
    const std::string json = point_file(folder, "a.geojson");
    for (const char* name : {"a.gpkg", "a.gml", "a.shp", "a.fgb", "a.csv", "a.kml"}) {
        const std::string made = folder / name;
        tests::converted(json, made, {"-lco", std::string(name) == "a.csv" ? "GEOMETRY=AS_XY" : "X=Y"});
    }
    std::filesystem::remove(folder / "a.xsd"); // without it the reader makes up a .gfs
    // GPKG in write-ahead mode, as desktop programs leave it.
    tests::converted(json, folder / "wal.gpkg", {});
    {
        GDALDataset* file = GDALDataset::Open((folder / "wal.gpkg").c_str(), GDAL_OF_UPDATE | GDAL_OF_VECTOR);
        REQUIRE(file != nullptr);
        file->ReleaseResultSet(file->ExecuteSQL("PRAGMA journal_mode = WAL", nullptr, nullptr));
        GDALClose(file);
    }
    REQUIRE(tests::read_file(folder / "wal.gpkg")[18] == 2);
    small_raster(folder, "a.tif");
    const std::set<std::string> before = names_in(folder);
    for (const std::string& name : before) {
        CAPTURE(name);
        const std::string extension = std::filesystem::path(name).extension();
        if (std::set<std::string>{".dbf", ".shx", ".prj", ".cpg"}.contains(extension))
            continue;
        if (extension == ".tif") {
            const auto file = open(folder / name, DatasetKind::raster, {});
            double lowest = 0;
            CHECK(file->GetRasterBand(1)->GetStatistics(0, 1, &lowest, nullptr, nullptr, nullptr) == CE_None);
        } else
            CHECK(features_of(folder / name) == 1);
        CHECK(names_in(folder) == before);
    }
}

TEST_CASE("no file reaches the network") {
    const Folder folder;
    const Listener listener;
    const std::string remote = "/vsicurl/" + listener.url();
    const std::string vrt =
        R"(<VRTDataset rasterXSize="4" rasterYSize="4"><VRTRasterBand dataType="Byte" band="1">
        <SimpleSource><SourceFilename>)" +
        remote + R"(</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>)";

    // A GeoJSON whose CRS is a link, a GML with schema and CRS elsewhere.
    CHECK(features_of(point_file(folder, "link.geojson",
                                 R"("crs": {"type": "link", "properties": {"type": "proj4", "href": ")" +
                                     listener.url() + R"("}},)")) == 1);
    write_file(
        folder / "schema.gml", R"(<?xml version="1.0"?><ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:gml="http://www.opengis.net/gml"
        xsi:schemaLocation="http://ogr.maptools.org/ )" +
                                   listener.url() +
                                   R"("><gml:featureMember><ogr:x fid="x.0"><ogr:geometryProperty>
        <gml:Point srsName=")" + listener.url() +
                                   R"("><gml:coordinates>1,2</gml:coordinates></gml:Point></ogr:geometryProperty>
        </ogr:x></gml:featureMember></ogr:FeatureCollection>)");
    CHECK(features_of(folder / "schema.gml") == 1);

    // Overviews and masks that lead away.
    for (const char* extension : {".ovr", ".msk"}) {
        const std::string path = small_raster(folder, "beside.tif");
        write_file(path + extension, vrt);
        CHECK(mentions(said(path), "TIFF only"));
        std::filesystem::remove(path + extension);
    }
    const std::string path = small_raster(folder, "pam.tif");
    write_file(path + ".aux.xml", R"(<PAMDataset><Metadata domain="OVERVIEWS"><MDI key="OVERVIEW_FILE">)" + remote +
                                      "</MDI></Metadata></PAMDataset>");
    CHECK(open(path, DatasetKind::raster, {})->GetRasterBand(1)->GetOverviewCount() == 0);

    write_file(folder / "away.vrt", vrt);
    CHECK(mentions(said(folder / "away.vrt"), "--allow-network"));

    // Even where a check was missing, the file systems themselves are shut.
    const GdalComplaints quiet;
    for (const char* system : {"/vsicurl/", "/vsicurl_streaming/", "/vsigzip//vsicurl/", "/vsis3_streaming/"}) {
        VSIStatBufL facts;
        CHECK(VSIStatL((system + listener.url()).c_str(), &facts) != 0);
        CHECK(VSIFOpenL((system + listener.url()).c_str(), "rb") == nullptr);
    }
    CHECK(GDALDataset::Open(listener.url().c_str()) == nullptr);
    CHECK(!listener.was_called());
}

TEST_CASE("whoever allows the network gets it") {
    // In a process of its own: what is let in stays in.
    const Listener listener;
    std::fflush(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
        CPLSetConfigOption("GDAL_HTTP_TIMEOUT", "1");
        CPLSetConfigOption("GDAL_HTTP_MAX_RETRY", "0");
        const std::string message = said("/vsicurl/" + listener.url(), DatasetKind::any, {.network = true});
        const std::string patience = CPLGetConfigOption("GDAL_HTTP_LOW_SPEED_TIME", "none");
        const std::string of_users = CPLGetConfigOption("GDAL_HTTP_MAX_RETRY", "none");
        const bool kept = patience == "30" && of_users == "0";
        ::_exit(message != "opened" && listener.was_called() && kept ? 0 : 1);
    }
    int status = 1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
}

TEST_CASE("streams are not read, whatever is allowed") {
    for (const std::string name : {"/vsis3_streaming/bucket/a.tif", "/vsicurl_streaming/http://example.org/a.tif",
                                   "/vsigzip//vsigs_streaming/bucket/a.gz"})
        CHECK_THROWS_WITH_AS(
            check_name(name, {.network = true}),
            (name + ": streams are not read; name the file without '_streaming', as in /vsis3/").c_str(), Error);
    CHECK_NOTHROW(check_name("/vsis3/bucket/a_streaming/b.tif", {.network = true}));
    CHECK_NOTHROW(check_name("/data/vsi_streaming/b.tif", {.network = true}));
}

TEST_CASE("complaints are kept per thread, nest, and stay off the terminal") {
    const GdalComplaints outer;
    CPLError(CE_Warning, CPLE_AppDefined, "only a warning");
    CHECK(outer.count() == 0);
    CHECK(outer.first().empty());
    CPLError(CE_Failure, CPLE_AppDefined, "one");
    {
        const GdalComplaints inner;
        CHECK(inner.count() == 0);
        CPLError(CE_Failure, CPLE_AppDefined, "two\n\x1b[31mred");
        CHECK(inner.count() == 1);
        CHECK(inner.first() == "two  [31mred");
    }
    std::thread([] {
        const GdalComplaints elsewhere;
        CHECK(elsewhere.count() == 0);
        CPLError(CE_Failure, CPLE_AppDefined, "three");
        CHECK(elsewhere.first() == "three");
    }).join();
    CHECK(outer.count() == 2);
    CHECK(outer.first() == "one");
}

TEST_CASE("the files of a data set, the main one first") {
    const Folder folder;
    tests::converted(point_file(folder, "a.geojson"), folder / "p.shp", {});
    std::vector<std::string> files = files_of(folder / "p.shp", {});
    CHECK(files.at(0) == (folder / "p.shp").string());
    CHECK(std::set<std::string>(files.begin(), files.end()) ==
          std::set<std::string>{folder / "p.shp", folder / "p.dbf", folder / "p.shx", folder / "p.prj"});
    const std::string tif = small_raster(folder, "a.tif");
    write_file(folder / "m.vrt",
               R"(<VRTDataset rasterXSize="4" rasterYSize="4"><VRTRasterBand dataType="Float32" band="1">
        <SimpleSource><SourceFilename relativeToVRT="1">a.tif</SourceFilename><SourceBand>1</SourceBand></SimpleSource>
        </VRTRasterBand></VRTDataset>)");
    CHECK(files_of(folder / "m.vrt", {}) == std::vector<std::string>{folder / "m.vrt", tif});
    CHECK_THROWS_AS(files_of(folder / "absent", {}), Error);
}

TEST_CASE("files that are read beside one count as its own, listed by GDAL or not") {
    const Folder folder;
    write_file(folder / "c.csv", "x,y\n1,2\n");
    const std::string csv = folder / "c.csv", types = folder / "c.csvt";
    CHECK(files_of(csv, {}) == std::vector{csv});
    write_file(types, "CoordY,CoordX");
    write_file(folder / "c.cpg", "UTF-8"); // of a Shapefile that isn't there
    CHECK(files_of(csv, {}) == std::vector{csv, types});
    write_file(folder / "v.vrt",
               R"(<OGRVRTDataSource><OGRVRTLayer name="c"><SrcDataSource relativeToVRT="1">c.csv</SrcDataSource>
        </OGRVRTLayer></OGRVRTDataSource>)");
    CHECK(files_of(folder / "v.vrt", {}).back() == types);
}

TEST_CASE("a database without a server is told in one line, and soon; it has no rasters here") {
    const Folder folder;
    const std::string name = "PG:dbname=gis host=" + folder.path().string();
    const Access network{.network = true};
    const std::string told = said(name, DatasetKind::vector, network);
    CHECK(told.starts_with(name + ": can't be opened: connection to server on socket"));
    CHECK(told.find('\n') == told.npos);
    CHECK(mentions(said(name, DatasetKind::raster, network), "rasters in a database are not read"));
    CHECK(mentions(said(name + " mode=2", DatasetKind::vector, network), "not a connection to PostgreSQL"));
    CHECK(mentions(said("PG:" + std::string(5000, 'x')), "opened only with --allow-network"));
}
