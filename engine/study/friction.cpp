// SPDX-License-Identifier: Apache-2.0
#include "engine/study/friction.hpp"

#include "engine/study/reading.hpp"
#include "engine/study/study_parts.hpp"

#include <functional>

namespace zonerank::engine {

using layers::BarrierRule;
using layers::DelayRule;
using layers::Dimension;
using layers::FrictionSpec;
using layers::Node;
using layers::Problems;
using layers::SpeedRule;

namespace {

double speed_of(const Node& node) {
    const double speed =
        layers::convert(layers::parse_quantity(scalar_text(node)), layers::base_unit(Dimension::speed));
    if (!(speed > 0))
        throw Error("a speed is above 0, found '{}'; what can't be crossed is listed under `barriers`", node.text);
    return speed;
}

void read_speed(const Section& section, SpeedRule& rule) {
    const Node* speed = section.find("speed"); // a raster may tell it itself
    if (!speed)
        return;
    const auto guarded = [&](const Node& node, const std::string& what, const std::function<void()>& read) {
        section.problems().guard(node.mark, what, read);
    };
    if (!speed->is_map())
        guarded(*speed, section.path("speed"), [&] { rule.speed = speed_of(*speed); });
    for (const auto& [name, node] : speed->entries)
        guarded(node, fmt::format("{}: {}", section.path("speed"), name), [&, &text = name, &value = node] {
            rule.by_class.emplace_back(layers::parse_class(text), speed_of(value));
        });
}

/// What all rules say: which features of which layer.
template <typename Rule>
Rule of_layer(const Section& section, std::string_view key = "of") {
    Rule rule;
    rule.mark = section.node().mark;
    if (section.need(key, "a layer"))
        rule.layer = section.text(key);
    rule.where = section.text("where");
    return rule;
}

SpeedRule read_speeds(const Section& section) {
    auto rule = of_layer<SpeedRule>(section);
    rule.field = section.text("by");
    rule.one_way = section.text("one way");
    read_speed(section, rule);
    return rule;
}

BarrierRule read_barrier(const Section& section) {
    const bool outside = section.find("outside") != nullptr;
    auto rule = of_layer<BarrierRule>(section, outside ? "outside" : "of");
    rule.outside = outside;
    if (outside)
        section.refuse("of", "a rule has one layer; `outside` names it");
    const std::string cells = section.text("cells", "centre");
    rule.any_part = cells == "any part";
    if (cells != "centre" && cells != "any part")
        section.problems().error(section.find("cells")->mark, fmt::format("{}: expected centre or any part, found '{}'",
                                                                          section.path("cells"), cells));
    return rule;
}

DelayRule read_delay(const Section& section) {
    auto rule = of_layer<DelayRule>(section);
    if (section.need("time", "what a point costs who passes it, such as 30 min"))
        rule.minutes = section.quantity("time", Dimension::time).value_or(0);
    if (rule.minutes < 0)
        section.problems().error(section.find("time")->mark, section.path("time") + ": a delay is 0 or more");
    return rule;
}

double measured_in(Dimension dimension, const std::string& text) {
    return layers::convert(layers::parse_quantity(text), layers::base_unit(dimension));
}

void read_slope_table(const Section& section, const Node& node, layers::SlopeCurve& curve) {
    curve.kind = layers::SlopeCurve::Kind::table;
    for (const auto& [slope, factor] : node.entries)
        section.problems().guard(factor.mark, fmt::format("{}: {}", section.path("curve"), slope),
                                 [&, &text = slope, &value = factor] {
                                     const double at = measured_in(Dimension::slope, text) / 100,
                                                  left = measured_in(Dimension::number, scalar_text(value));
                                     if (!(left >= 0))
                                         throw Error("a factor of speed is 0 or more, found '{}'", value.text);
                                     if (!curve.table.empty() && !(at > curve.table.back().first))
                                         throw Error("slopes have to rise from one to the next");
                                     curve.table.emplace_back(at, left);
                                 });
}

void read_curve(const Section& section, layers::SlopeCurve& curve) {
    const Node* node = section.find("curve");
    if (!node)
        return;
    const std::string name = node->is_scalar() ? node->text : "";
    if (node->is_map() && !node->entries.empty())
        read_slope_table(section, *node, curve);
    else if (name == "vehicle")
        curve.kind = layers::SlopeCurve::Kind::vehicle;
    else if (name != "tobler")
        section.problems().error(
            node->mark, fmt::format("{}: expected tobler, vehicle or a table such as {{0 %: 1, 30 %: 0}}, found {}",
                                    section.path("curve"), node->is_scalar() ? "'" + name + "'" : node->kind_name()));
}

void read_terrain(const Section& friction, FrictionSpec& spec) {
    const Node* node = friction.find("terrain");
    if (!node || !node->is_map()) {
        spec.terrain = friction.text("terrain");
        return;
    }
    const Section section(*node, friction.path("terrain"), keys_of("terrain"), friction.problems());
    if (section.need("of", "a layer"))
        spec.terrain = section.text("of");
    const std::string direction = section.text("direction", "both ways");
    spec.directed = direction == "uphill and downhill";
    if (!spec.directed && direction != "both ways")
        section.problems().error(section.find("direction")->mark,
                                 fmt::format("{}: expected both ways or uphill and downhill, found '{}'",
                                             section.path("direction"), direction));
    read_curve(section, spec.slopes);
}

/// A list of rules; a bare name is a rule of nothing but a layer.
template <typename Rule>
std::vector<Rule> rules(const Section& section, std::string_view key, Rule (*read)(const Section&)) {
    std::vector<Rule> result;
    const Node* list = section.find(key);
    if (list && !list->is_list()) {
        section.problems().error(list->mark,
                                 fmt::format("{}: expected a list, found {}", section.path(key), list->kind_name()));
        return result;
    }
    for (std::size_t i = 0; list && i < list->items.size(); ++i) {
        Node item = list->items[i];
        if (item.is_scalar())
            item = Node{.kind = Node::Kind::map, .entries = {{"of", list->items[i]}}, .mark = item.mark};
        result.push_back(read(Section(item, section.path(key), keys_of(key), section.problems())));
    }
    return result;
}

void read_friction_area(const Node& node, FrictionSpec& friction, Problems& problems) {
    const AreaSpec area = read_area(node, problems);
    if (area.kind != AreaSpec::Kind::box)
        problems.error(node.mark, "friction: area: expected {box: [west, south, east, north]}");
    friction.area = area.box;
    friction.crs = area.crs.value_or(rasters::Crs{});
}

std::optional<layers::NearSpec> read_near(const Node& node, Problems& problems) {
    layers::NearSpec near{.mark = node.mark};
    const Section section(node, "friction: near", keys_of("near"), problems);
    const auto length = [&](const char* key, const char* what) {
        const double metres = section.need(key, what) ? section.quantity(key, Dimension::length).value_or(0) : 0;
        if (section.find(key) && !(metres > 0))
            problems.error(section.find(key)->mark,
                           fmt::format("{}: expected more than 0, found '{}'", section.path(key), section.text(key)));
        return metres;
    };
    near.cell = length("cell", "the side of a cell, such as 30 m");
    near.within = length("within", "how far round the study's area, such as 20 km");
    return near.cell > 0 && near.within > 0 ? std::optional(near) : std::nullopt;
}

} // namespace

FrictionSpec read_friction(const Node& node, Problems& problems) {
    FrictionSpec friction{.mark = node.key_mark};
    const Section section(node, "friction", keys_of("friction"), problems);
    if (!node.is_map())
        return friction;
    const auto positive = [&](const char* key, Dimension dimension, double fallback) {
        const double value = section.quantity(key, dimension).value_or(fallback);
        if (section.find(key) && !(value > 0))
            problems.error(section.find(key)->mark,
                           fmt::format("{}: expected more than 0, found '{}'", section.path(key), section.text(key)));
        return value;
    };
    friction.cell = positive("cell", Dimension::length, 0);
    friction.ground = positive("ground", Dimension::speed, friction.ground);
    read_terrain(section, friction);
    if (const Node* near = section.find("near"))
        friction.near = read_near(*near, problems);
    if (const Node* area = section.find("area"))
        read_friction_area(*area, friction, problems);
    friction.speeds = rules(section, "speeds", read_speeds);
    friction.barriers = rules(section, "barriers", read_barrier);
    friction.delays = rules(section, "delays", read_delay);
    return friction;
}

} // namespace zonerank::engine
