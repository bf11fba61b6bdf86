// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/plan_files.hpp"

#include "rasters/core/whole_file.hpp"

#include <cerrno>
#include <fstream>
#include <regex>
#include <vector>

namespace zonerank::engine {

namespace fs = std::filesystem;

// Told from its beginning: it may be large.
bool is_our_plan(const fs::path& file) {
    std::string head(64, '\0');
    std::ifstream stream(file, std::ios::binary);
    if (!stream.is_open() && errno != ENOENT)
        throw rasters::Unreadable(file, errno);
    stream.read(head.data(), static_cast<std::streamsize>(head.size()));
    return stream.gcount() == 0 || head.find_first_not_of('\0') == head.npos ||
           head.find(R"("program": "zonerank")") != head.npos;
}

bool is_plan_being_written(const fs::path& file) {
    return file.filename().string().starts_with(".plan.json.tmp-");
}

bool is_scratch(const fs::path& path) {
    std::error_code failed;
    return (path.filename() == "criteria" || path.filename() == "stability") && fs::is_directory(path, failed) &&
           fs::is_empty(path, failed);
}

bool is_of_units(const fs::path& path) {
    static const std::regex ours(R"(\.?(regions|solve|facts|weights|score)-[0-9][0-9a-f-]*)"
                                 R"((\.json|\.part)?(\.tmp-[0-9a-f-]+)?)");
    static const std::regex of_submit(R"(\.submit\.tmp-[0-9]+-[0-9a-f]+)");
    const std::string name = path.filename().string();
    return is_scratch(path) || std::regex_match(name, ours) || std::regex_match(name, of_submit);
}

std::string other_than(const fs::path& folder, const IsOurs& is_ours) {
    std::error_code failed;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failed))
        if (!is_ours(entry.path()))
            return entry.path().filename();
    return "";
}

void remove_ours(const fs::path& folder, const IsOurs& is_ours, const std::set<fs::path>& kept) {
    std::error_code failed; // there is no such folder
    std::vector<fs::path> left;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failed))
        if (is_ours(entry.path()) && !kept.contains(entry.path()))
            left.push_back(entry.path());
    for (const fs::path& path : left)
        fs::remove_all(path);
}

} // namespace zonerank::engine
