// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/categories.hpp"

#include <span>
#include <string>

namespace zonerank::engine {

/// A .qml file (QGIS 3.22 and later) of what stands within its root.
std::string style_document(const std::string& body);

/// A band shown by the colours of scores from `low` to `high`, labelled with so many
/// decimals; a rank's best is its lowest number.
std::string ramp_style(double low, double high, bool lowest_is_best, int decimals);

/// A band of classes. Those whose colour is transparent are left out.
std::string categories_style(std::span<const rasters::Category> categories);

} // namespace zonerank::engine
