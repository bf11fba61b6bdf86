// SPDX-License-Identifier: Apache-2.0
#include "rasters/solved/solved_file.hpp"

#include "rasters/core/error.hpp"
#include "rasters/solved/stored_raster.hpp"

#include <cstring>
#include <span>

namespace zonerank::rasters {

static std::string in_words(const Grid& g) {
    return fmt::format("grid {} {} {} {} {} {} {} {}\n", g.cell, g.west, g.north, g.cols, g.rows, g.anchor.x,
                       g.anchor.y, g.crs);
}

// Each text with its length in front, so that no text looks like others.
static std::string in_words(std::string_view key) {
    return fmt::format("key {} {}\n", key.size(), key);
}

static void append(std::vector<std::byte>& head, std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text));
    head.insert(head.end(), bytes.begin(), bytes.end());
}

SolvedOut::SolvedOut(const std::filesystem::path& path, std::string_view key) : m_file(path) {
    append(m_head, in_words(key));
}

void SolvedOut::put(double number) {
    append(m_head, "number ");
    const auto bytes = std::as_bytes(std::span(&number, 1));
    m_head.insert(m_head.end(), bytes.begin(), bytes.end());
}

void SolvedOut::put(const Grid& grid, const std::function<Tile(Window)>& values) {
    append(m_head, in_words(grid));
    StoredRaster::write(m_file, m_blocks, grid, values);
    m_blocks += StoredRaster::blocks(grid);
}

void SolvedOut::close() {
    m_file.close(m_head);
}

SolvedIn::SolvedIn(const std::filesystem::path& path, std::string_view key)
    : m_file(std::make_shared<const BlockFileIn>(path)) {
    expect(in_words(key), "measure");
}

void SolvedIn::expect(std::string_view bytes, std::string_view what) {
    const auto rest = m_file->head().subspan(m_at);
    if (rest.size() < bytes.size() || std::memcmp(rest.data(), bytes.data(), bytes.size()) != 0)
        throw Error("{}: solved for another {} than this one", m_file->path().string(), what);
    m_at += bytes.size();
}

double SolvedIn::number() {
    expect("number ", "measure");
    double number = 0;
    const auto rest = m_file->head().subspan(m_at);
    if (rest.size() < sizeof(number))
        throw Error("{}: a number is cut short", m_file->path().string());
    std::memcpy(&number, rest.data(), sizeof(number));
    m_at += sizeof(number);
    return number;
}

std::function<Tile(Window)> SolvedIn::raster(const Grid& grid, std::uint64_t memory) {
    expect(in_words(grid), "grid");
    const auto raster = std::make_shared<const StoredRaster>(m_file, m_blocks, grid, memory);
    m_blocks += StoredRaster::blocks(grid);
    return [raster](Window window) { return raster->read(window); };
}

} // namespace zonerank::rasters
