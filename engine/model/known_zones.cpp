// SPDX-License-Identifier: Apache-2.0
#include "engine/model/known_zones.hpp"

#include "rasters/distance.hpp"
#include "rasters/zonal/coverage.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace zonerank::engine {

using layers::ErrorAt;
using layers::Feature;
using layers::FeatureSet;
using rasters::Window;

namespace {

class Finder {
public:
    Finder(const Study& study, const layers::Sources& sources, const Territory& territory)
        : m_study(study), m_sources(sources), m_territory(territory) {}

    KnownZones find() {
        const ValidateSpec& validate = *m_study.validate;
        m_known.on_map = validate.good.on_map();
        add(validate.good, true);
        if (validate.bad)
            add(*validate.bad, false);
        check_apart();
        if (m_known.on_map)
            check_inside();
        return std::move(m_known);
    }

private:
    [[noreturn]] static void fail(const KnownSpec& spec, bool good, const std::string& what) {
        throw ErrorAt(spec.mark, fmt::format("validate: {}: {}", good ? "good" : "bad", what));
    }

    void add(const KnownSpec& spec, bool good) {
        for (const std::string& name : spec.sites)
            add_sites_called(name, spec, good);
        if (!spec.sites.empty())
            return;
        const FeatureSet set = read(spec, good);
        if (set.features.empty())
            fail(spec, good, "the source has no feature" + (spec.where.empty() ? "" : " where " + spec.where));
        if (spec.on_map())
            add_ground(set, spec, good);
        else
            add_chosen(set, good);
    }

    FeatureSet read(const KnownSpec& spec, bool good) const {
        try {
            return known_features(spec, m_study, m_sources, m_territory);
        } catch (const PlacedError&) {
            throw;
        } catch (const Error& e) {
            fail(spec, good, e.what());
        }
    }

    void add_sites_called(const std::string& name, const KnownSpec& spec, bool good) {
        const auto& sites = m_territory.candidates;
        const std::size_t before = m_known.zones.size();
        std::vector<std::string> names;
        for (std::size_t i = 0; i < sites.size(); ++i) {
            names.push_back(sites[i].name);
            if (sites[i].name == name || sites[i].id == name)
                m_known.zones.push_back({sites[i].name, good, {}, i});
        }
        if (m_known.zones.size() == before)
            fail(spec, good, layers::unknown("site", name, names));
    }

    /// The candidates whose features are among the chosen, which keep their order.
    void add_chosen(const FeatureSet& chosen, bool good) {
        const FeatureSet all = site_features(m_study, m_sources, m_territory);
        std::size_t next = 0;
        for (std::size_t i = 0; i < all.features.size() && next < chosen.features.size(); ++i) {
            const Feature &site = all.features[i], &wanted = chosen.features[next];
            if (site.fid != wanted.fid || !(rasters::bounds(site.shape) == rasters::bounds(wanted.shape)))
                continue;
            m_known.zones.push_back({m_territory.candidates[i].name, good, {}, i});
            ++next;
        }
    }

    void add_ground(const FeatureSet& set, const KnownSpec& spec, bool good) {
        for (std::size_t i = 0; i < set.features.size(); ++i) {
            const Feature& feature = set.features[i];
            std::string name = spec.name_field.empty() ? "" : layers::to_text(feature.fields.front());
            if (name.empty())
                name = fmt::format("{} zone {}", good ? "good" : "bad", i + 1);
            if (feature.shape.polygons.empty() && feature.shape.points.empty())
                fail(spec, good, fmt::format("'{}' is a line; a known zone is a polygon or a point", name));
            m_known.zones.push_back({std::move(name), good, feature.shape});
        }
    }

    /// The same for the same ground, or the same site.
    std::array<double, 4> place_of(const KnownZone& zone) const {
        const rasters::Box box = rasters::bounds(zone.shape);
        return m_known.on_map ? std::array{box.xmin, box.ymin, box.xmax, box.ymax}
                              : std::array{static_cast<double>(zone.site), 0.0, 0.0, 0.0};
    }

    void check_apart() const {
        std::map<std::array<double, 4>, const KnownZone*> seen;
        for (const KnownZone& zone : m_known.zones) {
            const auto [first, fresh] = seen.emplace(place_of(zone), &zone);
            if (!fresh)
                throw ErrorAt(
                    m_study.validate->mark,
                    fmt::format("validate: '{}' {}", zone.name,
                                zone.good == first->second->good ? "is named twice" : "is both good and bad"));
        }
    }

