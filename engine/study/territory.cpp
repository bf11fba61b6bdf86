// SPDX-License-Identifier: Apache-2.0
#include "engine/study/territory.hpp"

#include "engine/study/no_sites.hpp"
#include "engine/study/place_sources.hpp"
#include "layers/vectors/geos.hpp"
#include "rasters/distance.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

using layers::FeatureSet;
using layers::FeatureSource;
using layers::Problems;
using layers::Sources;
using rasters::Box;
using rasters::Crs;
using rasters::Point;
using rasters::Shape;
using rasters::Transform;

namespace {

Box lonlat_box(const Shape& shape, const Crs& crs) {
    return rasters::reproject(rasters::bounds(shape), Transform(crs, rasters::wgs84()));
}

Shape box_shape(const Box& box) {
    Shape shape;
    shape.polygons.push_back({{{{box.xmin, box.ymin},
                                {box.xmax, box.ymin},
                                {box.xmax, box.ymax},
                                {box.xmin, box.ymax},
                                {box.xmin, box.ymin}}}});
    return shape;
}

/// Everything of a set in one shape.
Shape gathered(const FeatureSet& set) {
    Shape all;
    for (const layers::Feature& feature : set.features) {
        all.points.insert(all.points.end(), feature.shape.points.begin(), feature.shape.points.end());
        all.lines.insert(all.lines.end(), feature.shape.lines.begin(), feature.shape.lines.end());
        all.polygons.insert(all.polygons.end(), feature.shape.polygons.begin(), feature.shape.polygons.end());
    }
    return all;
}

/// Rounded up.
double two_digits(double number) {
    const double step = std::pow(10, std::floor(std::log10(number)) - 1);
    return std::ceil(number / step) * step;
}

class Finder {
public:
    Finder(const Study& study, const std::vector<std::string>& site_fields, const Sources& sources, Problems& problems)
        : m_study(study), m_site_fields(site_fields), m_sources(sources), m_problems(problems) {}

    Territory find() {
        Territory territory;
        const GridSpec& grid = m_study.grid;
        const bool ready = m_problems.guard(grid.crs_mark.line ? grid.crs_mark : grid.mark, "grid: crs",
                                            [&] { choose_crs(territory); }) &&
                           m_problems.guard(m_study.area.mark, "area", [&] { place_area(territory); }) &&
                           m_problems.guard(grid.mark, "grid", [&] { lay_grid(territory); });
        if (ready && m_study.sites && needs_sites(m_study) &&
            (!m_study.sites->paths.empty() || !m_study.sites->layer.empty()))
            m_problems.guard(m_study.sites->mark, "sites", [&] { place_sites(territory); });
        return territory;
    }

private:
    FeatureSet read(const FeatureSource& source, const Crs& target, double tolerance) const {
        return layers::read_features(source, target, tolerance, m_sources.access());
    }

    Crs box_crs() const { return m_study.area.crs.value_or(rasters::wgs84()); }

    /// The box with its edges in order: across the antimeridian it goes on beyond 180 degrees.
    Box area_box() const {
        Box box = m_study.area.box;
        if (box.xmin > box.xmax && box_crs().geographic)
            box.xmax += 360;
        if (!(box.xmin < box.xmax))
            throw Error("box: the west edge {:g} must be west of the east edge {:g}", box.xmin, box.xmax);
        return box;
    }

    Box area_lonlat() const {
        if (m_study.area.kind == AreaSpec::Kind::box)
            return box_crs().geographic ? area_box() : lonlat_box(box_shape(area_box()), box_crs());
        const Shape shape = gathered(read(area_source(m_study, m_site_fields, m_sources), rasters::wgs84(), 1e-4));
        if (shape.empty())
            throw Error("the source has no feature{}",
                        m_study.area.where.empty() ? "" : fmt::format(" where {}", m_study.area.where));
        return rasters::lonlat_bounds(shape);
    }

