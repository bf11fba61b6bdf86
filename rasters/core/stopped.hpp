// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/error.hpp"

namespace zonerank {

/// Somebody has asked for the end. Nothing is wrong with any data: whoever takes an Error for a fault of what it
/// works on lets this one through. Nothing is put in front of it.
class Stopped : public PlacedError {
public:
    Stopped() : PlacedError("stopped") {}
};

} // namespace zonerank
