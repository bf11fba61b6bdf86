// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/geometry.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::rasters {

/// A coordinate reference system, as text that PROJ reads back.
struct Crs {
    std::string wkt;       ///< WKT2:2019; empty: unknown
    std::string name;      ///< "WGS 84 / UTM zone 43N"
    std::string authority; ///< "EPSG:32643", or empty
    bool geographic = false;
    bool projected = false;
    double metres_per_unit = 1; ///< of the axes of a projected CRS

    bool known() const { return !wkt.empty(); }
    /// "EPSG:32643" where there is one, else the name.
    const std::string& label() const { return authority.empty() ? name : authority; }
};

/// Reads "EPSG:32643", a URN, WKT, PROJJSON, a PROJ string, or a CRS's whole name;
/// blanks and upper case in it don't count. Throws Error when PROJ can't.
Crs parse_crs(std::string_view text);
/// The same of what GDAL tells of a file. Its words for one CRS depend on what its thread has read before (a datum
/// or the ensemble that it belongs to: PROJ keeps what libgeotiff has asked it for): where they mean what the
/// authority defines, that counts.
Crs parse_file_crs(std::string_view wkt);
Crs wgs84(); ///< EPSG:4326, in x, y order like every CRS here
bool same(const Crs& a, const Crs& b);

/// From one CRS to another, in x, y order on both sides. A PROJ context and
/// transformation per thread are hidden inside: safe to call from any thread.
class Transform {
public:
    /// Throws Error when there is no way between the two.
    Transform(const Crs& from, const Crs& to);
    bool identity() const;
    const Crs& from() const;
    const Crs& to() const;
    /// A point that can't be transformed becomes (NaN, NaN).
    Point operator()(Point p) const;
    void apply(std::span<Point> points) const;

private:
    struct Pair;
    static std::shared_ptr<const Pair> make(const Crs& from, const Crs& to);
    std::shared_ptr<const Pair> m_pair;
};

/// Whether any corner of the shape has an image: on the equator a quarter of the
/// globe away a UTM zone has none.
bool has_place(const Shape& shape, const Transform& transform);

/// The shape in the target CRS, its edges densified until they are nowhere
/// farther than `tolerance` (target units) from the true image of the straight
/// source edge. Throws Error when a point can't be transformed.
Shape reproject(const Shape& shape, const Transform& transform, double tolerance);

/// The box around the image of a box: of its densified outline and of a lattice
/// inside (for poles). In longitude and latitude a box across the antimeridian
/// goes on beyond 180 degrees. Points without an image are left out; throws
/// Error when there are no others.
Box reproject(const Box& box, const Transform& transform);

/// Largest |scale factor - 1| over a 9 x 9 lattice of the box: how far a straight
/// distance in this CRS is off from the WGS 84 ellipsoid, in the worse of
/// Tissot's principal directions. Throws Error unless the CRS is projected.
double scale_error(const Crs& crs, const Box& box);

/// The CRS of a study that names none: the UTM zone of the centre while its
/// scale error over the box stays below 0.1 %, otherwise a Lambert azimuthal
/// equal-area centred on it. `lonlat` in degrees; a box across the antimeridian
/// has xmin > xmax, or xmax > 180.
Crs default_crs(const Box& lonlat);

/// Area on the WGS 84 ellipsoid in square metres of the polygons of a shape
/// given in `crs` (Karney 2013, by PROJ's geodesic routines; edges densified).
double ellipsoidal_area(const Shape& shape, const Crs& crs);

/// Metres on the WGS 84 ellipsoid between each point of a path given in `crs` and the
/// next (Karney 2013), whatever the CRS does to distances. NaN where there is no way to
/// longitude and latitude.
std::vector<double> ellipsoidal_lengths(const Path& path, const Crs& crs);

} // namespace zonerank::rasters
