// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/json_output.hpp"
#include "engine/commands/telling.hpp"
#include "engine/outputs/ranking_table.hpp"
#include "engine/records/record_json.hpp"
#include "engine/records/verification.hpp"
#include "engine/rerun.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/version.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

namespace zonerank::engine {

namespace fs = std::filesystem;

namespace {

struct Options : StudyOptions {
    fs::path run, study_folder;
    bool again = false;
};

/// What a check found: the files, and with --rerun what another run gave.
struct Found {
    PastRun run;
    Verification files;
    std::optional<std::vector<RerunDifference>> again;

    bool as_was() const { return files.as_was() && (!again || again->empty()); }
};

std::optional<fs::path> folder_of(const Options& options, const PastRun& run) {
    if (options.study_folder.empty())
        return study_folder_of(run);
    std::error_code failed;
    if (!fs::is_directory(options.study_folder, failed))
        throw Error("{}: no such folder", options.study_folder.string());
    return options.study_folder;
}

Found find(const Options& options, const std::atomic<bool>& stop) {
    Found found{.run = read_past_run(options.run)};
    const auto folder = folder_of(options, found.run);
    found.files = verify(
        found.run, folder, [&stop] { return stop.load(); }, options.access());
    if (!options.again)
        return found;
    if (!folder)
        throw Error("{}: the manifest doesn't tell where the study lies; name its folder with --study",
                    options.run.string());
    ProgressLine progress = progress_line(options);
    found.again = rerun(found.run, *folder,
                        {.access = options.access(), .threads = options.threads, .progress = std::ref(progress)}, stop);
    return found;
}

std::string version_text(const PastRun& run) {
    return run.version == version ? fmt::format("the same version, zonerank {}", version)
                                  : fmt::format("another version: the run by {}, this one by {}", run.version, version);
}

std::string again_text(const Found& found, int width) {
    if (found.again->empty())
        return fmt::format("Run again ({}): all {} outputs are the same, byte by byte.\n", version_text(found.run),
                           found.run.outputs.size());
    std::vector<std::vector<std::string>> rows{{"output", "how it differs"}};
    for (const RerunDifference& difference : *found.again)
        rows.push_back({difference.path, difference.what});
    return fmt::format("Run again ({}): {} of {} outputs differ\n{}", version_text(found.run), found.again->size(),
                       found.run.outputs.size(), aligned(rows, "  ", width));
}

Json found_json(const Found& found) {
    Json json = verification_json(found.run, found.files);
    if (found.again) {
        json["as_was"] = found.as_was();
        json["rerun"] = {{"version", version}, {"same", found.again->empty()}};
        json["rerun"]["differences"] = Json::array();
        for (const RerunDifference& difference : *found.again)
            json["rerun"]["differences"].push_back({{"path", difference.path}, {"what", difference.what}});
    }
    return json;
}

int verify_run(const Options& options, const std::atomic<bool>& stop) {
    const Found found = find(options, stop);
    const int width = style_for(STDOUT_FILENO).width;
    if (options.json)
        print_json(found_json(found));
    else if (!options.quiet || !found.as_was())
        fmt::print("{}{}", verification_text(found.files, width), found.again ? "\n" + again_text(found, width) : "");
    return found.as_was() ? ok : users_error;
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<Options>();
    command.add_option("RUN", options->run, "a run's folder, or its manifest.json")->required();
    command.add_option("--study", options->study_folder,
                       "the study's folder, from which inputs are looked for (default: where it lay)");
    command.add_flag("--rerun", options->again,
                     "run the manifest's study again in a scratch folder (TMPDIR), and compare every output");
    add_json_option(command, options->json, "each file and its state");
    add_reading_options(command, *options);
    command.footer(R"(Reads every output and every input of the run again and compares their SHA-256 with those in its
manifest. What is as it was, changed, missing or new is told file by file; new files do no harm.
Exit code: 0 all is as it was, 1 something differs or can't be read, 2 wrong usage.
Example: zonerank verify examples/mirpur/out --rerun)");
    return [options](const std::atomic<bool>& stop) { return verify_run(*options, stop); };
}

} // namespace

Command verify_command() {
    return {"verify", "whether a run's results and inputs are still what they were, byte by byte", declare};
}

} // namespace zonerank::engine
