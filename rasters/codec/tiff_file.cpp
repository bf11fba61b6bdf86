// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/tiff_file.hpp"

#include "rasters/codec/lzw.hpp"
#include "rasters/codec/stored.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/simd.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>

#include <fcntl.h>

namespace zonerank::rasters {

namespace fs = std::filesystem;

static constexpr std::size_t most_overhead = std::size_t{1} << 16; ///< of packing, in bytes

// Calls f with a number of the type.
template <typename F>
static void with_type(SampleType type, F&& f) {
    switch (type) {
    case SampleType::u8:
        return f(std::uint8_t{});
    case SampleType::i8:
        return f(std::int8_t{});
    case SampleType::u16:
        return f(std::uint16_t{});
    case SampleType::i16:
        return f(std::int16_t{});
    case SampleType::u32:
        return f(std::uint32_t{});
    case SampleType::i32:
        return f(std::int32_t{});
    case SampleType::f32:
        return f(float{});
    case SampleType::f64:
        return f(double{});
    }
}

// As GDAL turns a no-data value into the band's type: rounded, and the nearest there is.
template <typename T>
static T nearest(double value) {
    using Limits = std::numeric_limits<T>;
    if constexpr (std::is_integral_v<T>) {
        if (std::isnan(value))
            return 0;
        constexpr auto lowest = static_cast<double>(Limits::min()), highest = static_cast<double>(Limits::max());
        return static_cast<T>(std::round(std::clamp(value, lowest, highest)));
    } else {
        if (std::abs(value) > static_cast<double>(Limits::max()))
            return std::copysign(Limits::infinity(), static_cast<T>(value < 0 ? -1 : 1));
        return static_cast<T>(value);
    }
}

// Every so-and-so-many-th of `n` numbers. The usual counts are the compiler's to see.
template <typename T>
static void take_every(std::size_t samples, const std::byte* from, std::byte* to, std::size_t n) {
    const auto take = [&](auto every) {
        const Stored<T>* all = stored_as<T>(from);
        Stored<T>* one = stored_as<T>(to);
        vectorised([&]() ZONERANK_INLINE {
            for (std::size_t i = 0; i < n; ++i)
                one[i] = all[i * every];
        });
    };
    switch (samples) {
    case 2:
        return take(std::integral_constant<std::size_t, 2>());
    case 3:
        return take(std::integral_constant<std::size_t, 3>());
    case 4:
        return take(std::integral_constant<std::size_t, 4>());
    default:
        return take(samples);
    }
}

// LZW as written before 1988 shows only in its blocks.
static bool starts_known(const FileDescriptor& file, const TiffLayout& layout) {
    if (layout.compression != Compression::lzw)
        return true;
    const auto first = std::find_if(layout.sizes.begin(), layout.sizes.end(), [](auto size) { return size >= 2; });
    if (first == layout.sizes.end())
        return true;
    std::array<std::byte, 2> start{};
    const std::uint64_t at = layout.offsets[static_cast<std::size_t>(first - layout.sizes.begin())];
    return at < std::uint64_t{1} << 62 && read_at(file, at, start) && !is_old_lzw(start);
}

// Of a block that isn't packed, libtiff makes up its own size when the one given can't
// be: then GDAL reads the file.
static bool whole_blocks(const TiffLayout& layout, std::uint64_t file_bytes) {
    if (layout.compression != Compression::none)
        return true;
    const std::uint64_t row =
        static_cast<std::uint64_t>(layout.block_cols) * layout.block_samples() * sample_bytes(layout.type);
    const auto down = static_cast<std::size_t>(layout.blocks_down());
    for (std::size_t i = 0; i < layout.sizes.size(); ++i) {
        const bool last = i / static_cast<std::size_t>(layout.blocks_across()) % down == down - 1;
        const int rows =
            last && !layout.tiled ? layout.rows - (layout.blocks_down() - 1) * layout.block_rows : layout.block_rows;
        const std::uint64_t size = layout.sizes[i];
        if (size != 0 && (size < row * static_cast<std::uint64_t>(rows) || size > file_bytes ||
                          layout.offsets[i] > file_bytes - size))
            return false;
    }
    return true;
}

std::shared_ptr<const TiffFile> TiffFile::open(const fs::path& path, int band) {
    FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)); // a pipe would wait for a writer
    if (!file.open())
        throw Error("{}: can't be opened: {}", path.string(), std::strerror(errno));
    return in_context(path.string(), [&]() -> std::shared_ptr<const TiffFile> {
        const auto directory = read_directory(file);
        auto layout = directory ? layout_of(*directory) : std::nullopt;
        if (!layout || band < 1 || band > layout->samples || !whole_blocks(*layout, directory->file_bytes) ||
            !starts_known(file, *layout))
            return nullptr;
        return std::make_shared<TiffFile>(path, std::move(file), directory->file_bytes, std::move(*layout), band);
    });
}

