// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/zip.hpp"

#include "rasters/core/error.hpp"

#include <libdeflate.h>

#include <cassert>
#include <cstdint>
#include <limits>
#include <memory>
#include <new>

namespace zonerank::engine {

namespace {

constexpr std::uint16_t needed = 20, utf8_names = 1 << 11, deflated = 8, midnight = 0, first_of_1980 = 1 << 5 | 1;

template <typename Number>
void append(std::string& bytes, Number number) {
    for (std::size_t i = 0; i < sizeof(Number); ++i)
        bytes += static_cast<char>(static_cast<std::uint64_t>(number) >> 8 * i & 0xFF);
}

std::string deflate(const std::string& content) {
    const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(
        libdeflate_alloc_compressor(9), libdeflate_free_compressor);
    if (!compressor)
        throw std::bad_alloc();
    std::string packed(libdeflate_deflate_compress_bound(compressor.get(), content.size()), '\0');
    packed.resize(
        libdeflate_deflate_compress(compressor.get(), content.data(), content.size(), packed.data(), packed.size()));
    assert(!packed.empty()); // the bound holds all that it makes
    return packed;
}

/// What stands of a file both before it and in the directory at the end.
std::string facts(const ZipEntry& entry, const std::string& packed) {
    std::string bytes;
    for (const std::uint16_t number : {needed, utf8_names, deflated, midnight, first_of_1980})
        append(bytes, number);
    append(bytes, libdeflate_crc32(0, entry.content.data(), entry.content.size()));
    append(bytes, static_cast<std::uint32_t>(packed.size()));
    append(bytes, static_cast<std::uint32_t>(entry.content.size()));
    append(bytes, static_cast<std::uint16_t>(entry.name.size()));
    append(bytes, std::uint16_t{0}); // no extra field
    return bytes;
}

std::string directory_entry(const ZipEntry& entry, const std::string& facts, std::size_t at) {
    std::string bytes = "PK\1\2";
    append(bytes, needed); // made by
    bytes += facts;
    for (int i = 0; i < 3; ++i)
        append(bytes, std::uint16_t{0}); // no comment, first disk, binary
    append(bytes, std::uint32_t{0});     // no attributes
    append(bytes, static_cast<std::uint32_t>(at));
    return bytes + entry.name;
}

std::string end_of(std::size_t files, std::size_t directory_bytes, std::size_t at) {
    std::string bytes = "PK\5\6";
    append(bytes, std::uint32_t{0}); // one disk
    append(bytes, static_cast<std::uint16_t>(files));
    append(bytes, static_cast<std::uint16_t>(files));
    append(bytes, static_cast<std::uint32_t>(directory_bytes));
    append(bytes, static_cast<std::uint32_t>(at));
    append(bytes, std::uint16_t{0}); // no comment
    return bytes;
}

void check_size(const ZipEntry& entry, std::size_t archive) {
    constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max() / 2;
    if (entry.content.size() > most || archive > most || entry.name.size() > 0xFFFF)
        throw Error("{}: too large for a zip archive", entry.name);
}

} // namespace

std::string zip_archive(std::span<const ZipEntry> entries) {
    std::string archive, directory;
    for (const ZipEntry& entry : entries) {
        check_size(entry, archive.size());
        const std::string packed = deflate(entry.content);
        const std::string told = facts(entry, packed);
        directory += directory_entry(entry, told, archive.size());
        archive += "PK\3\4" + told + entry.name + packed;
    }
    const std::size_t at = archive.size();
    return archive + directory + end_of(entries.size(), directory.size(), at);
}

} // namespace zonerank::engine
