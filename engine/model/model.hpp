// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/graph.hpp"
#include "engine/model/mask.hpp"
#include "engine/study/constraint.hpp"
#include "engine/study/criteria.hpp"
#include "engine/study/territory.hpp"
#include "rasters/distance.hpp"
#include "rasters/zonal/moments.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace zonerank::engine {

/// Sites are counted in cells split this many times a side.
inline constexpr int parts_per_side = 4;

/// What the model says of a window of cells. Rasters of criteria that are not on
/// the map are empty.
struct Evaluation {
    std::vector<rasters::Tile> measurements; ///< base units; NaN: no data
    std::vector<rasters::Tile> values;       ///< 0..1, with missing data as the study assumes; NaN: none
    rasters::Raster<Mask> mask;
    rasters::Tile score; ///< of all criteria on the map, whatever the area and constraints say; NaN: not known
};

/// A prepared study: window in; measurements, values, score and state out. Made in
/// steps: construct, run each of steps() (in any order, also at once), solve fields(),
/// then learn() facts. After that it is constant and safe to share between threads.
class Model {
public:
    Model(const Decision& decision, const std::vector<Constraint>& constraints, const Territory& territory,
          layers::Sources& sources);

    /// What has to be opened and read before cells can be evaluated.
    struct Step {
        std::string name; ///< "criterion 'power'"
        layers::Mark mark;
        std::function<void()> work;
    };
    std::vector<Step> steps();

    /// What has to be solved, once, before the first cell is measured.
    std::vector<layers::SolvedField> fields() const { return m_opened.fields(); }

    /// Criteria whose value function needs facts over the map.
    std::vector<std::size_t> need_facts() const;
    /// What facts are made of, in one window, over the cells of the area with finite data.
    rasters::Moments facts(std::size_t criterion, rasters::Window window) const;
    void learn(std::size_t criterion, const Facts& facts);
    /// Takes the decision's weights anew. Not while others evaluate.
    void reweigh();
    /// What was learnt last.
    const Facts& learnt(std::size_t criterion) const { return m_facts[criterion]; }

    /// Without `measurements` those are left empty: half of the memory, where nobody asks.
    Evaluation evaluate(rasters::Window window, bool measurements = true) const;

    /// The scores of cells by other weights: values[i][c] is criterion i's in cell c, none of those
    /// off the map; weights one per criterion, on any scale. Area and constraints have no say.
    void score_by(std::span<const std::span<const float>> values, std::span<const double> weights,
                  std::span<float> score) const;

    /// What a criterion on the map measures, in base units, wherever the cells are.
    rasters::Tile measurement(std::size_t criterion, rasters::Window window) const;
    /// The bits of the area: 0 inside.
    rasters::Raster<Mask> area_mask(rasters::Window window) const;

    /// Whether in this window every part of a cell certainly has its cell's bits of
    /// area and constraints.
    bool whole_cells(rasters::Window window) const;

    /// The bits of area and constraints, on the refined grid.
    rasters::Raster<Mask> part_masks(rasters::Window parts) const;
    /// The same of the parts of some cells, whose own bits are known: what has one
    /// verdict in each cell is not tested again.
    rasters::Raster<Mask> part_masks(rasters::Window parts, rasters::Window cells,
                                     const rasters::Raster<Mask>& of_cells) const;

    /// Whether any cell of the window is in the area.
    bool touches_area(rasters::Window window) const;

    const Decision& decision() const { return m_decision; }
    const MaskCode& code() const { return m_code; }
    const rasters::Grid& grid() const { return m_grids[0]; }
    const rasters::Grid& parts_grid() const { return m_grids[1]; }
    const std::vector<Constraint>& constraints() const { return m_constraints; }
    /// Exact measurement from a site's own outline (SiteRule::Kind::edge).
    double edge(std::size_t criterion, const rasters::Shape& shape) const {
        return m_layers[criterion].from_shape(shape);
    }
    const layers::Layer& layer(std::size_t criterion) const { return m_layers[criterion]; }
    /// Its weight on the map, where a field of the sites has none and leaves its
    /// own to the others.
    double map_weight(std::size_t criterion) const;
    double value(std::size_t criterion, double measurement) const { return m_functions[criterion].of(measurement); }
    /// Throws Error, at the criterion's place, for a measurement beyond its value function's ends.
    void refuse_beyond(std::size_t criterion, double measurement) const;

private:
    void open(std::size_t criterion);
    void mark_outside(rasters::Raster<Mask>& mask, const rasters::Grid& grid) const;
    void mark_verdicts(rasters::Raster<Mask>& mask, std::size_t constraint, const ConstraintTest& test) const;
    /// Cells of a window that follow each other.
    struct Stretch {
        std::size_t first, count;
    };
    void refuse_beyond(std::size_t criterion, const rasters::Tile& measured) const;
    void measure(std::size_t criterion, Evaluation& evaluation, bool keep) const;
    void to_values(std::size_t criterion, Evaluation& evaluation, Stretch at) const;
    void fill_gaps(std::size_t criterion, std::span<float> values, std::span<Mask> masks) const;
    void fold(Evaluation& evaluation, Stretch at, std::span<float> themes) const;
    void score(Evaluation& evaluation) const;

    const Decision& m_decision;
    const std::vector<Constraint>& m_constraints;
    layers::OpenLayers m_opened;
    std::array<rasters::Grid, 2> m_grids;
    rasters::DistanceIndex m_area;
    MaskCode m_code;
    std::vector<layers::Layer> m_layers;
    std::vector<ValueFunction> m_functions;
    std::vector<ConstraintTests> m_tests;
    /// Members, and their weights among themselves on the map: 0 for what is not on it.
    struct MapTheme {
        std::vector<std::size_t> members;
        std::vector<double> weights;
        Aggregation aggregation;
    };
    std::vector<MapTheme> m_themes;
    std::vector<double> m_theme_weights;
    std::vector<Facts> m_facts;
};

/// Those of all windows together; zeros where no cell has data.
Facts facts_of(const rasters::Moments& moments);

} // namespace zonerank::engine
