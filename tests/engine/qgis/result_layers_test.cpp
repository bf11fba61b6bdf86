// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/result_layers.hpp"

#include "tests/support/project.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace zonerank;
using namespace zonerank::tests;

namespace {

std::string text_of(CPLXMLNode* layer, const char* way) {
    return CPLGetXMLValue(layer, way, "(none)");
}

} // namespace

TEST_CASE("result layers: every map of a run is a layer, named for people") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder, "outputs: {criteria: true}\nstability: {maps: true}\n"));
    run_in(folder, *prepared);
    const Xml project = project_in(folder.path("out/study.qgz"));
    REQUIRE(project);
    auto layers = layers_in(project);
    for (const char* id : {"zonerank_sites", "zonerank_area", "zonerank_constraints", "zonerank_suitability",
                           "zonerank_ranking", "zonerank_stability_mean", "zonerank_stability_driver"})
        CHECK_MESSAGE(layers.count(id) == 1, id);
    CHECK(text_of(layers["zonerank_criterion_0"], "datasource") == "./criteria/location.height.tif");
    CHECK(text_of(layers["zonerank_criterion_0"], "layername") == "Height (value, 0 to 1)");
    CHECK(text_of(layers["zonerank_criterion_0"], "abstract").find("75 %") != std::string::npos);
    CHECK(text_of(layers["zonerank_measurement_1"], "layername") == "Water (measured, m)");
    CHECK(text_of(layers["zonerank_measurement_1"], "srs.spatialrefsys.authid") == "EPSG:32643");
    CHECK(text_of(layers["zonerank_suitability"], "pipe.rasterrenderer.type") == "singlebandpseudocolor");
}

TEST_CASE("result layers: land that may be used is clear among what is ruled out") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    run_in(folder, *prepared);
    const Xml project = project_in(folder.path("out/study.qgz"));
    REQUIRE(project);
    const CPLXMLNode* palette =
        CPLGetXMLNode(layers_in(project)["zonerank_constraints"], "pipe.rasterrenderer.colorPalette");
    REQUIRE(palette);
    std::vector<std::string> labels;
    for (CPLXMLNode* entry = palette->psChild; entry; entry = entry->psNext)
        labels.push_back(CPLGetXMLValue(entry, "label", ""));
    CHECK(labels == std::vector<std::string>{"lake"});
}
