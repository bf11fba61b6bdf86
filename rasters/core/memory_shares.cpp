// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/memory_shares.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

namespace zonerank::rasters {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20;

std::uint64_t physical_memory() {
    const long pages = ::sysconf(_SC_PHYS_PAGES), bytes = ::sysconf(_SC_PAGESIZE);
    return pages > 0 && bytes > 0 ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(bytes) : UINT64_MAX;
}

/// What a file of the control groups says; all there is where it says "max", or is none.
std::uint64_t limit_in(const fs::path& file) {
    std::ifstream text(file);
    std::uint64_t bytes = 0;
    return text >> bytes ? bytes : UINT64_MAX;
}

/// Of a group and those that it is in.
std::uint64_t limit_above(const fs::path& root, const fs::path& group, const char* file) {
    std::uint64_t least = limit_in(root / file);
    fs::path folder = root;
    for (const fs::path& part : group.relative_path())
        least = std::min(least, limit_in((folder /= part) / file));
    return least;
}

/// Lines are "0::/path" of version 2, "4:memory:/path" of version 1.
std::uint64_t group_memory() {
    std::ifstream groups("/proc/self/cgroup");
    std::uint64_t least = UINT64_MAX;
    for (std::string line; std::getline(groups, line);) {
        const auto first = line.find(':'), second = line.find(':', first + 1);
        if (second == std::string::npos)
            continue;
        const std::string kinds = line.substr(first + 1, second - first - 1), group = line.substr(second + 1);
        if (kinds.empty())
            least = std::min(least, limit_above("/sys/fs/cgroup", group, "memory.max"));
        else if (kinds == "memory")
            least = std::min(least, limit_above("/sys/fs/cgroup/memory", group, "memory.limit_in_bytes"));
    }
    return least;
}

MemoryShares& held() {
    static MemoryShares shares = shares_of(machine_memory());
    return shares;
}

} // namespace

MemoryShares shares_of(std::uint64_t bytes) {
    const auto share = [&](std::uint64_t parts, std::uint64_t of, std::uint64_t most) {
        return static_cast<std::size_t>(std::min(bytes / of * parts, most * mebibyte));
    };
    return {.blocks = share(1, 8, 256),
            .most_blocks = static_cast<std::size_t>(bytes / 4),
            .gdal = share(1, 16, 256),
            .spare = share(1, 16, 256),
            .scratch = share(1, 32, 64),
            .times = share(3, 8, 768),
            .times_kept = share(1, 32, 64),
            .sums = share(3, 8, 1024),
            .sums_kept = share(3, 32, 192),
            .line_sums = share(1, 4, 512),
            .line_sums_kept = share(1, 16, 128),
            .ground = share(1, 4, 512)};
}

const MemoryShares& memory_shares() {
    return held();
}

void hold_memory(std::uint64_t bytes) {
    held() = shares_of(bytes);
}

std::uint64_t machine_memory() {
    return std::min(physical_memory(), group_memory());
}

} // namespace zonerank::rasters
