// SPDX-License-Identifier: Apache-2.0
#include "engine/progress.hpp"

#include <fmt/format.h>

#include <cmath>

namespace zonerank::engine {

using Clock = std::chrono::steady_clock;

std::string duration_text(double seconds) {
    const auto whole = static_cast<long long>(std::llround(seconds));
    if (whole < 60)
        return fmt::format("{} s", whole);
    if (whole < 3600)
        return fmt::format("{} min {} s", whole / 60, whole % 60);
    return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

ProgressLine::ProgressLine(std::FILE* out, bool terminal, bool quiet)
    : m_out(out), m_terminal(terminal), m_quiet(quiet), m_start(Clock::now()), m_last(m_start) {}

ProgressLine::~ProgressLine() {
    if (m_shown && m_terminal)
        fmt::print(m_out, "\r\x1b[K");
}

void ProgressLine::operator()(const Progress& progress) {
    if (m_quiet)
        return;
    const auto now = Clock::now();
    const double elapsed = std::chrono::duration<double>(now - m_start).count();
    const double left = progress.done > 0 ? elapsed / progress.done * (1 - progress.done) : 0;
    const std::string text =
        fmt::format("{:<8} {:3.0f} %  {} left", progress.stage, progress.done * 100, duration_text(left));
    const bool soon = now - m_last < std::chrono::milliseconds(m_terminal ? 100 : 1000);
    if (soon && (m_shown || !m_terminal))
        return;
    m_last = now;
    if (m_terminal) {
        fmt::print(m_out, "\r\x1b[K{}", text);
        std::fflush(m_out);
        m_shown = true;
        return;
    }
    const int tenth = static_cast<int>(progress.done * 10);
    if (progress.stage != m_stage || tenth > m_tenth)
        fmt::print(m_out, "{}\n", text);
    m_stage = progress.stage;
    m_tenth = tenth;
}

} // namespace zonerank::engine
