// SPDX-License-Identifier: Apache-2.0
#include "engine/records/run_difference.hpp"

#include "engine/model/inputs.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace fs = std::filesystem;

namespace {

const ListedFile* called(const std::vector<ListedFile>& files, const std::string& path) {
    const auto found = std::ranges::find(files, path, &ListedFile::path);
    return found == files.end() ? nullptr : &*found;
}

/// The same content under another name, which the other run does not have.
const ListedFile* renamed(const ListedFile& file, const std::vector<ListedFile>& from,
                          const std::vector<ListedFile>& to) {
    const auto found = std::ranges::find_if(
        to, [&](const ListedFile& other) { return other.sha256 == file.sha256 && !called(from, other.path); });
    return found == to.end() ? nullptr : &*found;
}

void add_changes(const std::string& layer, const std::vector<ListedFile>& before, const std::vector<ListedFile>& after,
                 std::vector<FileChange>& changes) {
    for (const ListedFile& file : before) {
        const ListedFile* now = called(after, file.path);
        if (now && now->sha256 == file.sha256)
            continue;
        const ListedFile* moved = now ? nullptr : renamed(file, before, after);
        const std::string what = now ? "content changed" : moved ? "renamed to " + moved->path : "gone";
        changes.push_back({layer, file.path, what, file.bytes, now ? now->bytes : moved ? moved->bytes : 0});
    }
    for (const ListedFile& file : after)
        if (!called(before, file.path) && !renamed(file, after, before))
            changes.push_back({layer, file.path, "added", 0, file.bytes});
}

/// A layer's files, tables, which have no size, and files on servers, with what these told in place of a hash.
std::vector<ListedFile> listed_of(const PastRun& run, const std::string& layer) {
    const auto found = std::ranges::find(run.inputs, layer, &PastInput::layer);
    if (found == run.inputs.end())
        return {};
    std::vector<ListedFile> all = found->files;
    for (const PastTable& table : found->tables)
        all.push_back({table.label(), 0, table.sha256});
    for (const rasters::RemoteFile& file : found->remotes)
        all.push_back({file.name, file.state->bytes, fmt::format("{} {}", file.state->modified, file.state->tag)});
    return all;
}

/// Manifests of earlier versions list neither tables of judgements nor what is on servers, which their studies name.
bool is_unlisted(const FileChange& change, const PastRun& run) {
    return (change.layer == judgements_input || !rasters::server_name(change.path).empty()) &&
           run.expanded.find(change.path) != std::string::npos;
}

std::vector<FileChange> input_changes(const PastRun& before, const PastRun& after) {
    std::vector<FileChange> changes;
    for (const PastInput& input : before.inputs)
        add_changes(input.layer, listed_of(before, input.layer), listed_of(after, input.layer), changes);
    for (const PastInput& input : after.inputs)
        if (std::ranges::find(before.inputs, input.layer, &PastInput::layer) == before.inputs.end())
            add_changes(input.layer, {}, listed_of(after, input.layer), changes);
    std::erase_if(changes, [&](const FileChange& change) {
        return (change.what == "added" && is_unlisted(change, before)) ||
               (change.what == "gone" && is_unlisted(change, after));
    });
    return changes;
}

/// Members of two lists by name: show(before or null, after or null), in the first's order, then the second's.
template <typename T, typename Show>
void side_by_side(const std::vector<T>& before, const std::vector<T>& after, Show&& show) {
    const auto find = [](const std::vector<T>& list, const std::string& name) {
        const auto found = std::ranges::find(list, name, &T::name);
        return found == list.end() ? nullptr : &*found;
    };
    for (const T& one : before)
        show(&one, find(after, one.name));
    for (const T& other : after)
        if (!find(before, other.name))
            show(static_cast<const T*>(nullptr), &other);
}

std::vector<WeightChange> weight_changes(const PastRun& before, const PastRun& after) {
    std::vector<WeightChange> changes;
    const auto weight = [](const NamedNumber* n) {
        return n && std::isfinite(n->number) ? std::optional(n->number) : std::nullopt;
    };
    side_by_side(before.weights, after.weights, [&](const NamedNumber* a, const NamedNumber* b) {
        changes.push_back({a ? a->name : b->name, weight(a), weight(b)});
    });
    return changes;
}

std::vector<MethodChange> method_changes(const PastRun& before, const PastRun& after) {
    std::vector<MethodChange> changes;
    const auto add = [&](const std::string& what, const std::string& was, const std::string& is) {
        if (was != is)
            changes.push_back({what, was, is});
    };
    const auto covers = [](const PastRun& run) { return run.sites_only ? "the sites only" : "the whole map"; };
    add("program's version", before.version, after.version);
    add("grid", before.grid, after.grid);
    add("what was scored", covers(before), covers(after));
    side_by_side(before.methods, after.methods, [&](const NamedText* a, const NamedText* b) {
        add(a ? a->name : b->name, a ? a->text : "", b ? b->text : "");
    });
    return changes;
}

std::vector<GroundChange> ground_changes(const std::vector<PastGround>& before, const std::vector<PastGround>& after) {
    std::vector<GroundChange> changes;
    const auto copy = [](const PastGround* g) { return g ? std::optional(*g) : std::nullopt; };
    side_by_side(before, after, [&](const PastGround* a, const PastGround* b) {
        changes.push_back({a ? a->name : b->name, copy(a), copy(b)});
    });
    return changes;
}

/// Why a file can't be compared; empty: it can.
std::string unread(const RunDifference& runs, const std::string& name) {
    for (const PastRun* run : {&runs.before, &runs.after}) {
        std::error_code failed;
        if (!called(run->outputs, name))
            return fmt::format("{} has no {}", run->folder.string(), name);
        if (!fs::is_regular_file(fs::symlink_status(run->folder / name, failed)))
            return fmt::format("{} is not there", (run->folder / name).string());
    }
    return "";
}

/// "local_roads_part" is the column of "local roads".
std::string column_stem(std::string criterion) {
    std::ranges::replace_if(
        criterion, [](char c) { return c == ' ' || c == '-'; }, '_');
    return criterion;
}

void compare_sites(RunDifference& runs) {
    runs.sites_unread = unread(runs, "ranking.csv");
    if (!runs.sites_unread.empty())
        return;
    runs.sites =
        rank_changes(read_sites(runs.before.folder / "ranking.csv"), read_sites(runs.after.folder / "ranking.csv"));
    for (SiteChange& change : runs.sites)
        for (const WeightChange& weight : runs.weights)
            if (!change.mover.empty() && column_stem(weight.criterion) == change.mover)
                change.mover = weight.criterion;
}

void compare_suitability(RunDifference& runs, const DifferenceOptions& options) {
    const std::string name = "suitability.tif";
    runs.map.reason = unread(runs, name);
    if (!runs.map.reason.empty())
        return;
    if (!options.map && called(runs.before.outputs, name)->sha256 == called(runs.after.outputs, name)->sha256)
        runs.map.difference.emplace(); // the same bytes
    else
        runs.map = compare_maps(runs.before.folder / name, runs.after.folder / name, options.map, options.stopped);
}

void compare_studies(RunDifference& runs) {
    try {
        runs.study = study_changes(runs.before.expanded, runs.after.expanded);
    } catch (const Error& e) { // the rest can still be told
        runs.study_unread = e.what();
    }
}

} // namespace

