// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/network_sums.hpp"

#include "rasters/core/parallel.hpp"
#include "rasters/network/stretches.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace zonerank::rasters {

namespace {

/// All that can be got off at in time.
std::vector<Approach> reached_from(const JoinedNetwork& network, std::size_t place, Point at, double limit) {
    NodeSearch search(network.graph(), Going::from_starts);
    search.run(network.starts(place), limit);
    Stretches stretches(network.graph(), limit);
    stretches.add_reached(search);
    stretches.add_place({.points = {at}});
    return stretches.take();
}

// Rounding of times, and of distances from them, is far less than a metre.
Box around(std::span<const Approach> approaches, const OffNetwork& access, double limit) {
    constexpr double margin = 1;
    Box box;
    for (const Approach& a : approaches)
        box.add(
            a.segment.box().grown(std::min((limit - a.minutes) / access.minutes_per_metre, access.within) + margin));
    return box;
}

} // namespace

NetworkSurroundings::NetworkSurroundings(const JoinedNetwork& network, std::size_t place, Point at,
                                         double limit_minutes)
    : m_approaches({}, network.access()), m_limit(limit_minutes) {
    std::vector<Approach> approaches = reached_from(network, place, at, limit_minutes);
    m_box = around(approaches, network.access(), limit_minutes);
    m_approaches = Approaches(std::move(approaches), network.access());
}

double NetworkSurroundings::minutes_to(Point p) const {
    const double minutes = m_approaches.minutes_from(p);
    return minutes <= m_limit ? minutes : Approaches::unlimited;
}

Tile NetworkSurroundings::to_centres(const Grid& grid, Window window) const {
    return m_approaches.up_to(grid, window, m_limit);
}

std::shared_ptr<const ShareSums> network_sums(const Grid& grid, const JoinedNetwork& network,
                                              std::span<const Point> places, const PlaceWeight& weight, double total,
                                              const Decay& decay, const NetworkSumOptions& options) {
    auto sums = std::make_shared<ShareSums>(grid, options.memory, options.scratch);
    sums->expect(total);
    Advance advance(options.course, static_cast<double>(places.size()));
    in_parallel(places.size(), [&](std::size_t i) {
        const NetworkSurroundings around(network, i, places[i], options.limit_minutes);
        const double counts = weight(i, around);
        const Window reached = intersection(grid.cover(around.box()), grid.window());
        sums->tiling().each(reached, [&](std::size_t tile) {
            options.course.check();
            const Window part = intersection(sums->tiling().window(tile), reached);
            sums->add(counts, around.to_centres(grid, part), decay);
        });
        advance.add(1);
    });
    sums->keep(options.kept);
    return sums;
}

} // namespace zonerank::rasters
