// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/json_output.hpp"
#include "engine/commands/telling.hpp"
#include "engine/explain.hpp"
#include "engine/outputs/ranking_table.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace zonerank::engine {

namespace {

struct Options : StudyOptions {
    std::string site;
};

std::unique_ptr<Explanation> explanation_of(Prepared& prepared, const Options& options, const std::atomic<bool>& stop) {
    ProgressLine progress = progress_line(options);
    return explain(
        prepared,
        {.site = options.site, .threads = options.threads, .tile = options.tile, .progress = std::ref(progress)}, stop);
}

int explain_site(const Options& options, const std::atomic<bool>& stop) {
    const auto prepared = prepare_and_tell(options, {}, stop);
    if (!prepared->problems.ok())
        return refused(*prepared, options);
    const auto found = explanation_of(*prepared, options, stop);
    tell_warnings(*prepared, options);
    fmt::print("{}",
               options.json ? explanation_json(*found) : explanation_text(*found, style_for(STDOUT_FILENO).width));
    return ok;
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<Options>();
    add_study_options(command, *options);
    add_tile_option(command, *options);
    command.add_option("SITE", options->site, "its name or its id")->required();
    add_json_option(command, options->json, "all that is told");
    command.footer(R"(It tells what the site's score is made of, what rules its ground out, which measurement or
which other weights would bring it one place up and to the top, what its nearest rivals have that
it has not, how sure its rank is, and which of the study's industries it suits.
Example: zonerank explain examples/mirpur/study.yaml "Jatlan")");
    return [options](const std::atomic<bool>& stop) { return explain_site(*options, stop); };
}

} // namespace

Command explain_command() {
    return {"explain", "why one site stands where it stands, and what would move it up; writes nothing", declare};
}

} // namespace zonerank::engine
