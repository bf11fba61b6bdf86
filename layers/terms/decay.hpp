// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/kind.hpp"
#include "rasters/distance_sums.hpp"

#include <span>

namespace zonerank::layers {

/// Makes a decay of parameters that were read with the unit of the distance or time.
/// Throws Error for what can't be used.
using DecayMaker = rasters::Decay (*)(const Params& params);
using DecayKind = Kind<DecayMaker>;

/// The table of decays: what remains of a weight at d metres or minutes.
/// - exponential: 2^(-d / half), which is exp(-beta d) with beta = ln 2 / half (Wilson 1971)
/// - gaussian: 2^(-(d / half)^2) (Ingram 1971)
/// - power: 1 / (1 + (d / half)^exponent), which far away falls as Hansen's d^-exponent
///   (1959), and near by stays at 1 instead of growing without end
/// - table: straight between the points given, and level beyond the first and the last
std::span<const DecayKind> decays();

/// Everything counts whole.
void keep_all(std::span<double> far);

/// The decay that was chosen, for distances or times. Throws Error with all that is wrong.
rasters::Decay read_decay(const Choice& choice, Dimension dimension);

} // namespace zonerank::layers
