// SPDX-License-Identifier: Apache-2.0
#include "engine/report/context_json.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <vector>

namespace zonerank::engine {

using Json = nlohmann::ordered_json;
using layers::Sketch;
using layers::SketchPath;

namespace {

constexpr double plainest = 16; ///< units, four pixels: with less the layer is no longer itself

/// Calls visit(number) for a path's start and its steps.
template <typename Visit>
void each_number(const SketchPath& path, Visit&& visit) {
    layers::SketchPoint last{};
    for (const layers::SketchPoint& p : path) {
        visit(p[0] - last[0]);
        visit(p[1] - last[1]);
        last = p;
    }
}

std::size_t length(std::int32_t number) {
    std::size_t digits = number < 0 ? 2 : 1;
    for (; number <= -10 || number >= 10; number /= 10)
        ++digits;
    return digits;
}

std::size_t json_size(const SketchPath& path) {
    std::size_t size = 3; // brackets, a comma
    each_number(path, [&](std::int32_t number) { size += length(number) + 1; });
    return size;
}

std::size_t json_size(const std::vector<SketchPath>& paths) {
    return std::transform_reduce(paths.begin(), paths.end(), std::size_t{3}, std::plus{},
                                 [](const SketchPath& path) { return json_size(path); });
}

/// At most so many bytes of JSON.
std::size_t json_size(const ContextLayer& layer, const Sketch& sketch) {
    std::size_t size = 120 + 6 * layer.name.size() + json_size(sketch.points) + json_size(sketch.lines);
    for (const std::vector<SketchPath>& polygon : sketch.polygons)
        size += json_size(polygon);
    return size;
}

Json to_json(const SketchPath& path) {
    Json json = Json::array();
    json.get_ref<Json::array_t&>().reserve(2 * path.size());
    each_number(path, [&](std::int32_t number) { json.push_back(number); });
    return json;
}

Json to_json(const std::vector<SketchPath>& paths) {
    Json json = Json::array();
    for (const SketchPath& path : paths)
        json.push_back(to_json(path));
    return json;
}

Json drawn(const ContextLayer& layer, const Sketch& sketch, double tolerance) {
    Json json{{"name", layer.name}, {"tolerance", tolerance}};
    if (!sketch.points.empty())
        json["points"] = to_json(sketch.points);
    if (!sketch.lines.empty())
        json["lines"] = to_json(sketch.lines);
    for (const std::vector<SketchPath>& polygon : sketch.polygons)
        json["polygons"].push_back(to_json(polygon));
    return json;
}

/// The layer as finely as it fits.
Json fitted(const ContextLayer& layer, std::size_t room, double unit) {
    if (json_size(layer, layer.sketch) <= room)
        return drawn(layer, layer.sketch, unit);
    for (double tolerance = 2; tolerance <= plainest; tolerance *= 2)
        if (const Sketch sketch = plainer(layer.sketch, tolerance); json_size(layer, sketch) <= room)
            return drawn(layer, sketch, tolerance * unit);
    return {{"name", layer.name}, {"left_out", "too many features"}};
}

/// The room of each: an equal part of what those that need less have left.
std::vector<std::size_t> shares(const std::vector<ContextLayer>& layers, const ContextRoom& room) {
    std::vector<std::size_t> wanted, order(layers.size()), share(layers.size());
    for (const ContextLayer& layer : layers)
        wanted.push_back(json_size(layer, layer.sketch));
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return wanted[i]; });
    std::size_t rest = room.all;
    for (std::size_t k = 0; k < order.size(); ++k) {
        share[order[k]] = std::min(room.layer, rest / (order.size() - k));
        rest -= std::min(wanted[order[k]], share[order[k]]);
    }
    return share;
}

} // namespace

Json context_json(const Context& context, const ContextRoom& room) {
    const std::vector<std::size_t> share = shares(context.layers, room);
    Json layers = Json::array();
    for (std::size_t i = 0; i < context.layers.size(); ++i)
        layers.push_back(fitted(context.layers[i], share[i], context.frame.unit));
    return {{"unit", context.frame.unit},
            {"west", context.frame.box.xmin},
            {"north", context.frame.box.ymax},
            {"layers", std::move(layers)}};
}

} // namespace zonerank::engine
