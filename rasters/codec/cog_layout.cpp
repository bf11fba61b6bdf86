// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/cog_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <string>

namespace zonerank::rasters {

namespace {

enum : std::uint16_t {
    new_subfile_type = 254,
    image_width = 256,
    image_length = 257,
    bits_per_sample = 258,
    compression_tag = 259,
    photometric = 262,
    samples_per_pixel = 277,
    planar_configuration = 284,
    predictor_tag = 317,
    tile_width = 322,
    tile_length = 323,
    tile_offsets = 324,
    tile_byte_counts = 325,
    sample_format = 339,
    gdal_no_data = 42113,
    lerc_parameters = 50674,
};

enum : std::uint16_t { ascii = 2, short_type = 3, long_type = 4, long8_type = 16 };

template <typename Number>
TiffField field_of(std::uint16_t tag, std::uint16_t type, std::span<const Number> values) {
    const auto bytes = std::as_bytes(values);
    return {tag, type, values.size(), {bytes.begin(), bytes.end()}};
}

TiffField one_short(std::uint16_t tag, int value) {
    const std::uint16_t number = static_cast<std::uint16_t>(value);
    return tiff_shorts(tag, {&number, 1});
}

TiffField longs(std::uint16_t tag, std::vector<std::uint32_t> values) {
    return field_of<std::uint32_t>(tag, long_type, values);
}

TiffField side_of(std::uint16_t tag, int cells) {
    return cells <= UINT16_MAX ? one_short(tag, cells) : longs(tag, {static_cast<std::uint32_t>(cells)});
}

/// Sizes of the pieces of a directory.
struct Widths {
    bool big;
    std::uint16_t offset_type() const { return big ? long8_type : long_type; }
    std::size_t offset() const { return big ? 8 : 4; } ///< also what an entry has room for
    std::size_t count() const { return big ? 8 : 2; }
    std::size_t entry() const { return 4 + 2 * offset(); }
    std::size_t header() const { return big ? 16 : 8; }
};

// Fields whose values GDAL looks for behind all directories.
bool is_index(const TiffField& field) {
    return field.tag == tile_offsets || field.tag == tile_byte_counts;
}

struct Directory {
    std::vector<TiffField> fields;
    std::vector<std::uint64_t> places; ///< of values that an entry has no room for, otherwise 0
    std::uint64_t place = 0;
};

std::vector<TiffField> fields_of(const PyramidLevel& level, bool overview, const TileSizes& sizes,
                                 const BlockFormat& format, Widths widths) {
    const std::vector<std::byte> unknown(sizes.size() * widths.offset());
    std::vector<TiffField> fields{side_of(image_width, level.cols),
                                  side_of(image_length, level.rows),
                                  one_short(bits_per_sample, format.sample_bits),
                                  one_short(compression_tag, format.compression),
                                  one_short(photometric, 1), // the least is black
                                  one_short(samples_per_pixel, 1),
                                  one_short(planar_configuration, 1),
                                  one_short(tile_width, block_side),
                                  one_short(tile_length, block_side),
                                  {tile_offsets, widths.offset_type(), sizes.size(), unknown},
                                  longs(tile_byte_counts, sizes),
                                  one_short(sample_format, format.sample_format),
                                  tiff_text(gdal_no_data, format.no_data)};
    if (overview)
        fields.push_back(longs(new_subfile_type, {1}));
    if (format.lerc_version != 0)
        fields.push_back(longs(lerc_parameters, {format.lerc_version, 0})); // 0: not packed once more
    else
        fields.push_back(one_short(predictor_tag, format.predictor));
    return fields;
}

class Layout {
public:
    Layout(std::span<const PyramidLevel> levels, std::span<const TileSizes> sizes, const BlockFormat& format,
           std::vector<TiffField> fields, bool big);

    CogLayout result() const;
    bool fits() const { return m_widths.big || m_end <= UINT32_MAX; }

private:
    void place_values(Directory& directory, bool index);
    void place_directories();
    void place_tiles(std::span<const TileSizes> sizes);
    void emit(Bytes& head, const Directory& directory, std::uint64_t next) const;