    void check_inside() const {
        const rasters::DistanceIndex area(std::span(&m_territory.area, 1));
        const auto is_inside = [&](const KnownZone& zone) { return zone.good && area.to(zone.shape) == 0; };
        if (std::ranges::none_of(m_known.zones, is_inside))
            fail(m_study.validate->good, true, "none of the zones lies in the study's area");
    }

    const Study& m_study;
    const layers::Sources& m_sources;
    const Territory& m_territory;
    KnownZones m_known;
};

constexpr std::int64_t whole_cell = std::int64_t{1} << 28; // as ExactSum counts

void add_cell(MapScores::AtZone& zone, const Model& model, const Evaluation& evaluation, rasters::Cell cell,
              std::int64_t weight) {
    const State state = model.code().state(evaluation.mask[cell]);
    zone.by_state[static_cast<std::size_t>(state)] += weight;
    if (const float score = evaluation.score[cell]; usable(state) && !std::isnan(score))
        zone.score.add(static_cast<double>(score), weight);
}

void add_polygons(MapScores::AtZone& zone, const Model& model, const Evaluation& evaluation,
                  const rasters::Shape& shape) {
    const Window window = rasters::intersection(evaluation.mask.window(), model.grid().cover(rasters::bounds(shape)));
    if (window.empty())
        return;
    const rasters::Raster<std::int32_t> cover = rasters::coverage(shape, model.grid(), window);
    for (int row = window.row; row < window.row + window.rows; ++row)
        for (int col = window.col; col < window.col + window.cols; ++col)
            if (const std::int64_t covered = cover[{col, row}]; covered > 0)
                add_cell(zone, model, evaluation, {col, row}, covered * (whole_cell / rasters::full_coverage));
}

/// A point on a line between cells is in the one to its east and south.
rasters::Cell cell_of(const rasters::Grid& grid, rasters::Point p) {
    return {rasters::floor_of((p.x - grid.edge_x(0)) / grid.cell),
            rasters::floor_of((grid.edge_y(0) - p.y) / grid.cell)};
}

void add_points(MapScores::AtZone& zone, const Model& model, const Evaluation& evaluation,
                const std::vector<rasters::Point>& points) {
    const Window window = evaluation.mask.window();
    for (const rasters::Point p : points)
        if (model.grid().box().contains(p))
            if (const rasters::Cell cell = cell_of(model.grid(), p);
                !rasters::intersection(window, {cell.col, cell.row, 1, 1}).empty())
                add_cell(zone, model, evaluation, cell, whole_cell);
}

} // namespace

KnownZones known_zones(const Study& study, const layers::Sources& sources, const Territory& territory) {
    return Finder(study, sources, territory).find();
}

void MapScores::add(const Model& model, const Evaluation& evaluation, std::span<const KnownZone> zones, double cut) {
    const std::span<const float> scores = evaluation.score.values();
    for_each_run(evaluation.mask.values(), [&](std::size_t first, std::size_t count, Mask mask) {
        if (!usable(model.code().state(mask)))
            return;
        for (const float score : scores.subspan(first, count)) {
            if (std::isnan(score))
                continue;
            cells.add(score);
            above += score >= static_cast<float>(cut) ? 1 : 0;
        }
    });
    for (std::size_t i = 0; i < zones.size(); ++i)
        if (zones[i].shape.polygons.empty())
            add_points(at_zones[i], model, evaluation, zones[i].shape.points);
        else
            add_polygons(at_zones[i], model, evaluation, zones[i].shape);
}

void MapScores::add(const MapScores& other) {
    cells.add(other.cells);
    above += other.above;
    for (std::size_t i = 0; i < at_zones.size(); ++i) {
        at_zones[i].score.add(other.at_zones[i].score);
        for (std::size_t state = 0; state < at_zones[i].by_state.size(); ++state)
            at_zones[i].by_state[state] += other.at_zones[i].by_state[state];
    }
}

void MapScores::put(rasters::ArchiveOut& out) const {
    cells.put(out);
    out.put(above);
    out.put(std::uint64_t{at_zones.size()});
    for (const AtZone& zone : at_zones) {
        zone.score.put(out);
        out.put_sums(zone.by_state);
    }
}

void MapScores::take(rasters::ArchiveIn& in) {
    cells.take(in);
    in.add(above);
    in.require(in.get<std::uint64_t>() == at_zones.size(), "it is of another study");
    for (AtZone& zone : at_zones) {
        zone.score.take(in);
        in.add_sums(zone.by_state);
    }
}

} // namespace zonerank::engine
