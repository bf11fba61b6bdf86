// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/batch_words.hpp"

#include <fmt/format.h>

namespace zonerank::engine {

void BatchWords::tell(const std::string& line) const {
    if (m_tell)
        m_tell(line);
}

void BatchWords::failed(const std::string& district, const std::string& why) {
    const std::scoped_lock lock(m_mutex);
    if (m_failures[why]++ == 0)
        tell(fmt::format("{}: {}", district, why));
}

void BatchWords::warned(const std::string& district, const layers::Problems::Problem& warning) {
    const std::string place = to_string(warning.mark);
    const std::scoped_lock lock(m_mutex);
    if (m_warnings[place]++ == 0)
        tell(fmt::format("{}: {}: warning: {}", district, place, warning.text));
}

void BatchWords::repetitions() {
    const std::scoped_lock lock(m_mutex);
    for (const auto& [why, times] : m_failures)
        if (times > 1)
            tell(fmt::format("the same for {} more: {}", times - 1, why));
    for (const auto& [place, times] : m_warnings)
        if (times > 1)
            tell(fmt::format("{}: the same warning for {} more; each manifest.json has its own", place, times - 1));
}

} // namespace zonerank::engine
