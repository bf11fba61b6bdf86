// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/paged_tiles.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

static constexpr std::size_t numbers = 20'000;

static void fill(const PagedTiles::Pin& pin, int value) {
    std::fill_n(pin.as<int>(), numbers, value);
}

TEST_CASE("blocks keep what was written, in memory or not, from several threads") {
    const tests::Folder folder;
    for (const std::uint64_t memory : {std::uint64_t{1}, 5 * numbers * sizeof(int), std::uint64_t{1} << 40}) {
        PagedTiles tiles(40, numbers * sizeof(int), memory, folder.path());
        CHECK(!tiles.has(7));
        std::vector<int> values(40, 0);
        const auto work = [&](int from) {
            Random random(static_cast<std::uint64_t>(from));
            int wrong = 0;
            for (int k = 0; k < 400; ++k) {
                const std::size_t tile = static_cast<std::size_t>(2 * random.below(20) + from);
                const bool change = random.below(2) == 0 || values[tile] == 0;
                const PagedTiles::Pin pin(tiles, tile, change);
                wrong += pin.fresh() != (values[tile] == 0);
                wrong +=
                    !pin.fresh() && (pin.as<int>()[0] != values[tile] || pin.as<int>()[numbers - 1] != values[tile]);
                if (change)
                    fill(pin, values[tile] = 1 + random.below(1000));
            }
            return wrong;
        };
        int wrong_there = 0;
        std::thread other([&] { wrong_there = work(1); });
        const int wrong_here = work(0);
        other.join();
        CHECK(wrong_here + wrong_there == 0);
    }
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a block that is in use stays where it is, and may be used twice at once") {
    const tests::Folder folder;
    PagedTiles tiles(10, numbers * sizeof(int), 1, folder.path());
    const PagedTiles::Pin kept(tiles, 0, true);
    fill(kept, 11);
    for (std::size_t i = 1; i < 10; ++i)
        fill(PagedTiles::Pin(tiles, i, true), static_cast<int>(i));
    const PagedTiles::Pin again(tiles, 0, false);
    CHECK(again.as<int>() == kept.as<int>());
    CHECK(kept.as<int>()[5] == 11);
    CHECK(PagedTiles::Pin(tiles, 4, false).as<int>()[numbers / 2] == 4);
}

TEST_CASE("no scratch space is opened before it is needed") {
    PagedTiles roomy(2, numbers * sizeof(int), 1 << 30, "/nowhere/at/all"),
        tight(2, numbers * sizeof(int), 1, "/nowhere/at/all");
    for (std::size_t i = 0; i < 2; ++i)
        fill(PagedTiles::Pin(roomy, i, true), 1);
    fill(PagedTiles::Pin(tight, 0, true), 1);
    CHECK_THROWS_WITH_AS(PagedTiles::Pin(tight, 1, true), doctest::Contains("/nowhere"), Error);
}

TEST_CASE("what is to be kept from now on") {
    const tests::Folder folder;
    PagedTiles tiles(10, numbers * sizeof(int), std::uint64_t{1} << 40, folder.path());
    for (std::size_t tile = 0; tile < 10; ++tile)
        fill(PagedTiles::Pin(tiles, tile, true), static_cast<int>(tile));
    CHECK(std::filesystem::is_empty(folder.path()));
    const PagedTiles::Pin held(tiles, 3, false);
    tiles.keep(2 * numbers * sizeof(int));
    CHECK(held.as<int>()[5] == 3);
    for (std::size_t tile = 0; tile < 10; ++tile)
        CHECK(PagedTiles::Pin(tiles, tile, false).as<int>()[numbers - 1] == static_cast<int>(tile));
}
