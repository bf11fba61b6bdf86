// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/memory_shares.hpp"

#include "rasters/core/control_groups.hpp"

#include <algorithm>

#include <unistd.h>

namespace zonerank::rasters {

namespace {

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20;

std::uint64_t physical_memory() {
    const long pages = ::sysconf(_SC_PHYS_PAGES), bytes = ::sysconf(_SC_PAGESIZE);
    return pages > 0 && bytes > 0 ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(bytes) : UINT64_MAX;
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
    return std::min(physical_memory(), group_memory("/proc/self/cgroup", "/sys/fs/cgroup"));
}

} // namespace zonerank::rasters
