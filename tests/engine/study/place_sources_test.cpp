// SPDX-License-Identifier: Apache-2.0
#include "engine/study/place_sources.hpp"

#include "tests/support/study.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using Texts = std::vector<std::string>;

namespace {

layers::LayerSpec layer(const std::string& name, const std::string& path) {
    layers::LayerSpec spec;
    spec.name = name;
    spec.paths = {path};
    return spec;
}

} // namespace

TEST_CASE("sites are read with all fields that are asked of them") {
    engine::Study study;
    study.sites.emplace();
    study.sites->paths = {"/sites.gpkg"};
    study.sites->source_layer = "plots";
    study.sites->where = "size > 3";
    study.sites->name_field = "name";
    study.sites->keep = {"owner"};
    const layers::FeatureSource source = engine::site_source(study, {"price"}, layers::Sources({}, {}));
    CHECK(source.paths == Texts{"/sites.gpkg"});
    CHECK(source.layer == "plots");
    CHECK(source.where == "size > 3");
    CHECK(source.fields == Texts{"name", "owner", "price"});
}

TEST_CASE("of a layer both conditions hold, and it has to be one of features") {
    const tests::StudyFolder folder;
    folder.features("zones.geojson", {tests::rectangle(0, 0, 10, 10, R"("use": "industry", "size": 5)")});
    folder.raster("hill.tif", 2, {1, 2, 3, 4});
    layers::LayerSpec zones = layer("zones", folder.path("zones.geojson"));
    zones.where = "use = 'industry'";
    const layers::Sources sources({zones, layer("hill", folder.path("hill.tif"))}, {});
    engine::Study study;
    study.area.kind = engine::AreaSpec::Kind::source;
    study.area.layer = "zones";
    study.area.where = "size > 3";
    CHECK(engine::area_source(study, {}, sources).where == "(use = 'industry') AND (size > 3)");
    study.area.layer = "hill";
    CHECK_THROWS_WITH_AS(engine::area_source(study, {}, sources), "layer 'hill' is a raster; features are expected",
                         Error);
}

TEST_CASE("an area around the sites is read from them, which have to be there") {
    engine::Study study;
    study.area.kind = engine::AreaSpec::Kind::around_sites;
    const layers::Sources none({}, {});
    CHECK_THROWS_WITH_AS(engine::area_source(study, {}, none), "`around: sites` needs a `sites` section", Error);
    study.sites.emplace();
    study.sites->paths = {"/sites.gpkg"};
    CHECK(engine::area_source(study, {}, none).paths == Texts{"/sites.gpkg"});
}
