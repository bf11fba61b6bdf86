// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/study_project.hpp"

#include "engine/qgis/area_file.hpp"
#include "engine/qgis/input_layers.hpp"
#include "engine/qgis/layout_content.hpp"
#include "engine/qgis/result_layers.hpp"
#include "engine/qgis/zip.hpp"
#include "engine/text/version.hpp"
#include "rasters/core/files.hpp"

#include <algorithm>
#include <array>

namespace zonerank::engine {

namespace {

/// With room around it, so that nothing touches the window's edge.
rasters::Box with_margin(const rasters::Box& box) {
    return box.grown(std::max(box.width(), box.height()) * 0.04);
}

std::string abstract_of(const Results& results) {
    const Study& study = results.prepared.study;
    const rasters::Grid& grid = results.prepared.territory.grid;
    return fmt::format(
        "Made by zonerank {} from {}: {} criteria in {} themes, {} constraints, cells of {:g} m in {}. "
        "How it was made is told in manifest.json. Layers under \"Input layers\" stay where the study has "
        "them: where this folder is alone, QGIS asks for them, and all else is whole without.",
        version, study.file.filename().string(), results.prepared.decision.criteria.size(),
        results.prepared.decision.themes.size(), results.prepared.constraints.size(), grid.cell,
        results.prepared.territory.crs.label());
}

std::vector<TreeNode> tree_of(const Results& results) {
    std::vector<TreeNode> tree = result_layers(results);
    if (std::vector<TreeNode> inputs = input_layers(results); !inputs.empty())
        tree.push_back({.name = "Input layers", .children = std::move(inputs), .shown = false, .open = false});
    return tree;
}

} // namespace

Project study_project(const Results& results) {
    const Prepared& p = results.prepared;
    std::vector<TreeNode> tree = tree_of(results);
    std::string layouts = layouts_xml(layout_content(results, tree));
    return {.title = p.study.title,
            .abstract = abstract_of(results),
            .author = fmt::format("zonerank {}", version),
            .crs = p.territory.crs,
            .view = with_margin(bounds(p.territory.area)),
            .tree = std::move(tree),
            .layouts = std::move(layouts)};
}

std::vector<std::string> study_project_files() {
    return {"study.qgz", "area.geojson", "area.qml"};
}

void write_study_project(const Results& results) {
    write_area(results.prepared.territory, results.folder);
    const std::array entries{ZipEntry{"study.qgs", project_xml(study_project(results))}};
    rasters::write_text(results.folder / "study.qgz", zip_archive(entries));
}

} // namespace zonerank::engine
