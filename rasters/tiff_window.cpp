// SPDX-License-Identifier: Apache-2.0
#include "rasters/tiff_window.hpp"

#include "rasters/codec/stored.hpp"
#include "rasters/core/simd.hpp"

#include <cstdint>
#include <limits>
#include <span>

namespace zonerank::rasters {

namespace {

// x - x is 0 for numbers and NaN for infinities.
template <typename T>
ZONERANK_INLINE inline bool finite(T x) {
    return x - x == 0;
}

/// What is put where there is no number: a row's own cells, or NaN.
struct Stay {
    template <typename T>
    ZONERANK_INLINE T operator()(T cell) const {
        return cell;
    }
};
struct AreNan {
    template <typename T>
    ZONERANK_INLINE T operator()(T) const {
        return std::numeric_limits<T>::quiet_NaN();
    }
};

template <typename Raw, typename T, typename Gap>
void calibrate(const Stored<Raw>* raw, std::size_t n, const Calibration& calibration, Gap gap, T* out) {
    const double scale = calibration.scale, offset = calibration.offset;
    // A comparison with NaN is never true: no raw value is no data.
    const double nodata = calibration.nodata.value_or(std::numeric_limits<double>::quiet_NaN());
    vectorised([=]() ZONERANK_INLINE {
        for (std::size_t i = 0; i < n; ++i) {
            const double value = static_cast<double>(raw[i].value);
            const double measured = value * scale + offset;
            const bool keep = value != nodata && finite(static_cast<float>(measured));
            out[i] = keep ? static_cast<T>(measured) : gap(out[i]);
        }
    });
}

// The usual case without a detour through double.
template <typename Gap>
void copy_known(const Stored<float>* raw, std::size_t n, float nodata, Gap gap, float* out) {
    vectorised([=]() ZONERANK_INLINE {
        for (std::size_t i = 0; i < n; ++i)
            out[i] = raw[i].value != nodata && finite(raw[i].value) ? raw[i].value + 0.0F // -0 becomes 0, as by scaling
                                                                    : gap(out[i]);
    });
}

template <typename T, typename Gap>
void convert(SampleType type, const std::byte* raw, std::size_t n, const Calibration& c, Gap gap, T* out) {
    const auto as = [&](auto sample) { calibrate(stored_as<decltype(sample)>(raw), n, c, gap, out); };
    switch (type) {
    case SampleType::u8:
        return as(std::uint8_t{});
    case SampleType::i8:
        return as(std::int8_t{});
    case SampleType::u16:
        return as(std::uint16_t{});
    case SampleType::i16:
        return as(std::int16_t{});
    case SampleType::u32:
        return as(std::uint32_t{});
    case SampleType::i32:
        return as(std::int32_t{});
    case SampleType::f32:
        return as(float{});
    case SampleType::f64:
        return as(double{});
    }
}

template <typename T, typename Gap>
void convert_row(SampleType type, const std::byte* raw, std::size_t n, const Calibration& c, Gap gap, T* out) {
    if constexpr (std::is_same_v<T, float>)
        if (type == SampleType::f32 && c.scale == 1 && c.offset == 0)
            return copy_known(stored_as<float>(raw), n,
                              static_cast<float>(c.nodata.value_or(std::numeric_limits<double>::quiet_NaN())), gap,
                              out);
    convert(type, raw, n, c, gap, out);
}

Window block_window(const TiffLayout& layout, int col, int row) {
    return intersection({col * layout.block_cols, row * layout.block_rows, layout.block_cols, layout.block_rows},
                        {0, 0, layout.cols, layout.rows});
}

/// A block's bytes: kept for others, unless they are wanted once.
class BlockBytes {
public:
    BlockBytes(const std::shared_ptr<const TiffFile>& file, int col, int row, bool once, std::size_t together) {
        if (once) {
            m_own.resize(file->block_bytes());
            file->read(col, row, m_own);
        } else {
            m_shared = block_cache().block(file, col, row, together);
        }
    }
    const std::byte* data() const { return m_shared ? m_shared->data() : m_own.data(); }

private:
    Bytes m_own;
    std::shared_ptr<const Bytes> m_shared;
};

} // namespace

// A block that is the whole raster, number by number, is unpacked where it belongs.
static bool read_in_place(const TiffFile& file, const Calibration& calibration, const Window& from, Tile& into) {
    const TiffLayout& layout = file.layout();
    const bool same = layout.type == SampleType::f32 && calibration.scale == 1 && calibration.offset == 0;
    const int col = from.col / layout.block_cols, row = from.row / layout.block_rows;
    const Window block{col * layout.block_cols, row * layout.block_rows, layout.block_cols, layout.block_rows};
    if (!same || from != block || block_window(layout, col, row) != block ||
        into.values().size() != static_cast<std::size_t>(block.size()))
        return false;
    file.read(col, row, std::as_writable_bytes(into.values()));
    const double nodata = calibration.nodata.value_or(std::numeric_limits<double>::quiet_NaN());
    copy_known(stored_as<float>(std::as_bytes(into.values()).data()), into.values().size(), static_cast<float>(nodata),
               AreNan(), into.values().data());
    return true;
}

template <typename T>
void read_tiff(const std::shared_ptr<const TiffFile>& file, const Calibration& calibration, Gaps gaps,
               const Window& from, const Window& to, Raster<T>& into) {
    const TiffLayout& layout = file->layout();
    if constexpr (std::is_same_v<T, float>)
        if (gaps == Gaps::are_nan && into.window() == to && read_in_place(*file, calibration, from, into))
            return;
    const std::size_t bytes = sample_bytes(layout.type);
    const int first_col = from.col / layout.block_cols, last_col = (from.col + from.cols - 1) / layout.block_cols;
    const int first_row = from.row / layout.block_rows, last_row = (from.row + from.rows - 1) / layout.block_rows;
    const Window first = block_window(layout, first_col, first_row), last = block_window(layout, last_col, last_row);
    const bool once = first.col == from.col && first.row == from.row && last.col + last.cols == from.col + from.cols &&
                      last.row + last.rows == from.row + from.rows;
    const auto together =
        static_cast<std::size_t>(last_col - first_col + 1) * static_cast<std::size_t>(last_row - first_row + 1);
    for (int block_row = first_row; block_row <= last_row; ++block_row)
        for (int block_col = first_col; block_col <= last_col; ++block_col) {
            const BlockBytes block(file, block_col, block_row, once, together);
            const Window whole = block_window(layout, block_col, block_row), part = intersection(whole, from);
            for (int row = part.row; row < part.row + part.rows; ++row) {
                const auto at =
                    static_cast<std::size_t>(row - whole.row) * static_cast<std::size_t>(layout.block_cols) +
                    static_cast<std::size_t>(part.col - whole.col);
                T* out = &into[{to.col + part.col - from.col, to.row + row - from.row}];
                const auto n = static_cast<std::size_t>(part.cols);
                if (gaps == Gaps::stay)
                    convert_row(layout.type, block.data() + at * bytes, n, calibration, Stay(), out);
                else
                    convert_row(layout.type, block.data() + at * bytes, n, calibration, AreNan(), out);
            }
        }
}

template void read_tiff(const std::shared_ptr<const TiffFile>&, const Calibration&, Gaps, const Window&, const Window&,
                        Raster<float>&);
template void read_tiff(const std::shared_ptr<const TiffFile>&, const Calibration&, Gaps, const Window&, const Window&,
                        Raster<double>&);

} // namespace zonerank::rasters