    /// What is wrong with the area is told at its line, whoever asks for it.
    Crs crs_for_area() const {
        try {
            return rasters::default_crs(area_lonlat());
        } catch (const PlacedError&) {
            throw;
        } catch (const Error& e) {
            throw layers::ErrorAt(m_study.area.mark, fmt::format("area: {}", e.what()));
        }
    }

    void choose_crs(Territory& territory) const {
        if (!m_study.grid.like.empty())
            territory.crs = m_sources.raster_info(m_study.grid.like).crs;
        else if (!m_study.grid.crs.empty())
            territory.crs = rasters::parse_crs(m_study.grid.crs);
        else
            territory.crs = crs_for_area();
        territory.crs_chosen = m_study.grid.like.empty() && m_study.grid.crs.empty();
        const Crs& crs = territory.crs;
        if (!crs.projected || std::abs(crs.metres_per_unit - 1) > 1e-9)
            throw Error("{} is {}; a grid needs a projected CRS in metres, such as {} here", crs.label(),
                        crs.geographic ? "in degrees" : "not in metres", crs_for_area().label());
    }

    Shape area_shape(const Crs& crs, Territory& territory) const {
        const double tolerance = layers::densify_tolerance(m_study.grid.cell);
        if (m_study.area.kind == AreaSpec::Kind::box)
            return rasters::reproject(box_shape(area_box()), Transform(box_crs(), crs), tolerance);
        const FeatureSet set = read(area_source(m_study, m_site_fields, m_sources), crs, tolerance);
        territory.area_repairs = set.repairs;
        if (m_study.area.kind == AreaSpec::Kind::around_sites)
            return box_shape(bounds_of_ground(set, *m_study.sites, crs));
        const Shape all = gathered(set);
        if (all.polygons.empty())
            throw Error("the source has no polygon{}",
                        m_study.area.where.empty() ? "" : fmt::format(" where {}", m_study.area.where));
        return layers::united({all});
    }

    void place_area(Territory& territory) const {
        const bool around = m_study.area.kind == AreaSpec::Kind::around_sites;
        Shape shape = area_shape(territory.crs, territory);
        if (around)
            shape = box_shape(rasters::bounds(shape).grown(m_study.area.buffer));
        else if (m_study.area.buffer != 0)
            shape = layers::buffered(shape, m_study.area.buffer);
        territory.area = std::move(shape);
        const Box box = rasters::bounds(territory.area);
        if (box.empty() || !(box.width() > 0 && box.height() > 0))
            throw Error("nothing is left of the area{}", m_study.area.buffer < 0 ? " inside its negative buffer" : "");
        territory.scale_error = rasters::scale_error(territory.crs, box);
        if (territory.scale_error > 0.005)
            m_problems.warning(m_study.grid.mark, scale_warning(territory));
    }

    std::string scale_warning(const Territory& territory) const {
        const Crs better = crs_for_area();
        return fmt::format("grid: distances in {} are off by up to {:.2f} % over this area{}", territory.crs.label(),
                           territory.scale_error * 100,
                           rasters::same(better, territory.crs) ? ""
                                                                : fmt::format("; {} would do better", better.label()));
    }

    /// Only a few cells can all miss the area by their centres.
    static bool is_missed(const Territory& territory) {
        constexpr std::int64_t few = 4096;
        const rasters::Window all = territory.grid.window();
        if (all.size() > few)
            return false;
        const rasters::Tile distance =
            rasters::DistanceIndex(std::span(&territory.area, 1)).to_centres(territory.grid, all);
        return std::ranges::none_of(distance.values(), [](float metres) { return metres == 0; });
    }

    void lay_grid(Territory& territory) const {
        cover_area(territory);
        if (is_missed(territory))
            throw Error("no cell of {:g} m has its centre in the area; take a smaller cell", territory.grid.cell);
    }

