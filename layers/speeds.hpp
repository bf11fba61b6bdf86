// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/sources.hpp"
#include "layers/terms/friction_spec.hpp"
#include "layers/terms/problems.hpp"
#include "rasters/travel/road_steps.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zonerank::layers {

/// Calls f; an Error that leaves it is told at the rule's own place, with `what` in front.
template <typename Rule, typename F>
void at_rule(const Rule& rule, std::string_view what, F&& f) {
    try {
        std::forward<F>(f)();
    } catch (const PlacedError&) {
        throw;
    } catch (const Error& error) {
        throw ErrorAt(rule.mark, fmt::format("{}: {}", what, error.what()));
    }
}

/// The speeds of a rule, by class.
class SpeedTable {
public:
    explicit SpeedTable(const SpeedRule& rule) : m_by_class(rule.by_class), m_speed(rule.speed) {}

    std::optional<double> of(const Field& value) const; ///< of a feature's field; null has the speed of `other`
    /// Of a class by its code and, where there are `names`, by its name. Nothing: the
    /// table holds neither it nor `other`.
    std::optional<double> of(float code, const std::vector<std::string>& names) const;

private:
    std::optional<double> find(std::optional<double> code, const std::string& name) const;

    Categories m_by_class;
    double m_speed;
};

/// Whether a rule's speeds are the values of its raster. Throws Error when it has no
/// speeds, and the raster no unit of speed or pace.
bool takes_values(const SpeedRule& rule, const Sources& sources);

/// Whether a rule is about lines; else it is about the ground. Throws Error when its
/// layer holds something else, or when field and table don't fit.
bool moves_along_lines(const SpeedRule& rule, const Sources& sources);

/// The lines of a rule in the grid's CRS, with their speeds and, where a field says them,
/// their levels (null: 0). Throws Error naming a class that has no speed, a level that is
/// no number.
void add_lines(const SpeedRule& rule, Sources& sources, const rasters::Grid& grid,
               std::vector<rasters::RoadLine>& lines, const std::string& level = {});

} // namespace zonerank::layers
