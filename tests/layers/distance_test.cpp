// SPDX-License-Identifier: Apache-2.0
#include "layers/distance.hpp"

#include "layers/vectors/geos.hpp"
#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <random>

using namespace zonerank;
using layers::Layer;
using layers::Sources;
using rasters::Grid;
using rasters::Point;
using rasters::Shape;
using tests::Folder;
using tests::measured;
using tests::same_in_tiles;
using tests::whole;

static double to_segment(Point p, Point a, Point b) {
    const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    const double t = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
    return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

static bool inside(Point p, const rasters::Polygon& polygon) {
    bool odd = false;
    for (const rasters::Path& ring : polygon.rings)
        for (std::size_t i = 0; i + 1 < ring.size(); ++i)
            if ((ring[i].y > p.y) != (ring[i + 1].y > p.y) &&
                p.x < ring[i].x + (p.y - ring[i].y) * (ring[i + 1].x - ring[i].x) / (ring[i + 1].y - ring[i].y))
                odd = !odd;
    return odd;
}

// By hand: every point, every segment, every polygon.
static double brute(Point p, const layers::FeatureSet& set) {
    double least = std::numeric_limits<double>::infinity();
    for (const layers::Feature& feature : set.features) {
        for (const Point q : feature.shape.points)
            least = std::min(least, std::hypot(p.x - q.x, p.y - q.y));
        rasters::for_each_segment(feature.shape,
                                  [&](Point a, Point b) { least = std::min(least, to_segment(p, a, b)); });
        for (const rasters::Polygon& polygon : feature.shape.polygons)
            least = inside(p, polygon) ? 0 : least;
    }
    return least;
}

static std::string random_wkt(std::mt19937& random, int kind) {
    const auto at = [&](double side) {
        return fmt::format("{:.3f} {:.3f}", 500'000 + side * random() / 4294967296.0,
                           3'600'000 + side * random() / 4294967296.0);
    };
    if (kind == 0)
        return "POINT (" + at(5000) + ")";
    if (kind == 1)
        return "\"LINESTRING (" + at(5000) + "," + at(5000) + "," + at(5000) + ")\"";
    const std::string first = at(5000);
    return "\"POLYGON ((" + first + "," + at(5000) + "," + at(5000) + "," + first + "))\"";
}

TEST_CASE("distance is to the feature itself, whatever its kind") {
    const Folder folder;
    std::mt19937 random(7);
    std::vector<std::vector<std::string>> features(3);
    for (int i = 0; i < 36; ++i)
        features[static_cast<std::size_t>(i % 3)].push_back(random_wkt(random, i % 3));
    Sources sources({tests::wkt_layer(folder, "points", "", features[0]),
                     tests::wkt_layer(folder, "lines", "", features[1]),
                     tests::wkt_layer(folder, "polygons", "", {features[2].begin(), features[2].begin() + 4})},
                    {});
    const Grid grid = tests::grid_of(50, 50, 100);
    for (const std::string name : {"points", "lines", "polygons"}) {
        CAPTURE(name);
        const Layer layer = measured(sources, "distance: {to: " + name + "}", grid);
        const rasters::Tile tile = whole(layer, grid, 5);
        const auto set = sources.features(name, "", {}, grid);
        double worst = 0;
        for (int row = -5; row < 55; ++row)
            for (int col = -5; col < 55; ++col)
                worst = std::max(
                    worst, std::abs(static_cast<double>(tile[{col, row}]) - brute(grid.centre({col, row}), *set)));
        CHECK(worst < 0.001);
        CHECK(same_in_tiles(layer, grid, 7));
        CHECK(layer.unit == layers::base_unit(layers::Dimension::length));
    }
}

TEST_CASE("the nearest of several layers, those that pass the condition") {
    const Folder folder;
    Sources sources(
        {tests::wkt_layer(folder, "ports", "kind", {"sea,POINT (500000 3600000)", "dry,POINT (500300 3600100)"}),
         tests::wkt_layer(folder, "rail", "kind", {"dry,\"LINESTRING (500100 3600000, 500100 3601000)\""})},
        {});
    const Grid grid = tests::grid_of(1, 1, 100); // its centre: 500050, 3600050
    const auto at = [&](const std::string& text) { return measured(sources, text, grid).tile({0, 0, 1, 1})[{0, 0}]; };
    CHECK(at("distance: {to: ports}") == doctest::Approx(std::hypot(50, 50)));
    CHECK(at("distance: {to: ports, where: \"kind = 'dry'\"}") == doctest::Approx(std::hypot(250, 50)));
    CHECK(at("distance: {to: [ports, rail]}") == doctest::Approx(50));
    CHECK(at("distance: {to: [ports, rail], where: \"kind = 'sea' or kind = 'dry'\"}") == doctest::Approx(50));
}

TEST_CASE("limit caps cells and sites alike") {
    const Folder folder;
    Sources sources({tests::wkt_layer(folder, "ports", "", {"POINT (500000 3600000)"})}, {});
    const Grid grid = tests::grid_of(30, 1, 100);
    const Layer layer = measured(sources, "distance: {to: ports, limit: 1 km}", grid);
    CHECK(layer.tile(grid.window())[{2, 0}] == doctest::Approx(std::hypot(250, 50)));
    CHECK(layer.tile(grid.window())[{29, 0}] == 1000);
    CHECK(layer.from_shape(Shape{.points = {{503'000, 3'600'000}}}) == 1000);
    CHECK(layer.from_shape(Shape{.lines = {{{500'300, 3'600'000}, {500'300, 3'700'000}}}}) == doctest::Approx(300));
    CHECK_THROWS_WITH_AS(measured(sources, "distance: {to: ports, limit: 0 km}", grid),
                         "test: distance: limit: it must be above 0, found '0 km'", Error);
}

TEST_CASE("a site's edge is measured from its outline") {
    const Folder folder;
    Sources sources({tests::wkt_layer(folder, "ports", "", {"POINT (500500 3600050)"})}, {});
    const Grid grid = tests::grid_of(1, 1, 100);
    const Layer layer = measured(sources, "distance: {to: ports}", grid);
    const Shape plot{.polygons = {{{{{500'000, 3'600'000},
                                     {500'400, 3'600'000},
                                     {500'400, 3'600'100},
                                     {500'000, 3'600'100},
                                     {500'000, 3'600'000}}}}}};
    CHECK(layer.from_shape(plot) == doctest::Approx(100));
    CHECK(layers::buffered(plot, 200).polygons.size() == 1);
    CHECK(layer.from_shape(layers::buffered(plot, 200)) == 0);
}

TEST_CASE("an empty selection is an error, never a distance") {
    const Folder folder;
    Sources sources({tests::wkt_layer(folder, "ports", "kind", {"sea,POINT (500000 3600000)"})}, {});
    CHECK_THROWS_WITH_AS(measured(sources, "distance: {to: ports, where: \"kind = 'dry'\"}", tests::grid_of(1, 1, 100)),
                         "layer 'ports': no features where kind = 'dry'", Error);
}

// The reference gives kilometres to one decimal place, on the sphere or the
// ellipsoid, and the sites to a few hundred metres.
TEST_CASE("rail distances of Pakistan's nine zones come in the order of the reference") {
    const char* data = std::getenv("ZONERANK_TEST_DATA");
    if (data == nullptr) {
        MESSAGE("ZONERANK_TEST_DATA is not set: skipped");
        return;
    }
    const std::string folder = std::string(data) + "/pakistan/";
    layers::LayerSpec rail;
    rail.name = "rail";
    rail.paths = {folder + "osm_transport.gpkg"};
    rail.layer = "rail";
    Sources sources({rail}, {});
    const Grid grid = rasters::grid_over(
        {0, 0, 1000, 1000}, 1000, rasters::parse_crs("+proj=laea +lat_0=30 +lon_0=70 +datum=WGS84 +units=m").wkt);
    const Layer layer = measured(sources, "distance: {to: rail}", grid);
    const layers::FeatureSet zones =
        layers::read_features({.paths = {folder + "cpec_sez_points.geojson"}, .fields = {"name", "km_rail"}},
                              rasters::parse_crs(grid.crs), 1, {});
    REQUIRE(zones.features.size() == 9);
    std::vector<std::pair<double, double>> km; // of the reference, and ours
    for (const layers::Feature& zone : zones.features) {
        km.emplace_back(std::get<double>(zone.fields[1]), layer.from_shape(zone.shape) / 1000);
        CAPTURE(layers::to_text(zone.fields[0]));
        CHECK(km.back().second == doctest::Approx(km.back().first).epsilon(0.01));
        CHECK(std::abs(km.back().second - km.back().first) < std::max(0.1, 0.005 * km.back().first));
    }
    std::ranges::sort(km);
    CHECK(std::ranges::is_sorted(km, {}, &std::pair<double, double>::second));
}
