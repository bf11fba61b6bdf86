// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/vectors/inspect.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace zonerank::layers {

struct ValueCount {
    std::string value;
    std::int64_t count = 0;
    friend bool operator==(const ValueCount&, const ValueCount&) = default;
};

/// What a field holds, as far as it was looked at.
struct FieldSurvey {
    std::string name;
    bool tag = false;               ///< a key within `other_tags` (OSM), not a field of its own
    bool numbers = false;           ///< holds numbers; `least` and `most` are theirs
    double least = 0, most = 0;     ///< meaningless while `filled` is 0
    std::int64_t filled = 0;        ///< features whose value is neither null nor an empty text
    std::vector<ValueCount> values; ///< of texts and whole numbers, the most frequent first, then by alphabet
    bool more = false;              ///< there are others than `values`
};

/// One layer of a vector file: what it is and what is in it.
struct LayerSurvey {
    std::string layer;
    rasters::Crs crs;       ///< unknown when it names none
    rasters::Box extent;    ///< in its CRS; empty when it has no features or doesn't say
    std::int64_t count = 0; ///< of all features; of those looked at, where that is not known before (OSM)
    Geometries geometries;  ///< as declared, else those of the first hundred features
    std::vector<FieldSurvey> fields;
    std::int64_t looked_at = 0; ///< features
};

/// Looks at all layers with geometry of a vector file, at no more than `most`
/// features of each, in the file's order; of a file that is read as a whole (OSM) at all of
/// them, however many. Features are not read as geometry, but for the first
/// hundred where a layer declares no type. Throws Error naming the file: it can't be opened, or read.
std::vector<LayerSurvey> survey(const std::string& path, const rasters::Access& access, std::int64_t most);

/// The keys and values of a text as OSM's `other_tags` has it: "a"=>"b","c"=>"d".
/// What doesn't fit that is left out.
std::vector<std::pair<std::string, std::string>> tags_in(std::string_view text);

} // namespace zonerank::layers
