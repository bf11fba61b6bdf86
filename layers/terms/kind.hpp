// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/params.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::layers {

/// What has to be known before a tile can be computed.
enum class Need {
    none,
    halo,  ///< cells around the tile
    facts, ///< a few numbers over the whole map
    field, ///< a whole solved raster
};

/// One row of a table of things a study can name: a measure, a value function,
/// an aggregation. The row is the whole registration: reading a study, "did you
/// mean", `zonerank list` and the JSON Schema all come from it.
template <typename Make>
struct Kind {
    std::string_view name;    ///< as written in a study
    std::string_view summary; ///< one line, no full stop
    std::vector<Parameter> parameters{};
    Make make{};
    std::string_view source{}; ///< where the method comes from (author, year)
    Need need = Need::none;
    std::vector<std::string_view> properties{}; ///< what it keeps whatever it is given: words of the field
};

template <typename Make>
std::vector<std::string> names(std::span<const Kind<Make>> kinds) {
    std::vector<std::string> result;
    for (const auto& kind : kinds)
        result.emplace_back(kind.name);
    return result;
}

/// The row called `name`. Throws Error with the nearest name, or all of them.
template <typename Make>
const Kind<Make>& find(std::span<const Kind<Make>> kinds, std::string_view what, std::string_view name) {
    for (const auto& kind : kinds)
        if (kind.name == name)
            return kind;
    throw Error("{}", unknown(what, name, names(kinds)));
}

} // namespace zonerank::layers
