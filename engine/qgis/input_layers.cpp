// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/input_layers.hpp"

#include "engine/outputs/styles.hpp"
#include "engine/qgis/plain_styles.hpp"
#include "engine/text/utf8.hpp"
#include "layers/vectors/inspect.hpp"
#include "layers/vectors/subset.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <array>

namespace zonerank::engine {

namespace fs = std::filesystem;
using layers::FeatureInfo;
using layers::FeatureSource;
using layers::LayerSpec;

namespace {

constexpr std::size_t most_files = 60; ///< of one layer in the tree

bool fits_qgis(const std::string& name) {
    return valid_utf8(name) == name &&
           std::ranges::none_of(name, [](unsigned char c) { return c < 0x20 || c == 0x7F || c == '|'; });
}

/// How a geometry is called in the tree, and in a source of QGIS's.
struct GeometryName {
    LayerKind kind;
    bool layers::Geometries::*held;
    const char *people, *qgis;
};

constexpr std::array<GeometryName, 3> geometry_names{
    {{LayerKind::points, &layers::Geometries::points, "points", "Point"},
     {LayerKind::lines, &layers::Geometries::lines, "lines", "LineString"},
     {LayerKind::polygons, &layers::Geometries::polygons, "polygons", "Polygon"}}};

/// Classes by their names, where the file has some; all else in grey.
std::string look_of(const LayerSpec& spec, const rasters::RasterInfo& info) {
    const bool classes = info.values == rasters::Values::classes && spec.band == 1; // such styles are of the first band
    const auto named = named_classes(classes ? info.categories : std::vector<std::string>{});
    return named.empty() ? grey_style(spec.band, spec.nodata) : style_within(categories_style(named));
}

/// The layers of one study, one after the other.
class Inputs {
public:
    explicit Inputs(const Results& results) : m_results(results), m_study(results.prepared.study) {}

    std::vector<TreeNode> all() {
        if (!m_study.area.paths.empty())
            add("area", area_source(m_study.area));
        if (m_study.sites && !m_study.sites->paths.empty())
            add("sites", area_source(*m_study.sites));
        for (const LayerSpec& spec : m_study.layers)
            add(spec);
        return std::move(m_nodes);
    }

private:
    template <typename Spec>
    static FeatureSource area_source(const Spec& spec) {
        return {.paths = spec.paths,
                .layer = spec.source_layer,
                .where = spec.where,
                .crs = spec.crs,
                .override_crs = spec.override_crs};
    }

    const layers::Sources& sources() const { return *m_results.prepared.sources; }

    /// What can't be opened, since no criterion needs it, is not shown.
    template <typename Add>
    static void if_it_opens(Add&& add) {
        try {
            add();
        } catch (const Error&) { // the run would have told, had it mattered
        }
    }

    void add(const LayerSpec& spec) {
        if_it_opens([&] {
            keep(spec.name, sources().is_raster(spec.name) ? raster_layers(spec)
                                                           : vector_layers(spec.name, sources().feature_source(spec),
                                                                           sources().feature_info(spec.name)));
        });
    }

    void add(const std::string& name, const FeatureSource& source) {
        if_it_opens([&] { keep(name, vector_layers(name, source, inspect(source, sources().access()))); });
    }

    /// One as it is; several as a group.
    void keep(const std::string& name, std::vector<TreeNode> nodes) {
        if (nodes.size() == 1)
            nodes.front().layer->name = name;
        if (nodes.size() <= 1)
            std::ranges::move(nodes, std::back_inserter(m_nodes));
        else
            m_nodes.push_back({.name = name, .children = std::move(nodes), .shown = false, .open = false});
    }

    /// Calls visit(source, file name) for each of a layer's files that QGIS can open.
    template <typename Visit>
    void each_file(const std::vector<std::string>& paths, Visit&& visit) const {
        for (std::size_t i = 0; i < std::min(paths.size(), most_files); ++i)
            if (const auto source = source_in(m_results.target, paths[i], m_study.folder))
                visit(*source, fs::path(paths[i]).filename().string());
    }

