// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/control_groups.hpp"

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <string>
#include <string_view>

namespace zonerank::rasters {

namespace fs = std::filesystem;

namespace {

/// What a file of the control groups says; all there is where it says "max", or is none.
std::uint64_t limit_in(const fs::path& file) {
    std::ifstream text(file);
    std::uint64_t bytes = 0;
    return text >> bytes ? bytes : UINT64_MAX;
}

/// Of a group and those that it is in. In a container the root is the container's own group, and the path may be
/// one that is seen from outside alone.
std::uint64_t limit_above(const fs::path& root, const fs::path& group, std::initializer_list<const char*> files) {
    std::uint64_t least = UINT64_MAX;
    const auto look = [&](const fs::path& folder) {
        for (const char* file : files)
            least = std::min(least, limit_in(folder / file));
    };
    look(root);
    fs::path folder = root;
    for (const fs::path& part : group.relative_path())
        if (part == "..") // out of what is seen here
            folder = root;
        else
            look(folder /= part);
    return least;
}

bool names_memory(std::string_view kinds) {
    while (!kinds.empty()) {
        const std::size_t end = std::min(kinds.find(','), kinds.size());
        if (kinds.substr(0, end) == "memory")
            return true;
        kinds.remove_prefix(std::min(end + 1, kinds.size()));
    }
    return false;
}

} // namespace

std::uint64_t group_memory(const fs::path& groups, const fs::path& root) {
    std::ifstream file(groups);
    std::uint64_t least = UINT64_MAX;
    for (std::string line; std::getline(file, line);) {
        const auto first = line.find(':'), second = line.find(':', first + 1);
        if (second == std::string::npos)
            continue;
        const std::string kinds = line.substr(first + 1, second - first - 1), group = line.substr(second + 1);
        if (kinds.empty())
            least = std::min(least, limit_above(root, group, {"memory.max", "memory.high"}));
        else if (names_memory(kinds))
            least = std::min(least, limit_above(root / "memory", group, {"memory.limit_in_bytes"}));
    }
    return least;
}

} // namespace zonerank::rasters
