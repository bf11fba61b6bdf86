// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/done_before.hpp"

#include "engine/outputs/publish.hpp"
#include "engine/plan/plan_folder.hpp"
#include "engine/records/past_run.hpp"
#include "engine/text/version.hpp"
#include "engine/text/yaml.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <set>

namespace zonerank::engine {

namespace fs = std::filesystem;
using rasters::FileDescriptor;

namespace {

bool is_same(const fs::path& file, fs::file_time_type changed, const FileHash& hash) {
    std::error_code failed;
    return fs::last_write_time(file, failed) == changed && fs::file_size(file, failed) == hash.bytes && !failed;
}

bool outputs_are_there(const PastRun& run) {
    return std::ranges::all_of(run.outputs, [&](const ListedFile& output) {
        std::error_code failed;
        return fs::file_size(run.folder / output.path, failed) == output.bytes && !failed;
    });
}

fs::path in_folder(const Study& study, const std::string& path) {
    return fs::weakly_canonical(study.folder / path);
}

bool inputs_are_same(const PastRun& run, const Study& study, InputHashes& hashes, std::set<fs::path>& seen) {
    for (const PastInput& input : run.inputs) {
        if (input.elsewhere) // a database may hold anything by now
            return false;
        for (const ListedFile& file : input.files) {
            const fs::path path = in_folder(study, file.path);
            if (hashes.of(path).sha256 != file.sha256)
                return false;
            seen.insert(path);
        }
    }
    return true;
}

/// A pattern may match more files than it did.
bool reads_no_others(const Study& study, const std::set<fs::path>& seen) {
    const auto all_seen = [&](const std::vector<std::string>& paths) {
        return std::ranges::all_of(paths,
                                   [&](const std::string& path) { return seen.contains(in_folder(study, path)); });
    };
    return all_seen(study.area.paths) && (!study.sites || all_seen(study.sites->paths)) &&
           (!study.validate ||
            (all_seen(study.validate->good.paths) && (!study.validate->bad || all_seen(study.validate->bad->paths)))) &&
           std::ranges::all_of(study.layers, all_seen, &layers::LayerSpec::paths);
}

/// Tables of judgements are in no list of inputs: one that was changed after the run may hold others.
bool tables_are_older(const Study& study, const layers::Node& node, fs::file_time_type run) {
    const auto is_older = [&](const layers::Node& csv) {
        std::error_code failed;
        return !csv.is_scalar() || (fs::last_write_time(study.folder / csv.text, failed) <= run && !failed);
    };
    return std::ranges::all_of(node.items, [&](const auto& item) { return tables_are_older(study, item, run); }) &&
           std::ranges::all_of(node.entries, [&](const auto& entry) {
               return (entry.first != "csv" || is_older(entry.second)) && tables_are_older(study, entry.second, run);
           });
}

} // namespace

FileHash InputHashes::of(const fs::path& file) {
    const auto known = m_known.find(file);
    if (known != m_known.end() && is_same(file, known->second.changed, known->second.hash))
        return known->second.hash;
    std::error_code failed;
    const fs::file_time_type changed = fs::last_write_time(file, failed);
    if (failed)
        throw Error("{}: {}", file.string(), failed.message());
    FileHashes fresh;
    const FileHash hash = fresh.of(file);
    m_known.insert_or_assign(file, Known{changed, hash});
    return hash;
}

void InputHashes::of_source(const std::string& source, const std::function<std::vector<fs::path>()>& list) {
    auto parts = m_parts.find(source);
    if (parts == m_parts.end())
        parts = m_parts.emplace(source, list()).first; // what can't be listed stays unknown
    for (const fs::path& file : parts->second)
        of(file);
}

KnownFiles InputHashes::known() const {
    KnownFiles files{.hashes = {}, .parts = m_parts};
    for (const auto& [file, known] : m_known)
        if (is_same(file, known.changed, known.hash))
            files.hashes.emplace(file, known.hash);
    return files;
}

bool done_before(const fs::path& folder, const Study& study, InputHashes& hashes) {
    if (!fs::exists(folder / "manifest.json"))
        return false;
    try {
        const PastRun run = read_past_run(folder);
        std::set<fs::path> seen;
        return run.version == version && !run.sites_only && run.expanded == to_yaml(study.expanded) &&
               tables_are_older(study, study.expanded, fs::last_write_time(folder / "manifest.json")) &&
               outputs_are_there(run) && inputs_are_same(run, study, hashes, seen) && reads_no_others(study, seen);
    } catch (const Error&) {
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
