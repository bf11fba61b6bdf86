// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/done_before.hpp"

#include "engine/model/inputs.hpp"
#include "engine/outputs/manifest.hpp"
#include "engine/outputs/publish.hpp"
#include "engine/plan/plan_folder.hpp"
#include "engine/records/past_run.hpp"
#include "engine/text/version.hpp"
#include "engine/text/yaml.hpp"
#include "rasters/connection.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace zonerank::engine {

namespace fs = std::filesystem;
using rasters::FileDescriptor;

namespace {

bool outputs_are_there(const PastRun& run) {
    return std::ranges::all_of(run.outputs, [&](const ListedFile& output) {
        std::error_code failed;
        return fs::file_size(run.folder / output.path, failed) == output.bytes && !failed;
    });
}

using Paths = std::set<fs::path>;

Paths files_now(const Input& input, InputHashes& hashes) {
    Paths files;
    for (const std::string& source : input.paths)
        if (input.is_text)
            files.insert(fs::weakly_canonical(source));
        else if (!rasters::names_database(source))
            for (const fs::path& file : hashes.files_of(source))
                files.insert(fs::weakly_canonical(file));
    return files;
}

/// The files are the same, and no others: a folder or a pattern may hold more than it did.
bool files_are_same(const PastInput& past, const Input& input, const Study& study, InputHashes& hashes) {
    Paths then;
    for (const ListedFile& file : past.files)
        then.insert(fs::weakly_canonical(study.folder / file.path));
    return then == files_now(input, hashes) && std::ranges::all_of(past.files, [&](const ListedFile& file) {
               return hashes.of(study.folder / file.path).sha256 == file.sha256;
           });
}

bool tables_are_same(const PastInput& past, const Input& input, InputHashes& hashes) {
    std::vector<std::string> databases;
    std::ranges::copy_if(input.paths, std::back_inserter(databases), rasters::names_database);
    const auto is_same = [&](const PastTable& table, const std::string& database) {
        return table.database == database && table.table == input.layer &&
               hashes.of_table(database, input.layer).sha256 == table.sha256;
    };
    return std::ranges::equal(past.tables, databases, is_same);
}

/// Servers tell the same of them; of what nothing is told, anything may be there by now.
bool remotes_are_same(const PastInput& past, const Input& input, InputHashes& hashes) {
    std::vector<rasters::RemoteFile> now;
    for (const std::string& source : input.paths)
        if (!input.is_text && !rasters::names_database(source))
            std::ranges::copy(hashes.remotes_of(source), std::back_inserter(now));
    return !past.elsewhere && past.remotes == now;
}

/// What takes long to look at comes last.
bool inputs_are_same(const PastRun& run, const Study& study, InputHashes& hashes) {
    const std::vector<Input> inputs = inputs_of(study);
    const auto all = [&](const auto& is_same) { return std::ranges::equal(run.inputs, inputs, is_same); };
    return all([](const PastInput& past, const Input& input) { return past.layer == input.name; }) &&
           all([&](const auto& past, const auto& input) { return files_are_same(past, input, study, hashes); }) &&
           all([&](const auto& past, const auto& input) { return remotes_are_same(past, input, hashes); }) &&
           all([&](const auto& past, const auto& input) { return tables_are_same(past, input, hashes); });
}

/// What results say of their study beside what it says: its file's name, the way to it, where criteria came from.
bool is_called_the_same(const PastRun& run, const Study& study) {
    std::vector<std::pair<std::string, std::string>> ready, then;
    for (const ThemeSpec& theme : study.themes)
        for (const CriterionSpec& criterion : theme.criteria)
            if (!criterion.catalogue.empty())
                ready.emplace_back(criterion.name, criterion.catalogue);
    for (const NamedText& criterion : run.ready_criteria)
        then.emplace_back(criterion.name, criterion.text);
    return run.study_file == study.file.filename() && run.study_folder == way_to_study(run.folder, study) &&
           std::ranges::is_permutation(ready, then);
}

} // namespace

bool done_before(const fs::path& folder, const Study& study, InputHashes& hashes) {
    if (!fs::exists(folder / "manifest.json"))
        return false;
    try {
        const PastRun run = read_past_run(folder);
        return run.version == version && !run.sites_only && run.expanded == to_yaml(study.expanded) &&
               is_called_the_same(run, study) && outputs_are_there(run) && inputs_are_same(run, study, hashes);
    } catch (const Error&) {
        return false;
    } catch (const fs::filesystem_error&) { // of a path that leads nowhere
        return false;
    }
}

void clear_strays(const fs::path& folder) {
    try {
        const Staging clears_what_is_left(folder);
        const PlanFolder plan(PlanFolder::beside(folder));
        if (!plan.is_begun())
            return;
        const FileDescriptor lock = plan.lock(true);
        plan.remove();
    } catch (const Error&) { // of another's work
        return;
    }
}

} // namespace zonerank::engine
