// SPDX-License-Identifier: Apache-2.0
#include "layers/network_time.hpp"

#include "layers/measures.hpp"
#include "layers/network_lines.hpp"
#include "layers/vectors/shared_distances.hpp"
#include "rasters/core/error.hpp"
#include "rasters/network/network_times.hpp"

#include <memory>
#include <utility>

namespace zonerank::layers {

using rasters::Grid;
using rasters::Window;

namespace {

Unit network_unit(const Params& params, const Sources& sources) {
    check_features(params, sources, "to", "network time", {true, true, true});
    need_network(params, sources, "network time");
    return base_unit(Dimension::time);
}

void need_targets_near(const rasters::NetworkReach& reach, double within) {
    if (reach.off > 0)
        throw Error(
            "{} of {} targets {} farther than {:g} km from every line of `friction: speeds` (the nearest: {:.3g} "
            "km); leave {} out with `where`, or take a larger `within`",
            reach.off, reach.targets, reach.off == 1 ? "lies" : "lie", within / 1000, reach.nearest_off / 1000,
            reach.off == 1 ? "it" : "them");
}

// A network in pieces looks like one on a map; from what its targets can't be reached
// there is only time by other lines, or none.
std::string hint_of(const rasters::NetworkReach& reach) {
    const double share = 100 * reach.lost / reach.minutes;
    if (share < 1)
        return "";
    if (reach.parts == 1)
        return fmt::format("no target can be reached from {:.0f} % of the network, against lines that are one-way",
                           share);
    return fmt::format("no target can be reached from {:.0f} % of the network, which falls into {} pieces; lines that "
                       "should meet may have to be joined: `snap`, or `join: all crossings`",
                       share, reach.parts);
}

Layer network_layer(const Params& params, Sources& sources, const Grid& grid) {
    const FeatureSets sets = features_of(params, "to", sources, grid);
    Network network = read_network(params, sources, grid, "within");
    const rasters::NetworkTimes times(std::move(network.lines), shapes_of(sets), network.joining, network.access,
                                      network.lengths);
    need_targets_near(times.reach(), network.access.within);
    const double limit = params.has("limit") ? params.number("limit") : rasters::Approaches::unlimited;
    return {.unit = base_unit(Dimension::time),
            .tile = [=](Window window) { return times.to_centres(grid, window, limit); },
            .hint = hint_of(times.reach())};
}

} // namespace

MeasureKind network_time_measure() {
    return {
        .name = "network time",
        .summary =
            "minutes to the nearest feature along the lines of the study's `friction: speeds`, without its barriers "
            "and delays; none where no line leads",
        .parameters = {to_parameter(), where_parameter(), limit_parameter(Dimension::time), access_parameter(),
                       off_parameter("within"), snap_parameter(), join_parameter(), level_parameter()},
        .make = {.unit = network_unit, .layer = network_layer, .of_points = true, .none = "no line leads there"},
        .source = "Dijkstra 1959"};
}

} // namespace zonerank::layers
