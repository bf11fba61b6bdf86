// SPDX-License-Identifier: Apache-2.0
#include "layers/hot_spots.hpp"

#include "layers/focal.hpp"
#include "layers/measures.hpp"
#include "layers/terms/problems.hpp"
#include "rasters/core/parallel.hpp"
#include "rasters/focal.hpp"
#include "rasters/solved/solved_file.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numbers>

namespace zonerank::layers {

using rasters::Disc;
using rasters::Focal;
using rasters::Grid;
using rasters::Tile;
using rasters::Window;

namespace {

/// Count, mean and sum of squared deviations of some cells.
struct Moments {
    double count = 0, mean = 0, squares = 0;

    double deviation() const { return count > 0 ? std::sqrt(squares / count) : 0; }
};

Moments moments_of(const Tile& tile) {
    Moments m;
    for (const float value : tile.values())
        if (!std::isnan(value)) {
            m.mean += static_cast<double>(value);
            ++m.count;
        }
    m.mean = m.count > 0 ? m.mean / m.count : 0;
    for (const float value : tile.values())
        if (const double off = static_cast<double>(value) - m.mean; !std::isnan(off))
            m.squares += off * off;
    return m;
}

// Chan, Golub and LeVeque 1979.
Moments both(const Moments& a, const Moments& b) {
    const double count = a.count + b.count, apart = b.mean - a.mean;
    if (count == 0)
        return {};
    return {count, a.mean + apart * (b.count / count),
            a.squares + b.squares + apart * apart * (a.count * b.count / count)};
}

/// What the whole map measures, and of it each cell's Gi*.
class HotSpots {
public:
    HotSpots(Layer measured, const Grid& grid, Disc disc)
        : m_measured(std::move(measured)), m_grid(grid), m_disc(std::move(disc)) {}

    // By blocks of cells, added up in their order, whatever the order of the work.
    void look_at_all(const rasters::Course& course) {
        const bool solves = m_measured.field.has_value();
        if (solves)
            m_measured.field->solve(course.stretch(0, 0.9));
        const std::vector<Window> blocks = rasters::tiles(m_grid.window(), 512);
        std::vector<Moments> parts(blocks.size());
        rasters::Advance advance(course.stretch(solves ? 0.9 : 0, 1), static_cast<double>(blocks.size()));
        rasters::in_parallel(blocks.size(), [&](std::size_t i) {
            parts[i] = moments_of(m_measured.tile(blocks[i]));
            advance.add(1);
        });
        for (const Moments& part : parts)
            m_all = both(m_all, part);
    }

    void put(rasters::SolvedOut& out) const {
        if (m_measured.field)
            m_measured.field->put(out);
        for (const double number : {m_all.count, m_all.mean, m_all.squares})
            out.put(number);
    }
    void take(rasters::SolvedIn& in) {
        if (m_measured.field)
            m_measured.field->take(in);
        for (double* number : {&m_all.count, &m_all.mean, &m_all.squares})
            *number = in.number();
    }

    Tile deviates(Window window) const {
        Tile known;
        const Tile off = deviations(window.grown(m_disc.reach()), known);
        Tile z = focal(off, window, m_disc, Focal::sum);
        const Tile counts = focal(known, window, m_disc, Focal::sum);
        for (int row = window.row; row < window.row + window.rows; ++row)
            for (int col = window.col; col < window.col + window.cols; ++col)
                z[{col, row}] =
                    std::isnan(off[{col, row}]) ? rasters::no_data : deviate(z[{col, row}], counts[{col, row}]);
        return z;
    }

private:
    /// From the mean of all, so that what is near it keeps its digits; NaN beyond the grid.
    /// `known`: 1 where there is data, else 0.
    Tile deviations(Window window, Tile& known) const {
        Tile off(window, rasters::no_data);
        known = Tile(window, 0);
        const Window inside = intersection(window, m_grid.window());
        const Tile values = inside.empty() ? Tile() : m_measured.tile(inside);
        for (int row = inside.row; row < inside.row + inside.rows; ++row)
            for (int col = inside.col; col < inside.col + inside.cols; ++col)
                if (const float value = values[{col, row}]; !std::isnan(value)) {
                    off[{col, row}] = static_cast<float>(static_cast<double>(value) - m_all.mean);
                    known[{col, row}] = 1;
                }
        return off;
    }

    float deviate(float sum, float cells) const {
        const double w = static_cast<double>(cells), n = m_all.count;
        const double spread = m_all.deviation() * std::sqrt((n * w - w * w) / std::max(n - 1, 1.0));
        return spread > 0 ? static_cast<float>(static_cast<double>(sum) / spread) : 0;
    }

