// SPDX-License-Identifier: Apache-2.0
#include "engine/study/study_parts.hpp"

#include "engine/study/reading.hpp"

#include <algorithm>
#include <array>
#include <numbers>

namespace zonerank::engine {

using layers::Dimension;
using layers::LayerSpec;
using layers::Node;
using layers::Problems;

static std::vector<std::string> read_paths(const Section& section) {
    std::vector<std::string> paths;
    const Node* source = section.find("source");
    if (!source)
        return paths;
    const auto add = [&](const Node& node) {
        section.problems().guard(node.mark, section.path("source"), [&] {
            for (std::string& path : resolve_files(node))
                paths.push_back(std::move(path));
        });
    };
    if (!source->is_list())
        add(*source);
    else if (source->items.empty())
        section.problems().error(source->mark, section.path("source") + ": expected a file's name, found nothing");
    for (const Node& item : source->items)
        add(item);
    return paths;
}

template <typename T>
static T one_of(const Section& section, std::string_view key, T fallback,
                std::span<const std::pair<std::string, T>> options) {
    const Node* node = section.find(key);
    if (!node)
        return fallback;
    std::vector<std::string> known;
    for (const auto& [name, value] : options) {
        if (node->text == name)
            return value;
        known.push_back(name);
    }
    section.problems().error(node->mark,
                             fmt::format("{}: {}", section.what(), layers::unknown(key, node->text, known)));
    return fallback;
}

static std::optional<rasters::Crs> read_crs(const Section& section) {
    std::optional<rasters::Crs> result;
    if (const Node* crs = section.find("crs"))
        section.problems().guard(crs->mark, section.path("crs"),
                                 [&] { result = rasters::parse_crs(scalar_text(*crs)); });
    return result;
}

/// Of files, into a layer, an area or sites.
template <typename Spec>
static void read_crs(const Section& section, Spec& spec) {
    spec.crs = read_crs(section);
    spec.override_crs = section.flag("override");
    if (!section.find("crs") && !section.misspelt("crs"))
        section.refuse("override", "needs the `crs` that replaces the file's own");
}

/// Where an area's or the sites' features are: in files, or in a layer of the
/// study, which has a CRS of its own.
template <typename Spec>
static void read_source(const Section& section, Spec& spec) {
    spec.where = section.text("where");
    if (section.find("source")) {
        spec.paths = read_paths(section);
        spec.source_layer = section.text("layer");
        read_crs(section, spec);
        return;
    }
    spec.layer = section.text("layer");
    if (!spec.layer.empty())
        for (const char* key : {"crs", "override"})
            section.refuse(key, fmt::format("belongs to the layer '{}'; write it there", spec.layer));
}

void read_known_source(const Section& section, KnownSpec& known) {
    read_source(section, known);
}

static LayerSpec read_layer(const std::string& name, const Node& node, Problems& problems) {
    using rasters::Resample;
    using rasters::Values;
    Node body = node;
    if (node.is_scalar() || node.is_list()) { // the short form: a path or a list of them
        body = Node{.kind = Node::Kind::map, .mark = node.mark, .key_mark = node.key_mark};
        body.entries.push_back({"source", node});
    }
    const Section section(body, fmt::format("layer '{}'", name), keys_of("layer"), problems);
    LayerSpec layer{.name = name, .mark = node.key_mark};
    section.need("source", "a path, a glob or a list of paths");
    layer.paths = read_paths(section);
    layer.layer = section.text("layer");
    layer.where = section.text("where");
    const double band = section.number("band").value_or(1);
    if (!(band >= 1 && band <= 65535 && band == static_cast<int>(band)))
        problems.error(
            section.find("band")->mark,
            fmt::format("layer '{}': band: expected a whole number from 1, found '{}'", name, section.text("band")));
    else
        layer.band = static_cast<int>(band);
    read_crs(section, layer);
    layer.nodata = section.number("nodata");
    if (section.find("unit"))
        layer.unit = layers::unit_called(section.text("unit"));
    static const std::pair<std::string, std::optional<Values>> values[] = {
        {"continuous", Values::continuous}, {"classes", Values::classes}, {"counts", Values::counts}};
    layer.values = one_of<std::optional<Values>>(section, "values", std::nullopt, values);
    static const std::pair<std::string, Resample> resamples[] = {{"automatic", Resample::automatic},
                                                                 {"nearest", Resample::nearest},
                                                                 {"bilinear", Resample::bilinear},
                                                                 {"average", Resample::average}};
    layer.resample = one_of<Resample>(section, "resample", Resample::automatic, resamples);
    return layer;
}

std::vector<LayerSpec> read_wanted_layers(const Node& node, Problems& problems,
                                          const std::function<bool(const std::string&)>& wanted) {
    std::vector<LayerSpec> result;
    Problems untold;
    if (!node.is_map())
        problems.error(node.mark,
                       fmt::format("layers: expected a mapping of names to files, found {}", node.kind_name()));
    for (const auto& [name, body] : node.entries) {
        Problems& told = wanted(name) ? problems : untold;
        if (check_identifier("layer", name, body.key_mark, told))
            result.push_back(read_layer(name, body, told));
    }
    return result;
}

std::vector<LayerSpec> read_layers(const Node& node, Problems& problems) {
    return read_wanted_layers(node, problems, [](const std::string&) { return true; });
}

static rasters::Box read_box(const Node& node) {
    if (!node.is_list() || node.items.size() != 4)
        throw Error("expected [west, south, east, north], found {}",
                    node.is_list() ? fmt::format("{} numbers", node.items.size()) : std::string(node.kind_name()));
    std::array<double, 4> edge{};
    for (std::size_t i = 0; i < 4; ++i)
        edge[i] = layers::convert(layers::parse_quantity(node.items[i].text), {});
    if (!(edge[1] < edge[3]))
        throw Error("the south edge {:g} must be below the north edge {:g}", edge[1], edge[3]);
    return {edge[0], edge[1], edge[2], edge[3]};
}

AreaSpec read_area(const Node& node, Problems& problems) {
    AreaSpec area{.mark = node.key_mark};
    const Section section(node, "area", keys_of("area"), problems);
    if (!node.is_map())
        return area;
    area.buffer = section.quantity("buffer", Dimension::length).value_or(0);
    const int ways = (section.find("source") || section.find("layer")) + (section.find("box") != nullptr) +
                     (section.find("around") != nullptr);
    if (ways != 1)
        problems.error(area.mark, "area: expected one of source, layer, box or around");
    if (const Node* box = section.find("box")) {
        area.kind = AreaSpec::Kind::box;
        problems.guard(box->mark, "area: box", [&] { area.box = read_box(*box); });
        for (const char* key : {"where", "override"})
            section.refuse(key, "a box has no features to choose from, and no CRS of its own");
        area.crs = read_crs(section);
    } else if (section.find("around")) {
        area.kind = AreaSpec::Kind::around_sites;
        if (section.text("around") != "sites")
            problems.error(section.find("around")->mark, fmt::format("area: around: expected sites, found '{}'",
                                                                     layers::excerpt(section.text("around"))));
        for (const char* key : {"where", "crs", "override"})
            section.refuse(key, "belongs to the sites; write it there");
    } else {
        area.kind = section.find("source") ? AreaSpec::Kind::source : AreaSpec::Kind::layer;
        read_source(section, area);
    }
    return area;
}

GridSpec read_grid(const Node& node, Problems& problems) {
    GridSpec grid{.mark = node.key_mark};
    const Section section(node, "grid", keys_of("grid"), problems);
    if (!node.is_map())
        return grid;
    grid.crs = section.text("crs");
    if (const Node* crs = section.find("crs"))
        grid.crs_mark = crs->mark;
    grid.like = section.text("like");
    for (const char* key : {"like", "cell"})
        if (const Node* written = section.find(key))
            grid.cell_mark = written->mark;
    const std::optional<double> cell = section.quantity("cell", Dimension::length);
    if (cell && !(*cell > 0))
        problems.error(section.find("cell")->mark,
                       fmt::format("grid: cell: expected a length above 0, found '{}'", section.text("cell")));
    if (!section.find("cell") && grid.like.empty() && !section.misspelt("cell") && !section.misspelt("like"))
        problems.error(grid.mark, "grid: 'cell' is missing (side of a cell, such as 100 m)");
    if (!grid.like.empty())
        for (const char* key : {"cell", "crs"})
            section.refuse(key, "`like` takes over the raster's own");
    grid.cell = cell.value_or(0);
    return grid;
}

static double read_footprint(const Section& sites) {
    const Node* node = sites.find("footprint");
    if (!node)
        return 0;
    const std::vector<std::string> known{"area", "radius"};
    const Section section(*node, "sites: footprint", known, sites.problems());
    if (!node->is_map())
        return 0;
    const std::optional<double> area = section.quantity("area", Dimension::area);
    const std::optional<double> radius = section.quantity("radius", Dimension::length);
    if (area.has_value() == radius.has_value() || !(area.value_or(1) > 0 && radius.value_or(1) > 0)) {
        sites.problems().error(node->mark, "sites: footprint: expected {area: 400 ha} or {radius: 1 km}");
        return 0;
    }
    return area ? *area * 10'000 : std::numbers::pi * *radius * *radius;
}

SitesSpec read_sites(const Node& node, Problems& problems) {
    SitesSpec sites{.mark = node.key_mark};
    const Section section(node, "sites", keys_of("sites"), problems);
    if (!node.is_map())
        return sites;
    read_source(section, sites);
    if (!section.find("source") && sites.layer.empty() && !section.misspelt("source"))
        problems.error(sites.mark, "sites: 'source' is missing (a file with the candidate zones)");
    sites.name_field = section.text("name");
    sites.id_field = section.text("id");
    sites.keep = section.texts("keep");
    sites.footprint_m2 = read_footprint(section);
    section.flag("optional"); // see may_have_no_sites()
    if (const Node* needs = section.find("needs")) {
        const std::vector<std::string> known{"usable", "area"};
        const Section need(*needs, "sites: needs", known, problems);
        sites.needs_usable = need.share("usable", 50);
        sites.needs_area_ha = need.quantity("area", Dimension::area).value_or(0);
    }
    return sites;
}

std::string missing_text(const Missing& missing) {
    switch (missing.policy) {
    case Missing::Policy::unknown:
        return "unknown";
    case Missing::Policy::worst:
        return "worst";
    case Missing::Policy::leave_out:
        return "leave out";
    case Missing::Policy::value:
        return fmt::format("{:g}", missing.value);
    }
    return "";
}

} // namespace zonerank::engine
