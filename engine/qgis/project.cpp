// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/project.hpp"

#include "engine/text/escape.hpp"

#include <fmt/format.h>

namespace zonerank::engine {

namespace {

const char* state_of(const TreeNode& node) {
    return node.shown ? "Qt::Checked" : "Qt::Unchecked";
}

/// In a raster's legend the first line says no more than its band's name: it is left out.
std::string legend_order(const MapLayer& layer) {
    if (layer.kind != LayerKind::raster)
        return "<customproperties/>";
    constexpr std::string_view entry = "<paletteEntry ";
    std::string order = "1";
    int place = 1;
    for (std::size_t at = layer.style.find(entry); at != layer.style.npos; at = layer.style.find(entry, at + 1))
        if (place++ > 1)
            order += fmt::format(",{}", place - 1);
    return fmt::format("<customproperties><Option type=\"Map\"><Option name=\"legend/node-order\" type=\"QString\" "
                       "value=\"{}\"/></Option></customproperties>",
                       order);
}

std::string tree_xml(const TreeNode& node, const std::string& indent) {
    if (node.layer)
        return fmt::format("{}<layer-tree-layer id=\"{}\" name=\"{}\" source=\"{}\" providerKey=\"{}\" checked=\"{}\" "
                           "expanded=\"{:d}\">{}</layer-tree-layer>\n",
                           indent, escape_xml(node.layer->id), escape_xml(node.layer->name),
                           escape_xml(node.layer->source), node.layer->kind == LayerKind::raster ? "gdal" : "ogr",
                           state_of(node), node.layer->legend, legend_order(*node.layer));
    std::string xml =
        fmt::format("{}<layer-tree-group name=\"{}\" checked=\"{}\" expanded=\"{:d}\"><customproperties/>\n", indent,
                    escape_xml(node.name), state_of(node), node.open);
    for (const TreeNode& child : node.children)
        xml += tree_xml(child, indent + " ");
    return xml + indent + "</layer-tree-group>\n";
}

std::string root_xml(const Project& project) {
    std::string xml = " <layer-tree-group><customproperties/>\n";
    for (const TreeNode& node : project.tree)
        xml += tree_xml(node, "  ");
    return xml + "  <custom-order enabled=\"0\"/>\n </layer-tree-group>\n";
}

template <typename Visit>
void for_each_layer(const std::vector<TreeNode>& nodes, Visit&& visit) {
    for (const TreeNode& node : nodes) {
        if (node.layer)
            visit(*node.layer);
        for_each_layer(node.children, visit);
    }
}

std::string layers_xml(const Project& project) {
    std::string layers, order;
    for_each_layer(project.tree, [&](const MapLayer& layer) {
        layers += layer_xml(layer);
        order += fmt::format("  <layer id=\"{}\"/>\n", escape_xml(layer.id));
    });
    return " <projectlayers>\n" + layers + " </projectlayers>\n <layerorder>\n" + order + " </layerorder>\n";
}

std::string canvas_xml(const Project& project) {
    return " <mapcanvas name=\"theMapCanvas\" annotationsVisible=\"1\">\n  <units>meters</units>\n  <extent>" +
           extent_xml(project.view) + "</extent>\n  <rotation>0</rotation>\n  <destinationsrs>" + crs_xml(project.crs) +
           "</destinationsrs>\n  <rendermaptile>0</rendermaptile>\n </mapcanvas>\n";
}

std::string view_xml(const Project& project) {
    return fmt::format(" <ProjectViewSettings UseProjectScales=\"0\"><Scales/>\n  <DefaultViewExtent xmin=\"{}\" "
                       "ymin=\"{}\" xmax=\"{}\" ymax=\"{}\">{}</DefaultViewExtent>\n </ProjectViewSettings>\n",
                       project.view.xmin, project.view.ymin, project.view.xmax, project.view.ymax,
                       crs_xml(project.crs));
}

std::string metadata_xml(const Project& project) {
    return fmt::format(" <projectMetadata>\n  <identifier></identifier><parentidentifier></parentidentifier>"
                       "<language></language><type>dataset</type>\n  <title>{}</title>\n  <abstract>{}</abstract>\n"
                       "  <links/>\n  <author>{}</author>\n </projectMetadata>\n",
                       escape_xml(project.title), escape_xml(project.abstract), escape_xml(project.author));
}

// White paper, lengths in metres on the ellipsoid, paths relative to the file, and
// the CRS in use: without the last QGIS takes the map for one without any.
constexpr const char* properties = R"( <properties>
  <Gui>
   <CanvasColorRedPart type="int">255</CanvasColorRedPart>
   <CanvasColorGreenPart type="int">255</CanvasColorGreenPart>
   <CanvasColorBluePart type="int">255</CanvasColorBluePart>
   <SelectionColorRedPart type="int">255</SelectionColorRedPart>
   <SelectionColorGreenPart type="int">255</SelectionColorGreenPart>
   <SelectionColorBluePart type="int">0</SelectionColorBluePart>
   <SelectionColorAlphaPart type="int">255</SelectionColorAlphaPart>
  </Gui>
  <Measure><Ellipsoid type="QString">EPSG:7030</Ellipsoid></Measure>
  <Measurement>
   <DistanceUnits type="QString">meters</DistanceUnits>
   <AreaUnits type="QString">hectares</AreaUnits>
  </Measurement>
  <Paths><Absolute type="bool">false</Absolute></Paths>
  <SpatialRefSys><ProjectionsEnabled type="int">1</ProjectionsEnabled></SpatialRefSys>
 </properties>
)";

} // namespace

std::string project_xml(const Project& project) {
    std::string xml = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n";
    xml += fmt::format("<qgis projectname=\"{}\" version=\"3.22.0\">\n <homePath path=\"\"/>\n <title>{}</title>\n"
                       " <projectCrs>{}</projectCrs>\n",
                       escape_xml(project.title), escape_xml(project.title), crs_xml(project.crs));
    xml += root_xml(project) + canvas_xml(project) + layers_xml(project) + properties;
    xml += " <visibility-presets/>\n <transformContext/>\n" + metadata_xml(project);
    xml += " <Layouts>\n" + project.layouts + " </Layouts>\n" + view_xml(project);
    return xml + "</qgis>\n";
}

} // namespace zonerank::engine
