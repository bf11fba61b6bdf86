// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/tiff_layout.hpp"

#include "tests/support/folder.hpp"
#include "tests/support/tiff_bytes.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

#include <fcntl.h>

using namespace zonerank::rasters;
using namespace zonerank::tests;

namespace {

using Numbers = std::vector<std::uint64_t>;

/// The fields of an image of 100 x 50 floats in tiles of 64 x 32, with some of them others.
struct Image {
    std::map<unsigned, Numbers> fields{
        {256, {100}}, {257, {50}}, {258, {32}},           {259, {1}},          {262, {1}}, {277, {1}},
        {322, {64}},  {323, {32}}, {324, {8, 9, 10, 11}}, {325, {5, 6, 7, 8}}, {339, {3}}};

    Image with(unsigned tag, const Numbers& numbers) const {
        Image image = *this;
        image.fields[tag] = numbers;
        return image;
    }
    Image without(unsigned tag) const {
        Image image = *this;
        image.fields.erase(tag);
        return image;
    }
};

std::optional<TiffLayout> layout(const Image& image, bool swapped = false) {
    std::vector<TiffBytes::Entry> entries;
    for (const auto& [tag, numbers] : image.fields)
        entries.push_back({tag, tag == 42113 ? 2U : 16U, numbers});
    const Folder folder;
    write_file(folder / "a.tif", TiffBytes(true, swapped).directory(entries).text);
    const auto directory = read_directory(FileDescriptor(::open((folder / "a.tif").c_str(), O_RDONLY | O_CLOEXEC)));
    return layout_of(directory.value());
}

const Image tiles;
const Image strips = tiles.without(322)
                         .without(323)
                         .without(324)
                         .without(325)
                         .with(273, {8, 9, 10})
                         .with(278, {20})
                         .with(279, {5, 6, 7});

Numbers text(const std::string& text) {
    return {text.begin(), text.end()};
}

} // namespace

TEST_CASE("tiles and strips") {
    const auto found = layout(tiles);
    REQUIRE(found);
    CHECK(found->tiled);
    CHECK(found->cols == 100);
    CHECK(found->rows == 50);
    CHECK(found->block_cols == 64);
    CHECK(found->block_rows == 32);
    CHECK(found->blocks_across() == 2);
    CHECK(found->blocks_down() == 2);
    CHECK(found->type == SampleType::f32);
    CHECK(found->offsets == Numbers{8, 9, 10, 11});
    CHECK(found->sizes == Numbers{5, 6, 7, 8});
    CHECK(!found->swapped);
    CHECK(!found->has_empty);
    CHECK(layout(tiles, true)->swapped);

    const auto striped = layout(strips);
    REQUIRE(striped);
    CHECK(!striped->tiled);
    CHECK(striped->block_cols == 100);
    CHECK(striped->block_rows == 20);
    CHECK(striped->blocks_down() == 3);
    CHECK(striped->offsets == Numbers{8, 9, 10});
    const auto more = layout(strips.with(279, {5, 6, 7, 8, 9}).with(273, {8, 9, 10, 11}));
    REQUIRE(more);
    CHECK(more->offsets == Numbers{8, 9, 10});
    CHECK(more->sizes == Numbers{5, 6, 7});
    CHECK(layout(strips.without(278))->block_rows == 50);
    CHECK(layout(strips.with(278, {0xFFFFFFFF}))->block_rows == 50);
}

TEST_CASE("several samples, together or apart") {
    const Image three = tiles.with(277, {3}).with(258, {32, 32, 32}).with(339, {3, 3, 3});
    CHECK(layout(three)->samples == 3);
    CHECK(layout(three)->block_samples() == 3);
    CHECK(!layout(three.with(284, {2}))); // twelve blocks are needed
    const Numbers twelve(12, 8);
    const auto apart = layout(three.with(284, {2}).with(324, twelve).with(325, twelve));
    REQUIRE(apart);
    CHECK(apart->planar);
    CHECK(apart->block_samples() == 1);
    CHECK(!layout(three.with(258, {32, 32, 16})));
    CHECK(!layout(three.with(284, {3})));
}

