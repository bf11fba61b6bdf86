// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/tiff_file.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/tiff.hpp"
#include "tests/support/tiff_bytes.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;
namespace fs = std::filesystem;

namespace {

/// Small ones of each packing and predictor, head and arrangement.
std::vector<MadeTiff> small_tiffs() {
    const std::vector<std::string> tiled{"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"};
    std::vector<MadeTiff> all;
    for (const TiffPacking& packing : tiff_packings())
        for (const GDALDataType type : {GDT_Float32, packing.floating ? GDT_Float64 : GDT_Int16}) {
            const bool odd = all.size() % 2 == 1;
            MadeTiff made{21, 18, odd ? 2 : 1, type, packing.options};
            made.options.insert(made.options.end(), tiled.begin(), odd ? tiled.end() : tiled.begin());
            made.options.push_back(all.size() % 3 == 0 ? "BIGTIFF=YES" : "ENDIANNESS=BIG");
            made.options.push_back(all.size() % 4 == 1 ? "INTERLEAVE=BAND" : "INTERLEAVE=PIXEL");
            all.push_back(made);
        }
    return all;
}

/// Reads what can be read of a file with these bytes: blocks that were read, were refused.
struct Tried {
    int read = 0, refused = 0;
};
Tried tried(const std::string& text) {
    static const Folder folder;
    write_file(folder / "a.tif", text);
    Tried all;
    for (int band = 1; band <= 2; ++band)
        if (const auto file = TiffFile::open(folder / "a.tif", band); file && file->block_bytes() < 1U << 20) {
            Bytes block(file->block_bytes());
            const int across = file->layout().blocks_across(), down = file->layout().blocks_down();
            for (int i = 0; i < 20 && i / across < down; ++i)
                try {
                    file->read(i % across, i / across, block);
                    ++all.read;
                } catch (const Error& error) {
                    REQUIRE(std::string(error.what()).find("damaged or truncated: block ") != std::string::npos);
                    ++all.refused;
                }
        }
    return all;
}

std::string bytes_of(const MadeTiff& made) {
    const Folder folder;
    REQUIRE(write_tiff(folder / "a.tif", made));
    return read_file(folder / "a.tif");
}

} // namespace

TEST_CASE("a file cut anywhere is refused whole or block by block") {
    for (const MadeTiff& made : small_tiffs()) {
        const std::string whole = bytes_of(made);
        const Tried all = tried(whole);
        CHECK(all.read > 0);
        CHECK(all.refused == 0);
        for (std::size_t i = 0; i < 60; ++i) {
            const Tried cut = tried(whole.substr(0, whole.size() * i / 60));
            CHECK(cut.read <= all.read);
        }
        CHECK(tried(whole.substr(0, whole.size() - 1)).read < all.read);
    }
}

TEST_CASE("changed anywhere, a file gives values, an error or nothing") {
    std::mt19937 random(11);
    int refused = 0;
    for (const MadeTiff& made : small_tiffs()) {
        const std::string whole = bytes_of(made);
        for (int i = 0; i < 250; ++i) {
            std::string changed = whole;
            for (unsigned n = random() % 4 + 1; n-- > 0;) {
                const std::size_t at = random() % 2 == 0 ? random() % 300 % changed.size() : random() % changed.size();
                changed[at] = static_cast<char>(random() % 4 == 0 ? 255 : random());
            }
            refused += tried(changed).refused;
        }
    }
    CHECK(refused > 100); // or nothing was tried
}

TEST_CASE("a block that unpacks to more than its values is refused") {
    for (const Compression compression : {Compression::deflate, Compression::zstd}) {
        Bytes packed;
        compress(compression, 9, Bytes(std::size_t{50} << 20), packed);
        TiffBytes tiff;
        const std::uint64_t number = compression == Compression::zstd ? 50000 : 8;
        const std::uint64_t at = tiff.first_directory() + 2 + 8 * 12 + 4;
        tiff.directory({{256, 3, {16}},
                        {257, 3, {16}},
                        {258, 3, {8}},
                        {259, 3, {number}},
                        {322, 3, {16}},
                        {323, 3, {16}},
                        {324, 4, {at}},
                        {325, 4, {packed.size()}}});
        tiff.text.append(reinterpret_cast<const char*>(packed.data()), packed.size());
        CHECK(tried(tiff.text).read == 0);
        CHECK(tried(tiff.text).refused == 1);
    }
}

TEST_CASE("a file that is cut while it is open is refused") {
    const Folder folder;
    const fs::path path = folder / "a.tif";
    REQUIRE(write_tiff(path, {64, 64, 1, GDT_Float32, {"COMPRESS=ZSTD"}}));
    const auto file = TiffFile::open(path, 1);
    fs::resize_file(path, 100);
    Bytes block(file->block_bytes());
    CHECK_THROWS_WITH_AS(file->read(0, 0, block),
                         (path.string() + ": damaged or truncated: block 0, 0: it is cut short").c_str(), Error);
}
