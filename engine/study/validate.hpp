// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/node.hpp"
#include "layers/terms/problems.hpp"
#include "rasters/crs.hpp"

#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// Zones of which it is known how they did: features of their own, or some of the
/// study's candidate sites.
struct KnownSpec {
    std::vector<std::string> paths;
    std::string source_layer, where; ///< without a source or a layer: of the sites
    std::optional<rasters::Crs> crs{};
    bool override_crs = false;
    std::string layer; ///< a layer of the study instead of a path
    std::string name_field;
    std::vector<std::string> sites; ///< names or ids of candidate sites
    layers::Mark mark;

    bool on_map() const { return !paths.empty() || !layer.empty(); }
};

/// What a study says under `validate`.
struct ValidateSpec {
    KnownSpec good;
    std::optional<KnownSpec> bad; ///< none: against all other ground, or all other sites
    double cut = 0.5;             ///< scores from it on count as suitable
    layers::Mark mark;
};

/// Reads a study's `validate`; what is wrong goes to `problems`, at its place.
ValidateSpec read_validate(const layers::Node& node, bool has_sites, layers::Problems& problems);

} // namespace zonerank::engine
