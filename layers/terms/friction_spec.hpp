// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/params.hpp"
#include "layers/terms/slope_curve.hpp"
#include "rasters/core/geometry.hpp"
#include "rasters/crs.hpp"

#include <optional>
#include <string>
#include <vector>

namespace zonerank::layers {

/// How fast one moves along the lines of a layer, or over the ground that the classes
/// of a raster or a polygon layer tell, or a raster of speeds itself.
struct SpeedRule {
    std::string layer, where;
    std::string field;   ///< of the features' classes; empty: none, or a raster's
    Categories by_class; ///< km/h; empty: `speed` for all
    double speed = 0;    ///< km/h; 0 and no classes: a raster's values, in a unit of speed or pace
    std::string one_way; ///< field that says so: yes, true, 1 or, against the line, -1
    Mark mark;
};

/// What can't be crossed but along lines.
struct BarrierRule {
    std::string layer, where;
    bool outside = false;  ///< of the layer's polygons instead: abroad, at sea
    bool any_part = false; ///< of a cell that a polygon covers; otherwise its centre. Lines: always
    Mark mark;
};

/// What a point costs who passes it.
struct DelayRule {
    std::string layer, where;
    double minutes = 0;
    Mark mark;
};

/// A finer surface round the study's area.
struct NearSpec {
    double cell = 0;   ///< metres
    double within = 0; ///< metres from the study's area
    Mark mark;
};

/// What a study says under `friction`: how fast one moves, and where not at all.
struct FrictionSpec {
    double cell = 0; ///< metres; 0: the study's
    std::optional<NearSpec> near{};
    std::optional<rasters::Box> area{}; ///< in `crs`; none: the study's area and the targets
    rasters::Crs crs{};
    double ground = 5;   ///< km/h where no rule says else; 5 is walking pace
    std::string terrain; ///< elevations that slow down who goes over the ground; empty: level
    SlopeCurve slopes{};
    bool directed = false; ///< whether uphill and downhill differ; otherwise the mean of both ways counts
    std::vector<SpeedRule> speeds;
    std::vector<BarrierRule> barriers;
    std::vector<DelayRule> delays;
    Mark mark;
};

} // namespace zonerank::layers
