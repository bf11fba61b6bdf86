// SPDX-License-Identifier: Apache-2.0
#include "rasters/geo_keys.hpp"

#include "rasters/access.hpp"
#include "rasters/core/error.hpp"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <memory>
#include <string>

namespace zonerank::rasters {

namespace {

OGRSpatialReference crs_of(const Grid& grid) {
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
    const OGRSpatialReference crs = crs_of(grid);
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

bool is_geo_key(std::uint16_t tag) {
    constexpr std::uint16_t tags[] = {33550, 33922, 34735, 34736,
                                      34737}; // scale, tie point; keys, their numbers and texts
    return std::ranges::find(tags, tag) != std::end(tags);
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

} // namespace

std::vector<TiffField> geo_keys(const Grid& grid) {
    initialise_gdal();
    const MemoryFile memory;
    write_cell(memory.name(), grid);
    const std::span<const GByte> file = memory.bytes();
    const std::size_t directory = number_at<std::uint32_t>(file, 4), count = number_at<std::uint16_t>(file, directory);
    std::vector<TiffField> fields;
    for (std::size_t i = 0; i < count; ++i)
        if (const std::size_t entry = directory + 2 + 12 * i; is_geo_key(number_at<std::uint16_t>(file, entry)))
            fields.push_back(field_at(file, entry));
    return fields;
}

} // namespace zonerank::rasters
