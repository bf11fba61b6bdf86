// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/codec/predictor.hpp"

#include <cstddef>

namespace zonerank::rasters {

/// Undoes the predictor floating_point of single samples of 4 bytes, 64 bytes at a time and
/// twice as fast as undo_predictor() does it otherwise. Both may be the same memory. False,
/// with nothing done, where kernels don't use AVX-512.
bool undo_floats_wide(const BlockShape& shape, const std::byte* stored, std::byte* values);

} // namespace zonerank::rasters
