// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/memory.hpp"

#include "engine/text/byte_size.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;

static constexpr std::uint64_t mebibyte = 1 << 20, gibibyte = 1 << 30;

/// A study of a large map.
static std::unique_ptr<engine::Prepared> large(const StudyFolder& folder, int side) {
    auto prepared = folder.ready(small_study(folder));
    prepared->territory.grid.cols = prepared->territory.grid.rows = side;
    prepared->study.outputs.criteria = true;
    return prepared;
}

TEST_CASE("where there is room a study is held as asked for") {
    const StudyFolder folder;
    const auto prepared = large(folder, 31623);
    const engine::Held way = engine::hold(*prepared, engine::MemoryFor::run, 2, 512, 2 * gibibyte);
    CHECK(way.threads == 2);
    CHECK(way.tile == 512);
    CHECK(way.bytes < 2.0 * gibibyte);
    CHECK(engine::hold(*prepared, engine::MemoryFor::run, 2, 512, 0).threads == 2); // the machine's
}

TEST_CASE("with less there are smaller tiles, then fewer threads, then nothing will do") {
    const StudyFolder folder;
    const auto prepared = large(folder, 3000);
    int last_tile = 4096;
    unsigned last_threads = 64;
    std::uint64_t bytes = 4 * gibibyte;
    for (; bytes > 64 * mebibyte; bytes = bytes / 20 * 19)
        try {
            const engine::Held way = engine::hold(*prepared, engine::MemoryFor::run, 64, 2048, bytes);
            CHECK(way.bytes <= static_cast<double>(bytes));
            CHECK(way.threads <= last_threads);
            CHECK((way.threads < last_threads || way.tile <= last_tile));
            last_threads = way.threads;
            last_tile = way.tile;
        } catch (const Error&) {
            break;
        }
    CHECK(last_threads < 64);
    CHECK(bytes > 64 * mebibyte);
}

TEST_CASE("the number that is told would do") {
    const StudyFolder folder;
    const auto prepared = large(folder, 100'000);
    for (const engine::MemoryFor what : {engine::MemoryFor::run, engine::MemoryFor::map, engine::MemoryFor::table}) {
        std::string told;
        try {
            engine::hold(*prepared, what, 4, 512, 80 * mebibyte);
        } catch (const Error& e) {
            told = e.what();
        }
        CHECK(told.starts_with("the study doesn't fit into 80MiB of memory; "));
        const auto at = told.find("--memory ") + 9;
        const std::uint64_t enough = engine::parse_byte_size(told.substr(at, told.find(')', at) - at));
        CHECK(engine::hold(*prepared, what, 4, 512, enough).bytes <= static_cast<double>(enough));
        CHECK_THROWS_AS(engine::hold(*prepared, what, 4, 512, enough / 10 * 8), Error); // nor much less
    }
    CHECK_THROWS_WITH_AS(engine::hold(*prepared, engine::MemoryFor::run, 4, 512, 80 * mebibyte),
                         doctest::Contains("most of it is for overviews of the maps, about "), Error);
}

/// Of a friction of so many cells to a side.
static engine::LinkSizes links_on(int side, std::size_t places = 10) {
    engine::LinkSizes sizes{.places = places, .links = places};
    sizes.grid.cols = sizes.grid.rows = side;
    return sizes;
}

TEST_CASE("to join places takes memory by the cells, the steps and the ways, up to what is kept on disk") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    const auto bytes = [&](const engine::LinkSizes& sizes, unsigned threads = 1) {
        return engine::hold_links(*prepared, sizes, threads, 16 * gibibyte).bytes;
    };
    const double small = bytes(links_on(1000));
    CHECK(bytes(links_on(2000)) - small > 3e6 * 12); // times and ground
    CHECK(bytes(links_on(40'000)) - bytes(links_on(39'000)) < 79e6 * 2);
    engine::LinkSizes with_roads = links_on(1000);
    with_roads.steps = 1'000'000;
    CHECK(bytes(with_roads) - small > 100e6);
    engine::LinkSizes pairwise = links_on(1000, 100);
    pairwise.links = 4950;
    CHECK(bytes(pairwise) > bytes(links_on(1000, 100)));
    CHECK(bytes(links_on(1000), 4) > small);
}

TEST_CASE("places that can't be joined in so little are told the number that would do") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    const engine::LinkSizes sizes = links_on(20'000);
    std::string told;
    try {
        engine::hold_links(*prepared, sizes, 2, 256 * mebibyte);
    } catch (const Error& e) {
        told = e.what();
    }
    CHECK(told.starts_with("the study doesn't fit into 256MiB of memory; "));
    const auto at = told.find("--memory ") + 9;
    const std::uint64_t enough = engine::parse_byte_size(told.substr(at, told.find(')', at) - at));
    CHECK(engine::hold_links(*prepared, sizes, 2, enough).bytes <= static_cast<double>(enough));
    CHECK_THROWS_AS(engine::hold_links(*prepared, sizes, 2, enough / 10 * 8), Error);
    CHECK(engine::hold_links(*prepared, links_on(100), 2, 0).threads == 2); // the machine's
}
