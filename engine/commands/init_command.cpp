// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/commands.hpp"
#include "engine/commands/study_options.hpp"
#include "engine/draft/draft_summary.hpp"
#include "engine/draft/draft_text.hpp"
#include "engine/draft/questions.hpp"
#include "engine/outputs/ranking_table.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/files.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <memory>

namespace zonerank::engine {

namespace fs = std::filesystem;

namespace {

struct Options {
    fs::path layers = ".", study = "study.yaml";
    std::string area, where, box, around, radius = "20 km", sites, sites_where, cell, title;
    bool overwrite = false, yes = false, json = false, quiet = false;
    std::vector<std::string> allow_drivers;

    rasters::Access access() const { return {.drivers = allow_drivers}; }
};

/// Whose `--where` it is: that of the area, or of the sites where these alone are named.
void choose_features(const Options& options, Wishes& wishes) {
    if (wishes.area)
        wishes.area->where = options.where;
    else if (wishes.sites && options.sites_where.empty())
        wishes.sites->where = options.where;
    else if (!options.where.empty())
        throw Error("--where chooses features of --area or of --sites; name one of them");
    if (!options.sites_where.empty())
        wishes.sites->where = options.sites_where;
}

Wishes wishes_of(const Options& options) {
    Wishes wishes{.study = fs::absolute(options.study).lexically_normal(), .title = options.title};
    const auto named = [&](const char* option, const std::string& text) {
        return in_context(option, [&] { return named_layer(text, options.layers); });
    };
    if (!options.area.empty())
        wishes.area = named("--area", options.area);
    if (!options.sites.empty())
        wishes.sites = named("--sites", options.sites);
    if (!options.box.empty())
        wishes.box = in_context("--box", [&] { return box_of(options.box); });
    if (!options.around.empty())
        wishes.box = in_context("--around", [&] { return box_around(options.around, options.radius); });
    if (!options.cell.empty())
        wishes.cell = in_context("--cell", [&] { return cell_of(options.cell); });
    choose_features(options, wishes);
    return wishes;
}

void check_target(const Options& options) {
    if (fs::is_directory(options.study))
        throw Error("{} is a folder; name a file, as in -o study.yaml", options.study.string());
    if (fs::exists(options.study) && !options.overwrite)
        throw Error("{} is there already; --overwrite replaces it", options.study.string());
    const fs::path folder = fs::absolute(options.study).parent_path();
    if (!fs::is_directory(folder))
        throw Error("there is no folder {}", folder.string());
}

/// Whole or not at all.
void write_whole(const fs::path& file, const std::string& text) {
    const rasters::Unfinished part(file.parent_path() / fmt::format(".{}.part-{}", file.filename().string(), getpid()));
    rasters::write_text(part.path(), text);
    rasters::sync(part.path());
    rasters::move_into_place(part.path(), file);
}

/// The sites first: a study without them would be none.
void write_draft(const Draft& draft, const Wishes& wishes, bool overwrite) {
    if (!draft.sites.file.empty()) {
        const fs::path sites = draft.sites.source->path;
        if (fs::exists(sites) && !overwrite)
            throw Error("{} is there already; --overwrite replaces it", fs::proximate(sites).string());
        write_whole(sites, draft.sites.file);
    }
    write_whole(wishes.study, draft_text(draft, wishes));
}

/// Errors name the folder, unless it is the one in which people are.
Draft drafted(const Options& options, const Wishes& wishes, const FoundData& data) {
    const auto draft = [&] { return draft_study(wishes, data, options.access()); };
    return options.layers == "." ? draft() : in_context(options.layers.string(), draft);
}

int init(const Options& options) {
    check_target(options);
    Wishes wishes = wishes_of(options);
    const rasters::Access access = options.access();
    const FoundData data = find_data(options.layers, access);
    if (!options.yes && !options.json && isatty(STDIN_FILENO) == 1 && !data.layers.empty())
        ask(wishes, data, options.layers, {std::cin, std::cout});
    const Draft draft = drafted(options, wishes, data);
    write_draft(draft, wishes, options.overwrite);
    if (options.json)
        fmt::print("{}", draft_json(draft, wishes, data));
    else if (!options.quiet)
        fmt::print("{}", draft_summary(draft, wishes, data, style_for(STDOUT_FILENO).width));
    return ok;
}

void add_places(CLI::App& command, Options& options) {
    auto* area = command.add_option("--area", options.area, "FILE or FILE:LAYER with the polygons of the area");
    command.add_option("--where", options.where, "which of its features, as in \"district = 'Mirpur'\"");
    auto* box = command.add_option("--box", options.box, "W,S,E,N in degrees, in place of a file");
    auto* around = command.add_option("--around", options.around, "LON,LAT: the area is a box around this place ...");
    command.add_option("--radius", options.radius, "... so far in all directions")->capture_default_str();
    area->excludes(box)->excludes(around);
    box->excludes(around);
    auto* sites = command.add_option("--sites", options.sites, "FILE or FILE:LAYER with the candidate sites");
    command.add_option("--sites-where", options.sites_where, "which of them")->needs(sites);
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<Options>();
    command.add_option("--layers", options->layers, "folder with the data")->capture_default_str();
    add_places(command, *options);
    command.add_option("--cell", options->cell, "side of a cell, as in 100m; default: about a million cells");
    command.add_option("--title", options->title, "of the study");
    command.add_option("-o,--output", options->study, "the study to write")->capture_default_str();
    command.add_flag("--overwrite", options->overwrite, "replace a study that is there");
    command.add_flag("-y,--yes", options->yes, "ask nothing, as when stdin is no terminal");
    command.add_flag("-q,--quiet", options->quiet, "print errors only");
    command.add_option("--allow-driver", options->allow_drivers, "let GDAL use this driver, too (repeatable)");
    add_json_option(command, options->json, "what was found, what it is taken for, and what is missing");
    return [options](const std::atomic<bool>&) { return init(*options); };
}

} // namespace

Command init_command() {
    return {"init", "look at a folder of data and write a study to begin with", declare};
}

} // namespace zonerank::engine
