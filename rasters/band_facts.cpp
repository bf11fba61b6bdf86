// SPDX-License-Identifier: Apache-2.0
#include "rasters/band_facts.hpp"

#include "rasters/core/error.hpp"

#include <gdal_priv.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

namespace zonerank::rasters {

PixelTransform inverted(const PixelTransform& t) {
    const double determinant = t[1] * t[5] - t[2] * t[4];
    if (!std::isnormal(determinant))
        throw Error("its geotransform can't be inverted");
    const double a = t[5] / determinant, b = -t[2] / determinant, c = -t[4] / determinant, d = t[1] / determinant;
    return {-(t[0] * a + t[3] * b), a, b, -(t[0] * c + t[3] * d), c, d};
}

GDALRasterBand& band_of(GDALDataset& dataset, int band) {
    if (dataset.GetRasterCount() == 0) {
        char** parts = dataset.GetMetadata("SUBDATASETS");
        const char* first = CSLFetchNameValue(parts, "SUBDATASET_1_NAME");
        if (first != nullptr)
            throw Error("holds several data sets; name one of them, for example {}", first);
        throw Error("holds no raster");
    }
    if (band < 1 || band > dataset.GetRasterCount())
        throw Error("has no band {}; it has {}", band, dataset.GetRasterCount());
    return *dataset.GetRasterBand(band);
}

void BandFacts::hold_nodata(double value) {
    nodata = single ? static_cast<double>(static_cast<float>(value)) : value;
}

namespace {

constexpr std::int64_t largest_block = std::int64_t{1} << 30;

void check_blocks(GDALRasterBand& band) {
    int cols = 0, rows = 0;
    band.GetBlockSize(&cols, &rows);
    const std::int64_t bytes = std::int64_t{cols} * rows * GDALGetDataTypeSizeBytes(band.GetRasterDataType());
    if (bytes > largest_block)
        throw Error("is stored in blocks of {} x {} pixels; convert it to tiles first (gdal_translate -co TILED=YES)",
                    cols, rows);
    if (GDALDataTypeIsComplex(band.GetRasterDataType()) != 0)
        throw Error("holds complex numbers");
}

// GDAL before 3.7 has no such type, and other formats than TIFF have such bytes too.
bool has_signed_bytes(GDALRasterBand& band) {
    const char* type = band.GetMetadataItem("PIXELTYPE", "IMAGE_STRUCTURE");
    return band.GetRasterDataType() == GDT_Byte && type != nullptr && std::string_view(type) == "SIGNEDBYTE";
}

BandFacts facts_of(GDALDataset& dataset, GDALRasterBand& band) {
    BandFacts facts;
    facts.crs = crs_of(dataset);
    if (dataset.GetGeoTransform(facts.transform.data()) != CE_None)
        throw Error("{}", dataset.GetGCPCount() > 0
                              ? "is tied to the ground by control points only; warp it first (gdalwarp)"
                              : "has no georeferencing");
    inverted(facts.transform);
    facts.cols = dataset.GetRasterXSize();
    facts.rows = dataset.GetRasterYSize();
    if (std::max(facts.cols, facts.rows) > std::numeric_limits<int>::max() / 8)
        throw Error("has {} x {} pixels, which is too many", facts.cols, facts.rows);
    for (char** name = band.GetCategoryNames(); name != nullptr && *name != nullptr; ++name)
        facts.categories.emplace_back(*name);
    const std::string_view driver = dataset.GetDriverName();
    facts.one_at_a_time = driver == "netCDF" || driver == "HDF5" || driver == "HDF5Image";
    facts.classes = !facts.categories.empty() || band.GetColorTable() != nullptr;
    facts.masked = (band.GetMaskFlags() & (GMF_ALL_VALID | GMF_NODATA)) == 0;
    facts.tiff = driver == "GTiff";
    facts.single = band.GetRasterDataType() == GDT_Float32;
    facts.signed_bytes = has_signed_bytes(band);
    facts.scale = band.GetScale();
    facts.offset = band.GetOffset();
    int has_nodata = 0;
    if (const double nodata = band.GetNoDataValue(&has_nodata); has_nodata != 0)
        facts.hold_nodata(nodata);
    return facts;
}

} // namespace

BandFacts band_facts(const std::string& path, int band, const Access& access) {
    const auto dataset = open(path, DatasetKind::raster, access);
    return in_context(path, [&] {
        GDALRasterBand& found = band_of(*dataset, band);
        check_blocks(found);
        BandFacts facts = facts_of(*dataset, found);
        facts.path = path;
        if (!share_lattice(facts, facts))
            throw Error("has a geotransform that leads nowhere");
        return facts;
    });
}

Point offset_between(const BandFacts& a, const BandFacts& b) {
    return applied(inverted(a.transform), {b.transform[0], b.transform[3]});
}

bool share_lattice(const BandFacts& a, const BandFacts& b) {
    constexpr double slack = 0.01;
    if (!same(a.crs, b.crs))
        return false;
    const PixelTransform inverse = inverted(a.transform);
    // The near and the far corner of b must both fall on a's pixel corners.
    const Point start = offset_between(a, b);
    if (!(std::abs(start.x) < 1e8 && std::abs(start.y) < 1e8))
        return false;
    for (const Point corner : {Point{0, 0}, Point{1.0 * b.cols, 1.0 * b.rows}, Point{1.0 * b.cols, 0}}) {
        const Point here = applied(inverse, applied(b.transform, corner));
        if (std::abs(here.x - std::round(start.x) - corner.x) > slack ||
            std::abs(here.y - std::round(start.y) - corner.y) > slack)
            return false;
    }
    return true;
}

} // namespace zonerank::rasters
