// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/geometry.hpp"

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// Which points of a way are left when it is drawn tight: its ends, and where it has to
/// turn. Points in cells; `times` falls along them: what is left to go from each;
/// `straight` tells what a straight line between two points takes, infinite where
/// there is none. A line between points that follow each other is never refused.
///
/// A line takes the place of points if it is as quick as times say or as what it stands for is, or within
/// half a cell of them and at most 0.2 % slower; else they are cut in two at the farthest from it, as
/// Douglas and Peucker (1973) do.
std::vector<std::size_t> drawn_tight(std::span<const Point> points, std::span<const double> times,
                                     const std::function<double(Point, Point)>& straight);

/// The same line, its bends at centres of cells moved to corners of these, one or two beside
/// each other, where that is quicker and no line leads past them: around the corners of barriers. Corners lie by
/// 1e-6 within their cells.
std::vector<Point> around_corners(std::span<const Point> line, const std::function<double(Point, Point)>& straight);

} // namespace zonerank::rasters
