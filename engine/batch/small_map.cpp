// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/small_map.hpp"

#include "engine/outputs/styles/colours.hpp"
#include "rasters/codec/compression.hpp"
#include "rasters/reader.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace zonerank::engine {

namespace {

constexpr int levels = 254, transparent = 255;

void put_number(std::string& bytes, std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>(number >> shift & 0xFF);
}

/// Of PNG's chunks: the polynomial of ISO 3309, bit by bit, for a few kilobytes.
std::uint32_t crc_of(std::string_view bytes) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (const char byte : bytes) {
        crc ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320U : 0U);
    }
    return ~crc;
}

void put_chunk(std::string& png, const std::string& kind, const std::string& content) {
    put_number(png, static_cast<std::uint32_t>(content.size()));
    png += kind + content;
    put_number(png, crc_of(kind + content));
}

std::string palette() {
    std::string colours;
    for (int level = 0; level < 256; ++level) {
        const Colour colour = score_colour(std::min(level, levels) / static_cast<double>(levels));
        for (int part = 0; part < 3; ++part)
            colours += static_cast<char>(colour[static_cast<std::size_t>(part)]);
    }
    return colours;
}

std::string header(const rasters::Window& window) {
    std::string header;
    put_number(header, static_cast<std::uint32_t>(window.cols));
    put_number(header, static_cast<std::uint32_t>(window.rows));
    header += std::string("\x08\x03\x00\x00\x00", 5); // 8 bits, palette, deflate, filters by row, not interlaced
    return header;
}

/// Each row behind its filter: none.
std::string pixels_of(const rasters::Tile& scores) {
    std::string pixels;
    for (int row = 0; row < scores.window().rows; ++row) {
        pixels += '\0';
        for (const float score : scores.row(scores.window().row + row))
            pixels += static_cast<char>(std::isnan(score) ? transparent
                                                          : std::lround(std::clamp(score, 0.0F, 1.0F) * levels));
    }
    return pixels;
}

std::string deflated(const std::string& text) {
    rasters::Bytes packed;
    rasters::compress(rasters::Compression::deflate, 9, std::as_bytes(std::span(text)), packed);
    return {reinterpret_cast<const char*>(packed.data()), packed.size()};
}

} // namespace

std::string png_of(const rasters::Tile& scores) {
    std::string clear(256, '\xFF');
    clear[transparent] = '\0';
    std::string png = "\x89PNG\r\n\x1A\n";
    put_chunk(png, "IHDR", header(scores.window()));
    put_chunk(png, "PLTE", palette());
    put_chunk(png, "tRNS", clear);
    put_chunk(png, "IDAT", deflated(pixels_of(scores)));
    put_chunk(png, "IEND", "");
    return png;
}

SmallMap small_map(const std::filesystem::path& suitability, int most_pixels) {
    const rasters::RasterSource source{.paths = {suitability.string()}, .resample = rasters::Resample::nearest};
    const rasters::RasterInfo info = rasters::inspect(source, {});
    const double sides = std::max(info.box.width(), info.box.height());
    const double pixel = std::max(info.cell_x, sides / most_pixels);
    const rasters::Grid grid =
        rasters::grid_over({info.box.xmin, info.box.ymin, info.box.xmax - pixel / 2, info.box.ymax}, pixel,
                           info.crs.wkt, {info.box.xmin, info.box.ymax});
    const rasters::Tile scores = rasters::RasterReader(source, grid, {}).read(grid.window());
    return {png_of(scores), grid.cols, grid.rows, info.crs.wkt, grid.box()};
}

} // namespace zonerank::engine
