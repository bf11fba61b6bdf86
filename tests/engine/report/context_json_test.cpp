// SPDX-License-Identifier: Apache-2.0
#include "engine/report/context_json.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace zonerank;
using engine::Context;
using engine::ContextLayer;
using layers::SketchPath;
using nlohmann::ordered_json;

namespace {

const layers::SketchFrame frame{.box = {300'000, 3'600'000, 310'000, 3'605'000}, .unit = 25};

/// As the page reads a path.
SketchPath read(const ordered_json& path) {
    SketchPath points;
    std::int32_t x = 0, y = 0;
    for (std::size_t i = 0; i + 1 < path.size(); i += 2)
        points.push_back({x += path[i].get<std::int32_t>(), y += path[i + 1].get<std::int32_t>()});
    return points;
}

ContextLayer streets(const std::string& name, int count, int bends) {
    std::mt19937 random(7);
    ContextLayer layer{name, {}};
    for (int i = 0; i < count; ++i) {
        SketchPath line{{static_cast<int>(random() % 400), static_cast<int>(random() % 200)}};
        for (int k = 0; k < bends; ++k)
            line.push_back({line.back()[0] + static_cast<int>(random() % 9) - 2,
                            line.back()[1] + static_cast<int>(random() % 7) - 3});
        layer.sketch.lines.push_back(std::move(line));
    }
    return layer;
}

} // namespace

TEST_CASE("context_json: what is drawn can be read back") {
    const Context context{
        .frame = frame,
        .layers = {{"<b>ways</b>",
                    {.points = {}, .lines = {{{-8, 3}, {400, 3}, {400, 100}}, {{1, 1}, {1, 1}}}, .polygons = {}}},
                   {"towns", {.points = {{5, 6}, {3, 199}}, .lines = {}, .polygons = {}}},
                   {"lakes",
                    {.points = {}, .lines = {}, .polygons = {{{{0, 0}, {9, 0}, {9, 9}}, {{2, 1}, {3, 1}, {3, 2}}}}}}}};
    const ordered_json json = engine::context_json(context);
    CHECK(json["unit"] == 25.0);
    CHECK(json["west"] == 300'000.0);
    CHECK(json["north"] == 3'605'000.0);
    const ordered_json& layers = json["layers"];
    REQUIRE(layers.size() == 3);
    CHECK(layers[0]["name"] == "<b>ways</b>");
    CHECK(layers[0]["tolerance"] == 25.0);
    CHECK(layers[0]["lines"][0].dump() == "[-8,3,408,0,0,97]");
    for (std::size_t i = 0; i < 2; ++i)
        CHECK(read(layers[0]["lines"][i]) == context.layers[0].sketch.lines[i]);
    CHECK_FALSE(layers[0].contains("points"));
    CHECK(read(layers[1]["points"]) == context.layers[1].sketch.points);
    for (std::size_t i = 0; i < 2; ++i)
        CHECK(read(layers[2]["polygons"][0][i]) == context.layers[2].sketch.polygons[0][i]);
    CHECK(engine::context_json({})["layers"].empty());
}

TEST_CASE("context_json: a layer that needs more than its room is drawn plainer, and fits") {
    const Context context{.frame = frame, .layers = {streets("streets", 300, 60)}};
    const std::size_t whole = engine::context_json(context).dump().size();
    CHECK(engine::context_json(context)["layers"][0]["tolerance"] == 25.0);
    for (const std::size_t part : {2, 3, 5}) {
        const ordered_json json = engine::context_json(context, {.all = 600'000, .layer = whole / part});
        CAPTURE(part);
        CHECK(json["layers"][0].dump().size() <= whole / part);
        CHECK(json["layers"][0]["tolerance"] > 25.0);
        CHECK(json["layers"][0]["lines"].size() > 200);
    }
}

TEST_CASE("context_json: a layer without room says so; small ones are drawn whole") {
    const Context context{.frame = frame,
                          .layers = {streets("many", 5000, 40), streets("few", 20, 40), streets("many too", 5000, 40)}};
    const ordered_json json = engine::context_json(context, {.all = 20'000, .layer = 15'000});
    CHECK(json["layers"][0].dump() == R"({"name":"many","left_out":"too many features"})");
    CHECK(json["layers"][2]["left_out"] == "too many features");
    CHECK(json["layers"][1]["tolerance"] == 25.0);
    CHECK(json["layers"][1]["lines"].size() == 20);
}

TEST_CASE("context_json: all layers together keep to the room, and share it evenly") {
    Context context{.frame = frame, .layers = {}};
    for (int i = 0; i < 6; ++i)
        context.layers.push_back(streets("streets", 1000, 60 + i));
    const ordered_json json = engine::context_json(context, {.all = 300'000, .layer = 150'000});
    CHECK(json.dump().size() <= 300'000 + 200);
    for (const auto& layer : json["layers"]) {
        CHECK(layer.contains("lines"));
        CHECK(layer.dump().size() > 15'000);
    }
}
