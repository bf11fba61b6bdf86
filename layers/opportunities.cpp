// SPDX-License-Identifier: Apache-2.0
#include "layers/opportunities.hpp"

#include "layers/measures.hpp"
#include "layers/similarity.hpp"
#include "layers/spread.hpp"
#include "layers/terms/problems.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <variant>

namespace zonerank::layers {

using rasters::Box;
using rasters::Cell;
using rasters::Dot;
using rasters::Grid;
using rasters::Tile;
using rasters::Window;

namespace {

double number_in(const Field& field) {
    if (const auto* whole = std::get_if<std::int64_t>(&field))
        return static_cast<double>(*whole);
    const auto* real = std::get_if<double>(&field);
    return real != nullptr ? *real : std::nan("");
}

std::string found_in(const Field& field) {
    if (std::holds_alternative<std::string>(field))
        return "text ('" + excerpt(to_text(field)) + "')";
    const std::string text = to_text(field);
    return text.empty() ? "null" : text;
}

double weight_of(const Feature& feature, const std::string& layer, const std::string& field) {
    constexpr double most = 1e15;
    const double weight = number_in(feature.fields.front());
    if (!(weight >= 0 && weight < most))
        throw Error("layer '{}': {} of feature {} is {}; a weight must be a number of 0 or more (leave others out "
                    "with where: \"{} >= 0\")",
                    layer, field, feature.fid, found_in(feature.fields.front()), field);
    return weight;
}

/// How much a feature counts.
class Weighing {
public:
    Weighing(const Params& params, const OpportunityParameters& names)
        : m_similarity(params), m_weight(params.text(names.weight)) {}

