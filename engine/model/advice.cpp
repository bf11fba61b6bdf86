// SPDX-License-Identifier: Apache-2.0
#include "engine/model/advice.hpp"

#include "rasters/native.hpp"

#include <algorithm>
#include <set>

namespace zonerank::engine {

using rasters::Box;

double sight(const Criterion& criterion) {
    double farthest = 0;
    for (const auto& [metres, value] : criterion.value_params.points("*"))
        farthest = std::max(farthest, metres);
    for (const char* anchor : {"worst", "best", "lower", "upper", "a", "b", "c", "d"}) // flat beyond, whatever the row
        farthest = std::max(farthest, criterion.value_params.number(anchor));
    const double limit = criterion.measure.params.number("limit");
    return limit > 0 ? std::min(farthest, limit) : farthest;
}

namespace {

/// How far a layer goes on beyond the area on its nearest side; negative inside.
double margin(const Box& layer, const Box& area) {
    return std::min({area.xmin - layer.xmin, area.ymin - layer.ymin, layer.xmax - area.xmax, layer.ymax - area.ymax});
}

void warn_of_extent(Prepared& p, const Criterion& criterion, const std::string& name) {
    const layers::FeatureInfo info = p.sources->feature_info(name);
    const double seen = sight(criterion);
    if (info.extent.empty() || seen <= 0)
        return;
    const Box extent = rasters::reproject(info.extent, rasters::Transform(info.crs, p.territory.crs));
    const double beyond = margin(extent, rasters::bounds(p.territory.area));
    // Few features well inside an area are all there are, more often than cut off.
    if (beyond < 0 || beyond >= seen)
        return;
    p.problems.warning(
        criterion.mark,
        fmt::format("criterion '{}': layer '{}' ends {}, but counts up to {:g} km: distances near the edge may be too "
                    "long",
                    criterion.name, name,
                    beyond < 50 ? "where the area does" : fmt::format("{:.1f} km beyond the area", beyond / 1000),
                    seen / 1000));
}

void warn_of_coarse(Prepared& p, const Criterion& criterion, const std::string& name) {
    const double cell = rasters::source_cell(p.sources->raster_info(name), p.territory.grid);
    if (cell > 2 * p.territory.grid.cell)
        p.problems.warning(criterion.mark,
                           fmt::format("layer '{}' has cells of {:.0f} m, coarser than the grid's {:g} m: the map "
                                       "shows detail that is not there (first in criterion '{}')",
                                       name, cell, p.territory.grid.cell, criterion.name));
}

bool has_thin_features(Prepared& p, const Constraint& constraint, const std::string& name) {
    const auto set = p.sources->features(name, constraint.params.text("where"), {}, p.territory.grid);
    return std::ranges::any_of(set->features, [](const layers::Feature& f) { return f.shape.polygons.empty(); });
}

void warn_of_thin(Prepared& p, const Constraint& constraint) {
    const double buffer = constraint.params.number("buffer");
    const bool by_centre = constraint.kind->name == "inside" && constraint.params.text("cells") == "centre";
    if (!by_centre || 2 * buffer >= p.territory.grid.cell)
        return;
    for (const auto& [role, name] : constraint.params.layers("of"))
        if (has_thin_features(p, constraint, name))
            p.problems.warning(
                constraint.mark,
                fmt::format(
                    "constraint '{}': lines or points of layer '{}' with {:g} m around them are narrower than a "
                    "cell, and the map will show gaps; `cells: any part` closes them",
                    constraint.name, name, buffer));
}

} // namespace

void advise(Prepared& p) {
    std::set<std::string> rasters_told;
    for (std::size_t i = 0; i < p.decision.criteria.size(); ++i) {
        const Criterion& criterion = p.decision.criteria[i];
        if (!criterion.on_map())
            continue;
        if (const std::string& hint = p.model->layer(i).hint; !hint.empty())
            p.problems.warning(criterion.mark, fmt::format("criterion '{}': {}", criterion.name, hint));
        for (const std::string& name : layers::layers_of(criterion.measure)) {
            if (p.sources->is_raster(name) && rasters_told.insert(name).second)
                warn_of_coarse(p, criterion, name);
            if (criterion.measure.kind->name == "distance")
                warn_of_extent(p, criterion, name);
        }
    }
    for (const Constraint& constraint : p.constraints)
        warn_of_thin(p, constraint);
}

} // namespace zonerank::engine
