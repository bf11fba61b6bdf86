// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/vectors/survey.hpp"
#include "rasters/access.hpp"
#include "rasters/glance.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// A raster, or a layer of a vector file, that lies in the folder.
struct FoundLayer {
    std::filesystem::path path;            ///< absolute
    std::string layer;                     ///< has to be named, because the file has several; else empty
    std::string called;                    ///< what it may be guessed from: the layer's name, or that of its file
    std::optional<rasters::Glance> raster; ///< of a raster
    layers::LayerSurvey survey;            ///< of a vector layer
    rasters::Box lonlat;                   ///< degrees; empty when it has no known place
};

/// A file that was not taken, and why, in one line.
struct SkippedFile {
    std::filesystem::path path;
    std::string why;
};

struct FoundData {
    std::vector<FoundLayer> layers; ///< by path, in each file's own order
    std::vector<SkippedFile> skipped;
};

/// How much is looked at, at most.
struct SearchLimits {
    int depth = 3;                      ///< folders within folders
    std::size_t files = 500;            ///< with names that data have
    std::int64_t features = 100'000;    ///< of each layer
    std::uintmax_t osm = 1'000'000'000; ///< bytes of a file that has to be read as a whole
};

/// Opens every file below `folder` whose name ends as those of data do, and looks
/// what is in it. Hidden files and folders, and folders of results (with a
/// manifest.json), are passed over; what can't be opened is in `skipped`.
/// Symbolic links to folders are not followed. Throws Error when the folder can't be read.
FoundData find_data(const std::filesystem::path& folder, const rasters::Access& access,
                    const SearchLimits& limits = {});

/// All layers of one file. Throws Error when it can't be opened.
std::vector<FoundLayer> layers_in(const std::filesystem::path& file, const rasters::Access& access,
                                  const SearchLimits& limits = {});

/// "11,841 lines; class: motorway, trunk, primary and 2 more".
std::string described(const FoundLayer& layer);

} // namespace zonerank::engine
