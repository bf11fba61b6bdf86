// SPDX-License-Identifier: Apache-2.0
#include "engine/model/counts.hpp"

namespace zonerank::engine {

void CellCounts::add(const MaskCode& code, const rasters::Raster<Mask>& masks) {
    for_each_run(masks.values(),
                 [&](std::size_t, std::size_t count, Mask mask) { add(code, mask, static_cast<std::int64_t>(count)); });
}

void CellCounts::add(const MaskCode& code, Mask mask, std::int64_t cells) {
    const State state = code.state(mask);
    by_state[static_cast<std::size_t>(state)] += cells;
    if (mask == 0 || state == State::outside)
        return;
    for (std::size_t i = 0; i < excluded.size(); ++i) {
        const Mask bit = code.excluded_by(i);
        excluded[i] += (mask & bit) != 0 ? cells : 0;
        excluded_alone[i] += (mask & code.any_excluded()) == bit ? cells : 0;
    }
    for (std::size_t i = 0; i < no_data.size(); ++i) {
        const Mask bit = code.no_data(i);
        // Without this criterion's gap the cell would be known.
        const bool alone = state == State::unknown && (mask & bit) != 0 && code.state(mask & ~bit) != State::unknown;
        no_data[i] += (mask & bit) != 0 ? cells : 0;
        unknown_alone[i] += alone ? cells : 0;
    }
}

static void plus(std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b) {
    for (std::size_t i = 0; i < a.size(); ++i)
        a[i] += b[i];
}

void CellCounts::add(const CellCounts& other) {
    for (std::size_t i = 0; i < by_state.size(); ++i)
        by_state[i] += other.by_state[i];
    plus(excluded, other.excluded);
    plus(excluded_alone, other.excluded_alone);
    plus(no_data, other.no_data);
    plus(unknown_alone, other.unknown_alone);
}

void CellCounts::put(rasters::ArchiveOut& out) const {
    out.put_sums(by_state);
    for (const std::vector<std::int64_t>* counts : {&excluded, &excluded_alone, &no_data, &unknown_alone})
        out.put_sums(*counts);
}

void CellCounts::take(rasters::ArchiveIn& in) {
    in.add_sums(by_state);
    for (std::vector<std::int64_t>* counts : {&excluded, &excluded_alone, &no_data, &unknown_alone})
        in.add_sums(*counts);
}

} // namespace zonerank::engine
