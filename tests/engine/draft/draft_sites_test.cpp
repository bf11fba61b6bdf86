// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/draft_sites.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/draft.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;
using engine::DraftArea;
using engine::DraftSites;
using engine::FoundLayer;
using engine::Wishes;

static const DraftArea here{.lonlat = {73, 33, 74, 34}};

static DraftSites sites_of(const std::vector<FoundLayer>& layers, const Wishes& wishes = {},
                           const DraftArea& area = here) {
    return engine::draft_sites(wishes, area, engine::best_guesses(layers), only_files);
}

/// So many squares of about 103 ha at 33.5 degrees north, and one of a hectare.
static FoundLayer industry(const Folder& folder, int large) {
    std::vector<std::string> ground{feature(R"("class": "industrial")", square(73.9, 33.9, 0.001))};
    for (int i = 0; i < large; ++i)
        ground.push_back(feature(R"("class": "industrial")", square(73.02 + 0.02 * i, 33.5, 0.01)));
    return found(folder, "landuse.geojson", ground);
}

TEST_CASE("of the industrial areas the large ones, as they are numbered in the file") {
    const Folder folder;
    const DraftSites sites = sites_of({industry(folder, 3)});
    REQUIRE(sites.source);
    CHECK(sites.source->where == "fid in (1, 2, 3)");
    CHECK(sites.industry);
    CHECK(sites.remark == "3 of the 4 in the area; leave out a number to leave out a site.");
    CHECK(sites.why.find("the 3 industrial areas of 10 ha or more") == 0);
}

TEST_CASE("one is no choice, and what lies elsewhere is none") {
    const Folder folder;
    CHECK_FALSE(sites_of({industry(folder, 1)}).source);
    CHECK_FALSE(sites_of({industry(folder, 3)}, {}, {.lonlat = {10, 50, 11, 51}}).source);
    CHECK_FALSE(sites_of({}).source);
}

TEST_CASE("more than people can talk about become fewer by their size") {
    const Folder folder;
    std::vector<std::string> ground;
    for (int i = 0; i < 45; ++i) // 26 ha each, then 15 of 103 ha
        ground.push_back(feature(R"("class": "industrial")", square(73.02 + 0.02 * i, 33.5, i < 30 ? 0.005 : 0.01)));
    const DraftSites sites = sites_of({found(folder, "landuse.geojson", ground)});
    CHECK(sites.why.find("the 15 industrial areas of 50 ha or more") == 0);
}

TEST_CASE("a layer that is called so: what of it lies in the area") {
    const Folder folder;
    const FoundLayer plots =
        found(folder, "candidates.geojson",
              {feature(R"("name": "A")", point(73.5, 33.5)), feature(R"("name": "B")", point(10, 50))});
    const DraftSites sites = sites_of({plots, industry(folder, 3)});
    CHECK(sites.source->where == "fid in (0)");
    CHECK(sites.name == "name");
    CHECK(sites.points);
    CHECK_FALSE(sites.industry);
    CHECK(sites_of({plots, industry(folder, 3)}, {}, {.lonlat = {9, 33, 74, 51}}).source->where.empty());
}

TEST_CASE("an outline counts, not only its box") {
    const Folder folder;
    DraftArea corner = here; // the south-western triangle
    corner.outline.polygons.push_back({{{{73, 33}, {74, 33}, {73, 34}, {73, 33}}}});
    const FoundLayer plots =
        found(folder, "sites.geojson", {feature("", point(73.2, 33.2)), feature("", point(73.8, 33.8))});
    CHECK(sites_of({plots}, {}, corner).source->where == "fid in (0)");
}

TEST_CASE("wishes come first, and have to be there") {
    const Folder folder;
    CHECK_FALSE(sites_of({industry(folder, 3)}, {.no_sites = true}).source);
    Wishes wishes{.sites = engine::NamedLayer{industry(folder, 2).path, "", "class = 'industrial'"}};
    CHECK(sites_of({}, wishes).source->where == "class = 'industrial'");
    wishes.sites->where = "clas = 'x'";
    CHECK_THROWS_WITH_AS(sites_of({}, wishes), doctest::Contains("did you mean 'class'?"), Error);
    const Wishes lines{
        .sites = engine::NamedLayer{write_features(folder, "l.geojson", {feature("", line(73, 74, 33))}), "", ""}};
    CHECK_THROWS_WITH_AS(sites_of({}, lines), doctest::Contains("no points or polygons"), Error);
}
