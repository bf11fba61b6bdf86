// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/vectors/features.hpp"

#include <string>
#include <vector>

namespace zonerank::layers {

/// Features as classes, by a field of theirs.
struct FeatureCodes {
    std::vector<std::string> names; ///< by code; empty where the field's whole numbers are the codes
    std::vector<float> codes;       ///< one per feature; NaN where the field is null
};

/// By the first of the fields read: whole numbers as they are, texts by their place in
/// the alphabet of those that occur. Throws Error naming the layer for numbers that are
/// no classes.
FeatureCodes codes_of(const FeatureSet& set, const std::string& layer);

} // namespace zonerank::layers
