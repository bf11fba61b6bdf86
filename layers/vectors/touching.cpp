// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/touching.hpp"

#include "rasters/packed_index.hpp"

#include <algorithm>
#include <numeric>

namespace zonerank::layers {

using rasters::Box;

namespace {

/// Which of many are one, by their numbers (union-find; Tarjan 1975).
class Groups {
public:
    explicit Groups(std::size_t size) : m_above(size) { std::iota(m_above.begin(), m_above.end(), std::size_t{0}); }

    void join(std::size_t a, std::size_t b) {
        a = first_of(a), b = first_of(b);
        m_above[std::max(a, b)] = std::min(a, b);
    }

    /// In the order of their first members.
    std::vector<std::vector<std::size_t>> all() {
        std::vector<std::vector<std::size_t>> groups;
        std::vector<std::size_t> place(m_above.size());
        for (std::size_t i = 0; i < m_above.size(); ++i) {
            const std::size_t first = first_of(i);
            if (first == i)
                place[i] = groups.size(), groups.emplace_back();
            groups[place[first]].push_back(i);
        }
        return groups;
    }

private:
    std::size_t first_of(std::size_t i) {
        while (m_above[i] != i)
            i = m_above[i] = m_above[m_above[i]];
        return i;
    }

    std::vector<std::size_t> m_above; ///< never a larger number than its own
};

} // namespace

std::vector<std::vector<std::size_t>> touching(const std::vector<Box>& boxes) {
    const std::vector<std::uint32_t> order =
        rasters::hilbert_order(boxes.size(), [&](std::size_t i) { return boxes[i].centre(); });
    const rasters::PackedIndex index(order.size(), [&](std::size_t i) { return boxes[order[i]]; });
    Groups groups(boxes.size());
    for (std::size_t i = 0; i < boxes.size(); ++i)
        index.select([&](const Box& box) { return box.intersects(boxes[i]); },
                     [&](std::size_t first, std::size_t last) {
                         for (std::size_t k = first; k < last; ++k)
                             if (order[k] > i && boxes[order[k]].intersects(boxes[i]))
                                 groups.join(i, order[k]);
                     });
    return groups.all();
}

} // namespace zonerank::layers
