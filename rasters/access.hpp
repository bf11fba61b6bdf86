// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace zonerank::rasters {

/// What files a study may open. Nothing of this can be set by a study: only by
/// who types the command.
struct Access {
    bool network = false;             ///< URLs, /vsi paths, databases
    std::vector<std::string> drivers; ///< GDAL drivers beyond the built-in list
};

/// Throws Error when GDAL must not be given this name: a virtual path or a URL
/// without `network`, or a name GDAL would take for inline content ("<VRT...").
void check_name(const std::string& path, const Access& access);

/// Sets GDAL up for a whole process, once: error handler, drivers, no PAM files,
/// no schema downloads, cache size. Every function that opens calls it itself.
void initialise_gdal();

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

/// Files a data set consists of, main file first, as GDAL lists them.
/// Throws Error when it can't be opened.
std::vector<std::string> files_of(const std::string& path, const Access& access);

} // namespace zonerank::rasters
