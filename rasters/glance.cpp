// SPDX-License-Identifier: Apache-2.0
#include "rasters/glance.hpp"

#include "rasters/core/error.hpp"

#include <gdal_priv.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace zonerank::rasters {

namespace {

constexpr int most_a_side = 256;
constexpr std::size_t most_classes = 64;

std::vector<double> some_pixels(GDALRasterBand& band) {
    const int cols = std::min(band.GetXSize(), most_a_side), rows = std::min(band.GetYSize(), most_a_side);
    std::vector<double> values(static_cast<std::size_t>(cols) * static_cast<std::size_t>(rows));
    const GdalComplaints complaints;
    if (band.RasterIO(GF_Read, 0, 0, band.GetXSize(), band.GetYSize(), values.data(), cols, rows, GDT_Float64, 0, 0,
                      nullptr) != CE_None)
        throw Error("can't be read: {}", complaints.first());
    return values;
}

bool is_whole(GDALDataType type) {
    return GDALDataTypeIsInteger(type) != 0;
}

/// No-data and what is no number goes; the rest becomes measurements.
void measure(GDALRasterBand& band, std::vector<double>& values) {
    int known = 0;
    const double nodata = band.GetNoDataValue(&known);
    std::erase_if(values, [&](double value) {
        return !std::isfinite(value) ||
               (known != 0 && (value == nodata || static_cast<float>(value) == static_cast<float>(nodata)));
    });
    const double scale = band.GetScale(), offset = band.GetOffset();
    for (double& value : values)
        value = value * scale + offset;
}

std::vector<int> classes_among(const std::vector<double>& values) {
    std::set<int> found;
    for (const double value : values) {
        if (value != std::floor(value) || std::abs(value) > 1e6 || found.size() > most_classes)
            return {};
        found.insert(static_cast<int>(value));
    }
    return found.size() > most_classes ? std::vector<int>{} : std::vector<int>(found.begin(), found.end());
}

} // namespace

Glance glance(const std::string& path, const Access& access) {
    Glance result{.info = inspect(RasterSource{.paths = {path}}, access)};
    const auto file = open(path, DatasetKind::raster, access);
    return in_context(path, [&] {
        GDALRasterBand& band = *file->GetRasterBand(1);
        std::vector<double> values = some_pixels(band);
        measure(band, values);
        result.unit = band.GetUnitType();
        result.description = band.GetDescription();
        result.whole = is_whole(band.GetRasterDataType());
        result.classes = classes_among(values);
        if (!values.empty()) {
            const auto [least, most] = std::ranges::minmax(values);
            result.least = least;
            result.most = most;
        }
        return result;
    });
}

} // namespace zonerank::rasters
