// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/node.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::layers {

/// A layer that a ready criterion needs, under the name it has there.
struct CatalogueInput {
    std::string_view role; ///< "substations"
    std::string_view help; ///< geometry, what belongs in it, and the layer's unit where it has one
};

/// A ready criterion: `power: {use: grid connection, of: substations}`.
///
/// `measure` and `value` are choices as a study writes them, in YAML's flow style.
/// In `measure` a text of a dollar sign and a role stands for the layer that the
/// study gives for it: "{distance: {to: $substations}}" (see with_layers).
/// Anchors are for a country's or district's industrial zones; `source` says where
/// they come from, "engineering judgement" included. An entry never changes: new
/// anchors are a new row with the next revision, the old one stays.
struct CatalogueEntry {
    std::string_view name; ///< [a-z][a-z0-9 -]*
    int revision = 1;
    std::string_view theme; ///< infrastructure, location, labor, connectivity
    std::string_view label;
    std::vector<CatalogueInput> inputs; ///< one: the study's `of` is that layer; several: a mapping of roles
    std::string_view measure, value;
    std::string_view why;    ///< why it matters, and why these anchors
    std::string_view source; ///< of the anchors
};

/// All entries, by theme, then as in the theme's table.
std::span<const CatalogueEntry> catalogue();

// The tables, each in the file of its theme.
std::vector<CatalogueEntry> infrastructure_criteria();
std::vector<CatalogueEntry> location_criteria();
std::vector<CatalogueEntry> labor_criteria();
std::vector<CatalogueEntry> connectivity_criteria();

/// The entry called "grid connection" (its latest revision) or "grid connection@1".
/// Throws Error with the nearest name or the revisions there are.
const CatalogueEntry& catalogue_entry(std::string_view name);

std::string full_name(const CatalogueEntry& entry); ///< "grid connection@1"

/// The entry's measure with the study's layers in place of the roles. `measure` is
/// the entry's, parsed; `of` a layer's name, a list of names, or, when the entry has
/// several inputs, a mapping of roles to those. The study's nodes are taken over with
/// their places in the file; a list within a list is joined to it. Throws Error
/// for a role that is unknown or missing.
Node with_layers(const Node& measure, const CatalogueEntry& entry, const Node& of);

} // namespace zonerank::layers
