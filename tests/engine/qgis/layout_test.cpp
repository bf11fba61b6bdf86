// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/layout.hpp"

#include "tests/support/xml.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace zonerank;
using namespace zonerank::engine;
using tests::attribute;
using tests::Tree;

namespace {

LayoutContent some_content() {
    LayoutContent content{.title = "Zones <1> & [% 2 %]",
                          .subtitle = "below",
                          .layers = {{"sites_layer", "./s.gpkg|layername=sites", "ogr", "Sites", {}, {}, 5},
                                     {"hidden_layer", "./h.tif", "gdal", "", {}, {}, 0},
                                     {"constraints", "./c.tif", "gdal", "Not usable", {3, 5}, {}, 2}},
                          .crs = "<spatialrefsys/>",
                          .view = {1000, 2000, 5000, 4000},
                          .more = "and more",
                          .notes = "one\ntwo"};
    for (int i = 1; i <= 12; ++i)
        content.ranking.push_back({std::to_string(i), "site", "0.5", "50 %", "a", "b"});
    return content;
}

/// The items of a page by their ids.
std::map<std::string, const CPLXMLNode*> items_of(const Tree& page) {
    std::map<std::string, const CPLXMLNode*> items;
    for (const CPLXMLNode* item : page.all("=Layout", "LayoutItem"))
        items[attribute(item, "id")] = item;
    return items;
}

std::size_t rows_of(const LayoutContent& content) {
    return Tree(layouts_xml(content)).all("=Layout.LayoutMultiFrame.contents", "row").size();
}

} // namespace

TEST_CASE("layout: everything is on the page") {
    const Tree page(layouts_xml(some_content()));
    REQUIRE(page.root);
    const auto items = items_of(page);
    for (const char* id : {"title", "subtitle", "map", "legend", "scale bar", "north arrow", "ranking", "notes"})
        CHECK_MESSAGE(items.count(id) == 1, id);
    CHECK(attribute(items.at("title"), "labelText") == "Zones <1> & [ % 2 %]");
    CHECK(attribute(items.at("notes"), "labelText") == "one\ntwo");
    for (const char* id : {"scale bar", "north arrow"})
        CHECK(attribute(items.at(id), "mapUuid") == attribute(items.at("map"), "uuid"));
    CHECK(attribute(items.at("legend"), "map_uuid") == attribute(items.at("map"), "uuid"));
}

TEST_CASE("layout: the map has all layers, the legend those with a title") {
    const Tree page(layouts_xml(some_content()));
    CHECK(page.all("=Layout.LayoutItem", "x").empty());
    const auto items = items_of(page);
    std::vector<std::string> drawn, listed;
    for (const CPLXMLNode* node = CPLGetXMLNode(items.at("map"), "LayerSet")->psChild; node; node = node->psNext)
        drawn.push_back(attribute(node, ""));
    CHECK(drawn.size() == 3);
    for (const CPLXMLNode* node = CPLGetXMLNode(items.at("legend"), "layer-tree-group")->psChild; node;
         node = node->psNext)
        if (std::string(node->pszValue) == "layer-tree-layer")
            listed.push_back(attribute(node, "id"));
    CHECK(listed == std::vector<std::string>{"sites_layer", "constraints"});
}

TEST_CASE("layout: the map holds the view, in the ratio of its frame") {
    for (const rasters::Box view : {rasters::Box{1000, 2000, 5000, 4000}, rasters::Box{0, 0, 10, 9000}}) {
        LayoutContent content = some_content();
        content.view = view;
        const Tree page(layouts_xml(content));
        const CPLXMLNode* extent = CPLGetXMLNode(items_of(page).at("map"), "Extent");
        const auto number = [&](const char* name) { return std::stod(attribute(extent, name)); };
        CHECK(number("xmin") <= view.xmin);
        CHECK(number("ymin") <= view.ymin);
        CHECK(number("xmax") >= view.xmax);
        CHECK(number("ymax") >= view.ymax);
        CHECK((number("xmax") - number("xmin")) / (number("ymax") - number("ymin")) == doctest::Approx(160 / 146.0));
    }
}

TEST_CASE("layout: a long legend takes room from the ranking, the best stay") {
    LayoutContent content = some_content();
    CHECK(rows_of(content) == 12);
    content.layers[2].lines = 40;
    CHECK(rows_of(content) < 12);
    CHECK(rows_of(content) >= 3);
    content.ranking.resize(2);
    CHECK(rows_of(content) == 2);
    content.ranking.clear();
    CHECK(layouts_xml(content).find("Ranking</") == std::string::npos);
    CHECK(items_of(Tree(layouts_xml(content))).count("ranking") == 0);
}

TEST_CASE("layout: scale bars have round steps") {
    CHECK(scale_step(20'000) == 10'000);
    CHECK(scale_step(19'999) == 5'000);
    CHECK(scale_step(9'000) == 2'000);
    CHECK(scale_step(2'100) == 1'000);
    CHECK(scale_step(30) == 10);
    CHECK(scale_step(1.5) == 0.5);
}
