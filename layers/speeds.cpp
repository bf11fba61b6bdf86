// SPDX-License-Identifier: Apache-2.0
#include "layers/speeds.hpp"

#include "layers/measures.hpp"
#include "layers/terms/problems.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace zonerank::layers {

std::optional<double> SpeedTable::find(std::optional<double> code, const std::string& name) const {
    return m_by_class.empty() ? m_speed : number_of(m_by_class, code, name);
}

std::optional<double> SpeedTable::of(const Field& value) const {
    const std::string text = to_text(value);
    return find(code_named(text), text);
}

std::optional<double> SpeedTable::of(float code, const std::vector<std::string>& names) const {
    const auto index = static_cast<std::size_t>(std::max(code, 0.0F));
    return find(static_cast<double>(code), index < names.size() ? names[index] : "");
}

static bool holds_lines(const SpeedRule& rule, const Sources& sources) {
    if (sources.is_raster(rule.layer))
        return false;
    const Geometries kinds = sources.feature_info(rule.layer).geometries;
    if (kinds.points || (kinds.lines && kinds.polygons))
        throw Error("layer '{}' holds {}; speeds are along lines, or over rasters or polygons of classes", rule.layer,
                    to_text(kinds, "and"));
    return kinds.lines;
}

bool takes_values(const SpeedRule& rule, const Sources& sources) {
    if (!rule.by_class.empty() || rule.speed > 0)
        return false;
    const Dimension unit = sources.is_raster(rule.layer) ? sources.spec(rule.layer).unit.dimension : Dimension::number;
    if (unit != Dimension::speed && unit != Dimension::pace)
        throw Error("layer '{}' needs `speed`; only a raster with a `unit` of speed or pace ({}, {}) tells it itself",
                    rule.layer, units_of(Dimension::speed), units_of(Dimension::pace));
    return true;
}

bool moves_along_lines(const SpeedRule& rule, const Sources& sources) {
    const bool raster = sources.is_raster(rule.layer), lines = holds_lines(rule, sources);
    for (const auto& [key, text] : {std::pair("by", rule.field), std::pair("where", rule.where)})
        if (raster && !text.empty())
            throw Error("{}: layer '{}' is a raster and has no fields", key, rule.layer);
    if (!raster)
        takes_values(rule, sources); // throws for want of speeds
    if (!raster && rule.field.empty() != rule.by_class.empty())
        throw Error("layer '{}' needs {}", rule.layer,
                    rule.field.empty() ? "`by`, the field with the class"
                                       : "`speed` by class: {motorway: 100 km/h, other: 30 km/h}");
    if (!lines && rule.by_class.empty() && !takes_values(rule, sources))
        throw Error("layer '{}' needs `speed` by class: {{40: 10 km/h, other: 5 km/h}}", rule.layer);
    if (!lines && !rule.one_way.empty())
        throw Error("one way: layer '{}' has no lines", rule.layer);
    return lines;
}

namespace {

enum class Direction { both, along, against };

Direction direction_of(const std::string& text) {
    static constexpr std::array along{"yes", "true", "1"};
    static constexpr std::array against{"-1", "reverse"};
    if (std::ranges::find(against, text) != against.end())
        return Direction::against;
    return std::ranges::find(along, text) != along.end() ? Direction::along : Direction::both;
}

std::vector<std::string> fields_of(const SpeedRule& rule, const std::string& level) {
    std::vector<std::string> fields;
    for (const std::string& field : {rule.field, rule.one_way, level})
        if (!field.empty())
            fields.push_back(field);
    return fields;
}

/// A bridge's or a tunnel's; on the ground where nothing is said.
int level_of(const Field& value, const std::string& layer) {
    const std::string text = to_text(value);
    const std::optional<double> level = text.empty() ? 0 : code_named(text);
    if (!level || !(std::abs(*level) <= 1000) || *level != std::floor(*level))
        throw Error("layer '{}': level: expected a whole number, found '{}'", layer, text);
    return static_cast<int>(*level);
}

void add_line(rasters::Path path, double speed, Direction direction, int level, std::vector<rasters::RoadLine>& lines) {
    if (direction == Direction::against)
        std::ranges::reverse(path);
    lines.push_back({std::move(path), speed, direction != Direction::both, level});
}

} // namespace

void add_lines(const SpeedRule& rule, Sources& sources, const rasters::Grid& grid,
               std::vector<rasters::RoadLine>& lines, const std::string& level) {
    const SpeedTable speeds(rule);
    const std::vector<std::string> fields = fields_of(rule, level);
    std::map<std::string, std::size_t> without;
    const auto set = sources.features(rule.layer, rule.where, fields, grid);
    for (const Feature& feature : set->features) {
        auto field = feature.fields.begin();
        const Field of = rule.field.empty() ? Field{} : *field++;
        const auto direction = rule.one_way.empty() ? Direction::both : direction_of(to_text(*field++));
        const int at = level.empty() ? 0 : level_of(*field, rule.layer);
        if (const auto speed = speeds.of(of))
            for (const rasters::Path& path : feature.shape.lines)
                add_line(path, *speed, direction, at, lines);
        else
            ++without[to_text(of)];
    }
    if (!without.empty())
        throw Error("layer '{}': no speed for {} '{}' ({} feature{}); give it one, or `other`", rule.layer, rule.field,
                    without.begin()->first, without.begin()->second, without.begin()->second == 1 ? "" : "s");
}

} // namespace zonerank::layers