TEST_CASE("packings and predictors") {
    struct Row {
        std::uint64_t packing, predictor;
        std::optional<Compression> compression;
    };
    for (const Row& row : {Row{1, 2, Compression::none},
                           {5, 1, Compression::lzw},
                           {8, 2, Compression::deflate},
                           {32946, 3, Compression::deflate},
                           {50000, 3, Compression::zstd},
                           {50000, 4, {}},
                           {7, 1, {}},
                           {34887, 1, {}},
                           {8, 0, {}},
                           {0, 1, {}}}) {
        const auto found = layout(tiles.with(259, {row.packing}).with(317, {row.predictor}));
        CHECK(found.has_value() == row.compression.has_value());
        if (found) {
            CHECK(found->compression == row.compression);
            CHECK(found->predictor == (row.packing == 1 ? Predictor::none : static_cast<Predictor>(row.predictor)));
        }
    }
    CHECK(!layout(tiles.with(259, {8}).with(317, {3}).with(339, {2})));
}

TEST_CASE("an image without a block is one with empty ones") {
    const Image sparse = tiles.with(324, {8, 0, 10, 11}).with(325, {5, 0, 7, 8});
    CHECK(layout(sparse)->has_empty);
    CHECK(layout(sparse)->empty == 0);
    CHECK(layout(sparse.with(42113, text("-9999 ")))->empty == -9999);
    CHECK(std::isnan(layout(sparse.with(42113, text("nan")))->empty));
    CHECK(!layout(sparse.with(42113, text("none"))));
    CHECK(!layout(sparse.with(42113, text("1,5"))));
    CHECK(layout(tiles.with(42113, text("none"))));
    CHECK(!layout(tiles.with(325, {5, 0, 7, 8}))); // somewhere, but nothing
}

TEST_CASE("images that aren't read here, and none at all") {
    CHECK(!layout(tiles.with(262, {6})));
    CHECK(layout(tiles.without(262)));
    CHECK(!layout(tiles.with(266, {2})));
    CHECK(!layout(tiles.with(258, {16})));
    CHECK(!layout(tiles.with(258, {33})));
    CHECK(!layout(tiles.with(339, {6})));
    CHECK(!layout(tiles.with(339, {4})));
    for (const unsigned tag : {256U, 257U, 258U, 323U, 324U, 325U})
        CHECK(!layout(tiles.without(tag)));
    for (const unsigned tag : {256U, 257U, 277U, 322U, 323U})
        for (const Numbers& numbers : {Numbers{0}, {std::uint64_t{1} << 31}, {~std::uint64_t{}}, {1, 2}, {}})
            CHECK(!layout(tiles.with(tag, numbers)));
    CHECK(!layout(tiles.with(322, {0x7FFFFFFF}).with(323, {0x7FFFFFFF})));
    CHECK(!layout(tiles.with(277, {0x7FFFFFFF})));
    CHECK(layout(tiles.with(322, {4096}).with(323, {4096}))); // 64 MiB
    CHECK(!layout(tiles.with(322, {4096}).with(323, {4097})));
    CHECK(!layout(tiles.with(324, {8, 9, 10})));
    CHECK(!layout(tiles.with(325, {8, 9, 10})));
    CHECK(!layout(tiles.with(256, {0x7FFFFFFF}).with(257, {0x7FFFFFFF}).with(322, {1}).with(323, {1})));
    CHECK(!layout(strips.with(278, {0})));
    CHECK(!layout(strips.with(257, {0x7FFFFFFF})));
}

TEST_CASE("an image of tiles and of strips is left to GDAL") {
    CHECK(layout(strips));
    for (const unsigned tag : {322, 323, 324, 325})
        CHECK_FALSE(layout(strips.with(tag, {3})));
    for (const unsigned tag : {273, 278, 279})
        CHECK_FALSE(layout(tiles.with(tag, {3})));
}

TEST_CASE("fields twice or out of order are left to GDAL") {
    const Folder folder;
    write_file(folder / "a.tif",
               TiffBytes().directory({{256, 3, {1}}, {257, 3, {1}}, {258, 3, {8}}, {273, 3, {8}}, {279, 3, {1}}}).text);
    auto directory = read_directory(FileDescriptor(::open((folder / "a.tif").c_str(), O_RDONLY | O_CLOEXEC))).value();
    CHECK(layout_of(directory));
    std::swap(directory.fields[0], directory.fields[1]);
    CHECK(!layout_of(directory));
    directory.fields[0] = directory.fields[1];
    CHECK(!layout_of(directory));
}
