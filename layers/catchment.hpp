// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/friction.hpp"
#include "layers/network_lines.hpp"
#include "layers/opportunities.hpp"
#include "rasters/sums/travel_sums.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::layers {

/// How far, in minutes or metres.
struct Reach {
    double limit;
    bool by_time;
    bool over_lines; ///< the minutes, as `over` says; otherwise over the friction

    /// `limit`: the parameter's name. Throws Error for metres over lines, and for a
    /// parameter of lines where there are none.
    Reach(const Params& params, std::string_view limit);
    Dimension dimension() const { return by_time ? Dimension::time : Dimension::length; }
};

/// The ground around a study from which something may count for its cells: over a
/// friction on that one's grid, otherwise on the study's.
class Catchment {
public:
    /// References are kept. Throws Error as Friction, friction_grid() and off_network() do.
    Catchment(const Params& params, Sources& sources, const rasters::Grid& study, const Reach& reach);

    const rasters::Grid& grid() const { return m_friction ? m_friction->grid() : m_study; }
    const std::shared_ptr<const Friction>& friction() const { return m_friction; } ///< null if not over it
    const Reach& reach() const { return m_reach; }

    /// What lies outside can't count for cells within `times` the reach of the study's.
    rasters::Box around(int times = 1) const;

    /// What may count for them, and points that lie farther. Of polygons and rasters by
    /// squares of the parameter `gather`, otherwise of a fiftieth of the limit, a minute
    /// being 1 km, or of a cell if that is larger.
    std::vector<rasters::Dot> dots(const OpportunityParameters& names, int times = 1);
    /// Of what dots() and weights() found and may mislead; empty: nothing.
    const std::string& hint() const { return m_hint; }

    bool only_points(const OpportunityParameters& names) const; ///< no layer of polygons, no raster
    double cells_in_reach() const;                              ///< that are looked at for each weight, at the most
    /// Throws Error for more cells than can be looked at in some hours.
    void check_cost(std::string_view measure, double cells) const;

    Network network() const { return read_network(m_params, m_sources, m_study, "off"); } ///< over lines

    // Over a friction:

    rasters::TravelSumOptions options() const;
    /// The same by cells. Throws Error for a point that is far from any ground.
    std::vector<rasters::TravelWeight> weights(const OpportunityParameters& names);
    /// How many cells are looked at for those weights, at the most.
    double cells_to_solve(const std::vector<rasters::TravelWeight>& weights) const;

private:
    const Params& m_params;
    Sources& m_sources;
    const rasters::Grid& m_study;
    Reach m_reach;
    double m_metres; ///< that lie between a weight and what it reaches, at the most, where there is no friction
    std::shared_ptr<const Friction> m_friction;
    std::string m_hint;
};

} // namespace zonerank::layers
