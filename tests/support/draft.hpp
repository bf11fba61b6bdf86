// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/draft/draft.hpp"
#include "engine/draft/found_data.hpp"
#include "tests/support/folder.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace zonerank::tests {

inline const rasters::Access only_files{};

/// A feature of GeoJSON: R"("class": "trunk")" and its geometry.
inline std::string feature(const std::string& properties, const std::string& geometry) {
    return fmt::format(R"({{"type": "Feature", "properties": {{{}}}, "geometry": {}}})", properties, geometry);
}

inline std::string point(double lon, double lat) {
    return fmt::format(R"({{"type": "Point", "coordinates": [{}, {}]}})", lon, lat);
}

inline std::string line(double west, double east, double lat) {
    return fmt::format(R"({{"type": "LineString", "coordinates": [[{}, {}], [{}, {}]]}})", west, lat, east, lat);
}

/// Its south-west corner and side, in degrees.
inline std::string square(double lon, double lat, double side) {
    return fmt::format(
        R"({{"type": "Polygon", "coordinates": [[[{0}, {1}], [{2}, {1}], [{2}, {3}], [{0}, {3}], [{0}, {1}]]]}})", lon,
        lat, lon + side, lat + side);
}

inline std::string write_features(const Folder& folder, const std::string& name,
                                  const std::vector<std::string>& features) {
    write_file(folder / name,
               fmt::format(R"({{"type": "FeatureCollection", "features": [{}]}})", fmt::join(features, ",\n")));
    return folder / name;
}

/// The one layer of a file that a test has written.
inline engine::FoundLayer found(const Folder& folder, const std::string& name,
                                const std::vector<std::string>& features) {
    return engine::layers_in(write_features(folder, name, features), only_files).front();
}

} // namespace zonerank::tests
