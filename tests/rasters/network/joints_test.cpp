// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/joints.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

RoadLine line(Path path, int level = 0) {
    return {std::move(path), 60, false, level};
}

Joints joints(const std::vector<RoadLine>& lines, const Joining& joining = {},
              const std::vector<LinePlace>& further = {}) {
    const LineEdges edges(lines);
    return find_joints(lines, edges, joining, further);
}

/// Whether one can turn from one line to another, somewhere.
bool joined(const Joints& joints, std::uint32_t a, std::uint32_t b) {
    std::set<std::uint32_t> of_a, of_b, both;
    for (const Cut& cut : joints.cuts) {
        if (cut.place.line == a)
            of_a.insert(cut.joint);
        if (cut.place.line == b)
            of_b.insert(cut.joint);
    }
    for (const Link& link : joints.links)
        if ((of_a.contains(link.a) && of_b.contains(link.b)) || (of_a.contains(link.b) && of_b.contains(link.a)))
            return true;
    std::ranges::set_intersection(of_a, of_b, std::inserter(both, both.end()));
    return !both.empty();
}

const Joining crossings{.join = Join::all_crossings};

} // namespace

TEST_CASE("sets that are joined") {
    JoinedSets sets;
    for (int i = 0; i < 5; ++i)
        CHECK(sets.add() == static_cast<std::uint32_t>(i));
    sets.join(0, 3);
    sets.join(3, 4);
    CHECK(sets.find(0) == sets.find(4));
    CHECK(sets.find(1) != sets.find(2));
    CHECK(sets.size() == 5);
}

TEST_CASE("lines meet at vertices they share, and nowhere else") {
    const auto cuts =
        joints({line({{0, 0}, {5, 0}, {10, 0}}), line({{5, -5}, {5, 0}, {5, 5}}), line({{7, -5}, {7, 5}})});
    CHECK(cuts.cuts.size() == 8); // six ends, the vertex on two lines
    CHECK(joined(cuts, 0, 1));
    CHECK_FALSE(joined(cuts, 0, 2));
    CHECK(std::ranges::is_sorted(cuts.cuts, {}, &Cut::place));
    const auto all =
        joints({line({{0, 0}, {5, 0}, {10, 0}}), line({{5, -5}, {5, 0}, {5, 5}}), line({{7, -5}, {7, 5}})}, crossings);
    CHECK(joined(all, 0, 2));
    CHECK(all.cuts.size() == 10);
    const auto at = std::ranges::find_if(all.cuts, [](const Cut& c) { return c.place.line == 0 && c.place.at > 0; });
    REQUIRE(at != all.cuts.end());
    CHECK(at->place.edge == 1);
    CHECK(at->place.at == doctest::Approx(0.4));
}

TEST_CASE("lines of different levels pass over each other") {
    const RoadLine road = line({{0, 0}, {5, 0}, {10, 0}});
    CHECK_FALSE(joined(joints({road, line({{5, -5}, {5, 0}, {5, 5}}, 1)}), 0, 1));
    CHECK_FALSE(joined(joints({road, line({{7, -5}, {7, 5}}, 1)}, crossings), 0, 1));
    CHECK_FALSE(joined(joints({road, line({{5, -5}, {5, 0}, {5, 5}}, 1)}, crossings), 0, 1));
    CHECK(joined(joints({line({{7, -5}, {7, 5}}, -1), line({{0, 0}, {10, 0}}, -1)}, crossings), 0, 1));
}

TEST_CASE("an end joins whatever it touches: a bridge begins there") {
    const RoadLine road = line({{0, 0}, {5, 0}, {10, 0}});
    CHECK(joined(joints({road, line({{5, 0}, {5, 5}}, 1)}), 0, 1));
    CHECK(joined(joints({road, line({{10, 0}, {15, 0}}, 1)}), 0, 1));
    CHECK_FALSE(joined(joints({road, line({{7, 0}, {7, 5}}, 1)}), 0, 1));
    CHECK(joined(joints({road, line({{7, 0}, {7, 5}}, 1)}, crossings), 0, 1));
}

