// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/vectors/features.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace zonerank::tests {

inline const rasters::Access only_files{};
inline const rasters::Crs no_crs{};

inline layers::FeatureSet read_in(const layers::FeatureSource& source, const rasters::Crs& target = no_crs) {
    return layers::read_features(source, target, 0.01, only_files);
}

inline std::string path_in(const Folder& folder, const std::string& name) {
    return folder / name;
}

inline std::string write_in(const Folder& folder, const std::string& name, const std::string& text) {
    write_file(folder / name, text);
    return folder / name;
}

inline std::vector<std::string> names(const Folder& folder) {
    std::vector<std::string> result;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
        result.push_back(entry.path().filename().string());
    std::sort(result.begin(), result.end());
    return result;
}

/// Tells the text when the part isn't in it.
inline bool holds(const std::string& text, const std::string& part) {
    INFO(text);
    CHECK(text.find(part) != text.npos);
    return text.find(part) != text.npos;
}

inline std::string feature(const std::string& properties, const std::string& geometry) {
    return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":)" + geometry + "}";
}

inline std::string collection(const std::string& features) {
    return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

inline std::string point(double x, double y) {
    return fmt::format(R"({{"type":"Point","coordinates":[{},{}]}})", x, y);
}

/// Roads of every class, one without.
inline std::string roads(const Folder& folder) {
    return write_in(folder, "roads.geojson",
                    collection(feature(R"("class":"motorway","lanes":4,"toll":1.5)", point(1, 1)) + "," +
                               feature(R"("class":"trunk","lanes":2,"toll":null)", point(2, 1)) + "," +
                               feature(R"("class":null,"lanes":1,"toll":0)", point(3, 1)) + "," +
                               feature(R"("class":"track","lanes":1,"toll":0)", point(4, 1))));
}

/// Well-known text with a column `id`, in UTM 43N metres.
inline layers::FeatureSource csv(const Folder& folder, const std::vector<std::string>& wkt) {
    std::string text = "id,wkt\n";
    for (std::size_t i = 0; i < wkt.size(); ++i)
        text += fmt::format("{},\"{}\"\n", i, wkt[i]);
    return {.paths = {write_in(folder, "shapes.csv", text)}, .crs = rasters::parse_crs("EPSG:32643")};
}

} // namespace zonerank::tests