    Layer m_measured;
    Grid m_grid;
    Disc m_disc;
    Moments m_all;
};

Measure inner_measure(const Params& params, const Sources& sources) {
    Problems problems;
    const auto measure = read_measure(params.choice("measure"), sources, "measure", problems);
    if (!measure || !problems.ok())
        throw Error("{}", problems.errors().front().text);
    if (measure->kind->make.of_classes)
        throw Error("measure: classes have no mean to be above; take the share of one (focal, cover)");
    return *measure;
}

Unit hot_unit(const Params& params, const Sources& sources) {
    inner_measure(params, sources);
    return base_unit(Dimension::number);
}

/// f of each deviate of the map.
Layer hot_layer(const Params& params, Sources& sources, const Grid& grid, float (*f)(float)) {
    Layer measured = inner_measure(params, sources).layer(sources, grid);
    if (!measured.has_mean())
        throw Error("measure: directions have no mean to be above");
    SolvedField field = measured.field.value_or(SolvedField{});
    field.name = "hot spots";
    field.cells += static_cast<double>(grid.cols) * grid.rows;
    const std::string hint = measured.hint;
    const auto spots =
        std::make_shared<HotSpots>(std::move(measured), grid, disc_of("within", params.number("within"), grid));
    field.solve = [=](const rasters::Course& course) { spots->look_at_all(course); };
    field.put = [=](rasters::SolvedOut& out) { spots->put(out); };
    field.take = [=](rasters::SolvedIn& in) { spots->take(in); };
    field.regions.reset();
    return {.unit = base_unit(Dimension::number),
            .tile =
                [=](Window window) {
                    Tile tile = spots->deviates(window);
                    std::ranges::transform(tile.values(), tile.values().begin(), f);
                    return tile;
                },
            .field = std::move(field),
            .hint = hint};
}

float itself(float z) {
    return z;
}

float chance(float z) {
    return static_cast<float>(std::erfc(std::abs(static_cast<double>(z)) / std::numbers::sqrt2));
}

Layer spots_layer(const Params& params, Sources& sources, const Grid& grid) {
    return hot_layer(params, sources, grid, params.text("statistic") == "p" ? chance : itself);
}

float class_of(float z) {
    constexpr std::array limits{-2.575829F, -1.959964F, -1.644854F};
    const auto below = std::ranges::count_if(limits, [&](float limit) { return z <= limit; }),
               above = std::ranges::count_if(limits, [&](float limit) { return -z <= limit; });
    return std::isnan(z) ? z : static_cast<float>(3 - below + above);
}

Layer class_layer(const Params& params, Sources& sources, const Grid& grid) {
    Layer layer = hot_layer(params, sources, grid, class_of);
    layer.categorical = true;
    layer.classes = {"cold 99 %", "cold 95 %", "cold 90 %", "not significant", "hot 90 %", "hot 95 %", "hot 99 %"};
    return layer;
}

Parameter measured_parameter() {
    return {.name = "measure",
            .help = "what is measured, at each cell: {cover: {of: landuse, where: \"class = 'industrial'\"}}",
            .type = Type::measure};
}

Parameter within_parameter() {
    return positive_parameter("within", Dimension::length,
                              "the cells whose centres are this near are looked at together; from 1 to 1000 cells");
}

constexpr std::string_view source = "Gi*: Getis and Ord 1992; Ord and Getis 1995";

} // namespace

MeasureKind hot_spots_measure() {
    return {.name = "hot spots",
            .summary = "whether cells with high (above 0) or low measurements lie together, as standard deviations "
                       "from chance",
            .parameters = {measured_parameter(),
                           within_parameter(),
                           {.name = "statistic",
                            .help = "z, or p, the chance of a z as far from 0 on either side (of each cell by itself)",
                            .type = Type::choice,
                            .fallback = "z",
                            .choices = "z, p"}},
            .make = {.unit = hot_unit, .layer = spots_layer},
            .source = source,
            .need = Need::field};
}

MeasureKind hot_spot_class_measure() {
    return {.name = "hot spot class",
            .summary = "hot 99 %, hot 95 %, hot 90 %, not significant, cold 90 %, cold 95 % or cold 99 %, by the z of "
                       "hot spots",
            .parameters = {measured_parameter(), within_parameter()},
            .make = {.unit = hot_unit, .layer = class_layer, .of_classes = true},
            .source = source,
            .need = Need::field};
}

} // namespace zonerank::layers
