// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/json_output.hpp"
#include "engine/commands/telling.hpp"
#include "engine/measure.hpp"

#include <CLI/CLI.hpp>

namespace zonerank::engine {

namespace {

struct Options : StudyOptions {
    std::uint64_t memory = 0; ///< bytes; 0: the machine's
    std::string criterion;
    std::filesystem::path output;
    bool overwrite = false;
};

Json result_json(const Prepared& prepared, const Options& options) {
    const Criterion& criterion = prepared.decision.criteria[criterion_called(prepared.decision, options.criterion)];
    Json object = study_json(prepared, options);
    object["criterion"] = criterion.name;
    object["unit"] = criterion.map_unit().name;
    object["file"] = std::filesystem::absolute(options.output).string();
    object["bytes"] = std::filesystem::file_size(options.output);
    return object;
}

int measure_criterion(const Options& options, const std::atomic<bool>& stop) {
    const auto prepared =
        prepare_and_tell(options, options.output, stop, Asked{options.criterion, is_site_table(options.output)});
    if (!prepared->problems.ok())
        return refused(*prepared, options);
    {
        ProgressLine progress = progress_line(options);
        progress.set_cells(is_site_table(options.output) ? 0 : prepared->territory.grid.window().size());
        measure(*prepared,
                {.criterion = options.criterion,
                 .output = options.output,
                 .threads = options.threads,
                 .tile = options.tile,
                 .memory = options.memory,
                 .overwrite = options.overwrite,
                 .progress = std::ref(progress)},
                stop);
    }
    tell_warnings(*prepared, options);
    if (options.json)
        print_json(result_json(*prepared, options));
    return ok;
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<Options>();
    add_study_options(command, *options);
    add_tile_option(command, *options);
    add_memory_option(command, options->memory);
    add_measuring_options(command, *options);
    command.add_option("CRITERION", options->criterion, "its name in the study")->required();
    command
        .add_option("-o,--output", options->output,
                    "file to write: .tif, or .csv with cells, mean, min, p10, median, p90, max")
        ->required();
    command.add_flag("--overwrite", options->overwrite, "replace the file when it is there");
    add_json_option(command, options->json, "the file, its size, the criterion, its unit and warnings");
    return [options](const std::atomic<bool>& stop) {
        return traced(*options, [&] { return measure_criterion(*options, stop); });
    };
}

} // namespace

Command measure_command() {
    return {"measure", "what one criterion measures: a map (.tif), or its zonal statistics over the sites (.csv)",
            declare};
}

} // namespace zonerank::engine
