// SPDX-License-Identifier: Apache-2.0
#include "rasters/geo_keys.hpp"

#include "rasters/access.hpp"
#include "rasters/codec/cog_layout.hpp"
#include "rasters/core/error.hpp"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

namespace zonerank::rasters {

namespace {

OGRSpatialReference reference_of(const Grid& grid) {
    OGRSpatialReference crs;
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (crs.importFromWkt(grid.crs.c_str()) != OGRERR_NONE)
        throw Error("the grid's CRS can't be read back: {}", grid.crs);
    return crs;
}

/// A file of GDAL's in memory, of a name that no other thread has.
class MemoryFile {
public:
    MemoryFile() {
        static std::atomic<unsigned> count = 0;
        m_name = "/vsimem/zonerank-keys-" + std::to_string(++count) + ".tif";
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { VSIUnlink(m_name.c_str()); }

    const char* name() const { return m_name.c_str(); }
    std::span<const GByte> bytes() const {
        vsi_l_offset n = 0;
        const GByte* data = VSIGetMemFileBuffer(m_name.c_str(), &n, FALSE);
        return {data, data ? static_cast<std::size_t>(n) : 0};
    }

private:
    std::string m_name;
};

// One cell of the grid, because GDAL has no function for the fields alone.
void write_cell(const char* name, const Grid& grid) {
    const OGRSpatialReference crs = reference_of(grid);
    double transform[] = {grid.edge_x(0), grid.cell, 0, grid.edge_y(0), 0, -grid.cell};
    CPLStringList options;
    options.SetNameValue("ENDIANNESS", "LITTLE");
    GdalComplaints complaints;
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    GDALDataset* data = driver ? driver->Create(name, 1, 1, 1, GDT_Byte, options.List()) : nullptr;
    const bool set = data && data->SetSpatialRef(&crs) == CE_None && data->SetGeoTransform(transform) == CE_None;
    if (data)
        GDALClose(data);
    if (!set || complaints.count() > 0)
        throw Error("the grid's CRS can't be written to a GeoTIFF: {}", complaints.first());
}

template <typename Number>
Number number_at(std::span<const GByte> file, std::size_t at) {
    Number number;
    if (at + sizeof number > file.size())
        throw Error("the grid's CRS can't be written to a GeoTIFF");
    std::memcpy(&number, file.data() + at, sizeof number);
    return number;
}

namespace tag {
constexpr std::uint16_t scale = 33550, tie_point = 33922, keys = 34735, numbers = 34736, texts = 34737;
} // namespace tag

bool is_place(std::uint16_t tag) {
    return tag == tag::scale || tag == tag::tie_point;
}

bool is_geo_key(std::uint16_t tag) {
    return is_place(tag) || tag == tag::keys || tag == tag::numbers || tag == tag::texts;
}

// Classic TIFF; all of these fields are too long to stand in the directory itself.
TiffField field_at(std::span<const GByte> file, std::size_t entry) {
    constexpr std::uint16_t ascii = 2, shorts = 3, doubles = 12;
    TiffField field{number_at<std::uint16_t>(file, entry), number_at<std::uint16_t>(file, entry + 2), 0, {}};
    field.count = number_at<std::uint32_t>(file, entry + 4);
    const std::size_t width = field.type == ascii ? 1 : field.type == shorts ? 2 : field.type == doubles ? 8 : 0;
    const std::size_t at = number_at<std::uint32_t>(file, entry + 8), bytes = width * field.count;
    if (width == 0 || bytes <= 4 || at + bytes > file.size())
        throw Error("the grid's CRS can't be written to a GeoTIFF");
    const auto data = std::as_bytes(file).subspan(at, bytes);
    field.data.assign(data.begin(), data.end());
    return field;
}

std::vector<TiffField> geo_fields(std::span<const GByte> file) {
    const std::size_t directory = number_at<std::uint32_t>(file, 4), count = number_at<std::uint16_t>(file, directory);
    std::vector<TiffField> fields;
    for (std::size_t i = 0; i < count; ++i)
        if (const std::size_t entry = directory + 2 + 12 * i; is_geo_key(number_at<std::uint16_t>(file, entry)))
            fields.push_back(field_at(file, entry));
    return fields;
}

Crs crs_in(const char* name) {
    const GdalComplaints complaints;
    const char* const drivers[] = {"GTiff", nullptr};
    const std::unique_ptr<GDALDataset> data(GDALDataset::Open(name, GDAL_OF_RASTER, drivers));
    return data ? crs_of(*data) : Crs{};
}

// Whether the corners of the grid lie where they should, to a thousandth of a cell, by a
// definition that was read back: names may have changed, and the ways to other datums.
bool same_places(const Grid& grid, const Crs& crs, const Crs& read) {
    const Box box = grid.box();
    const std::array<Point, 4> corners{
        Point{box.xmin, box.ymin}, {box.xmin, box.ymax}, {box.xmax, box.ymin}, {box.xmax, box.ymax}};
    std::array<Point, 4> moved = corners;
    Transform(read, crs).apply(moved);
    return std::ranges::equal(corners, moved, [&](Point p, Point q) {
        return std::abs(p.x - q.x) < grid.cell / 1000 && std::abs(p.y - q.y) < grid.cell / 1000;
    });
}

bool survives(const Grid& grid, const Crs& crs, const Crs& read) {
    if (!read.projected)
        return false;
    try {
        return same_places(grid, crs, read);
    } catch (const Error&) { // there is no way between the two
        return false;
    }
}

/// The number by which a projected CRS is known to GeoTIFF, 0 when it has none or is
/// not what the number stands for.
std::uint16_t key_of(const Crs& crs) {
    constexpr std::string_view epsg = "EPSG:";
    constexpr int first = 1024, last = 32766;
    if (!crs.projected || !crs.authority.starts_with(epsg))
        return 0;
    const int code = std::atoi(crs.authority.c_str() + epsg.size());
    return code >= first && code <= last && same(parse_crs(crs.authority), crs) ? static_cast<std::uint16_t>(code) : 0;
}

// As ESRI's programs know it, or else as only PROJ does.
std::string text_of(const Grid& grid, const Crs& crs) {
    const GdalComplaints complaints;
    const char* const options[] = {"FORMAT=WKT1_ESRI", nullptr};
    char* wkt = nullptr;
    const bool exported = reference_of(grid).exportToWkt(&wkt, options) == OGRERR_NONE;
    const std::unique_ptr<char, void (*)(void*)> owner(wkt, CPLFree);
    return exported && wkt && survives(grid, crs, parse_crs(wkt)) ? std::string(wkt) : crs.wkt;
}

TiffField key_field(std::initializer_list<std::array<std::uint16_t, 4>> keys) {
    std::vector<std::array<std::uint16_t, 4>> all{{1, 1, 0, static_cast<std::uint16_t>(keys.size())}};
    all.insert(all.end(), keys);
    const auto bytes = std::as_bytes(std::span(all));
    return {tag::keys, 3, 4 * all.size(), {bytes.begin(), bytes.end()}};
}

// What GDAL 3.6 reads, and so does QGIS, but does not write: the number of any CRS, and
// as in ESRI's files the whole definition instead of a name.
std::vector<TiffField> own_keys(const Grid& grid, const Crs& crs) {
    constexpr std::uint16_t model = 1024, raster = 1025, code = 3072, citation = 3073;
    constexpr std::uint16_t projected = 1, area = 1, user_defined = 32767;
    constexpr std::size_t longest = 2399; ///< that GDAL reads
    if (const std::uint16_t number = key_of(crs))
        return {key_field({{model, 0, 1, projected}, {raster, 0, 1, area}, {code, 0, 1, number}})};
    const std::string text = "ESRI PE String = " + text_of(grid, crs) + "|";
    if (text.size() > longest)
        throw Error("a GeoTIFF has no room for the definition of the CRS {}; choose one that has a code", crs.label());
    return {key_field({{model, 0, 1, user_defined},
                       {raster, 0, 1, area},
                       {code, 0, 1, user_defined},
                       {citation, tag::texts, static_cast<std::uint16_t>(text.size()), 0}}),
            tiff_text(tag::texts, text)};
}

} // namespace

std::vector<TiffField> geo_keys(const Grid& grid) {
    initialise_gdal();
    const MemoryFile memory;
    write_cell(memory.name(), grid);
    std::vector<TiffField> fields = geo_fields(memory.bytes());
    const Crs crs = parse_crs(grid.crs);
    if (!survives(grid, crs, crs_in(memory.name()))) {
        std::erase_if(fields, [](const TiffField& field) { return !is_place(field.tag); });
        std::ranges::move(own_keys(grid, crs), std::back_inserter(fields));
    }
    return fields;
}

} // namespace zonerank::rasters
