// SPDX-License-Identifier: Apache-2.0
#include "rasters/routes/steps_into.hpp"

#include <algorithm>
#include <tuple>

namespace zonerank::rasters {

StepsInto::StepsInto(const Grid& grid, std::span<const RoadStep> steps)
    : m_cols(static_cast<std::uint64_t>(grid.cols)) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const RoadStep& s = steps[i];
        m_steps.push_back({key(s.to), i, s.from, s.minutes, true});
        if (!s.one_way)
            m_steps.push_back({key(s.from), i, s.to, s.minutes, false});
    }
    std::ranges::sort(m_steps, {}, [](const Step& s) { return std::tuple(s.key, s.step, s.forward); });
}

std::span<const StepsInto::Step> StepsInto::operator()(Cell to) const {
    return std::ranges::equal_range(m_steps, key(to), {}, &Step::key);
}

} // namespace zonerank::rasters
