// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/routes/field_view.hpp"
#include "rasters/travel/spreading.hpp"
#include "rasters/travel/travel_time.hpp"

namespace zonerank::rasters {

/// Where a way goes on from a cell, and how.
struct Onward {
    double minutes = unreached; ///< of the cell, coming from there
    Point towards{};            ///< from the cell's centre
    Cell near{}, far{};         ///< the cells that `towards` points between
};

/// The quickest step back over the ground from a cell to where its time is less, as
/// time spreads by these options; infinite where there is none.
Onward quickest_back(FieldView& view, const TravelOptions& options, Cell cell);

/// Whether time passes from one cell to the other beside it without growing: ground that costs
/// nothing, or less than the field's last bit.
bool is_level(FieldView& view, const TravelOptions& options, Cell from, Cell to);

} // namespace zonerank::rasters
