// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/crs.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

class GDALDataset;

namespace zonerank::rasters {

/// What files a study may open. Nothing of this can be set by a study: only by
/// who types the command.
struct Access {
    bool network = false;               ///< URLs, /vsi paths, databases
    std::vector<std::string> drivers{}; ///< GDAL drivers beyond the built-in list
};

/// The GDAL drivers that may open a file: the built-in list and those of
/// `access`. VRT is not among them: open() allows it file by file.
std::vector<std::string> allowed_drivers(const Access& access);

/// Throws Error when GDAL must not be given this name: a virtual path, a URL or
/// a connection string without `network`, or content in place of a name ("<VRT...").
/// Looks at the text alone; nothing is opened.
void check_name(const std::string& path, const Access& access);

/// Sets GDAL up for a whole process, once: error handler, drivers, no PAM files,
/// no schema downloads, no network in PROJ, cache size. Drivers that are not
/// allowed are taken out, so that no file can reach them through another.
/// Every function that opens calls it itself. Safe to call from any thread.
void initialise_gdal();

/// Lets the drivers and the network of `access` in, for the rest of the process.
/// open() calls it. Throws Error when GDAL has no such driver.
void allow(const Access& access);

enum class DatasetKind { raster, vector, any };

/// Opens a data set read-only, under all the rules above; a VRT only when each
/// source that it names passes them too and it holds no code and no SQL; tables in a session that
/// can't write. The handle is for one thread at a time. Throws Error: no such file, refused, no
/// allowed driver reads it, no server answers in five seconds, rasters asked of a database.
std::shared_ptr<GDALDataset> open(const std::string& path, DatasetKind kind, const Access& access);

/// The CRS of a raster, unknown when it names none. Throws Error when PROJ can't read it.
Crs crs_of(const GDALDataset& dataset);

/// GDAL complaints (CE_Failure and worse) of this thread since construction.
/// Nests; the messages do not reach the terminal.
class GdalComplaints {
public:
    GdalComplaints();
    ~GdalComplaints();
    GdalComplaints(const GdalComplaints&) = delete;
    GdalComplaints& operator=(const GdalComplaints&) = delete;

    int count() const;
    std::string first() const; ///< control characters replaced; empty when there is none

private:
    std::size_t m_from;
};

/// Files a data set consists of, main file first: those that GDAL lists, and beside each the companion_names() that
/// are there, which it reads without a word. Throws Error when it can't be opened.
std::vector<std::string> files_of(const std::string& path, const Access& access);

} // namespace zonerank::rasters
