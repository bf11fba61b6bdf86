// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/link_files.hpp"

#include "engine/text/escape.hpp"
#include "engine/text/numbers.hpp"
#include "engine/text/text_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace zonerank::engine {

using rasters::Path;
using rasters::Point;

namespace {

std::string number(double value, int digits) {
    return std::isnan(value) ? "null" : fmt::format("{}", to_digits(value, digits));
}

std::string minutes_text(double minutes) {
    return std::isnan(minutes) ? "null" : fmt::format("{}", to_decimals(minutes, 2));
}

Point rounded(Point p) {
    return {to_decimals(p.x, 7), to_decimals(p.y, 7)};
}

/// A line in parts that do not cross the antimeridian (RFC 7946, 3.1.9).
std::vector<Path> cut_at_antimeridian(const Path& path) {
    std::vector<Path> parts(1);
    for (std::size_t i = 0; i < path.size(); ++i) {
        const Point p = path[i];
        if (i > 0 && std::abs(p.x - path[i - 1].x) > 180) {
            const Point before = path[i - 1];
            const double edge = before.x > 0 ? 180 : -180, to_edge = edge - before.x,
                         whole = std::remainder(p.x - before.x, 360);
            const double y = before.y + (whole != 0 ? to_edge / whole : 0) * (p.y - before.y);
            parts.back().push_back({edge, y});
            parts.push_back({{-edge, y}});
        }
        parts.back().push_back(p);
    }
    return parts;
}

Path without_repeats(const Path& path) {
    Path result;
    for (const Point p : path)
        if (const Point r = rounded(p); result.empty() || !(r == result.back()))
            result.push_back(r);
    if (result.size() == 1) // two places in one: a line of no length has two points, too
        result.push_back(result.front());
    return result;
}

std::string coordinates(const Path& path) {
    std::string json = "[";
    for (std::size_t i = 0; i < path.size(); ++i)
        fmt::format_to(std::back_inserter(json), "{}[{},{}]", i ? "," : "", path[i].x, path[i].y);
    return json + "]";
}

std::string geometry(const Path& path) {
    std::vector<std::string> parts;
    for (const Path& part : cut_at_antimeridian(path))
        parts.push_back(coordinates(without_repeats(part)));
    return parts.size() == 1 ? fmt::format(R"({{"type":"LineString","coordinates":{}}})", parts.front())
                             : fmt::format(R"({{"type":"MultiLineString","coordinates":[{}]}})", fmt::join(parts, ","));
}

std::string feature(const std::string& properties, const std::string& geometry) {
    return fmt::format(R"({{"type":"Feature","properties":{{{}}},"geometry":{}}})", properties, geometry);
}

std::string ends(const LinkMap& map, std::size_t a, std::size_t b) {
    return fmt::format(R"("from":{},"to":{})", json_string(map.nodes[a].name), json_string(map.nodes[b].name));
}

std::string of_node(const LinkMap::Node& node) {
    const Standing& s = node.standing;
    const Point at = rounded(node.at);
    return feature(
        fmt::format(R"("kind":"node","name":{},"of":{},"links":{},"reached":{},"mean_minutes":{},"closeness":{},)"
                    R"("betweenness":{})",
                    json_string(node.name), json_string(node.of), s.links, s.reached, minutes_text(s.mean_minutes),
                    number(s.closeness, 6), number(s.betweenness, 6)),
        std::isnan(at.x) ? "null" : fmt::format(R"({{"type":"Point","coordinates":[{},{}]}})", at.x, at.y));
}

std::string of_way(const LinkMap& map, const LinkMap::Way& way) {
    const auto [a, b, minutes] = way.link;
    return feature(fmt::format(R"("kind":"link",{},"minutes":{},"minutes_there":{},"minutes_back":{},"kilometres":{})",
                               ends(map, a, b), minutes_text(minutes), minutes_text(map.minutes.at(a, b)),
                               minutes_text(map.minutes.at(b, a)), to_decimals(way.kilometres, 3)),
                   geometry(way.path));
}

std::string of_unknown(const LinkMap& map, const LinkMap::Unknown& pair) {
    return feature(fmt::format(R"("kind":"unknown",{},"minutes":null,"reason":{})", ends(map, pair.a, pair.b),
                               json_string(pair.reason)),
                   "null");
}

} // namespace

std::string links_geojson(const LinkMap& map) {
    std::vector<std::string> features;
    for (const LinkMap::Node& node : map.nodes)
        features.push_back(of_node(node));
    for (const LinkMap::Way& way : map.ways)
        features.push_back(of_way(map, way));
    for (const LinkMap::Unknown& pair : map.unknown)
        features.push_back(of_unknown(map, pair));
    return fmt::format("{{\"type\":\"FeatureCollection\",\n\"name\":{},\n\"features\":[\n{}\n]}}\n",
                       json_string(map.study), fmt::join(features, ",\n"));
}

std::string links_csv(const LinkMap& map) {
    std::string text = "from";
    for (const LinkMap::Node& node : map.nodes)
        text += "," + csv_field(node.name);
    for (std::size_t from = 0; from < map.nodes.size(); ++from) {
        text += "\n" + csv_field(map.nodes[from].name);
        for (std::size_t to = 0; to < map.nodes.size(); ++to) {
            const double minutes = map.minutes.at(from, to);
            text += std::isnan(minutes) ? "," : fmt::format(",{}", to_decimals(minutes, 2));
        }
    }
    return text + "\n";
}

std::string links_table(const LinkMap& map) {
    std::vector<std::vector<std::string>> rows{
        {"node", "of", "links", "reached", "mean minutes", "closeness", "betweenness"}};
    for (const LinkMap::Node& node : map.nodes) {
        const Standing& s = node.standing;
        rows.push_back({node.name, node.of, fmt::format("{}", s.links), fmt::format("{}", s.reached),
                        fixed(s.mean_minutes, 1), fixed(s.closeness, 4), fixed(s.betweenness, 3)});
    }
    return aligned(rows);
}

std::vector<std::string> unknown_lines(const LinkMap& map, std::size_t named) {
    std::vector<std::pair<std::string, std::vector<std::string>>> reasons;
    for (const LinkMap::Unknown& pair : map.unknown) {
        auto known = std::ranges::find(reasons, pair.reason, &std::pair<std::string, std::vector<std::string>>::first);
        if (known == reasons.end())
            known = reasons.insert(known, {pair.reason, {}});
        known->second.push_back(fmt::format("{} - {}", map.nodes[pair.a].name, map.nodes[pair.b].name));
    }
    std::vector<std::string> lines;
    for (const auto& [reason, pairs] : reasons) {
        const std::size_t shown = std::min(named, pairs.size());
        lines.push_back(fmt::format("{}: {}{}", reason,
                                    fmt::join(pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                                    shown < pairs.size() ? fmt::format(" and {} more", pairs.size() - shown) : ""));
    }
    return lines;
}

} // namespace zonerank::engine
