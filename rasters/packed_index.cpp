// SPDX-License-Identifier: Apache-2.0
#include "rasters/packed_index.hpp"

namespace zonerank::rasters {

static std::vector<Box> grouped(const std::vector<Box>& boxes) {
    std::vector<Box> groups((boxes.size() + PackedIndex::fan - 1) / PackedIndex::fan);
    for (std::size_t i = 0; i < boxes.size(); ++i)
        groups[i / PackedIndex::fan].add(boxes[i]);
    return groups;
}

void PackedIndex::grow(std::vector<Box> leaves) {
    if (leaves.empty())
        return;
    m_levels.push_back(std::move(leaves));
    m_spans.push_back(fan);
    while (m_levels.back().size() > fan) {
        m_levels.push_back(grouped(m_levels.back()));
        m_spans.push_back(m_spans.back() * fan);
    }
}

namespace detail {

// The usual rotate-and-reflect walk down the quadrants, four at a time: for each way
// that x and y are swapped (1) and both reflected (2), and each four bits of both,
// what comes along the curve, and above these eight bits how it goes on.
static constexpr std::array<std::uint16_t, 1024> walk = [] {
    std::array<std::uint16_t, 1024> table{};
    for (unsigned i = 0; i < table.size(); ++i) {
        unsigned turn = i >> 8, along = 0;
        for (unsigned bit = 4; bit-- > 0;) {
            const unsigned x = (i >> 4 >> bit & 1) ^ turn >> 1, y = (i >> bit & 1) ^ turn >> 1;
            const unsigned rx = turn & 1 ? y : x, ry = turn & 1 ? x : y;
            along = along << 2 | ((3 * rx) ^ ry);
            if (ry == 0)
                turn ^= rx == 1 ? 3 : 1;
        }
        table[i] = static_cast<std::uint16_t>(turn << 8 | along);
    }
    return table;
}();

std::uint32_t HilbertCurve::along(std::uint32_t x, std::uint32_t y) {
    std::uint32_t along = 0, turn = 0;
    for (unsigned shift = 16; shift > 0;) {
        shift -= 4;
        const std::uint32_t step = walk[turn << 8 | (x >> shift & 15) << 4 | (y >> shift & 15)];
        along = along << 8 | (step & 255);
        turn = step >> 8;
    }
    return along;
}

// By the upper half's lowest 11 bits, then by the next, then by the highest.
std::vector<std::uint32_t> order_of(std::vector<std::uint64_t> keys) {
    constexpr unsigned bits = 11, digits = 3;
    constexpr std::uint64_t mask = (1U << bits) - 1;
    std::array<std::array<std::uint32_t, mask + 1>, digits> starts{};
    for (const std::uint64_t key : keys)
        for (unsigned digit = 0; digit < digits; ++digit)
            ++starts[digit][key >> 32 >> digit * bits & mask];
    std::vector<std::uint64_t> sorted(keys.size());
    for (unsigned digit = 0; digit < digits; ++digit) {
        std::uint32_t start = 0;
        for (std::uint32_t& count : starts[digit])
            start += std::exchange(count, start);
        for (const std::uint64_t key : keys)
            sorted[starts[digit][key >> 32 >> digit * bits & mask]++] = key;
        keys.swap(sorted);
    }
    return {keys.begin(), keys.end()};
}

} // namespace detail

} // namespace zonerank::rasters
