// SPDX-License-Identifier: Apache-2.0
#include "engine/records/verification.hpp"

#include "engine/outputs/file_hashes.hpp"
#include "engine/text/sha256.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/wording.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/parallel.hpp"
#include "rasters/core/stopped.hpp"

#include <algorithm>
#include <set>

namespace zonerank::engine {

namespace fs = std::filesystem;

std::string_view state_text(FileState state) {
    switch (state) {
    case FileState::as_was:
        return "as it was";
    case FileState::changed:
        return "changed";
    case FileState::missing:
        return "missing";
    case FileState::added:
        return "new";
    case FileState::unreadable:
        return "can't be read";
    case FileState::unlooked:
        return "not looked at";
    }
    return "";
}

bool Verification::as_was() const {
    return std::ranges::all_of(files, [](const CheckedFile& file) {
        return file.state == FileState::as_was || file.state == FileState::added || file.state == FileState::unlooked;
    });
}

std::size_t Verification::count(FileState state, bool inputs) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        files, [&](const CheckedFile& file) { return file.state == state && file.is_input() == inputs; }));
}

namespace {

/// A file to be looked at: its place in the result, what it was, where it lies.
struct Task {
    std::size_t index;
    ListedFile listed;
    fs::path place;
    bool through_links; ///< an input may be a link; an output is what the run wrote
};

void look(const Task& task, CheckedFile& file) {
    std::error_code failed;
    const auto status = task.through_links ? fs::status(task.place, failed) : fs::symlink_status(task.place, failed);
    if (status.type() == fs::file_type::not_found) {
        file.state = FileState::missing;
        return;
    }
    file.state = fs::is_regular_file(status) ? FileState::unreadable : FileState::changed;
    if (!fs::is_regular_file(status))
        return;
    try {
        file.bytes = fs::file_size(task.place, failed);
        const bool same = file.bytes == task.listed.bytes && sha256_of_file(task.place) == task.listed.sha256;
        file.state = same ? FileState::as_was : FileState::changed;
    } catch (const Error&) { // told in the table
    }
}

/// A table is read again, row by row; it has a number of rows, no size.
CheckedFile looked_at(const std::string& layer, const PastTable& table, const rasters::Access& access) {
    CheckedFile checked{.layer = layer, .path = table.label(), .state = FileState::unlooked, .is_table = true};
    if (!access.network)
        return checked;
    try {
        const TableHash now = hash_of_table(table.database, table.table, access);
        checked.state = now.sha256 == table.sha256 ? FileState::as_was : FileState::changed;
    } catch (const Error&) { // no server, no table: told in the list
        checked.state = FileState::unreadable;
    }
    return checked;
}

/// A server is asked what it tells now; what it has isn't read.
CheckedFile looked_at(const std::string& layer, const rasters::RemoteFile& file, const rasters::Access& access) {
    CheckedFile checked{.layer = layer,
                        .path = file.name,
                        .bytes_then = file.state->bytes,
                        .state = FileState::unlooked,
                        .is_remote = true};
    if (!access.network)
        return checked;
    rasters::allow(access);
    const std::optional<rasters::RemoteState> now = rasters::remote_state(file.name);
    checked.bytes = now ? now->bytes : 0;
    checked.state = now == file.state ? FileState::as_was : now ? FileState::changed : FileState::unreadable;
    return checked;
}

/// Files below the run's folder that its manifest does not list.
void add_new(const PastRun& run, std::vector<CheckedFile>& files) {
    std::set<std::string> listed{"manifest.json"}, found;
    for (const ListedFile& file : run.outputs)
        listed.insert(file.path);
    std::error_code failed;
    for (fs::recursive_directory_iterator at(run.folder, failed), end; !failed && at != end; at.increment(failed))
        if (!fs::is_directory(at->symlink_status()))
            found.insert(at->path().lexically_relative(run.folder).generic_string());
    if (failed)
        throw Error("{}: {}", run.folder.string(), failed.message());
    for (const std::string& name : found)
        if (!listed.contains(name)) {
            std::error_code unknown;
            const std::uintmax_t bytes = fs::file_size(run.folder / name, unknown);
            files.push_back({.path = name, .bytes = unknown ? 0 : bytes, .state = FileState::added});
        }
}

std::vector<Task> tasks_of(const PastRun& run, const rasters::Access& access, Verification& result) {
    std::vector<Task> tasks;
    const auto add = [&](const std::string& layer, const ListedFile& file, const fs::path& folder) {
        tasks.push_back({result.files.size(), file, folder / file.path, !layer.empty()});
        result.files.push_back({.layer = layer, .path = file.path, .bytes_then = file.bytes});
    };
    for (const ListedFile& file : run.outputs)
        add("", file, run.folder);
    add_new(run, result.files);
    for (const PastInput& input : run.inputs) {
        for (const ListedFile& file : input.files)
            if (result.study_folder)
                add(input.layer, file, *result.study_folder);
            else
                result.files.push_back({input.layer, file.path, 0, file.bytes, FileState::unlooked});
        for (const PastTable& table : input.tables)
            result.files.push_back(looked_at(input.layer, table, access));
        for (const rasters::RemoteFile& file : input.remotes)
            result.files.push_back(looked_at(input.layer, file, access));
        if (input.elsewhere)
            result.files.push_back({.layer = input.layer, .path = "(not a file)", .state = FileState::unlooked});
    }
    return tasks;
}

} // namespace

