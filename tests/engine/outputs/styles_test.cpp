// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/styles.hpp"

#include "engine/outputs/site_files.hpp"
#include "rasters/core/files.hpp"
#include "rasters/crs.hpp"
#include "rasters/writer.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/ranking.hpp"
#include "tests/support/vision.hpp"
#include "tests/support/xml.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <memory>
#include <set>
#include <string>
#include <vector>

using namespace zonerank;
using namespace zonerank::engine;
using rasters::Category;
using tests::attribute;
using tests::of_scores;
using tests::Tree;

namespace {

std::vector<Constraint> some_constraints(std::size_t count) {
    std::vector<Constraint> constraints(count);
    for (std::size_t i = 0; i < count; ++i)
        constraints[i].name = "constraint " + std::to_string(i);
    return constraints;
}

} // namespace

TEST_CASE("styles: cell states and constraints have the codes of the design") {
    std::vector<Constraint> constraints = some_constraints(2);
    constraints[1].label = "Mangla & bank";
    const auto categories = state_categories(constraints);
    REQUIRE(categories.size() == 6);
    const std::vector<std::pair<int, std::string>> expected{
        {0, "outside"}, {1, "valid"}, {2, "assumed"}, {3, "unknown"}, {10, "constraint 0"}, {11, "Mangla & bank"}};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CHECK(categories[i].value == expected[i].first);
        CHECK(categories[i].name == expected[i].second);
    }
    CHECK(categories[0].colour[3] == 0);
}

TEST_CASE("styles: states have colours of their own, for every kind of colour vision") {
    const auto categories = state_categories(some_constraints(8));
    for (const tests::Vision* vision : {&tests::everybody, &tests::protanope, &tests::deuteranope})
        for (std::size_t i = 1; i < categories.size(); ++i)
            for (std::size_t j = 1; j < i; ++j) {
                CAPTURE(categories[i].name);
                CAPTURE(categories[j].name);
                CHECK(tests::difference(categories[i].colour, categories[j].colour, *vision) > 5);
            }
}

TEST_CASE("styles: a measurement has its unit and its own range") {
    const Tree style(measurement_style(0.5, 12.25, "km & more"));
    const auto items = style.all("=qgis.pipe.rasterrenderer.rastershader.colorrampshader", "item");
    REQUIRE(items.size() == 11);
    CHECK(attribute(items[0], "label") == "0.5 km & more");
    CHECK(attribute(items[10], "value") == "12.25");
    CHECK(attribute(items[0], "color") == hex(ramp_colour(Ramp::measurement, 0)));
    const auto ends = style.all("=qgis.pipe.rasterrenderer.rastershader.colorrampshader", "rampLegendSettings");
    REQUIRE(ends.size() == 1);
    CHECK(attribute(ends[0], "minimumLabel") == "0.5 km & more");
    for (const std::string& same : {measurement_style(engine::nan, engine::nan, ""), measurement_style(0, 0, "")}) {
        const Tree none(same);
        CHECK(attribute(none.all("=qgis.pipe.rasterrenderer.rastershader.colorrampshader", "item")[10], "value") ==
              "1");
    }
}

TEST_CASE("styles: classes with names, by code") {
    const std::vector<std::string> names{"", "clay", "", "rock <hard>"};
    const auto classes = named_classes(names);
    REQUIRE(classes.size() == 2);
    CHECK(classes[0].value == 1);
    CHECK(classes[1].value == 3);
    CHECK(classes[1].name == "rock <hard>");
    CHECK(classes[0].colour != classes[1].colour);
}

TEST_CASE("styles: classes without names, by their codes") {
    const auto classes = engine::numbered_classes({60, 20, 30});
    REQUIRE(classes.size() == 3);
    CHECK(classes[0].value == 20);
    CHECK(classes[2].name == "class 60");
    CHECK(classes[0].colour != classes[1].colour);
    CHECK(engine::numbered_classes({}).empty());
}

TEST_CASE("styles: ranks are named with site and score") {
    const auto categories = rank_categories(tests::small_ranking());
    REQUIRE(categories.size() == 4);
    CHECK(categories[0].value == 0);
    CHECK(categories[0].colour[3] == 0);
    CHECK(categories[1].name == "1 Jatlan (0.81)");
    CHECK(categories[1].colour == score_colour(1));
    CHECK(categories[3].value == 3);
    CHECK(categories[3].name == "3 میرپور (0.25)");
    CHECK(categories[3].colour == score_colour(0));

    const auto shared = rank_categories(of_scores({0.5, 0.5, 0.7, 0.5, 0.5, 0.1}));
    REQUIRE(shared.size() == 4);
    CHECK(shared[2].name == "2 site 0, site 1, site 3 … (0.50)");
    CHECK(shared[3].value == 6);
    CHECK(rank_categories({}).size() == 1);
    CHECK(rank_categories(of_scores({0.5}))[1].colour == score_colour(1));
}

