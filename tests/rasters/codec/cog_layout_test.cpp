// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/cog_layout.hpp"

#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <string>

#include <fcntl.h>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

const std::vector<PyramidLevel> levels = pyramid_levels(1300, 700);
const std::vector<TileSizes> sizes{{100, 2'000, 30, 400, 50'000, 61}, {7, 80}, {9}};

CogLayout layout(TiffKind kind, const std::vector<TileSizes>& of = sizes) {
    return cog_layout(levels, of, block_format<float>({}), {tiff_text(42112, "<GDALMetadata></GDALMetadata>\n")}, kind);
}

std::string text_of(const CogLayout& cog) {
    return {reinterpret_cast<const char*>(cog.head.data()), cog.head.size()};
}

std::uint64_t number_at(const CogLayout& cog, std::uint64_t at, std::size_t bytes) {
    std::uint64_t number = 0;
    std::memcpy(&number, cog.head.data() + at, bytes);
    return number;
}

/// The layout of a head as if it had but the directory at `place`.
TiffDirectory directory_at(CogLayout cog, std::uint64_t place, bool big) {
    std::memcpy(cog.head.data() + (big ? 8 : 4), &place, big ? 8 : 4);
    const tests::Folder folder;
    tests::write_file(folder / "head.tif", text_of(cog) + std::string(60'000, '\0'));
    const auto directory = read_directory(FileDescriptor(::open((folder / "head.tif").c_str(), O_RDONLY | O_CLOEXEC)));
    REQUIRE(directory);
    return *directory;
}

/// Where directories start: each ends with the place of the next.
std::vector<std::uint64_t> directories(const CogLayout& cog, bool big) {
    std::vector<std::uint64_t> places;
    for (std::uint64_t at = number_at(cog, big ? 8 : 4, big ? 8 : 4); at != 0;) {
        places.push_back(at);
        const std::uint64_t fields = number_at(cog, at, big ? 8 : 2);
        at = number_at(cog, at + (big ? 8 + 20 * fields : 2 + 12 * fields), big ? 8 : 4);
    }
    return places;
}

} // namespace

TEST_CASE("the structure is announced by GDAL's own words") {
    // As GDAL 3.6's COG driver writes them.
    const std::string note =
        "GDAL_STRUCTURAL_METADATA_SIZE=000140 bytes\nLAYOUT=IFDS_BEFORE_DATA\nBLOCK_ORDER=ROW_MAJOR\n"
        "BLOCK_LEADER=SIZE_AS_UINT4\nBLOCK_TRAILER=LAST_4_BYTES_REPEATED\n"
        "KNOWN_INCOMPATIBLE_EDITION=NO\n ";
    const std::string classic = text_of(layout(TiffKind::as_needed)), big = text_of(layout(TiffKind::big));
    CHECK(classic.substr(0, 8) == std::string("II*\0\xC0\0\0\0", 8));
    CHECK(classic.substr(8, note.size()) == note);
    CHECK(big.substr(0, 16) == std::string("II+\0\x08\0\0\0\xC8\0\0\0\0\0\0\0", 16));
    CHECK(big.substr(16, note.size()) == note);
}

TEST_CASE("directories come before the tiles, and tiles from the smallest overview's on") {
    for (const bool big : {false, true}) {
        const CogLayout cog = layout(big ? TiffKind::big : TiffKind::as_needed);
        const std::vector<std::uint64_t> places = directories(cog, big);
        REQUIRE(places.size() == 3);
        CHECK(std::ranges::is_sorted(places));
        std::uint64_t end = cog.head.size();
        for (std::size_t level = 3; level-- > 0;) {
            const TiffDirectory directory = directory_at(cog, places[level], big);
            CHECK(directory.big == big);
            CHECK(directory.number(256) == static_cast<std::uint64_t>(levels[level].cols));
            CHECK(directory.number(257) == static_cast<std::uint64_t>(levels[level].rows));
            CHECK(directory.number(254, 0) == (level == 0 ? 0 : 1));
            CHECK(directory.number(259) == 50000);
            CHECK(directory.number(317) == 3);
            CHECK(directory.find(42113)->text() == "-9999");
            CHECK((directory.find(42112) != nullptr) == (level == 0));
            CHECK(std::ranges::is_sorted(directory.fields, {}, &TiffField::tag));
            const auto offsets = directory.find(324)->whole_numbers(), counts = directory.find(325)->whole_numbers();
            REQUIRE(offsets.size() == sizes[level].size());
            for (std::size_t i = 0; i < offsets.size(); ++i) {
                CHECK(counts[i] == sizes[level][i]);
                CHECK(offsets[i] == end + 4);
                end = offsets[i] + counts[i] + 4;
            }
        }
        CHECK(cog.file_bytes == end);
    }
}

TEST_CASE("a file that would pass 4 GiB is a BigTIFF") {
    std::vector<TileSizes> many = sizes;
    many[0] = {1'000'000'000, 1'000'000'000, 1'000'000'000, 1'000'000'000, 294'965'000, 9};
    const CogLayout under = layout(TiffKind::as_needed, many);
    CHECK(under.file_bytes <= UINT32_MAX);
    CHECK(text_of(under).substr(0, 4) == std::string("II*\0", 4));
    many[0][5] += static_cast<std::uint32_t>(UINT32_MAX - under.file_bytes) + 1;
    const CogLayout over = layout(TiffKind::as_needed, many);
    CHECK(text_of(over).substr(0, 4) == std::string("II+\0", 4));
    CHECK(over.file_bytes > UINT32_MAX);
}

TEST_CASE("an image wider than 65,535 cells and lerc have fields of their own") {
    const std::vector<PyramidLevel> wide{{70'000, 3}};
    const std::vector<TileSizes> of{TileSizes(137, 5)};
    const CogLayout cog = cog_layout(wide, of, block_format<float>({Packing::Kind::lerc, 0, 0.1}), {});
    const TiffDirectory directory = directory_at(cog, directories(cog, false).front(), false);
    CHECK(directory.number(256) == 70'000);
    CHECK(directory.find(50674)->whole_numbers() == std::vector<std::uint64_t>{4, 0});
    CHECK(directory.find(317) == nullptr);
    CHECK(directory.find(42113)->text() == "nan");
}
