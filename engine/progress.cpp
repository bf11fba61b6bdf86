// SPDX-License-Identifier: Apache-2.0
#include "engine/progress.hpp"

#include "engine/text/text_table.hpp"
#include "engine/text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace zonerank::engine {

std::string duration_text(double seconds) {
    const auto whole = static_cast<long long>(std::llround(seconds));
    if (whole < 60)
        return fmt::format("{} s", whole);
    if (whole < 3600)
        return fmt::format("{} min {} s", whole / 60, whole % 60);
    return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

namespace {

/// Kinds of units as people say them.
struct Stage {
    std::string_view kind, words;
    bool over_cells = false;
};

constexpr Stage stages[] = {
    {"prepare", "reading layers"},        {"hash", "summing up input files"}, {"facts", "looking over the map"},
    {"score", "scoring", true},           {"rank", "ranking the sites"},      {"analyse", "analysing the ranking"},
    {"finish", "packing maps and files"}, {"measure", "measuring", true},     {"solve", "solving travel times"},
    {"field", "solving travel times"},
};

Stage stage_of(const std::string& kind) {
    const auto* row = std::ranges::find(stages, kind, &Stage::kind);
    return row == std::end(stages) ? Stage{kind, kind} : *row;
}

double seconds(std::chrono::steady_clock::duration time) {
    return std::chrono::duration<double>(time).count();
}

struct Scale {
    double factor;
    std::string_view letter;
};

Scale scale_of(double number) {
    return number >= 1e6 ? Scale{1e6, " M"} : number >= 1e4 ? Scale{1e3, " k"} : Scale{1, ""};
}

std::string drawn(double share, const ProgressLook& look) {
    constexpr int columns = 20;
    const std::string full(static_cast<std::size_t>(std::lround(std::clamp(share, 0.0, 1.0) * columns)), '#');
    return look.unicode ? fitted(bar(share, columns), columns) : fitted(full, columns);
}

} // namespace

ProgressLine::ProgressLine(std::FILE* out, ProgressLook look, Now now)
    : m_out(out), m_look(look), m_now(std::move(now)), m_start(m_now()), m_last(m_start), m_stage_start(m_start) {}

ProgressLine::~ProgressLine() {
    if (m_shown && m_look.terminal)
        fmt::print(m_out, "\r\x1b[K");
}

bool ProgressLine::is_due(Time now) const {
    const bool soon = now - m_last < std::chrono::milliseconds(m_look.terminal ? 100 : 1000);
    return !soon || (m_look.terminal && !m_shown);
}

/// The rate is that of the whole run at first, and then follows the last seconds.
void ProgressLine::follow(const Progress& progress, Time now) {
    constexpr double memory = 10; // seconds
    const double passed = seconds(now - m_last), elapsed = seconds(now - m_start);
    if (m_rate <= 0)
        m_rate = elapsed > 0 ? progress.done / elapsed : 0;
    else if (passed > 0)
        m_rate += (1 - std::exp(-passed / memory)) * ((progress.done - m_done) / passed - m_rate);
    m_done = progress.done;
    m_last = now;
}

std::string ProgressLine::doing(const Progress& progress) const {
    const Stage stage = stage_of(progress.stage);
    if (!stage.over_cells || m_cells <= 0)
        return std::string(stage.words);
    const double all = static_cast<double>(m_cells);
    const Scale scale = scale_of(all);
    const int decimals = scale.factor > 1 ? 1 : 0;
    return fmt::format("{} {:.{}f} of {:.{}f}{} cells", stage.words, progress.of_stage * all / scale.factor, decimals,
                       all / scale.factor, decimals, scale.letter);
}

std::string ProgressLine::figures(const Progress& progress, Time now) const {
    std::string text = fmt::format("{:3.0f} %", progress.done * 100);
    const double time = seconds(now - m_stage_start);
    if (stage_of(progress.stage).over_cells && m_cells > 0 && time > 0) {
        const double speed = (progress.of_stage - m_stage_from) * static_cast<double>(m_cells) / time;
        const Scale scale = scale_of(speed);
        text += fmt::format("  {:.{}f}{} cells/s", speed / scale.factor, scale.factor > 1 ? 1 : 0, scale.letter);
    }
    if (m_rate > 0)
        text += fmt::format("  {} left", duration_text((1 - progress.done) / m_rate));
    return text;
}

void ProgressLine::renew(const Progress& progress, Time now) {
    const std::string text =
        fmt::format("{}  {} {}", doing(progress), drawn(progress.done, m_look), figures(progress, now));
    const std::string fits = display_width(text) < m_look.width ? text : fitted(text, m_look.width - 1);
    fmt::print(m_out, "\r\x1b[K{}", fits);
    std::fflush(m_out);
    m_shown = true;
}

void ProgressLine::log(const Progress& progress, Time now) {
    const int tenth = static_cast<int>(progress.done * 10);
    if (progress.stage != m_logged || tenth > m_tenth)
        fmt::print(m_out, "{}  {}\n", doing(progress), figures(progress, now));
    m_logged = progress.stage;
    m_tenth = tenth;
}

void ProgressLine::operator()(const Progress& progress) {
    if (m_look.quiet)
        return;
    const Time now = m_now();
    if (progress.stage != m_stage) {
        m_stage = progress.stage;
        m_stage_from = progress.of_stage;
        m_stage_start = now;
    }
    if (!is_due(now))
        return;
    follow(progress, now);
    m_look.terminal ? renew(progress, now) : log(progress, now);
}

} // namespace zonerank::engine
