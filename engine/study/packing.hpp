// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/kind.hpp"
#include "layers/terms/problems.hpp"
#include "rasters/codec/block_encoder.hpp"

#include <span>
#include <string_view>

namespace zonerank::engine {

using PackingKind = layers::Kind<rasters::Packing (*)(const layers::Params&)>;

/// The table of ways to compress maps. Makers throw Error for a level or an error that
/// can't be meant.
std::span<const PackingKind> packings();

/// Checks a choice of one; what is wrong goes to `problems`, and the usual is taken.
rasters::Packing read_packing(const layers::Choice& choice, std::string_view what, layers::Problems& problems);

} // namespace zonerank::engine
