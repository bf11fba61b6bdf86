// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/json_output.hpp"
#include "engine/commands/left_files.hpp"
#include "engine/commands/telling.hpp"
#include "engine/connect.hpp"
#include "engine/outputs/figures.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>

namespace zonerank::engine {

namespace {

struct Options : StudyOptions {
    std::filesystem::path output;
    std::uint64_t memory = 0; ///< bytes; 0: the machine's
};

ConnectResult result_of(Prepared& prepared, const Options& options, const std::atomic<bool>& stop) {
    ConnectOptions wanted{.threads = options.threads, .memory = options.memory};
    if (!options.output.empty())
        wanted.output = options.output;
    ProgressLine progress = progress_line(options);
    wanted.progress = std::ref(progress);
    return connect(prepared, wanted, stop);
}

constexpr int digits = 9; ///< of figures, as in the files

Json places_json(const LinkMap& map) {
    Json list = Json::array();
    for (const LinkMap::Place& place : map.places)
        list.push_back({{"name", place.name},
                        {"of", place.of},
                        {"longitude", json_figure(place.at.x, digits)},
                        {"latitude", json_figure(place.at.y, digits)},
                        {"links", place.standing.links},
                        {"mean_minutes", json_figure(place.standing.mean_minutes, digits)},
                        {"closeness", json_figure(place.standing.closeness, digits)},
                        {"betweenness", json_figure(place.standing.betweenness, digits)},
                        {"no_way", place.no_way.empty() ? Json() : Json(place.no_way)}});
    return list;
}

/// The ends of a link by their numbers in `places`.
Json links_json(const LinkMap& map) {
    Json list = Json::array();
    for (const LinkMap::Way& way : map.ways)
        list.push_back({{"a", way.link.a},
                        {"b", way.link.b},
                        {"minutes", json_figure(way.link.minutes, digits)},
                        {"km", json_figure(way.kilometres, digits)},
                        {"cost", json_figure(way.cost, digits)}});
    return list;
}

Json result_json(const Prepared& prepared, const Options& options, const ConnectResult& result) {
    Json object = study_json(prepared, options);
    object["folder"] = std::filesystem::absolute(result.folder).string();
    object["seconds"] = result.seconds;
    object["places"] = places_json(result.map);
    object["links"] = links_json(result.map);
    Json& unknown = object["unknown"] = Json::array();
    for (const LinkMap::Unknown& pair : result.map.unknown)
        unknown.push_back({{"a", pair.a}, {"b", pair.b}, {"reason", pair.reason}});
    object["files"] = files_json(result.folder, result.outputs);
    object["kept"] = result.carried;
    return object;
}

int connect_places(const Options& options, const std::atomic<bool>& stop) {
    const auto prepared = prepare_and_tell(options, options.output, stop, Asked{.links = true});
    if (!prepared->problems.ok())
        return refused(*prepared, options);
    const ConnectResult result = result_of(*prepared, options, stop);
    tell_warnings(*prepared, options);
    if (options.json)
        print_json(result_json(*prepared, options, result));
    else if (!options.quiet)
        fmt::print("{}{}", links_table(result.map),
                   left_files_text(result.folder, result.outputs, result.carried, result.seconds));
    return ok;
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<Options>();
    add_study_options(command, *options);
    add_memory_option(command, options->memory);
    add_measuring_options(command, *options);
    command.add_option("-o,--output", options->output,
                       "folder to write (default: the study's output with -links at its end, such as out-links)");
    add_json_option(command, options->json, "places, links (their ends are numbers of places), files and warnings");
    command.footer(R"(The study says what is joined, beside its area, grid, layers and `friction`:
  links:
    between: [sites, ports]         the candidate zones, and features of layers
    network: minimum spanning tree  or pairwise, or nearest hub with `hubs: ports`
    limit: 10 h                     what is farther apart is not linked
    cost per hour: 900              of a link's cost, with `cost per km: 45`
Criteria are not needed. The folder gets links.geojson (places and ways, along the roads), links.csv
(each pair: minutes there and back, kilometres, cost, or why there is none), places.csv (closeness and
betweenness) and manifest.json. It takes the place of an earlier one in one step, or not at all.)");
    return [options](const std::atomic<bool>& stop) {
        return traced(*options, [&] { return connect_places(*options, stop); });
    };
}

} // namespace

Command connect_command() {
    return {"connect", "join zones, ports and other places by ways of the least travel time, as one network", declare};
}

} // namespace zonerank::engine
