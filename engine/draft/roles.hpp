// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/draft/found_data.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

/// What kinds of layer may play a role.
struct RoleGeometry {
    bool points = false, lines = false, polygons = false, raster = false;
};

/// A part that a layer can play in a study, and how it is recognised. Words and
/// values are separated by blanks.
struct Role {
    std::string_view name; ///< of the layer in the study: "motorways"
    std::string_view what; ///< in words: "motorways or their junctions"
    RoleGeometry geometry{};
    std::string_view words{};   ///< a name with one of them at the start of a word fits (three letters: a whole word)
    std::string_view without{}; ///< a name with one of these does not
    std::string_view values{};  ///< features with one of these are meant, in any field, or "power=plant": in that one
    std::string_view field{};   ///< words for a field of numbers that the layer must have
    std::string_view unit{};    ///< of that field, or of the raster
    std::string_view only{};    ///< fields that tell the ones that count: "scheduled=TRUE", "iata" (has a value)
    bool (*raster)(const rasters::Glance&) = nullptr; ///< whether a raster's numbers fit
    bool by_numbers = false;                          ///< a raster is recognised by them alone, whatever its name
};

/// All roles, in the order in which a study lists their layers.
std::span<const Role> roles();

/// Throws Error with the nearest name.
const Role& role_called(std::string_view name);

/// A layer that may play a role.
struct Guess {
    const Role* role = nullptr;
    const FoundLayer* layer = nullptr;
    std::string where;                ///< a condition in OGR's words; empty: all of it
    std::string field;                ///< of numbers, where the role needs one
    bool fraction = false;            ///< its numbers are shares of 1, not per cent
    std::string class_field;          ///< by which it was recognised; empty when by its name
    std::vector<std::string> classes; ///< the values found there that belong
    std::int64_t features = 0;        ///< how many are meant, as far as was looked
    int strength = 0;                 ///< 1: by name, 2: by what is in it, 3: both; one more where `only` has a value
};

/// Whether one of some words, separated by blanks, is in a name, at the start of one
/// of its own words; of three letters or less, as a whole one. Capitals, numbers
/// and signs part a name's words: "gridStation", "pop2023", "roads-main".
bool names_any(std::string_view name, std::string_view words);

/// Whether the layer may play the role, and how surely: strength 0 when not.
Guess guess(const Role& role, const FoundLayer& layer);

/// The best layer of each role that some layer can play: the surest, then that
/// with most features, then the first. In the roles' order.
std::vector<Guess> best_guesses(std::span<const FoundLayer> layers);

} // namespace zonerank::engine