TiffFile::TiffFile(fs::path path, FileDescriptor file, std::uint64_t file_bytes, TiffLayout layout, int band)
    : m_path(std::move(path)), m_file(std::move(file)), m_file_bytes(file_bytes), m_layout(std::move(layout)),
      m_band(band) {}

std::size_t TiffFile::block_bytes() const {
    return static_cast<std::size_t>(m_layout.block_cols) * static_cast<std::size_t>(m_layout.block_rows) *
           sample_bytes(m_layout.type);
}

void TiffFile::fill_empty(std::span<std::byte> block) const {
    with_type(m_layout.type, [&](auto number) {
        using T = decltype(number);
        std::fill_n(stored_as<T>(block.data()), block.size() / sizeof(T), Stored<T>{nearest<T>(m_layout.empty)});
    });
}

void TiffFile::read(int block_col, int block_row, std::span<std::byte> block) const {
    const int across = m_layout.blocks_across(), down = m_layout.blocks_down();
    assert(block_col >= 0 && block_col < across && block_row >= 0 && block_row < down);
    assert(block.size() == block_bytes());
    const auto at = [](int i) { return static_cast<std::size_t>(i); };
    const std::size_t plane = m_layout.planar ? at(m_band - 1) * at(down) : 0;
    const std::size_t index = (plane + at(block_row)) * at(across) + at(block_col);
    if (m_layout.sizes[index] == 0)
        return fill_empty(block);
    const int rows = m_layout.tiled ? m_layout.block_rows
                                    : std::min(m_layout.block_rows, m_layout.rows - block_row * m_layout.block_rows);
    try {
        read_stored(index, rows, block);
    } catch (const Error& error) {
        throw Error("{}: damaged or truncated: block {}, {}: {}", m_path.string(), block_col, block_row, error.what());
    }
}

// Reads the block and unpacks it into `room`, which is as large as a whole block; rows that
// the image doesn't have need not be there.
void TiffFile::unpack(std::size_t index, std::size_t needed, std::span<std::byte> room) const {
    const std::uint64_t at = m_layout.offsets[index], size = m_layout.sizes[index];
    if (at > m_file_bytes || size > m_file_bytes - at)
        throw Error("it lies beyond the end of the file");
    if (m_layout.compression == Compression::none) {
        if (size < needed || !read_at(m_file, at, room.first(needed)))
            throw Error("it is cut short");
        return;
    }
    if (size / 2 > room.size() + most_overhead)
        throw Error("it is larger than its values");
    Bytes packed(size);
    if (!read_at(m_file, at, packed))
        throw Error("it is cut short");
    if (const std::size_t n = decompress(m_layout.compression, packed, room); n < needed)
        throw Error("{} of {} bytes", n, needed);
}

void TiffFile::read_stored(std::size_t index, int rows, std::span<std::byte> block) const {
    const BlockShape shape{static_cast<std::size_t>(m_layout.block_cols), static_cast<std::size_t>(rows), 1,
                           sample_bytes(m_layout.type)};
    const std::span<std::byte> values = block.first(shape.bytes());
    if (const std::size_t samples = m_layout.block_samples(); samples == 1) {
        unpack(index, values.size(), block);
    } else {
        Bytes pixels(block.size() * samples);
        unpack(index, values.size() * samples, pixels);
        take_band(pixels, values);
    }
    undo_predictor(m_layout.predictor, shape, m_layout.swapped, values, values);
}

// As they are stored, which is as if the band were alone: what a predictor does to a sample
// is between it and the same one of the pixel before, or between their bytes.
void TiffFile::take_band(std::span<const std::byte> pixels, std::span<std::byte> stored) const {
    const auto take = [&](auto number) {
        using T = decltype(number);
        take_every<T>(m_layout.block_samples(), pixels.data() + static_cast<std::size_t>(m_band - 1) * sizeof(T),
                      stored.data(), stored.size() / sizeof(T));
    };
    if (m_layout.predictor == Predictor::floating_point)
        take(std::uint8_t{});
    else
        with_type(m_layout.type, take);
}

} // namespace zonerank::rasters
