// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/sources.hpp"
#include "layers/terms/friction_spec.hpp"
#include "rasters/core/raster.hpp"
#include "rasters/distance.hpp"
#include "rasters/travel/relief.hpp"
#include "rasters/travel/road_steps.hpp"

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace zonerank::layers {

/// Adds a time to each cell in which one of some points lies: posts on a border, ports.
class Delays {
public:
    void add(const rasters::Grid& grid, rasters::Point at, double minutes);
    double minutes(rasters::Cell cell) const; ///< 0 for most
    bool empty() const { return m_minutes.empty(); }
    void each(rasters::Window window, const std::function<void(rasters::Cell, double)>& visit) const;

private:
    std::map<std::pair<int, int>, double> m_minutes; ///< by row and column; the longest of a cell's
};

/// How long it takes to move over the ground and along lines, on a grid of its own: what
/// a study's `friction` makes of its layers. Immutable; safe to ask from any thread.
class Friction {
public:
    /// Throws Error naming the layer: it can't be read, holds nothing of use, has a class
    /// without a speed.
    Friction(const FrictionSpec& spec, Sources& sources, const rasters::Grid& grid);

    const rasters::Grid& grid() const { return m_grid; }

    /// Minutes per metre over the ground at each cell, NaN where nothing crosses: on a
    /// barrier, beyond the data. Lines are not in it, nor are slopes and delays if there
    /// is a relief().
    rasters::Tile slowness(rasters::Window window) const;

    std::span<const rasters::RoadStep> roads() const { return m_roads; }
    /// Throws Error when there are lines, but none here: asked of the whole, not of `near`.
    void need_lines(const FrictionSpec& spec) const;

    /// What else a solver has to know where uphill and downhill differ; null otherwise. For
    /// a search that goes with those who travel, or back from where they go to.
    std::shared_ptr<const rasters::Relief> relief() const { return m_relief; }
    std::shared_ptr<const rasters::Relief> relief_back() const { return m_relief_back; }

private:
    /// What one rule makes of the ground that those before it left.
    using Change = std::function<void(rasters::Tile& slowness)>;

    void add_ground(const SpeedRule& rule, Sources& sources);
    void add_values(const std::string& raster, Sources& sources);
    void add_slope(const FrictionSpec& spec, Sources& sources);
    void add_relief(const FrictionSpec& spec, Sources& sources);
    void add_barrier(const BarrierRule& rule, Sources& sources);
    void add_delays(std::span<const DelayRule> rules, Sources& sources);

    rasters::Grid m_grid;
    double m_ground; ///< minutes per metre where nothing else is said
    std::vector<Change> m_changes;
    std::vector<rasters::RoadStep> m_roads;
    bool m_lines_elsewhere = false;
    Delays m_delays;
    std::shared_ptr<const rasters::Relief> m_relief, m_relief_back;
};

/// The lines that Friction::roads() are the steps of, read once more.
std::vector<rasters::RoadLine> road_lines(const FrictionSpec& spec, Sources& sources, const rasters::Grid& grid);

/// The fastest that anything moves, metres in a minute.
double fastest(const FrictionSpec& spec);

/// The grid of a friction surface over the study's grid and the targets (a box in
/// longitude and latitude): the study's own cells where `spec` names no other and its
/// CRS fits, else one of its own. Throws Error for more than 2^32 cells.
rasters::Grid friction_grid(const FrictionSpec& spec, const rasters::Grid& study, const rasters::Box& targets);

/// The finer grid of `spec.near`, in the study's CRS: its grid and so many metres around
/// it, as far as `far` reaches. Throws Error for cells that aren't finer than those of
/// `far`, and as friction_grid() does.
rasters::Grid near_grid(const FrictionSpec& spec, const rasters::Grid& study, const rasters::Grid& far);

} // namespace zonerank::layers
