// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/earlier_run.hpp"

#include "engine/text/sha256.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/files.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

namespace zonerank::engine {

namespace fs = std::filesystem;

static constexpr std::string_view manifest_name = "manifest.json";
static constexpr std::uintmax_t largest_manifest = 1 << 28;

std::optional<WrittenFiles> files_of_run(const fs::path& folder) {
    const fs::path path = folder / manifest_name;
    std::error_code failed;
    if (!fs::is_regular_file(path, failed) || fs::file_size(path, failed) > largest_manifest)
        return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    const nlohmann::json manifest = nlohmann::json::parse(file, nullptr, false);
    if (!manifest.is_object() || manifest.value("program", nlohmann::json()) != "zonerank")
        return std::nullopt;
    WrittenFiles written;
    const nlohmann::json outputs = manifest.value("outputs", nlohmann::json::object());
    for (const auto& [name, about] : outputs.items())
        if (about.is_object() && about.contains("sha256") && about["sha256"].is_string())
            written[name] = about["sha256"].get<std::string>();
    return written;
}

namespace {

/// Something in the earlier folder, and the name that it gets in the new one.
struct Found {
    fs::path path;
    std::string name;
};

bool is_unchanged(const fs::path& path, const std::string& sum) {
    try {
        return fs::is_regular_file(fs::symlink_status(path)) && sha256_of_file(path) == sum;
    } catch (const Error&) {
        return false; // what we can't read we can't call ours
    }
}

// A companion's statistics, pyramids or masks are those of the old map.
bool is_companion(const std::string& name, const WrittenFiles& written) {
    constexpr std::string_view endings[] = {".aux.xml", ".ovr", ".msk"};
    return std::any_of(std::begin(endings), std::end(endings), [&](std::string_view ending) {
        return name.ends_with(ending) && written.contains(name.substr(0, name.size() - ending.size()));
    });
}

struct UsersFiles {
    std::vector<Found> keep;   ///< under their own name
    std::vector<Found> rename; ///< as name.yours.ext
};

UsersFiles find_users_files(const fs::path& folder, const WrittenFiles& written) {
    UsersFiles found;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        const std::string name = entry.path().lexically_relative(folder).generic_string();
        const bool is_folder = entry.symlink_status().type() == fs::file_type::directory;
        if (name == manifest_name || (is_folder && !fs::is_empty(entry.path())))
            continue;
        const auto listed = written.find(name);
        if (listed == written.end())
            (is_companion(name, written) ? found.rename : found.keep).push_back({entry.path(), name});
        else if (!is_unchanged(entry.path(), listed->second))
            found.rename.push_back({entry.path(), name});
    }
    return found;
}

bool is_there(const fs::path& path) {
    return fs::symlink_status(path).type() != fs::file_type::not_found;
}

std::string users_name(const std::string& name, const fs::path& folder) {
    const fs::path path(name);
    for (int i = 1;; ++i) {
        const std::string mark = i == 1 ? ".yours" : fmt::format(".yours-{}", i);
        const fs::path candidate = path.parent_path() / (path.stem().string() + mark + path.extension().string());
        if (!is_there(folder / candidate))
            return candidate.generic_string();
    }
}

void copy_durably(const fs::path& from, const fs::path& to) {
    fs::copy(from, to, fs::copy_options::copy_symlinks);
    if (!fs::is_regular_file(fs::symlink_status(to)))
        return;
    fs::last_write_time(to, fs::last_write_time(from));
    rasters::sync(to);
}

void link_or_copy(const fs::path& from, const fs::path& to) {
    fs::create_directories(to.parent_path());
    if (fs::symlink_status(from).type() == fs::file_type::directory)
        fs::create_directory(to);
    else if (::linkat(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), 0) != 0)
        copy_durably(from, to);
}

} // namespace

std::vector<std::string> carry_over(const fs::path& from, const WrittenFiles& written, const fs::path& to) {
    try {
        UsersFiles users = find_users_files(from, written);
        std::vector<std::string> names;
        const auto carry = [&](const Found& file, const std::string& name) {
            link_or_copy(file.path, to / name);
            names.push_back(name);
        };
        // Those that keep their name go first, so that no other takes it.
        for (const Found& file : users.keep)
            if (is_there(to / file.name))
                users.rename.push_back(file);
            else
                carry(file, file.name);
        std::sort(users.rename.begin(), users.rename.end(),
                  [](const Found& a, const Found& b) { return a.name < b.name; });
        for (const Found& file : users.rename)
            carry(file, users_name(file.name, to));
        std::sort(names.begin(), names.end());
        return names;
    } catch (const fs::filesystem_error& error) {
        throw Error("{}: your own files in it can't be carried over: {}", from.string(), error.what());
    }
}

} // namespace zonerank::engine