TEST_CASE("styles: the suitability ramp runs from 0 to 1") {
    const Tree style(suitability_style());
    const auto items = style.all("=qgis.pipe.rasterrenderer.rastershader.colorrampshader", "item");
    REQUIRE(items.size() == 11);
    CHECK(attribute(items[0], "value") == "0");
    CHECK(attribute(items[0], "color") == "#440154");
    CHECK(attribute(items[3], "value") == "0.3");
    CHECK(attribute(items[10], "value") == "1");
    CHECK(attribute(items[10], "label") == "1.0");
    CHECK(attribute(items[10], "color") == "#fde725");
}

TEST_CASE("styles: many ranks get a ramp, in which the first is the brightest") {
    std::vector<double> scores;
    for (int i = 0; i < 1500; ++i)
        scores.push_back(i / 2000.0);
    const Ranking many = of_scores(scores);
    CHECK(rank_categories(many).size() == 1001);
    const Tree style(ranking_style(many));
    const auto items = style.all("=qgis.pipe.rasterrenderer.rastershader.colorrampshader", "item");
    REQUIRE(items.size() == 11);
    CHECK(attribute(items[0], "value") == "1");
    CHECK(attribute(items[0], "color") == "#fde725");
    CHECK(attribute(items[10], "value") == "1500");
    CHECK(attribute(items[10], "color") == "#440154");
    CHECK(attribute(items[5], "color") == "#21918c"); // the middle of viridis
    CHECK(ranking_style(tests::small_ranking()) == categories_style(rank_categories(tests::small_ranking())));
}

namespace {

constexpr const char* in_qgis = R"(import json, sys
from qgis.core import QgsApplication, QgsExpression, QgsExpressionContext, QgsRasterLayer, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
told = {}
for name in ("suitability", "constraints", "ranking"):
    layer = QgsRasterLayer(name + ".tif", name)
    told[name] = [layer.renderer().type()] + [item[0] for item in layer.renderer().legendSymbologyItems()]
    del layer
sites = QgsVectorLayer("sites.geojson", "sites", "ogr")
told["sites"] = [sites.renderer().type(), sites.crs().authid()]
label = QgsExpression(sites.labeling().settings().fieldName)
context = QgsExpressionContext()
context.setFields(sites.fields())
told["labels"] = []
for site in sites.getFeatures():
    context.setFeature(site)
    told["labels"].append(label.evaluate(context))
told["icons"] = [len(sites.renderer().symbol().symbolLayers()) if hasattr(sites.renderer(), "symbol") else
                 [len(rule.symbol().symbolLayers()) for rule in sites.renderer().rootRule().children()]]
del site, sites
app.exitQgis()
print("told " + json.dumps(told))
)";

} // namespace

TEST_CASE("styles: QGIS takes them up from beside the files") {
    if (tests::output_of("/usr/bin/python3 -c 'import qgis.core'") != "") {
        MESSAGE("skipped: there is no PyQGIS here");
        return;
    }
    const tests::Folder folder;
    const Ranking ranking = tests::small_ranking();
    const rasters::Grid grid{rasters::parse_crs("EPSG:32643").wkt, 1000, 300, -3663, 20, 10, {}};
    const auto states = state_categories(some_constraints(1));
    rasters::CogWriter<float> scores(folder / "suitability.tif", grid, {});
    scores.write(rasters::Tile(grid.window(), 0.5F));
    scores.close();
    rasters::CogWriter<std::uint8_t> state(folder / "constraints.tif", grid, {.description = "", .categories = states});
    state.write(rasters::Raster<std::uint8_t>(grid.window(), 10));
    state.close();
    rasters::CogWriter<std::uint16_t> ranks(folder / "ranking.tif", grid,
                                            {.description = "", .categories = rank_categories(ranking)});
    ranks.write(rasters::Raster<std::uint16_t>(grid.window(), 2));
    ranks.close();
    write_sites_geojson(ranking, grid, folder / "sites.geojson");
    rasters::write_text(folder / "suitability.qml", suitability_style());
    rasters::write_text(folder / "constraints.qml", categories_style(states));
    rasters::write_text(folder / "ranking.qml", ranking_style(ranking));
    rasters::write_text(folder / "sites.qml", sites_style(ranking));
    rasters::write_text(folder / "look.py", in_qgis);

    const std::string output =
        tests::output_of("cd " + folder.path().string() + " && HOME=" + folder.path().string() +
                         " QT_QPA_PLATFORM=offscreen timeout 60 /usr/bin/python3 look.py 2>/dev/null");
    const auto at = output.find("told ");
    REQUIRE(at != output.npos);
    const auto told = nlohmann::json::parse(output.substr(at + 5, output.find('\n', at) - at - 5));
    CHECK(told.at("suitability").at(0) == "singlebandpseudocolor");
    CHECK(told.at("suitability").size() == 12);
    CHECK(told.at("constraints") == nlohmann::json{"paletted", "valid", "assumed", "unknown", "constraint 0"});
    CHECK(told.at("ranking") == nlohmann::json{"paletted", "1 Jatlan (0.81)", "2 =Bong (0.50)", "3 میرپور (0.25)"});
    CHECK(told.at("sites") == nlohmann::json{"RuleRenderer", "EPSG:4326"});
    CHECK(told.at("labels") == nlohmann::json{"1 Jatlan", "2 =Bong", "3 میرپور", "Reservoir, bank"});
    CHECK(told.at("icons").at(0).at(0) == 3);
}
