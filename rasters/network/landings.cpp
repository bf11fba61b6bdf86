// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/landings.hpp"

#include "rasters/core/parallel.hpp"
#include "rasters/segment_index.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace zonerank::rasters {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Finds the landings of one place.
class Landfall {
public:
    Landfall(const LineEdges& edges, const OffNetwork& access) : m_edges(edges), m_access(access) {}

    void find(std::span<const Segment> outline);

    const std::vector<Landing>& landings() const { return m_landings; }
    double metres() const { return m_metres; } ///< to the nearest line; 0 where lines cross the place

private:
    bool add_crossings(const Segment& outline);
    void add_nearest(std::span<const Segment> outline);
    void add_at_distance(const Segment& outline, double squared);

    const LineEdges& m_edges;
    const OffNetwork& m_access;
    std::vector<Landing> m_landings;
    double m_metres = 0;
};

void Landfall::find(std::span<const Segment> outline) {
    bool crossed = false;
    for (const Segment& s : outline)
        crossed = add_crossings(s) || crossed;
    if (!crossed)
        add_nearest(outline);
}

bool Landfall::add_crossings(const Segment& outline) {
    const std::size_t before = m_landings.size();
    m_edges.meeting(outline.box(), [&](const LineEdges::Edge& edge, std::size_t) {
        if (crosses(edge.segment, outline))
            m_landings.push_back({place_on(edge, crossing_part(edge.segment, outline)), 0});
    });
    return m_landings.size() > before;
}

void Landfall::add_nearest(std::span<const Segment> outline) {
    double least = infinity;
    for (const Segment& s : outline)
        least = m_edges.nearest(s, least);
    m_metres = std::sqrt(least);
    if (m_metres <= m_access.within)
        for (const Segment& s : outline)
            add_at_distance(s, least);
}

// Of two segments that don't cross, one of the four ends is at the least distance.
void Landfall::add_at_distance(const Segment& outline, double squared) {
    const double minutes = m_metres * m_access.minutes_per_metre;
    m_edges.meeting(outline.box().grown(m_metres + m_edges.slack()), [&](const LineEdges::Edge& edge, std::size_t) {
        const Segment& s = edge.segment;
        for (const Point p : {outline.a, outline.b})
            if (squared_distance(s, p) <= squared)
                m_landings.push_back({place_on(edge, nearest_part(s, p)), minutes});
        for (const double at : {0.0, 1.0})
            if (squared_distance(outline, at == 0 ? s.a : s.b) <= squared)
                m_landings.push_back({place_on(edge, at), minutes});
    });
}

void add(const Landfall& found, const OffNetwork& access, Landings& all) {
    all.all.insert(all.all.end(), found.landings().begin(), found.landings().end());
    if (found.metres() > access.within)
        all.nearest_off = all.off++ == 0 ? found.metres() : std::min(all.nearest_off, found.metres());
}

} // namespace

Landings find_landings(const LineEdges& edges, const OffNetwork& access, std::span<const Shape* const> places) {
    std::vector<Landfall> found(places.size(), Landfall(edges, access));
    std::vector<char> somewhere(places.size());
    in_parallel(places.size(), [&](std::size_t i) {
        const std::vector<Segment> outline = segments_of(std::vector{places[i]});
        somewhere[i] = outline.empty() ? 0 : 1;
        if (!outline.empty())
            found[i].find(outline);
    });
    Landings all{.all = {}, .first = {0}};
    all.places = static_cast<std::size_t>(std::ranges::count(somewhere, 1));
    for (const Landfall& place : found) {
        add(place, access, all);
        all.first.push_back(all.all.size());
    }
    return all;
}

} // namespace zonerank::rasters