std::optional<fs::path> study_folder_of(const PastRun& run) {
    if (!run.study_folder)
        return std::nullopt;
    std::error_code failed;
    const fs::path folder = fs::weakly_canonical(run.folder, failed) / *run.study_folder;
    return !failed && fs::is_directory(folder, failed) ? std::optional(folder.lexically_normal()) : std::nullopt;
}

Verification verify(const PastRun& run, const std::optional<fs::path>& study_folder,
                    const std::function<bool()>& stopped, const rasters::Access& access) {
    Verification result{{}, study_folder};
    const std::vector<Task> tasks = tasks_of(run, access, result);
    rasters::in_parallel(tasks.size(), [&](std::size_t i) {
        if (stopped())
            throw Stopped();
        look(tasks[i], result.files[tasks[i].index]);
    });
    return result;
}

namespace {

std::string what_of(const CheckedFile& file) {
    return file.is_input() ? "input: " + file.layer : "output";
}

std::string size_text(const CheckedFile& file) {
    if (file.is_table)
        return "";
    const auto size = [](std::uint64_t bytes) { return bytes_text(static_cast<double>(bytes)); };
    if (file.state != FileState::changed || file.bytes == file.bytes_then)
        return size(file.bytes ? file.bytes : file.bytes_then);
    return fmt::format("{} -> {}", size(file.bytes_then), size(file.bytes));
}

std::string files_text(std::size_t number, std::string_view kind) {
    return fmt::format("{} {}{}", number, kind, number == 1 ? "" : "s");
}

/// "1 output is changed, 2 inputs are missing"; empty: nothing to tell.
std::string troubles(const Verification& verification) {
    std::vector<std::string> parts;
    for (const bool inputs : {false, true})
        for (const FileState state : {FileState::changed, FileState::missing, FileState::unreadable})
            if (const std::size_t number = verification.count(state, inputs))
                parts.push_back(fmt::format("{} {}{}", files_text(number, inputs ? "input" : "output"),
                                            state == FileState::unreadable ? ""
                                            : number == 1                  ? "is "
                                                                           : "are ",
                                            state_text(state)));
    return listed(parts);
}

} // namespace

std::string verification_sentence(const Verification& verification) {
    const std::size_t outputs = verification.count(FileState::as_was, false);
    const std::size_t inputs = verification.count(FileState::as_was, true);
    std::string sentence = troubles(verification);
    if (sentence.empty())
        sentence =
            fmt::format("The run is as it was: {}{} the same SHA-256 as in its manifest", files_text(outputs, "output"),
                        inputs         ? " and " + files_text(inputs, "input") + " have"
                        : outputs == 1 ? " has"
                                       : " have");
    if (const std::size_t added = verification.count(FileState::added, false))
        sentence +=
            fmt::format("; {} in the folder {} not the run's", files_text(added, "file"), added == 1 ? "is" : "are");
    if (const std::size_t unlooked = verification.count(FileState::unlooked, true))
        sentence += fmt::format("; {} not looked at{}", files_text(unlooked, "input"),
                                verification.study_folder ? "" : ", name the study's folder with --study");
    const auto unlooked_at = [&](bool CheckedFile::*kind) {
        return std::ranges::any_of(verification.files, [&](const CheckedFile& file) {
            return file.*kind && file.state == FileState::unlooked;
        });
    };
    if (unlooked_at(&CheckedFile::is_table))
        sentence += "; tables are read with --allow-network";
    if (unlooked_at(&CheckedFile::is_remote))
        sentence += "; servers are asked with --allow-network";
    return sentence + ".";
}

std::string verification_text(const Verification& verification, int width) {
    std::vector<std::vector<std::string>> rows{{"what", "file", "size", "state"}};
    for (const CheckedFile& file : verification.files)
        rows.push_back({what_of(file), file.path, size_text(file), std::string(state_text(file.state))});
    std::string text = aligned(rows, "", width) + "\n";
    for (const std::string& line : wrapped(verification_sentence(verification), width))
        text += line + "\n";
    return text;
}

} // namespace zonerank::engine
