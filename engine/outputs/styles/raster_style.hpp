// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/outputs/styles/colours.hpp"
#include "rasters/categories.hpp"

#include <span>
#include <string>

namespace zonerank::engine {

/// A .qml file (QGIS 3.22 and later) of what stands within its root.
std::string style_document(const std::string& body);

/// A band shown by a ramp.
struct RampStyle {
    Ramp ramp = Ramp::score;
    double low = 0, high = 1;
    bool reversed = false; ///< the ramp's last colour for `low`: a rank's best is its lowest number
    int decimals = 1;      ///< of the labels
    std::string unit{};    ///< behind the numbers
};
std::string ramp_style(const RampStyle& style);

/// A band of classes. Those whose colour is transparent are left out.
std::string categories_style(std::span<const rasters::Category> categories);

} // namespace zonerank::engine
