// SPDX-License-Identifier: Apache-2.0
#include "engine/model/file_states.hpp"

#include "engine/model/changed.hpp"
#include "rasters/remote_state.hpp"

#include <functional>

#include <sys/stat.h>

namespace zonerank::engine {

namespace fs = std::filesystem;

static bool is_virtual(const fs::path& file) {
    return file.native().starts_with("/vsi");
}

FileStates::State FileStates::state_of(const fs::path& file) {
    if (is_virtual(file)) {
        const std::optional<rasters::RemoteState> state = rasters::remote_state(file);
        return state ? State{1, static_cast<std::int64_t>(std::hash<std::string>{}(state->tag)),
                             static_cast<std::int64_t>(state->bytes), state->modified}
                     : State{};
    }
    struct stat s {};
    if (::stat(file.c_str(), &s) != 0)
        return {};
    return {static_cast<std::int64_t>(s.st_dev), static_cast<std::int64_t>(s.st_ino),
            static_cast<std::int64_t>(s.st_size), s.st_mtim.tv_sec, s.st_mtim.tv_nsec};
}

void FileStates::note(const fs::path& file) {
    std::error_code failed;
    const State state = fs::is_regular_file(file, failed) || is_virtual(file) ? state_of(file) : State{};
    if (state == State{})
        return;
    const std::scoped_lock lock(m_mutex);
    m_known.emplace(file.lexically_normal(), state);
}

void FileStates::note_with_parts(const fs::path& file) {
    note(file);
    std::error_code failed; // of a folder that can't be listed, what reads the file will tell
    const std::string stem = file.stem().string() + ".";
    for (const fs::directory_entry& entry : fs::directory_iterator(file.parent_path(), failed))
        if (entry.path().filename().string().starts_with(stem))
            note(entry.path());
}

void FileStates::check(const fs::path& file) const {
    const std::scoped_lock lock(m_mutex);
    const auto known = m_known.find(file.lexically_normal());
    if (known == m_known.end())
        return;
    const State now = state_of(file);
    if (now == State{})
        throw Error("{}: can't be read any more", file.string());
    if (known->second != now)
        throw Changed("{}: has changed while the study was running; run it again", file.string());
}

} // namespace zonerank::engine
