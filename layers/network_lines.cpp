// SPDX-License-Identifier: Apache-2.0
#include "layers/network_lines.hpp"

#include "layers/measures.hpp"
#include "layers/speeds.hpp"
#include "layers/terms/problems.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>

namespace zonerank::layers {

using rasters::Grid;
using rasters::RoadLine;

namespace {

constexpr std::string_view walking = "5 km/h", off_at_most = "5 km", touching = "1 m", at_vertices = "shared vertices";

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

Parameter length(std::string_view name, std::string_view help, std::string_view fallback, bool positive) {
    return {.name = name,
            .help = help,
            .type = Type::quantity,
            .dimension = Dimension::length,
            .fallback = fallback,
            .positive = positive};
}

/// A quantity, or what it is by default where the parameter may be left out without a fallback.
double number_of(const Params& params, std::string_view name, std::string_view usual, Dimension dimension) {
    return params.has(name) ? params.number(name) : convert(parse_quantity(usual), base_unit(dimension));
}

} // namespace

void need_network(const Params& params, const Sources& sources, std::string_view measure) {
    const std::vector<SpeedRule> rules = line_rules(sources);
    if (rules.empty())
        throw Error("{} needs lines and how fast one moves along them: a `friction` section with `speeds` of a layer "
                    "of lines",
                    measure);
    check_level(rules, sources, params.text("level"));
}

rasters::OffNetwork off_network(const Params& params, std::string_view off) {
    return {.minutes_per_metre = 0.06 / number_of(params, "access", walking, Dimension::speed),
            .within = number_of(params, off, off_at_most, Dimension::length)};
}

Network read_network(const Params& params, Sources& sources, const Grid& grid, std::string_view off) {
    const bool all = params.text("join") == "all crossings";
    Network network{.lines = lines_of(params, sources, grid),
                    .joining = {.snap = number_of(params, "snap", touching, Dimension::length),
                                .join = all ? rasters::Join::all_crossings : rasters::Join::shared_vertices},
                    .access = off_network(params, off),
                    .lengths = [crs = rasters::parse_crs(grid.crs)](const rasters::Path& path) {
                        return rasters::ellipsoidal_lengths(path, crs);
                    }};
    if (network.joining.snap < 0)
        throw Error("snap: expected 0 m or more, found {:g} m", network.joining.snap);
    need_lines_near(network.lines, grid, network.access.within);
    return network;
}

Parameter access_parameter() {
    return {.name = "access",
            .help = "speed off the lines, in a straight line; 5 km/h is walking pace",
            .type = Type::quantity,
            .dimension = Dimension::speed,
            .fallback = walking,
            .positive = true};
}

Parameter off_parameter(std::string_view name) {
    return length(name, "how far one goes off the lines at most, at each end", off_at_most, true);
}

Parameter snap_parameter() {
    return length("snap", "a line's end is joined to what is this near", touching, false);
}

Parameter join_parameter() {
    return {.name = "join",
            .help = "where one can turn from line to line: where they have a vertex in common, or wherever they cross",
            .type = Type::choice,
            .fallback = at_vertices,
            .choices = "shared vertices, all crossings"};
}

Parameter level_parameter() {
    return {.name = "level",
            .help = "field of the lines with their level, a whole number (bridges 1, tunnels -1): those of different "
                    "levels meet only at ends",
            .type = Type::text,
            .optional = true};
}

} // namespace zonerank::layers
