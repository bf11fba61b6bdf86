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

TEST_CASE("a measured -9999 is no gap") {
    std::vector<float> values(block_cells, -9999);
    values[1] = no_data;
    values[2] = -9998;
    const std::vector<float> read = unpacked<float>(packed(BlockView<float>{values.data()}, {}), {});
    CHECK(read[0] == std::nextafter(-9999.0F, 0.0F));
    CHECK(read[1] == -9999);
    CHECK(read[2] == -9998);
}

namespace {

struct LercRead {
    std::vector<float> values = std::vector<float>(block_cells);
    std::vector<unsigned char> valid = std::vector<unsigned char>(block_cells);
};

LercRead through_lerc(const std::vector<float>& values, double error) {
    const Bytes bytes = packed(BlockView<float>{values.data()}, {Packing::Kind::lerc, 0, error});
    LercRead read;
    REQUIRE(lerc_decode(reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<unsigned>(bytes.size()), 1,
                        read.valid.data(), 1, block_side, block_side, 1, 6, read.values.data()) == 0);
    return read;
}

// Exact: the difference of two floats of like size is one of doubles.
int beyond(const std::vector<float>& values, const LercRead& read, double error) {
    int wrong = 0;
    for (std::size_t i = 0; i < block_cells; ++i)
        wrong += std::isnan(values[i])
                     ? read.valid[i] != 0
                     : read.valid[i] == 0 ||
                           std::abs(static_cast<double>(read.values[i]) - static_cast<double>(values[i])) > error;
    return wrong;
}

} // namespace

TEST_CASE("lerc keeps to its error, to the last bit, and to the cells with data") {
    std::vector<float> values = cells<float>();
    values[7] = -9999;
    for (const double error : {0.1, 0.01, 0.0001}) {
        CHECK(packed(BlockView<float>{values.data()}, {Packing::Kind::lerc, 0, error}).size() <
              block_cells * sizeof(float) / 2);
        CHECK(beyond(values, through_lerc(values, error), error) == 0);
    }
    CHECK(through_lerc(values, 0.01).valid[7] == 1);
}

TEST_CASE("lerc keeps to its error among values so large that floats are as coarse") {
    std::mt19937 random(3);
    for (const float size : {1e-30F, 1.0F, 8000.0F, 4e6F, 3e38F})
        for (const double share : {1e-8, 3e-8, 5e-8, 6e-8, 8e-8, 1e-7, 1.3e-7, 1.7e-7, 1e-6, 1e-4, 0.01}) {
            CAPTURE(size);
            CAPTURE(share);
            std::vector<float> values(block_cells);
            for (float& value : values)
                value = size * static_cast<float>(random() % 1'000'000) / 1e6F - size / 3;
            const double error = share * static_cast<double>(size);
            CHECK(beyond(values, through_lerc(values, error), error) == 0);
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
