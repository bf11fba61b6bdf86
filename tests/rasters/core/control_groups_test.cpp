// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/control_groups.hpp"

#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>

using namespace zonerank::rasters;

static constexpr std::uint64_t mebibyte = 1 << 20, gibibyte = 1 << 30;

using Files = std::map<std::string, std::string>;

/// What the control groups of a machine allow, whose files are made up; `own`: /proc/self/cgroup.
static std::uint64_t allowed(const std::string& own, const Files& files) {
    const zonerank::tests::Folder folder;
    zonerank::tests::write_file(folder / "own", own);
    for (const auto& [name, text] : files) {
        std::filesystem::create_directories((folder / "groups" / name).parent_path());
        zonerank::tests::write_file(folder / "groups" / name, text);
    }
    return group_memory(folder / "own", folder / "groups");
}

static constexpr std::uint64_t no_limit = UINT64_MAX;

TEST_CASE("control groups, version 2: the least of all that the group is in") {
    const std::string own = "0::/user.slice/user-1000.slice/job.scope\n";
    const std::string outer = "user.slice/memory.max", middle = "user.slice/user-1000.slice/memory.max",
                      inner = "user.slice/user-1000.slice/job.scope/memory.max";
    CHECK(allowed(own, {{outer, "max\n"}, {middle, "4294967296\n"}, {inner, "2147483648\n"}}) == 2 * gibibyte);
    CHECK(allowed(own, {{outer, "max\n"}, {middle, "1073741824\n"}, {inner, "2147483648\n"}}) == gibibyte);
    CHECK(allowed(own, {{outer, "1073741824\n"}, {middle, "max\n"}, {inner, "max\n"}}) == gibibyte);
    CHECK(allowed(own, {{outer, "max\n"}, {middle, "max\n"}, {inner, "max\n"}}) == no_limit);
    CHECK(allowed(own, {{"other.slice/memory.max", "1048576\n"}}) == no_limit); // not ours
    CHECK(allowed(own, {}) == no_limit);
}

TEST_CASE("control groups, version 2: above memory.high a process is slowed, so that counts, too") {
    CHECK(allowed("0::/job\n", {{"job/memory.max", "2147483648\n"}, {"job/memory.high", "1073741824\n"}}) == gibibyte);
    CHECK(allowed("0::/job\n", {{"job/memory.max", "1073741824\n"}, {"job/memory.high", "max\n"}}) == gibibyte);
}

TEST_CASE("control groups in a container: its own group is the root of what it sees") {
    CHECK(allowed("0::/\n", {{"memory.max", "536870912\n"}}) == 512 * mebibyte);
    CHECK(allowed("0::/../outside\n", {{"memory.max", "536870912\n"}, {"outside/memory.max", "max\n"}}) ==
          512 * mebibyte);
    CHECK(allowed("4:memory:/docker/0123\n", {{"memory/memory.limit_in_bytes", "536870912\n"}}) == 512 * mebibyte);
}

TEST_CASE("control groups, version 1: the controller of memory, alone or with others") {
    const Files files{{"memory/memory.limit_in_bytes", "9223372036854771712\n"},
                      {"memory/batch/memory.limit_in_bytes", "1073741824\n"},
                      {"memory/batch/job/memory.limit_in_bytes", "2147483648\n"},
                      {"cpu/batch/job/memory.limit_in_bytes", "1\n"}};
    for (const char* kinds : {"memory", "memory,hugetlb", "cpuset,memory"})
        CHECK(allowed(std::string("3:cpu:/batch/job\n4:") + kinds + ":/batch/job\n1:name=systemd:/x\n0::/\n", files) ==
              gibibyte);
    CHECK(allowed("4:memoryless:/batch/job\n", files) == no_limit);
    CHECK(allowed("4:memory:/\n", files) == 9223372036854771712U); // as it says where there is none
}

TEST_CASE("control groups that say nothing that is read set no limit") {
    CHECK(allowed("", {{"memory.max", "1\n"}}) == no_limit);
    CHECK(allowed("nonsense\n0:\n", {{"memory.max", "1\n"}}) == no_limit);
    CHECK(allowed("0::/job\n", {{"job/memory.max", "many\n"}}) == no_limit);
    CHECK(allowed("0::/job\n", {{"job/memory.max", ""}}) == no_limit);
    CHECK(group_memory("/nowhere", "/nowhere") == no_limit);
}
