// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/block_encoder.hpp"

#include "rasters/codec/predictor.hpp"
#include "rasters/core/error.hpp"

#include <Lerc_c_api.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace zonerank::rasters {

static_assert(std::endian::native == std::endian::little, "our TIFFs hold the machine's own bytes");

namespace {

template <typename T>
constexpr bool is_float = std::is_same_v<T, float>;

template <typename T>
bool is_lerc(const Packing& packing) {
    return is_float<T> && packing.kind == Packing::Kind::lerc;
}

template <typename T>
std::span<const std::byte> bytes_of(const T* cells, std::size_t n) {
    return std::as_bytes(std::span(cells, n));
}

// What was measured is never taken for no data: the nearest number stands in for it.
ZONERANK_INLINE inline void file_row(const float* from, float* to) {
    constexpr float instead = std::bit_cast<float>(std::bit_cast<std::uint32_t>(file_no_data<float>) - 1);
    for (int i = 0; i < block_side; ++i) {
        const float measured = from[i] == file_no_data<float> ? instead : from[i];
        to[i] = is_known(from[i]) ? measured : file_no_data<float>;
    }
}

// Row by row, so that each is still near when its bytes are rearranged.
void predict(const BlockView<float>& block, Bytes& planes) {
    constexpr BlockShape row_shape{block_side, 1, 1, sizeof(float)};
    planes.resize(block_cells * sizeof(float));
    float filed[block_side];
    for (int row = 0; row < block_side; ++row) {
        vectorised([&]() ZONERANK_INLINE { file_row(block.row(row), filed); });
        apply_predictor(Predictor::floating_point, row_shape, bytes_of(filed, block_side),
                        std::span(planes).subspan(static_cast<std::size_t>(row) * sizeof filed, sizeof filed));
    }
}

template <typename T>
BlockBuffer<T> gathered(const BlockView<T>& block) {
    BlockBuffer<T> cells(block_cells);
    for (int row = 0; row < block_side; ++row)
        std::copy_n(block.row(row), block_side, cells.data() + static_cast<std::size_t>(row) * block_side);
    return cells;
}

// The best for their time: of scores higher levels pack 1 % better, of classes lower ones take as long.
template <typename T>
void pack(const Packing& packing, std::span<const std::byte> bytes, Bytes& packed) {
    const auto level = [&](int usual) { return packing.level > 0 ? packing.level : usual; };
    if (packing.kind == Packing::Kind::deflate)
        return compress(Compression::deflate, level(is_float<T> ? 1 : 6), bytes, packed);
    compress(Compression::zstd, level(is_float<T> ? 1 : 3), bytes, packed);
}

constexpr int lerc_version = 4; ///< of LERC 2, which all that read LERC in TIFF know
constexpr unsigned lerc_float = 6;

// LERC keeps to an error in double and then rounds to the nearest float, which may take a
// cell half a step of floats farther. Cells are off by whole halves of that step: if LERC
// may go to the last such half within the error, though not quite, rounding ends there or
// before. Where a step is more than twice the error, rounding leads back to the cell itself.
double before_rounding(double max_error, const BlockBuffer<float>& cells) {
    if (!(max_error > 0))
        return 0;
    float farthest = 0;
    for (const float cell : cells)
        farthest = std::abs(cell) > farthest ? std::abs(cell) : farthest; // NaN is not farther
    const double reach = std::max<double>(farthest + max_error, std::numeric_limits<float>::min());
    const double step = std::ldexp(1, std::ilogb(reach) - std::numeric_limits<float>::digits + 1);
    const double half = std::min(step, std::ldexp(1, std::ilogb(2 * max_error))) / 2;
    constexpr double not_quite = 1 - 1e-5; // more than the rounding of doubles on the way
    return std::floor(max_error / half) * half * not_quite;
}

void pack_lerc(const BlockView<float>& block, double max_error, Bytes& packed) {
    const BlockBuffer<float> cells = gathered(block);
    std::vector<std::uint8_t, BufferAllocator<std::uint8_t>> valid(block_cells);
    std::transform(cells.begin(), cells.end(), valid.begin(), [](float cell) { return !std::isnan(cell); });
    unsigned bytes = 0;
    packed.resize(2 * block_cells * sizeof(float));
    const auto status =
        lerc_encodeForVersion(cells.data(), lerc_version, lerc_float, 1, block_side, block_side, 1, 1, valid.data(),
                              before_rounding(max_error, cells), reinterpret_cast<unsigned char*>(packed.data()),
                              static_cast<unsigned>(packed.size()), &bytes);
    if (status != 0)
        throw Error("a block can't be packed by LERC: its error {}", status);
    packed.resize(bytes);
}

} // namespace

template <typename T>
BlockFormat block_format(const Packing& packing) {
    constexpr std::uint16_t deflate = 8, zstd = 50000, lerc = 34887, floating_point = 3;
    BlockFormat format;
    format.sample_bits = 8 * sizeof(T);
    format.sample_format = is_float<T> ? 3 : 1;
    format.no_data = is_lerc<T>(packing) ? "nan" : is_float<T> ? "-9999" : "0";
    format.compression = is_lerc<T>(packing) ? lerc : packing.kind == Packing::Kind::deflate ? deflate : zstd;
    format.lerc_version = is_lerc<T>(packing) ? lerc_version : 0;
    format.predictor = is_float<T> && !is_lerc<T>(packing) ? floating_point : 1;
    return format;
}

template <>
void encode(const BlockView<float>& block, const Packing& packing, Bytes& packed) {
    if (is_lerc<float>(packing))
        return pack_lerc(block, packing.max_error, packed);
    Bytes planes;
    predict(block, planes);
    pack<float>(packing, planes, packed);
}

template <typename T>
void encode(const BlockView<T>& block, const Packing& packing, Bytes& packed) {
    if (block.stride == block_side)
        return pack<T>(packing, bytes_of(block.cells, block_cells), packed);
    const BlockBuffer<T> cells = gathered(block);
    pack<T>(packing, bytes_of(cells.data(), cells.size()), packed);
}

template void encode(const BlockView<std::uint8_t>&, const Packing&, Bytes&);
template void encode(const BlockView<std::uint16_t>&, const Packing&, Bytes&);
template void encode(const BlockView<std::uint64_t>&, const Packing&, Bytes&);
template BlockFormat block_format<float>(const Packing&);
template BlockFormat block_format<std::uint8_t>(const Packing&);
template BlockFormat block_format<std::uint16_t>(const Packing&);
template BlockFormat block_format<std::uint64_t>(const Packing&);

} // namespace zonerank::rasters
