// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/access.hpp"
#include "rasters/core/file_state.hpp"
#include "rasters/remote_state.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace zonerank::engine {

/// What inputs were when they were looked at first: files by their rasters::FileState, what is in an archive or a
/// container of this machine by that of the whole, what is behind other "/vsi..." names by rasters::remote_state(),
/// tables of databases by layers::table_state(). Safe from any thread.
///
/// The checks throw Changed naming the first that is another than it was, `since` when; and Error where that
/// can't be told, or it can't be read any more.
class FileStates {
public:
    static constexpr std::string_view this_run = "while the study was running; run it again";

    FileStates() = default;
    FileStates(const FileStates&) = delete;
    FileStates& operator=(const FileStates&) = delete;

    /// Keeps what the file is now, unless that is known; what can't be told is left out.
    void note(const std::filesystem::path& file);

    /// The same of a file and its rasters::companion_names(), of which none may come either.
    void note_with_companions(const std::filesystem::path& file);

    /// The same of a table; `table` as for layers::chosen_table().
    void note_table(const std::string& database, const std::string& table, const rasters::Access& access);

    /// The table's state as a number; none where it is not known.
    std::optional<std::int64_t> of_table(const std::string& database, const std::string& table) const;

    void check_files(std::string_view since = this_run) const;
    void check_tables(std::string_view since = this_run) const; ///< asks their servers
    void check_all(std::string_view since = this_run) const;

    /// Of one file; nothing for one that was not noted.
    void check(const std::filesystem::path& file, std::string_view since = this_run) const;

    /// All that is known: the same text on all machines that see the same.
    std::string text() const;

private:
    /// Nothing where there is no file.
    using State = std::variant<std::monostate, rasters::FileState, rasters::RemoteState>;
    struct Table {
        rasters::Access access;
        std::string state;
    };
    static State state_of(const std::filesystem::path& file);
    static void compare(const std::filesystem::path& file, const State& then, std::string_view since);

    mutable std::mutex m_mutex;
    std::map<std::filesystem::path, State> m_files;
    std::map<std::pair<std::string, std::string>, Table> m_tables;
};

} // namespace zonerank::engine
