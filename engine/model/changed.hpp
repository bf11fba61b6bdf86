// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/error.hpp"

namespace zonerank::engine {

/// An input was read in two states: nothing that was made of it is of use. Told from one of which nobody can tell just
/// now whether it has changed.
class Changed : public PlacedError {
    using PlacedError::PlacedError;
};

} // namespace zonerank::engine
