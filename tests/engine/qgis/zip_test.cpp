// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/zip.hpp"

#include "rasters/core/files.hpp"

#include <cpl_vsi.h>
#include <doctest/doctest.h>
#include <filesystem>
#include <memory>
#include <vector>

using namespace zonerank::engine;

namespace {

/// As GDAL's own unzipping sees it.
std::string unzipped(const std::string& archive, const std::string& name) {
    const std::string path = "/vsizip/{" + archive + "}/" + name;
    const std::unique_ptr<VSILFILE, decltype(&VSIFCloseL)> file(VSIFOpenL(path.c_str(), "rb"), VSIFCloseL);
    REQUIRE(file);
    std::string content(1 << 20, '\0');
    content.resize(VSIFReadL(content.data(), 1, content.size(), file.get()));
    return content;
}

} // namespace

TEST_CASE("an archive gives its files back") {
    std::string long_text;
    for (int i = 0; i < 10'000; ++i)
        long_text += "line " + std::to_string(i) + "\n";
    const std::vector<ZipEntry> entries{{"study.qgs", long_text}, {"empty.txt", ""}, {"میرپور/نقشہ.txt", "x"}};
    const std::string bytes = zip_archive(entries);
    CHECK(bytes.size() < long_text.size() / 2);
    const std::string path = (std::filesystem::temp_directory_path() / "zonerank_zip_test.zip").string();
    zonerank::rasters::write_text(path, bytes);
    for (const ZipEntry& entry : entries)
        CHECK(unzipped(path, entry.name) == entry.content);
    std::filesystem::remove(path);
}

TEST_CASE("an archive is dated 1980 and the same each time") {
    const std::vector<ZipEntry> entries{{"a", "content"}};
    const std::string bytes = zip_archive(entries);
    CHECK(bytes == zip_archive(entries));
    CHECK(bytes.substr(0, 4) == "PK\3\4");
    CHECK(bytes.substr(10, 4) == std::string("\0\0\x21\0", 4)); // midnight, 1 January 1980
}

TEST_CASE("an archive of nothing is still one") {
    CHECK(zip_archive({}) == "PK\5\6" + std::string(18, '\0'));
}
