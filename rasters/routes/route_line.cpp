// SPDX-License-Identifier: Apache-2.0
#include "rasters/routes/route_line.hpp"

#include "rasters/segment.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace zonerank::rasters {

static std::pair<std::size_t, double> farthest(const Path& path, std::size_t first, std::size_t last) {
    std::pair<std::size_t, double> most{first, 0};
    for (std::size_t i = first + 1; i < last; ++i)
        if (const double d = std::sqrt(squared_distance(Segment{path[first], path[last]}, path[i])); d > most.second)
            most = {i, d};
    return most;
}

Path simplified(const Path& path, double tolerance) {
    if (path.size() < 3)
        return path;
    std::vector<char> keep(path.size(), false);
    keep.front() = keep.back() = true;
    std::vector<std::pair<std::size_t, std::size_t>> spans{{0, path.size() - 1}};
    while (!spans.empty()) {
        const auto [first, last] = spans.back();
        spans.pop_back();
        const auto [middle, apart] = farthest(path, first, last);
        if (apart <= tolerance)
            continue;
        keep[middle] = true;
        spans.emplace_back(first, middle);
        spans.emplace_back(middle, last);
    }
    Path fewer;
    for (std::size_t i = 0; i < path.size(); ++i)
        if (keep[i])
            fewer.push_back(path[i]);
    return fewer;
}

void add_road_steps(const Route& route, std::set<std::size_t>& steps) {
    for (const RoutePart& part : route)
        for (const RoadUse& road : part.roads)
            steps.insert(road.step);
}

static Path along_roads(const RoutePart& part, const std::map<std::size_t, Path>& roads) {
    Path line;
    for (const RoadUse& use : part.roads) {
        Path road = roads.at(use.step);
        if (!use.forward)
            std::ranges::reverse(road);
        line.insert(line.end(), road.begin(), road.end());
    }
    line.erase(std::unique(line.begin(), line.end()), line.end());
    return line;
}

Path line_of(const Route& route, Point from, const std::map<std::size_t, Path>& roads, double tolerance) {
    Path line{from};
    for (const RoutePart& part : route) {
        const Path piece = part.roads.empty() ? part.path : simplified(along_roads(part, roads), tolerance);
        const bool at_once = line.size() == 1 && part.roads.empty() && piece.size() > 1; // not by the cell's centre
        line.insert(line.end(), piece.begin() + (at_once ? 1 : 0), piece.end());
    }
    line.erase(std::unique(line.begin(), line.end()), line.end());
    if (line.size() == 1)
        line.push_back(line.front());
    return line;
}

} // namespace zonerank::rasters