    bool weighted() const { return !m_weight.empty(); }
    bool by_industry() const { return !m_similarity.field().empty(); }
    std::vector<std::string> fields() const {
        std::vector<std::string> fields{m_weight, m_similarity.field()};
        std::erase(fields, "");
        return fields;
    }
    /// Throws Error for features that it has no number for.
    void check(const std::string& layer, const FeatureSet& set) const {
        if (by_industry())
            m_similarity.check(layer, set, fields().size() - 1);
    }
    double of(const Feature& feature, const std::string& layer) const {
        const double weight = m_weight.empty() ? 1 : weight_of(feature, layer, m_weight);
        return by_industry() ? weight * m_similarity.of(feature.fields.back()) : weight;
    }

private:
    Similarity m_similarity;
    std::string m_weight; ///< field; empty: 1 each
};

void check_raster(const Sources& sources, const std::string& name, const Weighing& weighing) {
    if (weighing.by_industry())
        throw Error("by: layer '{}' is a raster and has no fields", name);
    if (sources.raster_info(name).values != rasters::Values::counts)
        throw Error("layer '{}' holds no counts to add up; write `values: counts` for it", name);
}

void check_layer(const Params& params, const Sources& sources, const std::string& name, std::string_view measure,
                 const OpportunityParameters& names) {
    const Weighing weighing(params, names);
    if (sources.is_raster(name))
        return check_raster(sources, name, weighing);
    need_features(sources, name, measure, {.points = true, .polygons = true});
    if (weighing.fields().empty())
        throw Error("{}: which field of layer '{}' tells how much each feature counts?", names.weight, name);
    sources.check_fields(name, params.text("where"), weighing.fields());
}

bool same_kind(const Unit& a, const Unit& b) {
    return a.dimension == b.dimension && (a.dimension != Dimension::other || a.name == b.name);
}

void add_points(const rasters::Shape& shape, double weight, std::vector<Dot>& dots) {
    for (const rasters::Point at : shape.points)
        dots.push_back({at, weight / static_cast<double>(shape.points.size())});
}

void add_features(const Weighing& weighing, const std::string& where, Sources& sources, const std::string& name,
                  Spread& spread, std::vector<Dot>& dots) {
    const double factor = weighing.weighted() ? sources.spec(name).unit.factor : 1;
    const auto set = sources.features(name, where, weighing.fields(), spread.squares());
    weighing.check(name, *set);
    for (const Feature& feature : set->features) {
        const double weight = weighing.of(feature, name) * factor;
        add_points(feature.shape, weight, dots);
        spread.add(feature.shape, weight, dots);
    }
}

void add_counts(const Sources& sources, const std::string& name, const Grid& squares, std::vector<Dot>& dots) {
    constexpr int side = 512; // of parts that fit in memory
    const double factor = sources.spec(name).unit.factor;
    const rasters::RasterReader reader = sources.raster(name, squares, rasters::Values::counts);
    rasters::each_tile(squares.window(), side, [&](const Window& part) {
        const Tile counts = reader.read(part);
        for (int row = part.row; row < part.row + part.rows; ++row)
            for (int col = part.col; col < part.col + part.cols; ++col) {
                const double count = static_cast<double>(counts[{col, row}]);
                if (count < 0)
                    throw Error("layer '{}': a count of {:g}; counts are 0 or more (`nodata` names what is none)", name,
                                count);
                if (count > 0)
                    dots.push_back({squares.centre({col, row}), count * factor});
            }
    });
}

bool has_polygons(const Sources& sources, const LayerNames& layers) {
    return std::ranges::any_of(layers, [&](const auto& entry) {
        return !sources.is_raster(entry.second) && sources.feature_info(entry.second).geometries.polygons;
    });
}

void check_spread(const Params& params, const Sources& sources, const OpportunityParameters& names) {
    if (names.settled.empty())
        return;
    check_settled(params, sources, names.settled);
    if (params.has(names.settled) && !has_polygons(sources, params.layers(names.layers)))
        throw Error("{}: layer '{}' holds no polygons; nothing else is spread", names.settled,
                    params.layers(names.layers).front().second);
}

Spread spread_over(const Grid& squares, const Params& params, Sources& sources, const OpportunityParameters& names) {
    if (!params.has(names.settled))
        return Spread(squares);
    return Spread(squares, settled_amounts(params, sources, Spread::fine(squares), names.settled));
}

std::string hint_of(const Spread& spread, const OpportunityParameters& names) {
    if (spread.unsettled() == 0)
        return "";
    return fmt::format("{}: {} of {} polygons {} no settled part, and {} spread evenly", names.settled,
                       spread.unsettled(), spread.polygons(), spread.unsettled() == 1 ? "has" : "have",
                       spread.unsettled() == 1 ? "is" : "are");
}

} // namespace

Unit opportunities_unit(const Params& params, const Sources& sources, std::string_view measure,
                        const OpportunityParameters& names) {
    const LayerNames& layers = params.layers(names.layers);
    const Unit& first = sources.spec(layers.front().second).unit;
    for (const auto& entry : layers) {
        check_layer(params, sources, entry.second, measure, names);
        if (const Unit& unit = sources.spec(entry.second).unit; !same_kind(unit, first))
            throw Error("layer '{}' is in {}, layer '{}' in {}: they can't be added up", layers.front().second,
                        first.name.empty() ? "no unit" : first.name, entry.second,
                        unit.name.empty() ? "no unit" : unit.name);
    }
    check_spread(params, sources, names);
    return params.has(names.weight) || sources.is_raster(layers.front().second) ? base_of(first) : Unit{};
}

Opportunities opportunities(const Params& params, Sources& sources, const Grid& grid, const Box& box, double side,
                            const OpportunityParameters& names) {
    const Grid squares = rasters::grid_over(box, side, grid.crs, grid.anchor);
    const Weighing weighing(params, names);
    Spread spread = spread_over(squares, params, sources, names);
    Opportunities all;
    for (const auto& entry : params.layers(names.layers))
        if (sources.is_raster(entry.second))
            add_counts(sources, entry.second, squares, all.dots);
        else
            add_features(weighing, params.text("where"), sources, entry.second, spread, all.dots);
    all.hint = hint_of(spread, names);
    return all;
}

} // namespace zonerank::layers
