// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/graph.hpp"

#include <chrono>
#include <cstdio>
#include <string>

namespace zonerank::engine {

/// Tells on stderr how far a run is: on a terminal one line that renews itself,
/// with the time left; otherwise plain lines at new stages and tenths, a second apart
/// at least, so that a short run tells nothing.
class ProgressLine {
public:
    ProgressLine(std::FILE* out, bool terminal, bool quiet);
    ~ProgressLine(); ///< clears the line

    void operator()(const Progress& progress); ///< from one thread at a time

private:
    std::FILE* m_out;
    bool m_terminal, m_quiet, m_shown = false;
    std::string m_stage;
    int m_tenth = -1;
    std::chrono::steady_clock::time_point m_start, m_last;
};

/// "3 s", "2 min 10 s", "1 h 5 min"
std::string duration_text(double seconds);

} // namespace zonerank::engine
