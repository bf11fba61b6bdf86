// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/memory.hpp"

#include "engine/text/byte_size.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;

TEST_CASE("memory grows with threads and tiles, not with the map beyond a tile") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    CHECK(engine::memory_needed(*prepared, 4, 512) > engine::memory_needed(*prepared, 1, 512));
    CHECK(engine::memory_needed(*prepared, 1, 512) == engine::memory_needed(*prepared, 1, 12));
    const auto of_rows = [&](int rows) {
        prepared->territory.grid.rows = rows;
        return engine::memory_needed(*prepared, 1, 12);
    };
    CHECK(of_rows(12) - of_rows(1) == doctest::Approx((of_rows(12) - of_rows(6)) * 11 / 6));
}

TEST_CASE("memory grows with what a measure sees around a tile") {
    const StudyFolder folder;
    std::string text = small_study(folder);
    const double none = engine::memory_needed(*folder.ready(text), 2, 12);
    text.replace(text.find("sample: {of: ramp}"), 18, "focal: {of: ramp, radius: 1 km}"); // 100 cells
    CHECK(engine::memory_needed(*folder.ready(text), 2, 12) == doctest::Approx(none + 2.0 * 212 * 212 * 24));
}

TEST_CASE("many tiles take memory, too") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    prepared->territory.grid.cols = prepared->territory.grid.rows = 100'000;
    CHECK(engine::memory_needed(*prepared, 1, 16) > 30e9); // of 39 million tiles
    CHECK(engine::memory_to_measure(*prepared, 1, 16, false) > 30e9);
    CHECK(engine::memory_needed(*prepared, 1, 512) < 2e9);
}

TEST_CASE("memory grows with a measure that two look at, and with the cells of sites") {
    const StudyFolder folder;
    std::string text = small_study(folder);
    const auto of = [&](unsigned threads) { return engine::memory_needed(*folder.ready(text), threads, 12); };
    const double alone = of(3);
    text.replace(text.find("lake: {inside: {of: lake}}"), 26,
                 "low: {below: {measure: {sample: {of: ramp}}, limit: 5 m}}");
    CHECK(of(3) == doctest::Approx(alone + 3.0 * 144 * 4));
    const auto prepared = folder.ready(text);
    const double two = engine::memory_needed(*prepared, 1, 12);
    prepared->territory.candidates.pop_back();
    CHECK(engine::memory_needed(*prepared, 1, 12) == doctest::Approx(two - 16 * 8));
}

TEST_CASE("to measure one criterion takes less than a run; a table's cells are kept") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    CHECK(engine::memory_to_measure(*prepared, 2, 12, false) < engine::memory_needed(*prepared, 2, 12));
    const double table = engine::memory_to_measure(*prepared, 2, 12, true);
    prepared->territory.candidates.clear();
    CHECK(engine::memory_to_measure(*prepared, 2, 12, true) == doctest::Approx(table - 32 * 40));
}

TEST_CASE("memory grows with what is solved over a friction") {
    const StudyFolder folder;
    std::string text = small_study(folder, "friction: {cell: 10 m, ground: 5 km/h}\n");
    text.replace(text.find("distance: {to: lake}"), 20, "travel time: {to: lake}");
    text.replace(text.find("{best: 0 m, worst: 100 m}"), 25, "{best: 0 min, worst: 5 min}");
    const double coarse = engine::memory_needed(*folder.ready(text), 2, 12);
    text.replace(text.find("friction: {cell: 10 m"), 21, "friction: {cell: 1 m");
    const double fine = engine::memory_needed(*folder.ready(text), 2, 12);
    CHECK(fine - coarse > 8.0 * 120 * 120 - 8.0 * 40 * 40); // minutes and ground
    CHECK(fine - coarse < 8.0 * 300 * 300);
}

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

TEST_CASE("the disk that results need grows with maps, and is checked where they will lie") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    const double two = engine::disk_needed(*prepared);
    prepared->study.outputs.criteria = true;
    CHECK(engine::disk_needed(*prepared) > two);
    engine::check_disk(*prepared, folder.path("not/there"));
    prepared->territory.grid.cols = prepared->territory.grid.rows = 30'000'000;
    prepared->territory.grid.cell = 1e-6; // as much of the area as before
    const std::string place = folder.path("not/there");
    CHECK_THROWS_WITH_AS(engine::check_disk(*prepared, place),
                         doctest::Contains((place + ": the disk is too full: ").c_str()), Error);
    CHECK(engine::scratch_needed(*prepared) == 0);
}
