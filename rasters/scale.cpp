// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/error.hpp"
#include "rasters/crs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace zonerank::rasters {

namespace {

constexpr double degree = std::numbers::pi / 180;

constexpr int lattice = 9;

std::vector<Point> lattice_points(const Box& box) {
    std::vector<Point> points;
    for (int i = 0; i < lattice; ++i)
        for (int j = 0; j < lattice; ++j)
            points.push_back({box.xmin + box.width() * j / (lattice - 1), box.ymin + box.height() * i / (lattice - 1)});
    return points;
}

// Metres per radian of longitude and of latitude on the WGS 84 ellipsoid.
Point metres_per_radian(double lat) {
    constexpr double a = 6378137, f = 1 / 298.257223563, e2 = f * (2 - f);
    const double sine = std::sin(lat * degree), w = std::sqrt(1 - e2 * sine * sine);
    return {a / w * std::cos(lat * degree), a * (1 - e2) / (w * w * w)};
}

// The larger deviation of Tissot's two principal scale factors (Snyder 1987,
// eq. 4-10 to 4-13), by differences over about 100 m. Infinite without an answer.
double error_at(const Transform& from_lonlat, Point lonlat) {
    constexpr double step = 5e-4;
    const double x = lonlat.x, y = std::clamp(lonlat.y, -90 + 2 * step, 90 - 2 * step);
    std::array<Point, 4> f{Point{x - step, y}, {x + step, y}, {x, y - step}, {x, y + step}};
    from_lonlat.apply(f);
    const Point metres = metres_per_radian(y);
    const double unit = from_lonlat.to().metres_per_unit / (2 * step * degree);
    const Point east{(f[1].x - f[0].x) * unit / metres.x, (f[1].y - f[0].y) * unit / metres.x};
    const Point north{(f[3].x - f[2].x) * unit / metres.y, (f[3].y - f[2].y) * unit / metres.y};
    const double sum = std::hypot(east.x + north.y, east.y - north.x);
    const double difference = std::hypot(east.x - north.y, east.y + north.x);
    const double larger = (sum + difference) / 2, smaller = std::abs(sum - difference) / 2;
    const double error = std::max(std::abs(larger - 1), std::abs(smaller - 1));
    return std::isfinite(error) ? error : std::numeric_limits<double>::infinity();
}

double largest_error(const Crs& crs, const std::vector<Point>& lonlat) {
    const Transform from_lonlat(wgs84(), crs);
    double worst = 0;
    for (const Point p : lonlat)
        worst = std::max(worst, error_at(from_lonlat, p));
    return worst;
}

} // namespace

double scale_error(const Crs& crs, const Box& box) {
    if (!crs.projected)
        throw Error("{} is no projected coordinate reference system", crs.label());
    std::vector<Point> points = lattice_points(box);
    Transform(crs, wgs84()).apply(points);
    return largest_error(crs, points);
}

Crs default_crs(const Box& lonlat) {
    Box box = lonlat;
    if (box.xmin > box.xmax)
        box.xmax += 360;
    if (box.empty() || box.ymin < -90 || box.ymax > 90)
        throw Error("no area in longitude and latitude: {:g}..{:g}, {:g}..{:g}", lonlat.xmin, lonlat.xmax, lonlat.ymin,
                    lonlat.ymax);
    const Point centre{std::remainder(box.centre().x, 360.0), box.centre().y};
    const int zone = std::clamp(static_cast<int>(std::floor((centre.x + 180) / 6)) + 1, 1, 60);
    const Crs utm = parse_crs(fmt::format("EPSG:{}", (centre.y < 0 ? 32700 : 32600) + zone));
    if (largest_error(utm, lattice_points(box)) < 0.001)
        return utm;
    // A tenth of a degree keeps the name short; it does not matter to the error.
    const double lon = std::round(centre.x * 10) / 10, lat = std::round(centre.y * 10) / 10;
    Crs laea = parse_crs(fmt::format("+proj=laea +lat_0={} +lon_0={} +datum=WGS84 +units=m", lat, lon));
    const std::string name = fmt::format("WGS 84 / LAEA centred on {} {}", lat, lon);
    const std::string anonymous = "PROJCRS[\"unknown\"";
    if (laea.wkt.starts_with(anonymous))
        laea = parse_crs("PROJCRS[\"" + name + "\"" + laea.wkt.substr(anonymous.size()));
    return laea;
}

} // namespace zonerank::rasters
