// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/trace.hpp"

#include <atomic>
#include <mutex>
#include <set>
#include <string>

namespace zonerank::rasters {

namespace {

std::array<std::atomic<std::int64_t>, stage_count> nanoseconds;
std::atomic<bool> keeping = false;

thread_local StageTimer* innermost = nullptr;

int thread_number() {
    static std::atomic<int> next = 0;
    thread_local const int mine = next++;
    return mine;
}

struct Kept {
    std::mutex mutex;
    std::vector<TraceEvent> events;
};

Kept& kept() {
    static Kept kept;
    return kept;
}

} // namespace

std::string_view name_of(Stage stage) {
    constexpr std::array<std::string_view, stage_count> names{"read",  "measure", "value",   "aggregate", "constrain",
                                                              "sites", "encode",  "lay out", "hash"};
    return names[static_cast<std::size_t>(stage)];
}

StageTimer::StageTimer(Stage stage) : m_stage(stage), m_start(TraceClock::now()), m_outer(innermost) {
    innermost = this;
}

StageTimer::~StageTimer() {
    const auto end = TraceClock::now();
    const auto length = end - m_start;
    innermost = m_outer;
    if (m_outer)
        m_outer->m_inner += length;
    nanoseconds[static_cast<std::size_t>(m_stage)] += std::chrono::nanoseconds(length - m_inner).count();
    if (keeping.load(std::memory_order_relaxed))
        add_to_trace(name_of(m_stage), m_start, end);
}

std::array<double, stage_count> stage_seconds() {
    std::array<double, stage_count> seconds{};
    for (std::size_t i = 0; i < stage_count; ++i)
        seconds[i] = static_cast<double>(nanoseconds[i]) * 1e-9;
    return seconds;
}

std::string_view kept_name(std::string_view name) {
    static std::mutex mutex;
    static std::set<std::string, std::less<>> names;
    const std::scoped_lock lock(mutex);
    return *names.emplace(name).first;
}

void keep_trace(bool on) {
    keeping = on;
}

void add_to_trace(std::string_view name, TraceClock::time_point start, TraceClock::time_point end) {
    if (!keeping)
        return;
    const int thread = thread_number();
    const std::scoped_lock lock(kept().mutex);
    kept().events.push_back({name, thread, start, end - start});
}

std::vector<TraceEvent> trace() {
    const std::scoped_lock lock(kept().mutex);
    return kept().events;
}

} // namespace zonerank::rasters
