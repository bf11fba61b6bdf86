// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/sources.hpp"
#include "layers/vectors/sketch.hpp"

#include <string>
#include <vector>

namespace zonerank::engine {

/// A layer of the study as people see it on a small map, to know where they are.
struct ContextLayer {
    std::string name; ///< as the study calls it
    layers::Sketch sketch;
};

struct Context {
    layers::SketchFrame frame;        ///< the grid's box, in quarters of the display's pixels
    std::vector<ContextLayer> layers; ///< in the study's order; none of which nothing is in the frame
};

/// A quarter of a pixel where a grid is shown with half a million pixels, or a quarter of a cell if that is more.
layers::SketchFrame context_frame(const rasters::Grid& grid);

/// The vector layers whose features were read for a grid and are held still (see Sources::held): files are
/// not read again, and what nothing was measured from is not shown.
Context find_context(const layers::Sources& sources, const rasters::Grid& grid);

} // namespace zonerank::engine
