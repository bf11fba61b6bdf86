// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/shared_inputs.hpp"

#include "layers/vectors/tables.hpp"
#include "rasters/connection.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/file_state.hpp"
#include "rasters/remote_state.hpp"
#include "rasters/sidecars.hpp"
#include "rasters/vrt.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <malloc.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>

namespace zonerank::layers {

namespace fs = std::filesystem;

namespace {

struct Slot {
    std::mutex making;
    std::shared_ptr<const void> made;
    std::size_t study = 0; ///< the latest that asked for it
};

struct Inputs {
    std::mutex mutex; ///< of the map
    std::map<std::string, std::shared_ptr<Slot>> slots;
    std::mutex asked_mutex; ///< of what servers have told, by name and layer
    std::map<std::pair<std::string, std::string>, std::string> asked;
    std::mutex behind_mutex; ///< of the files that others name, by the stamp of that which does
    std::map<std::string, std::vector<std::string>> behind;
    std::size_t study = 0;   ///< counted by next_study()
    std::size_t at_once = 1; ///< studies
    std::atomic<int> sharing = 0;
};

Inputs& inputs() {
    static Inputs all;
    return all;
}

std::shared_ptr<Slot> slot_of(const std::string& name) {
    Inputs& all = inputs();
    const std::scoped_lock lock(all.mutex);
    std::shared_ptr<Slot>& place = all.slots[name];
    if (!place)
        place = std::make_shared<Slot>();
    place->study = all.study;
    return place;
}

/// Size and time of change; nothing of what is not there.
std::string stamp_of_file(const std::string& path) {
    const std::optional<rasters::FileState> state = rasters::file_state(path);
    return state ? fmt::format("{} {} {}\n", path, state->bytes, state->modified) : "";
}

/// A file with those that are read beside it, and the log that may keep it from being read.
std::string stamp_of_group(const std::string& path) {
    std::string stamp = stamp_of_file(path) + stamp_of_file(path + "-wal");
    for (const std::string& name : rasters::companion_names(path))
        stamp += stamp_of_file(name);
    return stamp;
}

/// Of what isn't known there are no two that are the same.
std::string stamp_of_unknown() {
    static std::atomic<std::size_t> count = 0;
    return fmt::format("unknown {}\n", ++count);
}

std::string asked_state(const std::string& path, const std::string& layer, const rasters::Access& access) {
    if (!access.network) // nor will it be opened
        return "";
    try {
        if (rasters::names_database(path))
            return table_state(path, layer, access) + "\n";
        rasters::allow(access);
        const std::optional<rasters::RemoteState> state = rasters::remote_state(path);
        return state ? fmt::format("{} {} {}\n", state->bytes, state->modified, state->tag) : stamp_of_unknown();
    } catch (const Error&) { // told by who opens it
        return stamp_of_unknown();
    }
}

/// What is no file here has no time of change, but its server can be asked.
std::string stamp_of_remote(const std::string& path, const std::string& layer, const rasters::Access& access) {
    if (!Sharing::on())
        return "";
    Inputs& all = inputs();
    const std::scoped_lock lock(all.asked_mutex);
    const auto [state, fresh] = all.asked.try_emplace({path, layer});
    if (fresh)
        state->second = asked_state(path, layer, access);
    return state->second;
}

/// A file, the archive that it is in, or what its server tells.
std::string stamp_of_place(const std::string& path, const std::string& layer, const rasters::Access& access) {
    if (const std::optional<fs::path> file = rasters::local_file(path))
        return stamp_of_group(file->string());
    return stamp_of_remote(path, layer, access);
}

/// A file that names others, as its stamp tells which state of it. One that can't be read has none.
std::vector<std::string> files_behind(const std::string& path, const std::string& stamp,
                                      const rasters::Access& access) {
    Inputs& all = inputs();
    const std::scoped_lock lock(all.behind_mutex);
    const auto [files, fresh] = all.behind.try_emplace(stamp);
    try {
        if (fresh)
            files->second = rasters::files_of(path, access);
    } catch (const Error&) { // told by who opens it
        return {};
    }
    return files->second;
}

std::string stamp(const std::string& path, const std::string& layer, const rasters::Access& access) {
    std::error_code failed;
    std::string text = path + "\n" + stamp_of_place(path, layer, access);
    if (fs::is_directory(path, failed))
        for (const fs::directory_entry& entry : fs::directory_iterator(path, failed))
            text += stamp_of_file(entry.path().string());
    else if (fs::is_regular_file(path, failed) && rasters::is_vrt(path))
        for (const std::string& file : files_behind(path, text, access))
            text += stamp_of_place(file, layer, access);
    return text;
}

} // namespace

Sharing::Sharing(std::size_t at_once) {
    const std::scoped_lock lock(inputs().mutex);
    inputs().at_once = at_once;
    ++inputs().sharing;
}

Sharing::~Sharing() {
    --inputs().sharing;
    release();
}

bool Sharing::on() {
    return inputs().sharing > 0;
}

void Sharing::release() {
    decltype(Inputs::slots) gone;
    {
        const std::scoped_lock lock(inputs().mutex);
        gone.swap(inputs().slots);
    }
    {
        const std::scoped_lock lock(inputs().behind_mutex);
        inputs().behind.clear();
    }
    ask_again();
    gone.clear();
    ::malloc_trim(0); // what is read next comes in pieces of other sizes
}

void Sharing::ask_again() {
    const std::scoped_lock lock(inputs().asked_mutex);
    inputs().asked.clear();
}

void Sharing::next_study() {
    Inputs& all = inputs();
    std::vector<std::shared_ptr<Slot>> gone; // which may take a while, and is no matter of the map
    const std::scoped_lock lock(all.mutex);
    ++all.study;
    std::erase_if(all.slots, [&](const auto& slot) {
        const bool old = slot.second->study + all.at_once + 1 < all.study;
        if (old)
            gone.push_back(slot.second);
        return old;
    });
}

std::string name_of_source(const FeatureSource& source, const rasters::Access& access) {
    std::vector<std::string> files;
    for (const std::string& path : source.paths)
        files.push_back(stamp(path, source.layer, access));
    return fmt::format("{}\n{}\n{}\n{}\n{}\n{}", fmt::join(files, "\n"), source.layer, source.where,
                       fmt::join(source.fields, "\n"), source.crs ? source.crs->wkt : "", source.override_crs);
}

std::shared_ptr<const void> shared_input(const std::string& name,
                                         const std::function<std::shared_ptr<const void>()>& make) {
    const std::shared_ptr<Slot> slot = slot_of(name);
    const std::scoped_lock lock(slot->making);
    if (!slot->made)
        slot->made = make();
    return slot->made;
}

std::string name_of_sets(const FeatureSets& sets) {
    std::vector<const void*> places;
    for (const auto& set : sets)
        places.push_back(set.get());
    return fmt::format("{}", fmt::join(places, " "));
}

} // namespace zonerank::layers
