// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/road_steps.hpp"

#include <cstddef>
#include <span>
#include <unordered_map>
#include <vector>

namespace zonerank::rasters {

/// Lines that go on from one to the next, as one.
struct RoadChain {
    /// From the vertex where the one before ends, or the first, to vertex `last`.
    struct Stretch {
        std::size_t last;
        double km_per_hour;
    };

    Path path;
    std::vector<Stretch> stretches; ///< in order; the last ends where the path does
    bool one_way = false;
};

/// Joins lines where just two end and nothing else passes, either both one-way in one
/// direction or neither, so that it makes no difference where a road is cut up.
/// Only vertices that are the same to the last bit meet. The lines have to outlive this.
class RoadChains {
public:
    explicit RoadChains(std::span<const RoadLine> lines);

    /// All lines, each in one chain, which has the direction of its first line in order.
    std::vector<RoadChain> all() const;

    /// Whether lines end there that aren't joined.
    bool meet(Point p) const;

private:
    struct End {
        std::size_t line;
        bool at_back;
    };
    struct Place {
        std::vector<End> ends;
        bool passed = false; ///< by a line that doesn't end there
    };
    struct Hash {
        std::size_t operator()(Point p) const {
            return std::hash<double>()(p.x) * 0x9E3779B97F4A7C15U ^ std::hash<double>()(p.y);
        }
    };
    /// A line in the direction that a chain has it.
    struct Link {
        std::size_t line;
        bool reversed;
    };

    bool joins(const Place& place) const;
    std::vector<Link> onward(Link from, std::vector<char>& used) const;
    RoadChain chain(std::span<const Link> links) const;
    Point end_of(Link link) const;

    std::span<const RoadLine> m_lines;
    std::unordered_map<Point, Place, Hash> m_places;
};

} // namespace zonerank::rasters
