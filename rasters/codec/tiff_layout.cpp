// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/tiff_layout.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <string>
#include <utility>

namespace zonerank::rasters {

namespace {

namespace tag {
constexpr std::uint16_t cols = 256, rows = 257, bits = 258, compression = 259, photometric = 262, fill_order = 266,
                        strip_offsets = 273, samples = 277, rows_per_strip = 278, strip_sizes = 279, planar = 284,
                        predictor = 317, tile_cols = 322, tile_rows = 323, tile_offsets = 324, tile_sizes = 325,
                        sample_format = 339, gdal_nodata = 42113;
} // namespace tag

constexpr std::uint64_t most_block_bytes = std::uint64_t{64} << 20;
constexpr std::uint64_t most_side = std::numeric_limits<int>::max();

} // namespace

std::size_t sample_bytes(SampleType type) {
    switch (type) {
    case SampleType::u8:
    case SampleType::i8:
        return 1;
    case SampleType::u16:
    case SampleType::i16:
        return 2;
    case SampleType::u32:
    case SampleType::i32:
    case SampleType::f32:
        return 4;
    case SampleType::f64:
        break;
    }
    return 8;
}

// The number that a field has for every sample, `otherwise` without the field.
static std::optional<std::uint64_t> same_number(const TiffDirectory& directory, std::uint16_t tag,
                                                std::uint64_t otherwise) {
    const TiffField* field = directory.find(tag);
    if (!field)
        return otherwise;
    const auto numbers = field->whole_numbers();
    if (numbers.empty() || std::any_of(numbers.begin(), numbers.end(), [&](auto n) { return n != numbers[0]; }))
        return {};
    return numbers[0];
}

static std::optional<SampleType> type_of(const TiffDirectory& directory) {
    struct Row {
        std::uint64_t format, bits;
        SampleType type;
    };
    const auto format = same_number(directory, tag::sample_format, 1), bits = same_number(directory, tag::bits, 1);
    for (const Row& row : {Row{1, 8, SampleType::u8},
                           {2, 8, SampleType::i8},
                           {1, 16, SampleType::u16},
                           {2, 16, SampleType::i16},
                           {1, 32, SampleType::u32},
                           {2, 32, SampleType::i32},
                           {3, 32, SampleType::f32},
                           {3, 64, SampleType::f64}})
        if (format == row.format && bits == row.bits)
            return row.type;
    return {};
}

static std::optional<Compression> compression_of(const TiffDirectory& directory) {
    switch (directory.number(tag::compression, 1).value_or(0)) {
    case 1:
        return Compression::none;
    case 5:
        return Compression::lzw;
    case 8:
    case 32946:
        return Compression::deflate;
    case 50000:
        return Compression::zstd;
    default:
        return {};
    }
}

static std::optional<Predictor> predictor_of(const TiffDirectory& directory, const TiffLayout& layout) {
    if (layout.compression == Compression::none) // where it means nothing
        return Predictor::none;
    const bool floating = layout.type == SampleType::f32 || layout.type == SampleType::f64;
    switch (directory.number(tag::predictor, 1).value_or(0)) {
    case 1:
        return Predictor::none;
    case 2:
        return Predictor::differences;
    case 3:
        return floating ? std::optional(Predictor::floating_point) : std::nullopt;
    default:
        return {};
    }
}

// As TIFF asks for; what counts of two fields or of one before its turn is libtiff's to say.
static bool in_order(const std::vector<TiffField>& fields) {
    return std::adjacent_find(fields.begin(), fields.end(),
                              [](const TiffField& a, const TiffField& b) { return a.tag >= b.tag; }) == fields.end();
}

// Gray either way, colours as they are, or places in a palette; in the usual order of bits.
static bool plain(const TiffDirectory& directory) {
    return directory.number(tag::photometric, 1).value_or(4) <= 3 && directory.number(tag::fill_order, 1) == 1U;
}

static bool set_side(int& side, std::optional<std::uint64_t> number) {
    if (!number || *number == 0 || *number > most_side)
        return false;
    side = static_cast<int>(*number);
    return true;
}

// Fields of both tiles and strips: which count is libtiff's to say.
static bool contradicts_itself(const TiffDirectory& directory) {
    const auto has_any = [&](std::initializer_list<std::uint16_t> tags) {
        return std::ranges::any_of(tags, [&](std::uint16_t tag) { return directory.find(tag) != nullptr; });
    };
    return has_any({tag::tile_cols, tag::tile_rows, tag::tile_offsets, tag::tile_sizes}) &&
           has_any({tag::rows_per_strip, tag::strip_offsets, tag::strip_sizes});
}

static bool set_sides(TiffLayout& layout, const TiffDirectory& directory) {
    if (contradicts_itself(directory) || !set_side(layout.cols, directory.number(tag::cols)) ||
        !set_side(layout.rows, directory.number(tag::rows)))
        return false;
    layout.tiled = directory.find(tag::tile_cols) != nullptr;
    if (layout.tiled)
        return set_side(layout.block_cols, directory.number(tag::tile_cols)) &&
               set_side(layout.block_rows, directory.number(tag::tile_rows));
    const auto rows = directory.number(tag::rows_per_strip, most_side);
    layout.block_cols = layout.cols;
    return set_side(layout.block_rows, rows ? std::optional(std::min<std::uint64_t>(*rows, layout.rows)) : rows);
}

static bool set_samples(TiffLayout& layout, const TiffDirectory& directory) {
    const auto planar = directory.number(tag::planar, 1);
    layout.planar = planar == 2U;
    return (planar == 1U || planar == 2U) && set_side(layout.samples, directory.number(tag::samples, 1));
}

static bool small_enough(const TiffLayout& layout) {
    const std::uint64_t pixels =
        static_cast<std::uint64_t>(layout.block_cols) * static_cast<std::uint64_t>(layout.block_rows);
    return pixels <= most_block_bytes &&
           pixels * layout.block_samples() <= most_block_bytes / sample_bytes(layout.type);
}

static bool set_blocks(TiffLayout& layout, const TiffDirectory& directory) {
    const TiffField* offsets = directory.find(layout.tiled ? tag::tile_offsets : tag::strip_offsets);
    const TiffField* sizes = directory.find(layout.tiled ? tag::tile_sizes : tag::strip_sizes);
    const std::uint64_t plane =
        static_cast<std::uint64_t>(layout.blocks_across()) * static_cast<std::uint64_t>(layout.blocks_down());
    const std::uint64_t planes = layout.planar ? static_cast<std::uint64_t>(layout.samples) : 1;
    if (!offsets || !sizes || offsets->count / planes < plane || sizes->count / planes < plane)
        return false;
    layout.offsets = offsets->whole_numbers();
    layout.sizes = sizes->whole_numbers();
    const std::size_t blocks = plane * planes;
    if (layout.offsets.size() < blocks || layout.sizes.size() < blocks)
        return false;
    layout.offsets.resize(blocks);
    layout.sizes.resize(blocks);
    for (std::size_t i = 0; i < blocks; ++i) {
        if (layout.sizes[i] == 0 && layout.offsets[i] != 0)
            return false;
        layout.has_empty = layout.has_empty || layout.sizes[i] == 0;
    }
    return true;
}

// The value that GDAL says is none, 0 when it says nothing; as GDAL, with the largest
// floats meant where they are written in too few digits.
static bool set_empty(TiffLayout& layout, const TiffDirectory& directory) {
    const TiffField* field = directory.find(tag::gdal_nodata);
    if (!field)
        return true;
    std::string text = field->text();
    text.erase(text.find_last_not_of(' ') + 1);
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), layout.empty);
    constexpr double largest = std::numeric_limits<float>::max();
    if (layout.type == SampleType::f32 && std::abs(std::abs(layout.empty) - largest) < 1e-10 * largest)
        layout.empty = std::copysign(largest, layout.empty);
    return failed == std::errc{} && end == text.data() + text.size();
}

std::optional<TiffLayout> layout_of(const TiffDirectory& directory) {
    TiffLayout layout;
    const auto type = type_of(directory);
    const auto compression = compression_of(directory);
    if (directory.masked || !in_order(directory.fields) || !type || !compression || !plain(directory))
        return {};
    layout.type = *type;
    layout.compression = *compression;
    layout.swapped = directory.swapped;
    const auto predictor = predictor_of(directory, layout);
    if (!predictor || !set_samples(layout, directory) || !set_sides(layout, directory) || !small_enough(layout))
        return {};
    layout.predictor = *predictor;
    if (!set_blocks(layout, directory) || (!set_empty(layout, directory) && layout.has_empty))
        return {};
    return layout;
}

} // namespace zonerank::rasters
