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

std::span<const Key> study_keys() {
    static constexpr std::array keys{
        Key{"", "study", "the study's title"},
        Key{"", "extends", "another study file that this one is laid on"},
        Key{"", "area", "what is scored", true},
        Key{"", "grid", "CRS and cell", true},
        Key{"", "layers", "named data sources"},
        Key{"", "criteria", "themes, each with its criteria", true},
        Key{"", "constraints", "what rules cells out"},
        Key{"", "aggregate", "how values and weights become a score (default: weighted sum)"},
        Key{"", "known", "share of the weight that `missing: leave out` needs (default: 70 %)"},
        Key{"", "sites", "the candidate zones"},
        Key{"", "outputs", "what is written beside the usual"},
        Key{"", "output", "the folder to write, below the study's folder or the working directory (default: out)"},
        Key{"area", "source", "a file with the area's polygons"},
        Key{"area", "layer", "the source's layer; alone: a layer of the study"},
        Key{"area", "where", "which features, as an OGR condition in quotes"},
        Key{"area", "box", "[west, south, east, north]"},
        Key{"area", "crs", "of the box (default: longitude and latitude), or of a file that has none"},
        Key{"area", "override", "true: `crs` replaces the file's own"},
        Key{"area", "around", "`sites`: the sites' common box"},
        Key{"area", "buffer", "enlarges the area; negative shrinks it"},
        Key{"grid", "crs", "a projected CRS in metres (default: chosen for the area)"},
        Key{"grid", "cell", "side of a cell"},
        Key{"grid", "like", "a raster layer whose grid is taken over"},
        Key{"layer", "source", "a path, a glob or a list of paths", true},
        Key{"layer", "layer", "the layer within the file"},
        Key{"layer", "band", "the raster's band (default: 1)"},
        Key{"layer", "where", "which features, as an OGR condition in quotes"},
        Key{"layer", "crs", "for a file that has none"},
        Key{"layer", "override", "true: `crs` replaces the file's own"},
        Key{"layer", "nodata", "the raster value that means no data"},
        Key{"layer", "unit", "of the raster's values or the fields"},
        Key{"layer", "values", "continuous, classes or counts"},
        Key{"layer", "resample", "automatic, nearest, bilinear or average"},
        Key{"theme", "label", "what people read"},
        Key{"theme", "weight", "among the themes"},
        Key{"theme", "weights", "of the theme's criteria"},
        Key{"theme", "aggregate", "within the theme (default: the study's)"},
        Key{"criterion", "label", "what people read"},
        Key{"criterion", "use", "a criterion of the catalogue"},
        Key{"criterion", "of", "the layers for `use`"},
        Key{"criterion", "measure", "what is measured", true},
        Key{"criterion", "value", "how a measurement becomes a value", true},
        Key{"criterion", "weight", "within its theme"},
        Key{"criterion", "missing", "unknown, worst, leave out or a value"},
        Key{"criterion", "site", "mean, min, max, share or edge"},
        Key{"sites", "source", "a file with the candidate zones"},
        Key{"sites", "layer", "the source's layer; alone: a layer of the study"},
        Key{"sites", "where", "which features, as an OGR condition in quotes"},
        Key{"sites", "crs", "for a file that has none"},
        Key{"sites", "override", "true: `crs` replaces the file's own"},
        Key{"sites", "name", "the field that names a site"},
        Key{"sites", "id", "the field that identifies a site"},
        Key{"sites", "keep", "fields to carry into the results"},
        Key{"sites", "footprint", "{area: 400 ha} or {radius: 1 km} of sites that are points"},
        Key{"sites", "needs", "{usable: 50 %, area: 100 ha}: below, a site has no rank"},
        Key{"outputs", "criteria", "true: a map of value and measurement per criterion"},
        Key{"outputs", "reasons", "true: the full mask of constraints and missing data"},
    };
    return keys;
}

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

/// Into a layer, an area or sites. A layer of the study has its own.
template <typename Spec>
static void read_crs(const Section& section, Spec& spec) {
    const Node* crs = section.find("crs");
    spec.override_crs = section.flag("override");
    if (crs && section.find("layer") && !section.find("source"))
        section.problems().error(crs->mark, fmt::format("{}: belongs to the layer '{}'; write it there",
                                                        section.path("crs"), section.text("layer")));
    else if (crs)
        section.problems().guard(crs->mark, section.path("crs"),
                                 [&] { spec.crs = rasters::parse_crs(section.text("crs")); });
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

std::vector<LayerSpec> read_layers(const Node& node, Problems& problems) {
    std::vector<LayerSpec> result;
    if (!node.is_map())
        problems.error(node.mark,
                       fmt::format("layers: expected a mapping of names to files, found {}", node.kind_name()));
    for (const auto& [name, body] : node.entries)
        if (check_identifier("layer", name, body.key_mark, problems))
            result.push_back(read_layer(name, body, problems));
    return result;
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
    area.where = section.text("where");
    read_crs(section, area);
    area.buffer = section.quantity("buffer", Dimension::length).value_or(0);
    const int ways = (section.find("source") || section.find("layer")) + (section.find("box") != nullptr) +
                     (section.find("around") != nullptr);
    if (ways != 1)
        problems.error(area.mark, "area: expected one of source, layer, box or around");
    if (const Node* box = section.find("box")) {
        area.kind = AreaSpec::Kind::box;
        problems.guard(box->mark, "area: box", [&] { area.box = read_box(*box); });
    } else if (section.find("around")) {
        area.kind = AreaSpec::Kind::around_sites;
        if (section.text("around") != "sites")
            problems.error(section.find("around")->mark,
                           fmt::format("area: around: expected sites, found '{}'", section.text("around")));
    } else if (section.find("source")) {
        area.paths = read_paths(section);
        area.source_layer = section.text("layer");
    } else {
        area.kind = AreaSpec::Kind::layer;
        area.layer = section.text("layer");
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
    const std::optional<double> cell = section.quantity("cell", Dimension::length);
    if (cell && !(*cell > 0))
        problems.error(section.find("cell")->mark,
                       fmt::format("grid: cell: expected a length above 0, found '{}'", section.text("cell")));
    if (!section.find("cell") && grid.like.empty() && !section.misspelt("cell") && !section.misspelt("like"))
        problems.error(grid.mark, "grid: 'cell' is missing (side of a cell, such as 100 m)");
    if (section.find("cell") && !grid.like.empty())
        problems.error(grid.mark, "grid: `cell` and `like` exclude each other");
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
    sites.where = section.text("where");
    read_crs(section, sites);
    if (section.find("source")) {
        sites.paths = read_paths(section);
        sites.source_layer = section.text("layer");
    } else {
        sites.layer = section.text("layer");
        if (sites.layer.empty() && !section.misspelt("source"))
            problems.error(sites.mark, "sites: 'source' is missing (a file with the candidate zones)");
    }
    sites.name_field = section.text("name");
    sites.id_field = section.text("id");
    sites.keep = section.texts("keep");
    sites.footprint_m2 = read_footprint(section);
    if (const Node* needs = section.find("needs")) {
        const std::vector<std::string> known{"usable", "area"};
        const Section need(*needs, "sites: needs", known, problems);
        sites.needs_usable = need.share("usable", 50);
        sites.needs_area_ha = need.quantity("area", Dimension::area).value_or(0);
    }
    return sites;
}

} // namespace zonerank::engine
