// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/district_study.hpp"

#include "engine/text/yaml.hpp"
#include "tests/support/batch.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using layers::Node;

struct West {
    Node study(const std::string& text, const std::optional<std::vector<std::int64_t>>& sites = {}) const {
        layers::Problems problems;
        const Node tree = engine::parse_yaml(text, folder.path("zones.yaml"), problems);
        return engine::district_study(tree, districts.all[0], districts, over, sites, problems);
    }

    tests::StudyFolder folder;
    engine::OverSpec over = tests::two_halves(folder);
    engine::Districts districts = engine::read_districts(over, engine::GridChoice::automatic, {});
};

TEST_CASE("the area is the district, the grid the common one unless the study names one") {
    const West west;
    const Node study = west.study("study: Zones\narea: {box: [1, 2, 3, 4]}\ngrid: {cell: 10 m}\noutput: x\n");
    CHECK(study.find("area")->find("source")->text == west.folder.path("districts.geojson"));
    CHECK(study.find("area")->find("where")->text == "\"district\" = 'West'");
    CHECK_FALSE(study.find("area")->find("box"));
    CHECK(study.find("grid")->find("crs")->text == "EPSG:32643");
    CHECK_FALSE(study.find("output"));
    CHECK(west.study("grid: {crs: EPSG:3857, cell: 1 m}").find("grid")->find("crs")->text == "EPSG:3857");
    CHECK_FALSE(west.study("grid: {like: dem}").find("grid")->find("crs"));
}

TEST_CASE("titles tell districts apart") {
    const West west;
    CHECK(west.study("study: Zones").find("study")->text == "Zones: West");
    CHECK(west.study("study: 'No. {code}'").find("study")->text == "No. 1");
    CHECK(west.study("grid: {cell: 1 m}").find("study")->text == "zones: West");
}

TEST_CASE("its sites are chosen by their numbers") {
    const West west;
    const auto where = [&](const std::string& sites) {
        return west.study("sites: " + sites, {{3, 5}}).find("sites")->find("where")->text;
    };
    CHECK(where("{source: a.gpkg}") == "FID IN (3, 5)");
    CHECK(where("{source: a.gpkg, where: \"kind = 'x'\"}") == "(kind = 'x') AND (FID IN (3, 5))");
}

TEST_CASE("without sites there are none, whatever is asked of them") {
    const West west;
    const Node study = west.study("sites: {source: a}\ncompare: {}\nstability: {}\nprofiles: {}\nassign: {}\n"
                                  "validate: {good: {where: x}}\ncriteria: {}\n",
                                  std::vector<std::int64_t>{});
    CHECK(study.find("sites")->text == "none");
    CHECK(study.find("compare"));
    CHECK_FALSE(west.study("criteria: {}", std::vector<std::int64_t>{}).find("sites"));
}

TEST_CASE("a district that chooses its own sites may find none") {
    const West west;
    const auto optional = [&](const std::string& sites) {
        const Node* found = west.study("sites: " + sites).find("sites")->find("optional");
        return found ? found->text : "";
    };
    CHECK(optional("{source: 'sites-{code}.gpkg'}") == "true");
    CHECK(optional("{source: 'sites-{code}.gpkg', optional: false}") == "false");
    CHECK(optional("{source: sites.gpkg}") == "");
}

TEST_CASE("sites that a placeholder chooses are each district's own") {
    layers::Problems problems;
    const auto own = [&](const std::string& text) {
        return engine::own_sites(engine::parse_yaml(text, "study.yaml", problems));
    };
    CHECK(own("sites: {source: '{district}.gpkg'}"));
    CHECK(own("layers: {z: '{district}.gpkg'}\nsites: {layer: z}"));
    CHECK_FALSE(own("layers: {z: z.gpkg, y: '{district}.gpkg'}\nsites: {layer: z}"));
    CHECK_FALSE(own("sites: {source: all.gpkg, layer: z}"));
    CHECK_FALSE(own("criteria: {}"));
    CHECK(own("sites: {source: all.gpkg, where: \"in = '{district}'\"}"));
    CHECK(own("sites: {source: all.gpkg, layer: '{district}'}"));
    CHECK_FALSE(own("sites: {source: all.gpkg, name: 'name_{code}'}"));
}
