// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/link_files.hpp"

#include "engine/outputs/figures.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/listing.hpp"
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

// As exact as they are solved.
constexpr int digits = 7;

std::string number(double value) {
    return !std::isfinite(value) ? "null" : fmt::format("{}", to_digits(value, digits));
}

std::string cell(double value) {
    return csv_figure(value, digits);
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
    return fmt::format(R"("from":{},"to":{})", json_string(map.places[a].name), json_string(map.places[b].name));
}

std::string of_place(const LinkMap::Place& place) {
    const Standing& s = place.standing;
    const Point at = rounded(place.at);
    return feature(
        fmt::format(R"("kind":"place","name":{},"of":{},"links":{},"reached":{},"mean_minutes":{},"closeness":{},)"
                    R"("betweenness":{})",
                    json_string(place.name), json_string(place.of), s.links, s.reached, number(s.mean_minutes),
                    number(s.closeness), number(s.betweenness)),
        std::isnan(at.x) ? "null" : fmt::format(R"({{"type":"Point","coordinates":[{},{}]}})", at.x, at.y));
}

std::string of_way(const LinkMap& map, const LinkMap::Way& way) {
    const auto [a, b, minutes] = way.link;
    return feature(
        fmt::format(R"("kind":"link",{},"minutes":{},"minutes_there":{},"minutes_back":{},"kilometres":{},"cost":{})",
                    ends(map, a, b), number(minutes), number(map.minutes.at(a, b)), number(map.minutes.at(b, a)),
                    number(way.kilometres), number(way.cost)),
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
    for (const LinkMap::Place& place : map.places)
        features.push_back(of_place(place));
    for (const LinkMap::Way& way : map.ways)
        features.push_back(of_way(map, way));
    for (const LinkMap::Unknown& pair : map.unknown)
        if (pair.wanted)
            features.push_back(of_unknown(map, pair));
    return fmt::format("{{\"type\":\"FeatureCollection\",\n\"name\":{},\n\"features\":[\n{}\n]}}\n",
                       json_string(map.study), fmt::join(features, ",\n"));
}

std::string links_csv(const LinkMap& map) {
    std::string text = "from,to,linked,minutes,minutes_there,minutes_back,kilometres,cost,unknown\n";
    auto way = map.ways.begin();
    auto unknown = map.unknown.begin();
    for (std::size_t a = 0; a < map.places.size(); ++a)
        for (std::size_t b = a + 1; b < map.places.size(); ++b) {
            const bool linked = way != map.ways.end() && way->link.a == a && way->link.b == b;
            const bool none = unknown != map.unknown.end() && unknown->a == a && unknown->b == b;
            fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},{},{},{}\n", csv_field(map.places[a].name),
                           csv_field(map.places[b].name), linked ? "yes" : "no", cell(map.minutes.both_ways(a, b)),
                           cell(map.minutes.at(a, b)), cell(map.minutes.at(b, a)), linked ? cell(way->kilometres) : "",
                           linked ? cell(way->cost) : "", none ? csv_field(unknown->reason) : "");
            way += linked ? 1 : 0;
            unknown += none ? 1 : 0;
        }
    return text;
}

std::string places_csv(const LinkMap& map) {
    std::string text = "name,of,longitude,latitude,links,reached,mean_minutes,closeness,betweenness\n";
    for (const LinkMap::Place& place : map.places) {
        const Standing& s = place.standing;
        const Point at = rounded(place.at);
        fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},{},{},{}\n", csv_field(place.name),
                       csv_field(place.of), at.x, at.y, s.links, s.reached, cell(s.mean_minutes), cell(s.closeness),
                       cell(s.betweenness));
    }
    return text;
}

std::string links_table(const LinkMap& map) {
    std::vector<std::vector<std::string>> links{{"from", "to", "minutes", "there", "back", "km", "cost"}},
        places{{"place", "of", "links", "reached", "mean minutes", "closeness", "betweenness"}};
    for (const auto& [link, path, kilometres, cost] : map.ways)
        links.push_back({map.places[link.a].name, map.places[link.b].name, fixed(link.minutes, 1),
                         fixed(map.minutes.at(link.a, link.b), 1), fixed(map.minutes.at(link.b, link.a), 1),
                         fixed(kilometres, 1), fixed(cost, 1)});
    for (const LinkMap::Place& place : map.places) {
        const Standing& s = place.standing;
        places.push_back({place.name, place.of, fmt::format("{}", s.links), fmt::format("{}", s.reached),
                          fixed(s.mean_minutes, 1), fixed(s.closeness, 4), fixed(s.betweenness, 3)});
    }
    return aligned(links) + "\n" + aligned(places);
}

std::vector<std::string> unknown_lines(const LinkMap& map, std::size_t named) {
    std::vector<std::pair<std::string, std::vector<std::string>>> reasons;
    for (const LinkMap::Unknown& pair : map.unknown) {
        if (!pair.wanted || !map.places[pair.a].no_way.empty() || !map.places[pair.b].no_way.empty())
            continue;
        auto known = std::ranges::find(reasons, pair.reason, &std::pair<std::string, std::vector<std::string>>::first);
        if (known == reasons.end())
            known = reasons.insert(known, {pair.reason, {}});
        known->second.push_back(fmt::format("{} - {}", map.places[pair.a].name, map.places[pair.b].name));
    }
    std::vector<std::string> lines;
    for (const LinkMap::Place& place : map.places)
        if (!place.no_way.empty())
            lines.push_back(fmt::format("'{}' {}; it is linked to none", place.name, place.no_way));
    for (const auto& [reason, pairs] : reasons)
        lines.push_back(fmt::format("{}: {}", reason, listed(pairs, named)));
    return lines;
}

} // namespace zonerank::engine
