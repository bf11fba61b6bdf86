// SPDX-License-Identifier: Apache-2.0
#include "rasters/writer.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/files.hpp"
#include "tests/support/writing.hpp"

#include <doctest/doctest.h>

#include <random>

#include <sys/mount.h>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;
namespace fs = std::filesystem;

TEST_CASE("writer: without close() nothing is left, and an earlier map stays") {
    const Folder folder;
    write_file(folder / "map.tif", "earlier");
    {
        CogWriter<float> writer(folder / "map.tif", grid(300, 300), {});
        writer.write(tile_of<float>({0, 0, 300, 300}, score));
    }
    CHECK(read_file(folder / "map.tif") == "earlier");
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("writer: a CRS or a folder that can't be used is an error") {
    const Folder folder;
    Grid nowhere = grid(10, 10);
    nowhere.crs = "no CRS at all";
    CHECK_THROWS_WITH_AS(CogWriter<float>(folder / "map.tif", nowhere, {}), doctest::Contains("no CRS at all"), Error);
    CHECK(fs::is_empty(folder.path()));
    CHECK_THROWS_WITH_AS(CogWriter<float>(folder / "gone" / "map.tif", grid(10, 10), {}), doctest::Contains("gone"),
                         Error);
}

namespace {

/// A small file system over a folder, as long as this lives.
class SmallDisk {
public:
    explicit SmallDisk(const fs::path& folder)
        : m_folder(folder), m_mounted(::mount("none", folder.c_str(), "tmpfs", 0, "size=3m") == 0) {}
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (m_mounted)
            ::umount2(m_folder.c_str(), MNT_DETACH);
    }
    bool mounted() const { return m_mounted; }

private:
    fs::path m_folder;
    bool m_mounted;
};

} // namespace

TEST_CASE("writer: a full disk is an error, and nothing is left of the map") {
    const Folder folder;
    const SmallDisk disk(folder.path());
    if (!disk.mounted()) {
        MESSAGE("skipped: a small file system can't be mounted here");
        return;
    }
    std::mt19937 random(5);
    const auto noise = [&](Cell) { return std::uniform_real_distribution<float>(0, 1)(random); };
    const auto write_noise = [&](int side) {
        write_map<float>(folder / "map.tif", grid(side, side), {{0, 0, side, side}}, noise);
    };
    CHECK_THROWS_WITH_AS(write_noise(1100), doctest::Contains("too full"), Error);
    const Folder elsewhere;
    const Scratch first(elsewhere.path()); // has the memory, so that the map's blocks go to the disk
    CHECK_THROWS_WITH_AS(write_noise(760), doctest::Contains("too full"), Error);
    CHECK_THROWS_WITH_AS(write_noise(1100), doctest::Contains("scratch space can't be written"), Error);
    CHECK(fs::is_empty(folder.path()));
    write_map<float>(folder / "map.tif", grid(100, 100), {{0, 0, 100, 100}}, noise);
    CHECK(fs::exists(folder / "map.tif"));
}
