// SPDX-License-Identifier: Apache-2.0
#include "engine/model/model.hpp"
#include "rasters/core/simd.hpp"

#include <algorithm>

namespace zonerank::engine {

using rasters::Grid;
using rasters::Raster;
using rasters::Tile;
using rasters::Window;

// What of a study's area and constraints is in a model's masks.

void Model::mark_outside(Raster<Mask>& mask, const Grid& grid) const {
    const rasters::Side side = m_area.within(grid, mask.window(), 0);
    if (side == rasters::Side::inside)
        return;
    if (side == rasters::Side::outside) {
        for (Mask& bits : mask.values())
            bits |= MaskCode::outside;
        return;
    }
    const Tile distance = m_area.to_centres(grid, mask.window());
    for (std::size_t c = 0; c < distance.values().size(); ++c)
        mask.values()[c] |= distance.values()[c] > 0 ? MaskCode::outside : 0;
}

Raster<Mask> Model::area_mask(Window window) const {
    Raster<Mask> mask(window);
    mark_outside(mask, m_grids[0]);
    return mask;
}

static bool all_clear(std::span<const Verdict> verdicts) {
    bool clear = true;
    rasters::vectorised([&]() ZONERANK_INLINE {
        unsigned char any = 0;
        for (const Verdict *verdict = verdicts.data(), *end = verdict + verdicts.size(); verdict < end; ++verdict)
            any |= static_cast<unsigned char>(*verdict);
        clear = any == 0;
    });
    return clear;
}

void Model::mark_verdicts(Raster<Mask>& mask, std::size_t i, const ConstraintTest& test) const {
    const Constraint& constraint = m_constraints[i];
    const Mask excluded = m_code.excluded_by(i);
    const Raster<Verdict> verdicts =
        in_context(fmt::format("{}: constraint '{}'", to_string(constraint.mark), constraint.name),
                   [&] { return test(mask.window()); });
    if (all_clear(verdicts.values()))
        return;
    rasters::vectorised([&]() ZONERANK_INLINE {
        Mask* bits = mask.values().data();
        const Verdict* verdict = verdicts.values().data();
        for (std::size_t c = 0, n = mask.values().size(); c < n; ++c)
            bits[c] |= (verdict[c] == Verdict::excluded ? excluded : 0) |
                       (verdict[c] == Verdict::unknown ? MaskCode::untested : 0);
    });
}

bool Model::touches_area(Window window) const {
    if (const rasters::Side side = m_area.within(m_grids[0], window, 0); side != rasters::Side::mixed)
        return side == rasters::Side::inside;
    Raster<Mask> mask(window);
    mark_outside(mask, m_grids[0]);
    return std::ranges::any_of(mask.values(), [](Mask m) { return m == 0; });
}

bool Model::whole_cells(Window window) const {
    return m_area.within(m_grids[0], window, 0) != rasters::Side::mixed &&
           std::ranges::all_of(m_tests, [&](const ConstraintTests& tests) { return tests.whole(window); });
}

Raster<Mask> Model::part_masks(Window parts) const {
    Raster<Mask> mask(parts);
    mark_outside(mask, m_grids[1]);
    for (std::size_t i = 0; i < m_tests.size(); ++i)
        mark_verdicts(mask, i, m_tests[i].parts);
    return mask;
}

Raster<Mask> Model::part_masks(Window parts, Window cells, const Raster<Mask>& of_cells) const {
    Mask whole = 0; // bits that a cell hands on to its parts
    std::vector<std::size_t> rest;
    for (std::size_t i = 0; i < m_tests.size(); ++i)
        if (m_tests[i].whole(cells))
            whole |= m_code.excluded_by(i);
        else
            rest.push_back(i);
    Raster<Mask> mask(parts);
    for (int row = parts.row; row < parts.row + parts.rows; ++row)
        for (int col = parts.col; col < parts.col + parts.cols; ++col) {
            const Mask bits = of_cells[{cells.col + (col - parts.col) / parts_per_side,
                                        cells.row + (row - parts.row) / parts_per_side}];
            if (bits & MaskCode::untested)
                return part_masks(parts); // by which constraint is not known
            mask[{col, row}] = bits & whole;
        }
    mark_outside(mask, m_grids[1]);
    for (const std::size_t i : rest)
        mark_verdicts(mask, i, m_tests[i].parts);
    return mask;
}

} // namespace zonerank::engine
