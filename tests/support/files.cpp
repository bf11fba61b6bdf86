// SPDX-License-Identifier: Apache-2.0
#include "tests/support/files.hpp"

#include "rasters/access.hpp"

#include <cpl_string.h>
#include <gdal_priv.h>
#include <gdal_utils.h>
#include <ogr_spatialref.h>

#include <stdexcept>

namespace zonerank::tests {

static void must(bool worked, const std::string& path) {
    if (!worked)
        throw std::runtime_error("the test can't write " + path + ": " + CPLGetLastErrorMsg());
}

std::string write_raster(const std::string& path, const MadeRaster& raster, std::span<const float> values) {
    rasters::initialise_gdal();
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    GDALDataset* file = driver->Create(path.c_str(), raster.cols, raster.rows, 1, GDT_Float32, nullptr);
    must(file != nullptr, path);
    double transform[] = {raster.west, raster.cell, 0, raster.north, 0, -raster.cell};
    file->SetGeoTransform(transform);
    OGRSpatialReference srs;
    if (!raster.crs.empty()) {
        srs.SetFromUserInput(raster.crs.c_str());
        file->SetSpatialRef(&srs);
    }
    file->GetRasterBand(1)->SetNoDataValue(raster.nodata);
    const CPLErr wrote =
        file->GetRasterBand(1)->RasterIO(GF_Write, 0, 0, raster.cols, raster.rows, const_cast<float*>(values.data()),
                                         raster.cols, raster.rows, GDT_Float32, 0, 0, nullptr);
    GDALClose(file);
    must(wrote == CE_None, path);
    return path;
}

std::string converted(const std::string& from, const std::string& to, const std::vector<std::string>& arguments) {
    rasters::initialise_gdal();
    CPLStringList list;
    for (const std::string& argument : arguments)
        list.AddString(argument.c_str());
    GDALDatasetH source = GDALOpenEx(from.c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr);
    must(source != nullptr, from);
    GDALVectorTranslateOptions* options = GDALVectorTranslateOptionsNew(list.List(), nullptr);
    GDALDatasetH result = GDALVectorTranslate(to.c_str(), nullptr, 1, &source, options, nullptr);
    GDALVectorTranslateOptionsFree(options);
    GDALClose(source);
    must(result != nullptr, to);
    GDALClose(result);
    return to;
}

} // namespace zonerank::tests