TEST_CASE("ends snap to vertices, with all crossings to lines; nothing else does") {
    const RoadLine road = line({{0, 0}, {5, 0}, {10, 0}});
    const Joining snap{.snap = 0.5}, snap_all{.snap = 0.5, .join = Join::all_crossings};
    CHECK(joined(joints({road, line({{5.3, 0.3}, {5, 5}})}, snap), 0, 1));
    CHECK_FALSE(joined(joints({road, line({{5.4, 0.4}, {5, 5}})}, snap), 0, 1));
    CHECK_FALSE(joined(joints({road, line({{7, 0.3}, {7, 5}})}, snap), 0, 1));
    CHECK(joined(joints({road, line({{7, 0.3}, {7, 5}})}, snap_all), 0, 1));
    CHECK(joined(joints({road, line({{7, -0.3}, {7, 5}})}, snap_all), 0, 1));
    CHECK_FALSE(joined(joints({road, line({{7, 0.6}, {7, 5}})}, snap_all), 0, 1));
    CHECK_FALSE(joined(joints({road, line({{5, 0.3}, {5, 5}})}), 0, 1));
    // Vertices within a curve stay what they are, however dense.
    const auto dense = joints({line({{0, 0}, {100, 0}, {100.1, 0}, {100.2, 0}, {200, 0}})}, snap);
    CHECK(dense.cuts.size() == 2);
    CHECK(dense.links.empty());
    CHECK_FALSE(joined(joints({line({{0, 5}, {5, 0.2}, {10, 5}}), road}, snap), 0, 1));
}

TEST_CASE("a link takes as long as it is, at the slower speed") {
    RoadLine slow = line({{10.3, 0.4}, {20, 0}});
    slow.km_per_hour = 30;
    const auto near = joints({line({{0, 0}, {10, 0}}), slow}, {.snap = 1});
    REQUIRE(!near.links.empty());
    for (const Link& link : near.links)
        CHECK(link.minutes == doctest::Approx(0.001));
}

TEST_CASE("a crossing just in a vertex is one, whatever the rounding") {
    for (const double shift : {0.0, 1e-9, -1e-9, 0.1, 1.0 / 3}) {
        const Point v{1 / 3.0 + shift, 1 / 7.0 + shift};
        const auto cuts =
            joints({line({{v.x - 3, v.y - 1}, {v.x + 3, v.y + 1}}), line({{v.x - 1, v.y + 3}, v, {v.x + 1, v.y - 3}})},
                   crossings);
        CHECK(joined(cuts, 0, 1));
    }
}

TEST_CASE("a line joins itself where it comes back") {
    const auto ring = joints({line({{0, 0}, {10, 0}, {10, 10}, {0, 0}})});
    REQUIRE(ring.cuts.size() == 2);
    CHECK(ring.cuts[0].joint == ring.cuts[1].joint);
    const auto loop = joints({line({{0, 0}, {10, 0}, {10, 10}, {5, -5}})}, crossings);
    REQUIRE(loop.cuts.size() == 4);
    CHECK(loop.cuts[1].joint == loop.cuts[2].joint);
}

TEST_CASE("further places become joints, or share the one that is there") {
    const auto cuts = joints({line({{0, 0}, {5, 0}, {10, 0}})}, {}, {{0, 0, 0.5}, {0, 0, 0.5}, {0, 2, 0}, {0, 1, 0}});
    REQUIRE(cuts.cuts.size() == 4);
    CHECK(cuts.count == 4);
    std::set<std::uint32_t> numbers;
    for (const Cut& cut : cuts.cuts)
        numbers.insert(cut.joint);
    CHECK(numbers == std::set<std::uint32_t>{0, 1, 2, 3});
}
