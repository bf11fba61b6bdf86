// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/project.hpp"

#include <cpl_minixml.h>
#include <doctest/doctest.h>
#include <memory>

using namespace zonerank;
using namespace zonerank::engine;

namespace {

using Xml = std::unique_ptr<CPLXMLNode, decltype(&CPLDestroyXMLNode)>;

Project small() {
    const rasters::Crs crs = rasters::parse_crs("EPSG:32643");
    Project project{.title = "A & <B>", .abstract = "\"how\"", .author = "zonerank", .crs = crs, .view = {0, 1, 2, 3}};
    project.tree.push_back({.layer = MapLayer{.id = "first_layer", .name = "First <1>", .source = "./a.tif"}});
    TreeNode group{.name = "Theme & co", .shown = false, .open = false};
    group.children.push_back({.layer = MapLayer{.id = "second_layer",
                                                .kind = LayerKind::polygons,
                                                .name = "Second",
                                                .source = "./b.gpkg",
                                                .legend = false},
                              .shown = false});
    project.tree.push_back(std::move(group));
    return project;
}

std::string value(const Xml& xml, const std::string& path) {
    return CPLGetXMLValue(xml.get(), ("=qgis." + path).c_str(), "(none)");
}

} // namespace

TEST_CASE("a project's tree, layers and view") {
    const Xml xml(CPLParseXMLString(project_xml(small()).c_str()), CPLDestroyXMLNode);
    REQUIRE(xml);
    CHECK(value(xml, "title") == "A & <B>");
    CHECK(value(xml, "projectMetadata.abstract") == "\"how\"");
    CHECK(value(xml, "projectCrs.spatialrefsys.authid") == "EPSG:32643");
    CHECK(value(xml, "projectCrs.spatialrefsys.wkt").starts_with("PROJCRS["));
    CHECK(value(xml, "mapcanvas.extent.ymax") == "3");
    CHECK(value(xml, "ProjectViewSettings.DefaultViewExtent.xmax") == "2");
    CHECK(value(xml, "layer-tree-group.layer-tree-layer.id") == "first_layer");
    CHECK(value(xml, "layer-tree-group.layer-tree-layer.name") == "First <1>");
    CHECK(value(xml, "layer-tree-group.layer-tree-layer.checked") == "Qt::Checked");
    CHECK(value(xml, "layer-tree-group.layer-tree-group.name") == "Theme & co");
    CHECK(value(xml, "layer-tree-group.layer-tree-group.checked") == "Qt::Unchecked");
    CHECK(value(xml, "layer-tree-group.layer-tree-group.expanded") == "0");
    CHECK(value(xml, "layer-tree-group.layer-tree-group.layer-tree-layer.providerKey") == "ogr");
    CHECK(value(xml, "layer-tree-group.layer-tree-group.layer-tree-layer.expanded") == "0");
    CHECK(value(xml, "projectlayers.maplayer.id") == "first_layer");
    CHECK(value(xml, "layerorder.layer.id") == "first_layer");
    CHECK(value(xml, "properties.SpatialRefSys.ProjectionsEnabled") == "1");
}

TEST_CASE("layouts stand in the project as they are") {
    Project project = small();
    project.layouts = "<Layout name=\"Ranking\"/>";
    const Xml xml(CPLParseXMLString(project_xml(project).c_str()), CPLDestroyXMLNode);
    REQUIRE(xml);
    CHECK(value(xml, "Layouts.Layout.name") == "Ranking");
}
