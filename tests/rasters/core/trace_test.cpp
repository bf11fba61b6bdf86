// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/trace.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace zonerank::rasters;
using namespace std::chrono_literals;

namespace {

double seconds_of(Stage stage) {
    return stage_seconds()[static_cast<std::size_t>(stage)];
}

} // namespace

TEST_CASE("a stage within another is not counted twice") {
    const double read = seconds_of(Stage::read), measure = seconds_of(Stage::measure);
    {
        const StageTimer outer(Stage::measure);
        const StageTimer inner(Stage::read);
        std::this_thread::sleep_for(20ms);
    }
    CHECK(seconds_of(Stage::read) - read >= 0.02);
    CHECK(seconds_of(Stage::measure) - measure < 0.01);
}

TEST_CASE("spans are kept when asked for, with the thread they ran in") {
    const std::size_t before = trace().size();
    { const StageTimer unseen(Stage::encode); }
    CHECK(trace().size() == before);
    keep_trace(true);
    { const StageTimer here(Stage::encode); }
    std::thread([] { const StageTimer there(Stage::hash); }).join();
    keep_trace(false);
    const std::vector<TraceEvent> events = trace();
    REQUIRE(events.size() == before + 2);
    CHECK(events[before].name == "encode");
    CHECK(events[before + 1].name == "hash");
    CHECK(events[before].thread != events[before + 1].thread);
    CHECK(events[before + 1].start >= events[before].start);
}
