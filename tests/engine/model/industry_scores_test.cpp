// SPDX-License-Identifier: Apache-2.0
#include "engine/model/industry_scores.hpp"

#include "tests/support/industries.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;
using namespace zonerank::tests;

namespace {

struct Scored {
    explicit Scored(const std::string& more, const std::string& usable = "40 %") {
        std::string study = small_study(folder, more);
        prepared = folder.ready(study.replace(study.find("40 %"), 4, usable));
        ranking = ranked(*prepared);
        matrix = industry_scores(ranking, *prepared->model, prepared->profiles,
                                 capacities(prepared->study.assign, prepared->territory));
    }
    const Fit& fit(const std::string& site, std::size_t industry) const {
        const auto row = std::ranges::find(matrix.sites, site, &IndustrySite::name) - matrix.sites.begin();
        return matrix.at(static_cast<std::size_t>(row), industry);
    }
    StudyFolder folder;
    std::unique_ptr<Prepared> prepared;
    Ranking ranking;
    IndustryMatrix matrix;
};

} // namespace

TEST_CASE("industries: scores by other weights and value functions, needs with their reasons") {
    const Scored scored(two_industries + "  same: {}\n");
    const SiteRow &hill = row_of(scored.ranking, "hill"), &shore = row_of(scored.ranking, "shore");
    CHECK(scored.fit("shore", 0).score == doctest::Approx(shore.entries[0].value));
    CHECK(scored.fit("shore", 0).rank == 1);
    CHECK(scored.fit("hill", 0).reason == "water 43.9 m, at most 30 m needed");
    CHECK(scored.fit("hill", 0).rank == 0);
    const double own = 1 - shore.entries[1].measurement / 20; // of the mean distance
    CHECK(scored.fit("shore", 1).score == doctest::Approx(0.75 * own + 0.25 * shore.entries[0].value));
    CHECK(scored.fit("hill", 1).score == doctest::Approx(0.25 * hill.entries[0].value));
    CHECK(scored.fit("hill", 2).score == doctest::Approx(hill.score));
}

TEST_CASE("industries: a site without a rank suits none, for its reason") {
    const Scored scored(two_industries, "60 %");
    CHECK(scored.fit("shore", 1).reason.starts_with("50.0 % usable, 60.0 % needed"));
    CHECK(std::isnan(scored.fit("shore", 1).score));
}

TEST_CASE("industries: a need that is nearly met is told with the digits that tell") {
    const Scored scored("profiles: {mill: {needs: {height: {at least: 25.001 m}}}}\n");
    CHECK(scored.fit("hill", 0).reason == "height 25 m, at least 25.001 m needed");
}

TEST_CASE("industries: capacities by a field, whole numbers from 0") {
    CHECK(Scored(two_industries + "assign: {per site: {field: price}}\n").matrix.sites[0].capacity > 1);
    CHECK(Scored(two_industries + "assign: {per site: 4}\n").matrix.sites[1].capacity == 4);
    const StudyFolder folder;
    std::string study = small_study(folder, two_industries + "assign: {per site: {field: price}}\n");
    folder.features("sites.geojson", {rectangle(10, 70, 40, 40, R"("name": "hill", "price": 1.5)"),
                                      rectangle(40, 10, 40, 40, R"("name": "shore", "price": 1)")});
    CHECK(text_of(folder.prepared(study)->problems) ==
          "assign: per site: price of site 'hill': expected a whole number of "
          "industries from 0, found '1.5'");
    folder.features("sites.geojson", {rectangle(10, 70, 40, 40, R"("name": "hill", "price": null)"),
                                      rectangle(40, 10, 40, 40, R"("name": "shore", "price": 0)")});
    const auto p = folder.ready(study);
    for (const auto& [id, capacity] : capacities(p->study.assign, p->territory))
        CHECK(capacity == 0);
}

TEST_CASE("industries: too much of an industry's weight left out is no score") {
    const StudyFolder folder;
    std::string study = small_study(folder, "profiles: {mill: {weights: {direct: {price: 3, height: 1}}}}\n");
    study.replace(study.find("    water:"), 0,
                  "    price: {weight: 1, measure: {site field: {field: price}}, value: {linear: {worst: 9, best: 0}}, "
                  "missing: leave out}\n");
    folder.features("sites.geojson", {rectangle(10, 70, 40, 40, R"("name": "hill", "price": null)"),
                                      rectangle(40, 10, 40, 40, R"("name": "shore", "price": 5)")});
    const auto p = folder.ready(study);
    const IndustryMatrix matrix =
        industry_scores(ranked(*p), *p->model, p->profiles, capacities(p->study.assign, p->territory));
    for (std::size_t i = 0; i < 2; ++i)
        CHECK(matrix.at(i, 0).reason ==
              (matrix.sites[i].name == "hill" ? "data for 25.0 % of the weight, 70.0 % needed" : ""));
}