    std::string next_id() { return fmt::format("zonerank_input_{}", m_next++); }

    std::string abstract(const std::string& source, const std::string& where) const {
        std::string text = fmt::format("An input of the study, as given: {}.", source);
        if (!where.empty())
            text += fmt::format(" The study takes of it what has: {}", where);
        return text;
    }

    std::vector<TreeNode> raster_layers(const LayerSpec& spec) {
        const rasters::RasterInfo info = sources().raster_info(spec.name);
        std::vector<TreeNode> nodes;
        each_file(spec.paths, [&](const std::string& source, const std::string& file) {
            std::string text = abstract(source, "");
            if (!spec.unit.name.empty())
                text += fmt::format(" Values in {}.", spec.unit.name);
            nodes.push_back({.layer = MapLayer{.id = next_id(),
                                               .name = file,
                                               .abstract = std::move(text),
                                               .source = source,
                                               .crs = info.crs,
                                               .extent = spec.paths.size() == 1 ? info.box : rasters::Box{},
                                               .style = look_of(spec, info),
                                               .legend = false},
                             .shown = false});
        });
        return nodes;
    }

    std::vector<TreeNode> vector_layers(const std::string& name, const FeatureSource& given, const FeatureInfo& info) {
        if (!fits_qgis(info.layer) || !fits_qgis(given.where))
            return {};
        const auto has = [&](const GeometryName& name_of) { return info.geometries.*name_of.held; };
        const bool mixed = std::ranges::count_if(geometry_names, has) > 1;
        std::string tail = info.layers.size() > 1 ? "|layername=" + info.layer : "";
        const std::string subset =
            !given.where.empty() && driver_agrees(given, sources().access()) ? "|subset=" + given.where : "";
        std::vector<TreeNode> nodes;
        each_file(given.paths, [&](const std::string& source, const std::string& file) {
            for (const GeometryName& geometry : geometry_names) {
                if (!has(geometry))
                    continue;
                const std::string of_kind = mixed ? fmt::format("|geometrytype={}", geometry.qgis) : "";
                const std::string shown = given.paths.size() > 1 ? file : name;
                nodes.push_back(
                    {.layer = MapLayer{.id = next_id(),
                                       .kind = geometry.kind,
                                       .name = mixed ? fmt::format("{} ({})", shown, geometry.people) : shown,
                                       .abstract = abstract(source, given.where),
                                       .source = source + tail + of_kind + subset,
                                       .crs = info.crs,
                                       .extent = given.paths.size() == 1 ? info.extent : rasters::Box{},
                                       .style = plain_style(geometry.kind),
                                       .legend = false},
                     .shown = false});
            }
        });
        return nodes;
    }

    const Results& m_results;
    const Study& m_study;
    std::vector<TreeNode> m_nodes;
    std::size_t m_next = 0;
};

/// Where a file really is; one below `home` with the links that are on its way there.
fs::path real_place(const fs::path& file, const fs::path& home) {
    const fs::path below = file.lexically_normal().lexically_relative(home.lexically_normal());
    if (below.empty() || *below.begin() == "..")
        return fs::weakly_canonical(file);
    return fs::weakly_canonical(home) / below;
}

} // namespace

std::vector<TreeNode> input_layers(const Results& results) {
    return Inputs(results).all();
}

std::optional<std::string> source_in(const fs::path& folder, const fs::path& file, const fs::path& home) {
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return {};
    const fs::path path = real_place(fs::absolute(file), fs::absolute(home));
    const std::string source = path.lexically_relative(fs::weakly_canonical(folder)).generic_string();
    if (source.empty() || !fits_qgis(source))
        return {};
    return source.starts_with("../") ? source : "./" + source;
}

} // namespace zonerank::engine
