// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/friction.hpp"
#include "layers/terms/params.hpp"
#include "rasters/travel/start_rays.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace zonerank::layers {

/// What the parameter `to` of a measure is: features that are travelled to.
class Targets {
public:
    /// In the grid's CRS. Throws Error as Sources::features() does.
    Targets(const Params& params, Sources& sources, const rasters::Grid& grid,
            const std::vector<std::string>& fields = {});

    rasters::Box box() const;
    std::size_t count() const;
    const FeatureSet& only() const { return *m_sets.front().second; } ///< of one layer

    /// Calls visit(layer, feature) for each, in order.
    template <typename Visit>
    void each(Visit&& visit) const {
        for (const auto& [name, set] : m_sets)
            for (const Feature& feature : set->features)
                visit(name, feature);
    }

private:
    std::vector<std::pair<std::string, std::shared_ptr<const FeatureSet>>> m_sets;
};

/// A friction, and where travel over it ends.
struct Ground {
    std::shared_ptr<const Friction> friction;
    std::vector<rasters::TravelStart> starts; ///< their targets count the features from 0 on

    const rasters::Grid& grid() const { return friction->grid(); }
    double cells() const { return static_cast<double>(grid().cols) * grid().rows; }
};

/// What of the targets lies on a friction's ground. Throws Error for one that can't be
/// travelled to, or lies outside; of a `part` of the ground, what lies outside is left out.
Ground ground_of(const Targets& targets, std::shared_ptr<const Friction> friction, bool part);

} // namespace zonerank::layers
