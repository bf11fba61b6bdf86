// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/graph.hpp"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>

namespace zonerank::engine {

/// What time it is: a clock that never goes back.
using Now = std::function<std::chrono::steady_clock::time_point()>;

/// How progress is shown.
struct ProgressLook {
    bool terminal = false; ///< one line that renews itself, with a bar
    bool quiet = false;    ///< nothing at all
    bool unicode = false;  ///< the bar in eighths of a character
    int width = 80;        ///< columns of the terminal, which the line keeps to
};

/// Tells on stderr how far a run is: what it does in words, with the cells done where it goes
/// over cells, the share of all, cells a second and the time left, which is smoothed over some
/// ten seconds. On a terminal one line that renews itself; otherwise plain lines at new stages
/// and tenths, a second apart at least, so that a short run tells nothing.
class ProgressLine {
public:
    ProgressLine(std::FILE* out, ProgressLook look, Now now = std::chrono::steady_clock::now);
    ~ProgressLine(); ///< clears the line

    /// How many cells the stages that go over the map have to do (0: not told).
    void set_cells(std::int64_t cells) { m_cells = cells; }
    void operator()(const Progress& progress); ///< from one thread at a time

private:
    using Time = std::chrono::steady_clock::time_point;

    bool is_due(Time now) const;
    void follow(const Progress& progress, Time now);
    std::string doing(const Progress& progress) const;
    std::string figures(const Progress& progress, Time now) const;
    void renew(const Progress& progress, Time now);
    void log(const Progress& progress, Time now);

    std::FILE* m_out;
    ProgressLook m_look;
    Now m_now;
    std::int64_t m_cells = 0;
    bool m_shown = false;
    std::string m_stage, m_logged;
    int m_tenth = -1;
    double m_rate = 0, m_done = 0; ///< share a second, smoothed; share when it was last told
    double m_stage_from = 0;       ///< what of its stage was done when that began
    Time m_start, m_last, m_stage_start;
};

/// "3 s", "2 min 10 s", "1 h 5 min"
std::string duration_text(double seconds);

} // namespace zonerank::engine
