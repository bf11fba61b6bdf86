// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/context.hpp"

#include <cstddef>

#include <nlohmann/json.hpp>

namespace zonerank::engine {

/// What a page has for the layers of its map, in bytes of JSON.
struct ContextRoom {
    std::size_t all = 600'000;
    std::size_t layer = 150'000; ///< at most, of one
};

/// The study's vector layers as the page draws them over its map:
/// {unit (metres), west, north, layers: [{name, tolerance (metres), points: PATH, lines: [PATH],
/// polygons: [[PATH]]}]}. A PATH is [x, y, dx, dy, dx, dy ...] in whole units to the east and to the
/// south of the corner. Layers that need more than their room are drawn plainer, twice the tolerance
/// at a time, without what is smaller than it; one that still has no room has `left_out`: "too many
/// features", and no paths. Who needs less than an equal part of the room leaves the rest to others.
/// `layers` is empty where there is nothing to draw. Takes milliseconds.
nlohmann::ordered_json context_json(const Context& context, const ContextRoom& room = {});

} // namespace zonerank::engine
