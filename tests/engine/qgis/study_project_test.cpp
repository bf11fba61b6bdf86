// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/study_project.hpp"

#include "tests/support/folder.hpp"
#include "tests/support/project.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace zonerank;
using namespace zonerank::tests;

TEST_CASE("a run leaves a project whose view holds the area") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    run_in(folder, *prepared);
    const Xml project = project_in(folder.path("out/study.qgz"));
    REQUIRE(project);
    CHECK(value_in(project, "title") == "Small");
    CHECK(value_in(project, "projectCrs.spatialrefsys.authid") == "EPSG:32643");
    const rasters::Box area = bounds(prepared->territory.area);
    CHECK(std::stod(value_in(project, "mapcanvas.extent.xmin")) < area.xmin);
    CHECK(std::stod(value_in(project, "ProjectViewSettings.DefaultViewExtent.ymax")) > area.ymax);
}

TEST_CASE("a project of maps alone, of sites alone, and none") {
    const StudyFolder folder;
    std::string study = small_study(folder);
    const auto prepared = folder.ready(study);
    engine::RunOptions sites_only;
    sites_only.sites_only = true;
    run_in(folder, *prepared, sites_only);
    const auto of_sites = project_in(folder.path("out/study.qgz"));
    CHECK(layers_in(of_sites).count("zonerank_sites") == 1);
    CHECK(layers_in(of_sites).count("zonerank_suitability") == 0);

    study.erase(study.find("sites: "));
    const auto without = folder.ready(study);
    run_in(folder, *without);
    const auto of_maps = project_in(folder.path("out/study.qgz"));
    CHECK(layers_in(of_maps).count("zonerank_sites") == 0);
    CHECK(layers_in(of_maps).count("zonerank_suitability") == 1);

    const auto unwanted = folder.ready(small_study(folder, "outputs: {project: false}\n"));
    const engine::RunResult result = run_in(folder, *unwanted);
    CHECK(std::ranges::find(result.outputs, "study.qgz") == result.outputs.end());
}

TEST_CASE("names that would break XML are texts in the project") {
    const StudyFolder folder;
    std::string study = small_study(folder);
    const std::string hostile = R"(<b>"Mirpur" & 'co'</b> ]]> میرپور)";
    study.replace(study.find("Small"), 5, R"('<b>"Mirpur" & ''co''</b> ]]> میرپور')");
    const auto prepared = folder.ready(study);
    run_in(folder, *prepared);
    const Xml project = project_in(folder.path("out/study.qgz"));
    REQUIRE(project);
    CHECK(value_in(project, "title") == hostile);
}
