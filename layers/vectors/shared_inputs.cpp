// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/shared_inputs.hpp"

#include "rasters/access.hpp"
#include "rasters/core/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <malloc.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>

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
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0)
        return "";
    return fmt::format("{} {} {}.{}\n", path, info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
}

/// A file with those that GDAL reads beside it.
std::string stamp_of_group(const fs::path& path) {
    std::string stamp = stamp_of_file(path.string());
    for (const char* more : {".aux.xml", ".ovr", ".msk", "-wal"})
        stamp += stamp_of_file(path.string() + more);
    for (const char* ending : {".dbf", ".shx", ".prj", ".cpg", ".tfw", ".wld"})
        stamp += stamp_of_file(fs::path(path).replace_extension(ending).string());
    return stamp;
}

/// A file that names others, as its stamp tells which state of it. One that can't be read has none.
std::vector<std::string> files_behind(const std::string& path, const std::string& stamp) {
    Inputs& all = inputs();
    const std::scoped_lock lock(all.behind_mutex);
    const auto [files, fresh] = all.behind.try_emplace(stamp);
    try {
        if (fresh)
            files->second = rasters::files_of(path, {});
    } catch (const Error&) { // told by who opens it
        return {};
    }
    return files->second;
}

/// What is no file, such as a database, has no time of change: its name is all there is.
std::string stamp(const std::string& path) {
    std::error_code failed;
    std::string text = path + "\n" + stamp_of_group(path);
    if (fs::is_directory(path, failed))
        for (const fs::directory_entry& entry : fs::directory_iterator(path, failed))
            text += stamp_of_file(entry.path().string());
    else if (text.find(' ') != text.npos && fs::path(path).extension() == ".vrt")
        for (const std::string& file : files_behind(path, text))
            text += stamp_of_group(file);
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
    gone.clear();
    ::malloc_trim(0); // what is read next comes in pieces of other sizes
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

std::string name_of_source(const FeatureSource& source) {
    std::vector<std::string> files;
    for (const std::string& path : source.paths)
        files.push_back(stamp(path));
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
