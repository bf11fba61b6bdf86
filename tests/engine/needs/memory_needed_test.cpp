// SPDX-License-Identifier: Apache-2.0
#include "engine/needs/memory_needed.hpp"

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