bool RunDifference::weights_differ() const {
    return std::ranges::any_of(weights, [](const WeightChange& w) { return w.before != w.after; });
}

bool RunDifference::same() const {
    const auto moved = [](const SiteChange& site) { return site.moved(); };
    const auto differs = [](const GroundChange& g) {
        return !g.before || !g.after || g.before->cells != g.after->cells;
    };
    return inputs.empty() && study.empty() && study_unread.empty() && !weights_differ() && methods.empty() &&
           std::ranges::none_of(sites, moved) && std::ranges::none_of(states, differs) &&
           std::ranges::none_of(constraints, differs) && (!map.difference || map.difference->same()) && outputs.empty();
}

RunDifference difference_of(PastRun before, PastRun after, const DifferenceOptions& options) {
    RunDifference runs{.before = std::move(before), .after = std::move(after)};
    runs.inputs = input_changes(runs.before, runs.after);
    compare_studies(runs);
    runs.weights = weight_changes(runs.before, runs.after);
    runs.methods = method_changes(runs.before, runs.after);
    compare_sites(runs);
    runs.states = ground_changes(runs.before.states, runs.after.states);
    runs.constraints = ground_changes(runs.before.constraints, runs.after.constraints);
    compare_suitability(runs, options);
    add_changes("", runs.before.outputs, runs.after.outputs, runs.outputs);
    return runs;
}

} // namespace zonerank::engine
