// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/network/line_edges.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// Sets that are made one by joining. Which number stands for a set depends on the order
/// of joining, what is in it doesn't.
class JoinedSets {
public:
    std::uint32_t add(); ///< a set of its own
    std::uint32_t find(std::uint32_t i);
    void join(std::uint32_t a, std::uint32_t b) { m_parent[find(b)] = find(a); }
    std::size_t size() const { return m_parent.size(); }

private:
    std::vector<std::uint32_t> m_parent;
};

enum class Join {
    shared_vertices, ///< lines meet where they have a vertex in common
    all_crossings,   ///< and where they cross or touch
};

/// Where one can turn from one line to another.
struct Joining {
    /// Metres within which a line's end is joined to vertices, with all_crossings to
    /// lines, too: by a straight link of that length, so that no way gets shorter than
    /// it is, however short the lines are.
    double snap = 0;
    Join join = Join::shared_vertices;
};

/// A place where a line begins, ends or is joined to others.
struct Cut {
    LinePlace place;
    std::uint32_t joint; ///< the same number where one can turn from one to the other
};

/// A way between two joints that are near each other, at the speed of the slower of the
/// fastest lines on either side, in both directions.
struct Link {
    std::uint32_t a, b;
    double minutes;
};

struct Joints {
    std::vector<Cut> cuts; ///< in the order of lines and along them
    std::vector<Link> links;
    std::uint32_t count = 0; ///< joints are numbered from 0
};

/// All places where lines, without repeated points, begin, end or are joined, and
/// `further` ones. Lines of different levels pass over each other, but an end joins whatever it touches:
/// that is where a bridge begins. The same places are joined in whatever order lines come.
Joints find_joints(std::span<const RoadLine> lines, const LineEdges& edges, const Joining& joining,
                   std::span<const LinePlace> further = {});

} // namespace zonerank::rasters
