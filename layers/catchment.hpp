// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/friction.hpp"
#include "layers/opportunities.hpp"
#include "rasters/travel/travel_sums.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::layers {

/// How far, in minutes or metres.
struct Reach {
    double limit;
    bool by_time;

    explicit Reach(const Quantity& quantity)
        : limit(quantity.value), by_time(quantity.unit.dimension == Dimension::time) {}
    Dimension dimension() const { return by_time ? Dimension::time : Dimension::length; }
};

/// The ground around a study from which something may count for its cells: over a
/// friction on that one's grid, otherwise on the study's.
class Catchment {
public:
    /// References are kept. Throws Error as Friction and friction_grid() do.
    Catchment(const Params& params, Sources& sources, const rasters::Grid& study, const Reach& reach);

    const rasters::Grid& grid() const { return m_friction ? m_friction->grid() : m_study; }
    const std::shared_ptr<const Friction>& friction() const { return m_friction; } ///< null for straight lines

    /// What may count for cells within `times` the reach of the study's. Of polygons and
    /// rasters by squares of the parameter `gather`, otherwise of a fiftieth of the limit,
    /// a minute being 1 km, or of a cell if that is larger.
    std::vector<rasters::Dot> dots(const OpportunityParameters& names, int times = 1);
    /// Of what dots() and weights() found and may mislead; empty: nothing.
    const std::string& hint() const { return m_hint; }

    // Over a friction:

    rasters::TravelSumOptions options() const;
    /// The same by cells. Throws Error for a point that is far from any ground.
    std::vector<rasters::TravelWeight> weights(const OpportunityParameters& names);
    /// How many cells are looked at for those weights, at the most.
    double cells_to_solve(const std::vector<rasters::TravelWeight>& weights) const;
    /// Throws Error for more cells than can be looked at in some hours.
    void check_cost(std::string_view measure, double cells) const;

private:
    bool only_points(const LayerNames& layers) const;

    const Params& m_params;
    Sources& m_sources;
    const rasters::Grid& m_study;
    Reach m_reach;
    std::shared_ptr<const Friction> m_friction;
    std::string m_hint;
};

} // namespace zonerank::layers
