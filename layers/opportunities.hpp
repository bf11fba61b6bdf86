// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/sources.hpp"
#include "layers/terms/params.hpp"
#include "rasters/core/grid.hpp"
#include "rasters/dots.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace zonerank::layers {

/// Which weights of which layers count, as a measure's parameters name them. With a
/// Similarity (`by`) each feature's weight is multiplied by its own; it may then be left
/// out, and is 1.
struct OpportunityParameters {
    std::string_view layers = "of";       ///< points or polygons with a field of weights, or rasters of counts
    std::string_view weight = "weight";   ///< the field
    std::string_view settled = "settled"; ///< where polygons' weights are, if not everywhere; empty: it can't be told
};

/// Weights at their places.
struct Opportunities {
    std::vector<rasters::Dot> dots;
    std::string hint; ///< of polygons without a settled part; empty: there are none
};

/// The unit of the weights, known before anything is read. Throws Error when a layer
/// holds something else, a field is missing, or the layers' units don't fit together.
Unit opportunities_unit(const Params& params, const Sources& sources, std::string_view measure,
                        const OpportunityParameters& names = {});

/// Weights at places of the grid's CRS: those of points at the points, which share their
/// feature's; those of polygons, spread over all of them or where they are Settled, and
/// of rasters at the middles of squares of `side` metres (see Spread). Of those only what
/// lies in `box`. Throws Error naming the layer and feature for a weight that is no number
/// of 0 or more, and as Similarity::check() and Settled do.
Opportunities opportunities(const Params& params, Sources& sources, const rasters::Grid& grid, const rasters::Box& box,
                            double side, const OpportunityParameters& names = {});

} // namespace zonerank::layers
