// SPDX-License-Identifier: Apache-2.0
#include "engine/model/overlap.hpp"

#include <cmath>

namespace zonerank::engine {

using rasters::Box;
using rasters::Crs;

namespace {

struct Extent {
    Box box;
    Crs crs;
};

Extent extent_of(const layers::Sources& sources, const std::string& name) {
    if (sources.is_raster(name)) {
        const rasters::RasterInfo info = sources.raster_info(name);
        return {info.box, info.crs};
    }
    const layers::FeatureInfo info = sources.feature_info(name);
    return {info.extent, info.crs};
}

std::string text_of(const Box& box, const Crs& crs) {
    const int decimals = crs.geographic ? 2 : 0;
    return fmt::format("x {:.{}f} to {:.{}f}, y {:.{}f} to {:.{}f}", box.xmin, decimals, box.xmax, decimals, box.ymin,
                       decimals, box.ymax, decimals);
}

/// On the globe a turn more or less is the same place.
bool meet(Box layer, const Box& area, const Crs& crs) {
    if (crs.geographic) {
        const double turn = 360 * std::round((area.centre().x - layer.centre().x) / 360);
        layer.xmin += turn;
        layer.xmax += turn;
    }
    return layer.intersects(area);
}

void check(Prepared& p, const std::string& name) {
    const layers::LayerSpec& spec = p.sources->spec(name);
    p.problems.guard(spec.mark, fmt::format("layer '{}'", name), [&] {
        const auto [box, crs] = extent_of(*p.sources, name);
        if (box.empty())
            return;
        const Box area = reproject(rasters::bounds(p.territory.area), rasters::Transform(p.territory.crs, crs));
        if (!meet(box, area, crs))
            throw Error("it doesn't reach the area: in {} it covers {}, and the area {}", crs.label(),
                        text_of(box, crs), text_of(area, crs));
    });
}

void check(Prepared& p, const layers::Measure& measure) {
    if (measure.kind->make.needs_ground)
        for (const std::string& name : layers::layers_of(measure))
            check(p, name);
}

} // namespace

void check_overlap(Prepared& p) {
    for (const Criterion& criterion : p.decision.criteria)
        if (criterion.on_map() && criterion.measure.kind)
            check(p, criterion.measure);
    for (const Constraint& constraint : p.constraints)
        if (constraint.measure)
            check(p, *constraint.measure);
}

} // namespace zonerank::engine
