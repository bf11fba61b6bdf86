// SPDX-License-Identifier: Apache-2.0
#include "engine/trace_file.hpp"

#include "engine/text/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace zonerank::engine {

using rasters::TraceEvent;

static double microseconds(rasters::TraceClock::duration time) {
    return std::chrono::duration<double, std::micro>(time).count();
}

std::string trace_json(std::span<const TraceEvent> events) {
    std::string json = "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[";
    const auto first = std::ranges::min_element(events, {}, &TraceEvent::start);
    for (const TraceEvent& event : events)
        fmt::format_to(std::back_inserter(json),
                       "{}\n{{\"name\":{},\"ph\":\"X\",\"pid\":1,\"tid\":{},\"ts\":{:.3f},\"dur\":{:.3f}}}",
                       &event == events.data() ? "" : ",", json_string(event.name), event.thread,
                       microseconds(event.start - first->start), microseconds(event.length));
    return json + "\n]}\n";
}

} // namespace zonerank::engine