    Widths m_widths;
    std::vector<Directory> m_directories;
    std::uint64_t m_head = 0, m_end = 0;
};

std::string structure_note() {
    const std::string text = "LAYOUT=IFDS_BEFORE_DATA\nBLOCK_ORDER=ROW_MAJOR\nBLOCK_LEADER=SIZE_AS_UINT4\n"
                             "BLOCK_TRAILER=LAST_4_BYTES_REPEATED\nKNOWN_INCOMPATIBLE_EDITION=NO\n ";
    return fmt::format("GDAL_STRUCTURAL_METADATA_SIZE={:06} bytes\n", text.size()) + text;
}

Layout::Layout(std::span<const PyramidLevel> levels, std::span<const TileSizes> sizes, const BlockFormat& format,
               std::vector<TiffField> fields, bool big)
    : m_widths{big} {
    for (std::size_t i = 0; i < levels.size(); ++i) {
        Directory& directory = m_directories.emplace_back();
        directory.fields = fields_of(levels[i], i > 0, sizes[i], format, m_widths);
        if (i == 0)
            std::ranges::move(fields, std::back_inserter(directory.fields));
        std::ranges::sort(directory.fields, {}, &TiffField::tag);
        directory.places.resize(directory.fields.size());
    }
    place_directories();
    place_tiles(sizes);
}

void Layout::place_values(Directory& directory, bool index) {
    for (std::size_t i = 0; i < directory.fields.size(); ++i) {
        const TiffField& field = directory.fields[i];
        if (is_index(field) != index || field.data.size() <= m_widths.offset())
            continue;
        directory.places[i] = m_head;
        m_head += (field.data.size() + 1) / 2 * 2; // at even places
    }
}

void Layout::place_directories() {
    m_head = (m_widths.header() + structure_note().size() + 1) / 2 * 2;
    for (Directory& directory : m_directories) {
        directory.place = m_head;
        m_head += m_widths.count() + directory.fields.size() * m_widths.entry() + m_widths.offset();
        place_values(directory, false);
    }
    for (Directory& directory : m_directories)
        place_values(directory, true);
}

void Layout::place_tiles(std::span<const TileSizes> sizes) {
    m_end = m_head;
    for (std::size_t level = sizes.size(); level-- > 0;) {
        std::vector<TiffField>& fields = m_directories[level].fields;
        std::byte* offset = std::ranges::find(fields, tile_offsets, &TiffField::tag)->data.data();
        for (const std::uint32_t size : sizes[level]) {
            const std::uint64_t at = m_end + tile_lead;
            std::memcpy(offset, &at, m_widths.offset());
            offset += m_widths.offset();
            m_end = at + size + tile_trail;
        }
    }
}

void put(Bytes& bytes, std::uint64_t at, const void* from, std::size_t n) {
    assert(at + n <= bytes.size());
    std::memcpy(bytes.data() + at, from, n);
}

void Layout::emit(Bytes& head, const Directory& directory, std::uint64_t next) const {
    const std::uint64_t count = directory.fields.size();
    std::uint64_t at = directory.place;
    put(head, at, &count, m_widths.count());
    at += m_widths.count();
    for (std::size_t i = 0; i < directory.fields.size(); ++i, at += m_widths.entry()) {
        const TiffField& field = directory.fields[i];
        put(head, at, &field.tag, 2);
        put(head, at + 2, &field.type, 2);
        put(head, at + 4, &field.count, m_widths.offset());
        const std::uint64_t value = at + 4 + m_widths.offset(), place = directory.places[i];
        if (place != 0)
            put(head, value, &place, m_widths.offset());
        put(head, place != 0 ? place : value, field.data.data(), field.data.size());
    }
    put(head, at, &next, m_widths.offset());
}

CogLayout Layout::result() const {
    CogLayout layout;
    layout.file_bytes = m_end;
    layout.head.resize(m_head);
    std::ranges::fill(layout.head, std::byte{0});
    const std::uint64_t first = m_directories.front().place;
    const std::uint16_t classic_magic = 42, big_magic = 43, offset_bytes = 8;
    put(layout.head, 0, "II", 2);
    put(layout.head, 2, m_widths.big ? &big_magic : &classic_magic, 2);
    if (m_widths.big)
        put(layout.head, 4, &offset_bytes, 2);
    put(layout.head, m_widths.header() - m_widths.offset(), &first, m_widths.offset());
    const std::string note = structure_note();
    put(layout.head, m_widths.header(), note.data(), note.size());
    for (std::size_t i = 0; i < m_directories.size(); ++i)
        emit(layout.head, m_directories[i], i + 1 < m_directories.size() ? m_directories[i + 1].place : 0);
    return layout;
}

} // namespace

TiffField tiff_shorts(std::uint16_t tag, std::span<const std::uint16_t> values) {
    return field_of(tag, short_type, values);
}

TiffField tiff_text(std::uint16_t tag, std::string_view text) {
    const std::string with_end = std::string(text) + '\0';
    return field_of<char>(tag, ascii, with_end);
}

CogLayout cog_layout(std::span<const PyramidLevel> levels, std::span<const TileSizes> sizes, const BlockFormat& format,
                     std::vector<TiffField> fields, TiffKind kind) {
    const Layout classic(levels, sizes, format, fields, false);
    if (kind == TiffKind::as_needed && classic.fits())
        return classic.result();
    return Layout(levels, sizes, format, std::move(fields), true).result();
}

} // namespace zonerank::rasters
