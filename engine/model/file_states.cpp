// SPDX-License-Identifier: Apache-2.0
#include "engine/model/file_states.hpp"

#include "engine/model/changed.hpp"
#include "layers/vectors/ogr.hpp"
#include "layers/vectors/tables.hpp"
#include "rasters/core/error.hpp"
#include "rasters/sidecars.hpp"

#include <fmt/format.h>

#include <functional>
#include <variant>

namespace zonerank::engine {

namespace fs = std::filesystem;

/// "/vsizip/data.zip/roads.shp", "NETCDF:rain.nc:mm", "https://...": no file, but it may be in one.
static bool is_virtual(const fs::path& file) {
    return file.native().starts_with("/vsi") || file.native().find(':') != std::string::npos;
}

/// A file by one name. "/vsizip//data/a.zip" would be another without its second slash.
static fs::path noted_as(const fs::path& file) {
    return is_virtual(file) ? file : file.lexically_normal();
}

FileStates::State FileStates::state_of(const fs::path& file) {
    const std::optional<fs::path> local = is_virtual(file) ? rasters::local_file(file) : file;
    if (!local) {
        const std::optional<rasters::RemoteState> state = rasters::remote_state(file);
        return state ? State(*state) : State();
    }
    const std::optional<rasters::FileState> state = rasters::file_state(*local);
    return state ? State(*state) : State();
}

void FileStates::note(const fs::path& file) {
    std::error_code failed; // told by who reads it
    if (!fs::is_regular_file(file, failed) && !is_virtual(file))
        return;
    const State state = state_of(file);
    if (state == State())
        return;
    const std::scoped_lock lock(m_mutex);
    m_files.emplace(noted_as(file), state);
}

void FileStates::note_with_companions(const fs::path& file) {
    note(file);
    std::error_code failed;
    if (!fs::is_regular_file(file, failed))
        return;
    for (const std::string& name : rasters::companion_names(file)) {
        const State state = state_of(name);
        const std::scoped_lock lock(m_mutex);
        m_files.emplace(noted_as(name), state);
    }
}

void FileStates::note_table(const std::string& database, const std::string& table, const rasters::Access& access) {
    if (of_table(database, table))
        return;
    try {
        std::string state = layers::table_state(database, table, access);
        const std::scoped_lock lock(m_mutex);
        m_tables.try_emplace({database, table}, Table{access, std::move(state)});
    } catch (const Error&) { // told by who reads it
        return;
    }
}

std::optional<std::int64_t> FileStates::of_table(const std::string& database, const std::string& table) const {
    const std::scoped_lock lock(m_mutex);
    const auto known = m_tables.find({database, table});
    if (known == m_tables.end())
        return std::nullopt;
    return layers::number_of_state(known->second.state);
}

void FileStates::compare(const fs::path& file, const State& then, std::string_view since) {
    const State now = state_of(file);
    if (now == State() && then != State()) // a disk or a server may be out of reach
        throw Error("{}: can't be read any more", file.string());
    if (now != then)
        throw Changed("{}: has changed {}", file.string(), since);
}

void FileStates::check(const fs::path& file, std::string_view since) const {
    const std::scoped_lock lock(m_mutex);
    if (const auto known = m_files.find(noted_as(file)); known != m_files.end())
        compare(file, known->second, since);
}

void FileStates::check_files(std::string_view since) const {
    const std::scoped_lock lock(m_mutex);
    for (const auto& [file, state] : m_files)
        compare(file, state, since);
}

void FileStates::check_tables(std::string_view since) const {
    const std::scoped_lock lock(m_mutex);
    for (const auto& [name, table] : m_tables)
        if (layers::table_state(name.first, name.second, table.access) != table.state)
            throw Changed("{}: table {}has changed {}", layers::short_name(name.first),
                          name.second.empty() ? "" : name.second + " ", since);
}

void FileStates::check_all(std::string_view since) const {
    check_files(since);
    check_tables(since);
}

std::string FileStates::text() const {
    const std::scoped_lock lock(m_mutex);
    std::string text;
    for (const auto& [file, state] : m_files)
        if (const auto* local = std::get_if<rasters::FileState>(&state))
            text += fmt::format("{} {} {}\n", file.filename().string(), local->bytes, local->modified);
        else if (const auto* remote = std::get_if<rasters::RemoteState>(&state))
            text +=
                fmt::format("{} {} {} {}\n", file.filename().string(), remote->bytes, remote->modified, remote->tag);
    for (const auto& [name, table] : m_tables)
        text += fmt::format("{} {} {}\n", name.first, name.second, table.state);
    return text;
}

} // namespace zonerank::engine
