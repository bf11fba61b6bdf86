// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/geometry.hpp"

#include <memory>
#include <span>

namespace zonerank::tests {

/// A shape in the hands of GEOS: the independent answer for plane geometry.
/// Not thread-safe.
class Geos {
public:
    explicit Geos(const rasters::Shape& shape);
    explicit Geos(std::span<const rasters::Shape> shapes); ///< all together; polygons may not overlap

    bool valid() const;
    double area() const;
    double distance(rasters::Point p) const;
    double distance(const rasters::Shape& other) const;
    double common_area(const rasters::Box& box) const;
    double length_within(rasters::Point centre, double radius) const; ///< circle of 4096 sides

private:
    struct Geometry;
    std::shared_ptr<const Geometry> m_geometry;
};

rasters::Shape square(const rasters::Box& box);

} // namespace zonerank::tests
