// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gdal_priv.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace zonerank::tests {

/// A GeoTIFF that a test has GDAL's driver write.
struct MadeTiff {
    int cols = 150, rows = 101, bands = 1;
    GDALDataType type = GDT_Float32;
    std::vector<std::string> options; ///< of its creation, "NAME=VALUE"
    unsigned seed = 1;
};

/// Rows of `cols` numbers: smooth ones, chance, and what isn't a number.
template <typename T>
std::vector<T> mixed_numbers(int cols, int rows, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<T> numbers;
    for (int row = 0; row < rows; ++row)
        for (int col = 0; col < cols; ++col) {
            std::uint64_t bits = random();
            bits = bits << 32 | random();
            T number = static_cast<T>(100 + 20 * std::sin(0.05 * col) * std::cos(0.04 * row) + 3 * seed);
            if (row % 16 >= 12) // no number at all, of any kind
                std::memcpy(&number, &bits, sizeof number);
            else if (std::is_floating_point_v<T> && bits % 50 == 0)
                number = bits % 100 == 0 ? std::numeric_limits<T>::quiet_NaN() : -std::numeric_limits<T>::infinity();
            numbers.push_back(number);
        }
    return numbers;
}

/// Calls f with a number of the type.
template <typename F>
void with_number(GDALDataType type, F&& f) {
    switch (type) {
    case GDT_Byte:
        return f(std::uint8_t{});
    case GDT_UInt16:
        return f(std::uint16_t{});
    case GDT_Int16:
        return f(std::int16_t{});
    case GDT_UInt32:
        return f(std::uint32_t{});
    case GDT_Int32:
        return f(std::int32_t{});
    case GDT_Float32:
        return f(float{});
    default:
        return f(double{});
    }
}

inline GDALDataset* create_tiff(const std::filesystem::path& path, const MadeTiff& made) {
    CPLStringList options;
    for (const std::string& option : made.options)
        options.AddString(option.c_str());
    GDALAllRegister();
    return GetGDALDriverManager()->GetDriverByName("GTiff")->Create(path.c_str(), made.cols, made.rows, made.bands,
                                                                    made.type, options.List());
}

/// Fills a band with mixed numbers; false when GDAL can't.
inline bool fill_band(GDALDataset& file, int band, unsigned seed) {
    GDALRasterBand* to = file.GetRasterBand(band);
    bool done = false;
    with_number(to->GetRasterDataType(), [&](auto number) {
        auto numbers = mixed_numbers<decltype(number)>(to->GetXSize(), to->GetYSize(), seed);
        done = to->RasterIO(GF_Write, 0, 0, to->GetXSize(), to->GetYSize(), numbers.data(), to->GetXSize(),
                            to->GetYSize(), to->GetRasterDataType(), 0, 0) == CE_None;
    });
    return done;
}

inline bool write_tiff(const std::filesystem::path& path, const MadeTiff& made) {
    GDALDataset* file = create_tiff(path, made);
    bool done = file != nullptr;
    for (int band = 1; done && band <= made.bands; ++band)
        done = fill_band(*file, band, made.seed + static_cast<unsigned>(band));
    GDALClose(file);
    return done;
}

/// Options of GDAL's driver for each way of packing that is read here.
struct TiffPacking {
    std::vector<std::string> options;
    bool floating = false; ///< only for types of floating-point numbers
};
inline std::vector<TiffPacking> tiff_packings() {
    return {
        {{}},
        {{"COMPRESS=DEFLATE", "ZLEVEL=1"}},
        {{"COMPRESS=DEFLATE", "ZLEVEL=1", "PREDICTOR=2"}},
        {{"COMPRESS=DEFLATE", "ZLEVEL=1", "PREDICTOR=3"}, true},
        {{"COMPRESS=LZW"}},
        {{"COMPRESS=LZW", "PREDICTOR=2"}},
        {{"COMPRESS=LZW", "PREDICTOR=3"}, true},
        {{"COMPRESS=ZSTD", "ZSTD_LEVEL=1"}},
        {{"COMPRESS=ZSTD", "ZSTD_LEVEL=1", "PREDICTOR=2"}},
        {{"COMPRESS=ZSTD", "ZSTD_LEVEL=1", "PREDICTOR=3"}, true},
    };
}

} // namespace zonerank::tests
