// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

namespace zonerank::rasters {

/// What the time of a run goes into.
enum class Stage { read, measure, value, aggregate, constrain, sites, encode, lay_out, hash };
inline constexpr std::size_t stage_count = 9;
std::string_view name_of(Stage stage);

using TraceClock = std::chrono::steady_clock;

/// Counts the time of its own scope for a stage, less that of stages within it. From
/// any thread. A few dozen nanoseconds: for tiles and blocks, not for cells.
class StageTimer {
public:
    explicit StageTimer(Stage stage);
    StageTimer(const StageTimer&) = delete;
    StageTimer& operator=(const StageTimer&) = delete;
    ~StageTimer();

private:
    Stage m_stage;
    TraceClock::time_point m_start;
    StageTimer* m_outer; ///< of the same thread
    TraceClock::duration m_inner{};
};

/// Seconds by stage since the process began, added over threads.
std::array<double, stage_count> stage_seconds();

/// A span of work of one thread, for a picture of what ran when.
struct TraceEvent {
    std::string_view name; ///< lives as long as the process
    int thread = 0;        ///< in the order in which they first did something
    TraceClock::time_point start;
    TraceClock::duration length;
};

/// A copy of a name that lives as long as the process. For a few names, not for many.
std::string_view kept_name(std::string_view name);

/// Whether each span is kept from now on, not only the sums: at first not.
void keep_trace(bool on);
void add_to_trace(std::string_view name, TraceClock::time_point start, TraceClock::time_point end);
std::vector<TraceEvent> trace(); ///< what was kept, while nobody adds to it

} // namespace zonerank::rasters
