// SPDX-License-Identifier: Apache-2.0
#include "engine/trace_file.hpp"

#include "engine/text/escape.hpp"
#include "rasters/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include <unistd.h>

namespace zonerank::engine {

using rasters::TraceEvent;

static constexpr std::string_view head = "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[";

static double microseconds(rasters::TraceClock::duration time) {
    return std::chrono::duration<double, std::micro>(time).count();
}

std::string trace_json(std::span<const TraceEvent> events) {
    std::string json(head);
    const auto first = std::ranges::min_element(events, {}, &TraceEvent::start);
    for (const TraceEvent& event : events)
        fmt::format_to(std::back_inserter(json),
                       "{}\n{{\"name\":{},\"ph\":\"X\",\"pid\":1,\"tid\":{},\"ts\":{:.3f},\"dur\":{:.3f}}}",
                       &event == events.data() ? "" : ",", json_string(event.name), event.thread,
                       microseconds(event.start - first->start), microseconds(event.length));
    return json + "\n]}\n";
}

void check_trace(const std::filesystem::path& path) {
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
    if (!std::filesystem::is_directory(folder) || ::access(folder.c_str(), W_OK) != 0)
        throw Error("{}: a trace can't be written there", path.string());
    if (!std::filesystem::exists(path))
        return;
    std::string start(head.size(), '\0');
    std::ifstream(path, std::ios::binary).read(start.data(), static_cast<std::streamsize>(start.size()));
    if (!std::filesystem::is_regular_file(path) || start != head)
        throw Error("{}: is there already and no trace; name another file", path.string());
}

} // namespace zonerank::engine