    void check_size(const Box& box, double cell) const {
        const double cols = std::max(1.0, box.width() / cell), rows = std::max(1.0, box.height() / cell);
        const double times =
            std::max({std::sqrt(cols * rows / most_cells), cols / most_in_a_row, rows / most_in_a_row});
        if (times <= 1)
            return;
        throw layers::ErrorAt(m_study.grid.cell_mark,
                              fmt::format("grid: cells of {:g} m are {:.3g} x {:.3g} over this area, {:.3g} in all; a "
                                          "grid holds {:g} at most, and {:g} in a row: take a cell of {:g} m or more",
                                          cell, cols, rows, cols * rows, most_cells, most_in_a_row,
                                          two_digits(cell * times * 1.001)));
    }

    void cover_area(Territory& territory) const {
        const Box box = rasters::bounds(territory.area);
        if (m_study.grid.like.empty()) {
            check_size(box, m_study.grid.cell);
            territory.grid = rasters::grid_over(box, m_study.grid.cell, territory.crs.wkt);
            return;
        }
        const rasters::RasterInfo like = m_sources.raster_info(m_study.grid.like);
        if (like.turned)
            throw Error("layer '{}' is turned against its axes; a grid's cells are not", m_study.grid.like);
        if (std::abs(like.cell_x - like.cell_y) > 1e-6 * like.cell_x)
            throw Error("layer '{}' has cells of {:g} x {:g}, but a grid's cells are square", m_study.grid.like,
                        like.cell_x, like.cell_y);
        check_size(box, like.cell_x);
        territory.grid = rasters::grid_over(box, like.cell_x, territory.crs.wkt, {like.box.xmin, like.box.ymax});
    }

    void place_sites(Territory& territory) const {
        const FeatureSet set = read(site_source(m_study, m_site_fields, m_sources), territory.crs,
                                    layers::densify_tolerance(territory.grid.cell));
        territory.site_repairs = set.repairs;
        territory.site_fields = set.fields;
        if (set.features.empty() && set.repairs.read > 0)
            throw Error("no site has a geometry and a place in {}", territory.crs.label());
        if (set.features.empty() && may_have_no_sites(m_study) && !m_study.asked)
            return;
        if (set.features.empty())
            throw Error("the source has no feature{}",
                        m_study.sites->where.empty() ? "" : fmt::format(" where {}", m_study.sites->where));
        if (const auto lost = set.repairs.null + set.repairs.empty + set.repairs.elsewhere; lost > 0)
            m_problems.warning(
                m_study.sites->mark,
                fmt::format("sites: {} without a geometry or a place in {} left out", lost, territory.crs.label()));
        territory.candidates = candidates(set, *m_study.sites, m_site_fields, territory.crs);
        check_inside(territory);
    }

    void check_inside(const Territory& territory) const {
        const rasters::DistanceIndex area(std::span(&territory.area, 1));
        std::vector<std::string> beyond;
        for (const Candidate& candidate : territory.candidates)
            if (area.to(candidate.shape) > 0)
                beyond.push_back(candidate.name);
        if (beyond.size() == territory.candidates.size())
            throw Error("{} outside the area",
                        beyond.size() == 1 ? "the only site lies" : fmt::format("all {} sites lie", beyond.size()));
        if (!beyond.empty())
            m_problems.warning(m_study.sites->mark,
                               fmt::format("sites: outside the area{}: {}",
                                           m_study.asked ? "" : ", listed without a rank", fmt::join(beyond, ", ")));
    }

    const Study& m_study;
    const std::vector<std::string>& m_site_fields;
    const Sources& m_sources;
    Problems& m_problems;
};

} // namespace

Territory find_territory(const Study& study, const std::vector<std::string>& site_fields, const Sources& sources,
                         Problems& problems) {
    return Finder(study, site_fields, sources, problems).find();
}

bool quantiles_fit(const Territory& territory, std::int64_t most) {
    double cells = 0;
    for (const Candidate& site : territory.candidates)
        cells += static_cast<double>(territory.grid.cover(rasters::bounds(site.shape)).size());
    return cells <= static_cast<double>(most);
}

} // namespace zonerank::engine
