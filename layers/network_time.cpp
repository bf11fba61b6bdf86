// SPDX-License-Identifier: Apache-2.0
#include "layers/network_time.hpp"

#include "layers/measures.hpp"
#include "layers/speeds.hpp"
#include "layers/terms/problems.hpp"
#include "rasters/core/error.hpp"
#include "rasters/network/network_times.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

namespace zonerank::layers {

using rasters::Grid;
using rasters::RoadLine;
using rasters::Shape;
using rasters::Window;

namespace {

/// The rules of the friction that are about lines.
std::vector<SpeedRule> line_rules(const Sources& sources) {
    std::vector<SpeedRule> rules;
    if (const FrictionSpec* friction = sources.friction_spec())
        for (const SpeedRule& rule : friction->speeds)
            at_rule(rule, "friction: speeds", [&] {
                if (moves_along_lines(rule, sources))
                    rules.push_back(rule);
            });
    return rules;
}

bool has_field(const Sources& sources, const std::string& layer, const std::string& field) {
    return columns({field}, sources.feature_info(layer).fields, true).front() >= 0;
}

// Bridges are told by the layers that know of them: roads, say, where railways don't.
void check_level(const std::vector<SpeedRule>& rules, const Sources& sources, const std::string& level) {
    const bool some =
        std::ranges::any_of(rules, [&](const SpeedRule& r) { return has_field(sources, r.layer, level); });
    if (!level.empty() && !some)
        sources.check_fields(rules.front().layer, "", {level}); // throws, and tells the nearest name
}

Unit network_unit(const Params& params, const Sources& sources) {
    check_features(params, sources, "to", "network time", {true, true, true});
    const std::vector<SpeedRule> rules = line_rules(sources);
    if (rules.empty())
        throw Error("network time needs lines and how fast one moves along them: a `friction` section with `speeds` "
                    "of a layer of lines");
    check_level(rules, sources, params.text("level"));
    return base_unit(Dimension::time);
}

std::vector<RoadLine> lines_of(const Params& params, Sources& sources, const Grid& grid) {
    const std::string& level = params.text("level");
    std::vector<RoadLine> lines;
    for (const SpeedRule& rule : line_rules(sources))
        at_rule(rule, "friction: speeds", [&] {
            const bool levels = !level.empty() && has_field(sources, rule.layer, level);
            add_lines(rule, sources, grid, lines, levels ? level : "");
        });
    return lines;
}

void need_lines_near(const std::vector<RoadLine>& lines, const Grid& grid, double within) {
    const rasters::Box around = grid.box();
    const auto near = [&](const RoadLine& line) {
        for (std::size_t i = 0; i + 1 < line.path.size(); ++i)
            if (squared_distance(rasters::Segment{line.path[i], line.path[i + 1]}, around) <= within * within)
                return true;
        return false;
    };
    if (std::ranges::none_of(lines, near))
        throw Error("no line of `friction: speeds` comes within {:g} km of the area", within / 1000);
}

std::vector<const Shape*> shapes_of(const std::vector<std::shared_ptr<const FeatureSet>>& sets) {
    std::vector<const Shape*> shapes;
    for (const auto& set : sets)
        for (const Feature& feature : set->features)
            shapes.push_back(&feature.shape);
    return shapes;
}

void need_targets_near(const rasters::NetworkReach& reach, double within) {
    if (reach.off > 0)
        throw Error(
            "{} of {} targets {} farther than {:g} km from every line of `friction: speeds` (the nearest: {:.3g} "
            "km); leave {} out with `where`, or take a larger `within`",
            reach.off, reach.targets, reach.off == 1 ? "lies" : "lie", within / 1000, reach.nearest_off / 1000,
            reach.off == 1 ? "it" : "them");
}

// A network in pieces looks like one on a map; from what its targets can't be reached
// there is only time by other lines, or none.
std::string hint_of(const rasters::NetworkReach& reach) {
    const double share = 100 * reach.lost / reach.minutes;
    if (share < 1)
        return "";
    return fmt::format("no target can be reached from {:.0f} % of the network, which falls into {} pieces; lines that "
                       "should meet may have to be joined: `snap`, or `join: all crossings`",
                       share, reach.parts);
}

Layer network_layer(const Params& params, Sources& sources, const Grid& grid) {
    const rasters::OffNetwork access{.minutes_per_metre = 0.06 / params.number("access"),
                                     .within = params.number("within")};
    const bool all = params.text("join") == "all crossings";
    const rasters::Joining joining{.snap = params.number("snap"),
                                   .join = all ? rasters::Join::all_crossings : rasters::Join::shared_vertices};
    std::vector<std::shared_ptr<const FeatureSet>> sets;
    for (const auto& entry : params.layers("to"))
        sets.push_back(sources.features(entry.second, params.text("where"), {}, grid));
    std::vector<RoadLine> lines = lines_of(params, sources, grid);
    need_lines_near(lines, grid, access.within);
    const rasters::NetworkTimes times(std::move(lines), shapes_of(sets), joining, access,
                                      [crs = rasters::parse_crs(grid.crs)](const rasters::Path& path) {
                                          return rasters::ellipsoidal_lengths(path, crs);
                                      });
    need_targets_near(times.reach(), access.within);
    const double limit = params.has("limit") ? params.number("limit") : rasters::Approaches::unlimited;
    return {.unit = base_unit(Dimension::time),
            .tile = [=](Window window) { return times.to_centres(grid, window, limit); },
            .hint = hint_of(times.reach())};
}

Parameter length(std::string_view name, std::string_view help, std::string_view fallback, bool positive) {
    return {.name = name,
            .help = help,
            .type = Type::quantity,
            .dimension = Dimension::length,
            .fallback = fallback,
            .positive = positive};
}

} // namespace

MeasureKind network_time_measure() {
    return {
        .name = "network time",
        .summary = "minutes to the nearest feature along the lines of the study's `friction: speeds`; none where no "
                   "line leads",
        .parameters = {to_parameter(),
                       where_parameter(),
                       limit_parameter(Dimension::time),
                       {.name = "access",
                        .help = "speed off the lines, in a straight line; 5 km/h is walking pace",
                        .type = Type::quantity,
                        .dimension = Dimension::speed,
                        .fallback = "5 km/h",
                        .positive = true},
                       length("within", "how far one goes off the lines at most, at each end", "5 km", true),
                       length("snap", "a line's end is joined to what is this near", "1 m", false),
                       {.name = "join",
                        .help = "where one can turn from line to line: where they have a vertex in common, or "
                                "wherever they cross",
                        .type = Type::choice,
                        .fallback = "shared vertices",
                        .choices = "shared vertices, all crossings"},
                       {.name = "level",
                        .help = "field of the lines with their level, a whole number (bridges 1, tunnels -1): those of "
                                "different levels meet only at ends",
                        .type = Type::text,
                        .optional = true}},
        .make = {.unit = network_unit, .layer = network_layer, .of_points = true, .none = "no line leads there"},
        .source = "Dijkstra 1959"};
}

} // namespace zonerank::layers
