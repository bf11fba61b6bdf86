// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/block_encoder.hpp"

#include "rasters/codec/predictor.hpp"

#include <doctest/doctest.h>

#include <Lerc_c_api.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

using namespace zonerank::rasters;

namespace {

template <typename T>
std::vector<T> cells() {
    std::vector<T> values(block_cells);
    std::mt19937 random(2);
    for (std::size_t i = 0; i < values.size(); ++i)
        if constexpr (std::is_same_v<T, float>)
            values[i] = random() % 9 == 0 ? no_data : std::sin(static_cast<float>(i % 512) / 50);
        else
            values[i] = static_cast<T>(i / 700 % 11);
    return values;
}

template <typename T>
Bytes packed(const BlockView<T>& block, const Packing& packing) {
    Bytes bytes;
    encode(block, packing, bytes);
    return bytes;
}

template <typename T>
std::vector<T> unpacked(const Bytes& bytes, const Packing& packing) {
    std::vector<T> stored(block_cells), values(block_cells);
    const auto compression = packing.kind == Packing::Kind::zstd ? Compression::zstd : Compression::deflate;
    CHECK(decompress(compression, bytes, std::as_writable_bytes(std::span(stored))) == block_cells * sizeof(T));
    const auto predictor = static_cast<Predictor>(block_format<T>(packing).predictor);
    undo_predictor(predictor, {block_side, block_side, 1, sizeof(T)}, false, std::as_writable_bytes(std::span(stored)),
                   std::as_writable_bytes(std::span(values)));
    return values;
}

} // namespace

TEST_CASE_TEMPLATE("blocks unpack to their cells, whatever packs them", T, float, std::uint8_t, std::uint16_t,
                   std::uint64_t) {
    const std::vector<T> values = cells<T>();
    std::vector<T> right = values;
    for (T& value : right)
        if (value != value)
            value = file_no_data<T>;
    std::vector<T> wide(block_cells * 2);
    for (std::size_t i = 0; i < block_cells; ++i)
        wide[i / 512 * 1024 + 100 + i % 512] = values[i];
    for (const auto kind : {Packing::Kind::zstd, Packing::Kind::deflate})
        for (const int level : {0, 5}) {
            const Packing packing{kind, level};
            const Bytes bytes = packed(BlockView<T>{values.data()}, packing);
            CHECK(bytes.size() < block_cells * sizeof(T) / 2);
            CHECK(unpacked<T>(bytes, packing) == right);
            CHECK(packed(BlockView<T>{wide.data() + 100, 1024}, packing) == bytes);
        }
}

TEST_CASE("all sets of instructions pack alike") {
    const std::vector<float> values = cells<float>();
    const Bytes best = packed(BlockView<float>{values.data()}, {});
    for (const Simd level : {Simd::baseline, Simd::avx2}) {
        limit_simd(level);
        CHECK(packed(BlockView<float>{values.data()}, {}) == best);
        limit_simd(best_simd());
    }
}

TEST_CASE("lerc keeps to its error and to the cells with data") {
    const std::vector<float> values = cells<float>();
    for (const double error : {0.01, 0.0001}) {
        const Bytes bytes = packed(BlockView<float>{values.data()}, {Packing::Kind::lerc, 0, error});
        CHECK(bytes.size() < block_cells * sizeof(float) / 2);
        std::vector<float> read(block_cells);
        std::vector<unsigned char> valid(block_cells);
        REQUIRE(lerc_decode(reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<unsigned>(bytes.size()),
                            1, valid.data(), 1, block_side, block_side, 1, 6, read.data()) == 0);
        int wrong = 0;
        for (std::size_t i = 0; i < block_cells; ++i)
            wrong += std::isnan(values[i]) ? valid[i] != 0
                                           : valid[i] == 0 || std::abs(read[i] - values[i]) > error * (1 + 1e-6);
        CHECK(wrong == 0);
    }
}

TEST_CASE("what a TIFF tells of the blocks") {
    CHECK(block_format<float>({}).compression == 50000);
    CHECK(block_format<float>({}).predictor == 3);
    CHECK(block_format<float>({}).no_data == "-9999");
    const BlockFormat lerc = block_format<float>({Packing::Kind::lerc, 0, 0.1});
    CHECK(lerc.compression == 34887);
    CHECK(lerc.lerc_version == 4);
    CHECK(lerc.no_data == "nan");
    const BlockFormat classes = block_format<std::uint16_t>({Packing::Kind::lerc, 0, 0.1});
    CHECK(classes.compression == 50000);
    CHECK(classes.predictor == 1);
    CHECK(classes.sample_bits == 16);
    CHECK(classes.sample_format == 1);
    CHECK(classes.lerc_version == 0);
    CHECK(block_format<std::uint8_t>({Packing::Kind::deflate, 0, 0}).compression == 8);
}
