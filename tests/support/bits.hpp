// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"

#include <cstring>
#include <span>

namespace zonerank::tests {

// Whether numbers are the same to the last bit: no data equals no data, and 0 is not -0.

inline bool same_bits(std::span<const float> a, std::span<const float> b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

template <typename T>
bool same_bits(const rasters::Raster<T>& a, const rasters::Raster<T>& b) {
    return a.window() == b.window() && std::memcmp(a.values().data(), b.values().data(), a.values().size_bytes()) == 0;
}

} // namespace zonerank::tests
