// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/telling.hpp"
#include "engine/connect.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>

namespace zonerank::engine {

namespace {

struct Options : StudyOptions {
    std::filesystem::path output;
};

ConnectResult result_of(Prepared& prepared, const Options& options, const std::atomic<bool>& stop) {
    ConnectOptions wanted{.threads = options.threads};
    if (!options.output.empty())
        wanted.output = options.output;
    ProgressLine progress = progress_line(options);
    wanted.progress = std::ref(progress);
    return connect(prepared, wanted, stop);
}

int connect_places(const Options& options, const std::atomic<bool>& stop) {
    const auto prepared = prepare_and_tell(options, options.output, stop, Asked{.links = true});
    if (!prepared->problems.ok())
        return users_error;
    const ConnectResult result = result_of(*prepared, options, stop);
    tell_warnings(*prepared, options);
    if (!options.quiet)
        fmt::print("{}{}", links_table(result.map),
                   outputs_text(result.folder, result.outputs, result.carried, result.seconds));
    return ok;
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<Options>();
    add_study_options(command, *options);
    add_measuring_options(command, *options);
    command.add_option("-o,--output", options->output,
                       "folder to write (default: the study's output with -links at its end, such as out-links)");
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
