// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/region_file.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <filesystem>
#include <set>

using namespace zonerank;
using namespace zonerank::rasters;

TEST_CASE("regions, their neighbours, and what they look at") {
    const RegionLayout layout(tests::metre_grid(25, 21), 5, 2); // 3 x 3 regions, the last of 5 and of 1 cells
    CHECK(layout.regions.size() == 9);
    CHECK(layout.neighbour(0, 5) == 1);
    CHECK(layout.neighbour(0, 8) == 4);
    CHECK(layout.neighbour(0, 3) == 9);
    CHECK(layout.neighbour(4, 4) == 4);
    CHECK(layout.shown(0, 5) == Window{8, 0, 2, 10});
    CHECK(layout.shown(4, 7) == Window{10, 18, 10, 2});
    CHECK(layout.shown(7, 1) == Window{10, 20, 10, 1});
    CHECK(layout.shown(4, 0) == Window{10, 10, 2, 2});
    for (std::size_t region = 0; region < 9; ++region) {
        const Window w = layout.regions.window(region), wide = intersection(w.grown(2), layout.grid.window());
        const std::vector<Cell> around = layout.around(region);
        std::set<std::pair<int, int>> places;
        for (const Cell c : around) {
            CHECK(wide.contains(c));
            CHECK(!w.contains(c));
            places.insert({c.row, c.col});
        }
        CHECK(places.size() == around.size());
        CHECK(static_cast<long long>(around.size()) == wide.size() - w.size());
    }
}

TEST_CASE("a region's values come back; one of another field or region is refused") {
    const tests::Folder folder;
    const RegionLayout layout(tests::metre_grid(25, 21), 5, 2);
    const std::uint32_t nothing = nothing_of(TravelPhase::times);
    CHECK(std::bit_cast<float>(nothing) == unreached);
    CHECK(nothing_of(TravelPhase::targets) == 0x7FFF'FFFF);
    std::vector<std::uint32_t> block(layout.tiles.cells(), nothing), back(block.size());
    for (int y = -2; y < 7; ++y)
        for (int x = -2; x < 7; ++x)
            block[TileLayout::at(x, y)] = static_cast<std::uint32_t>(x * 100 + y + 1000);
    const RegionValues values{.tiles = {1, 6},
                              .packed = [&](std::size_t) { return pack_tile(layout.tiles, block.data()); },
                              .edges = {1, 2, 3},
                              .seen = {4, 5}};
    const RegionStamps stamps{.key = 77, .phase = 0, .region = 3, .times = 8, .seen = {9}, .shown = {}};
    const auto path = folder / "region";
    CHECK(RegionFile::open(path, 77, TravelPhase::times, 3) == nullptr);
    write_region(path, stamps, values);
    const auto file = RegionFile::open(path, 77, TravelPhase::times, 3);
    REQUIRE(file);
    CHECK(file->stamps().times == 8);
    CHECK(file->stamps().seen[0] == 9);
    CHECK(file->has(6));
    CHECK(!file->has(2));
    file->restore(layout.tiles, 6, back.data());
    CHECK(back == block);
    CHECK(file->edges(3) == values.edges);
    CHECK(file->seen(2) == values.seen);
    CHECK(file->seen(0).empty());
    CHECK_THROWS_AS(file->edges(4), Error);
    CHECK_THROWS_AS(RegionFile::open(path, 78, TravelPhase::times, 3), Error);
    CHECK_THROWS_AS(RegionFile::open(path, 77, TravelPhase::beyond, 3), Error);
    CHECK_THROWS_AS(RegionFile::open(path, 77, TravelPhase::times, 4), Error);
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1); // nothing beside it
}
