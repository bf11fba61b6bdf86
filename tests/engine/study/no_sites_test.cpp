// SPDX-License-Identifier: Apache-2.0
#include "engine/study/no_sites.hpp"

#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;

/// The small study's sites replaced by others, and what is wrong with it.
static std::pair<engine::Study, std::string> with_sites(const tests::StudyFolder& folder, const std::string& sites,
                                                        const std::string& more = "") {
    std::string text = tests::small_study(folder, more);
    const std::size_t at = text.find("sites: ");
    text.replace(at, text.find('\n', at) - at, "sites: " + sites);
    tests::write_file(folder.path("study.yaml"), text);
    layers::Problems problems;
    engine::Study study = engine::read_study(folder.path("study.yaml"), problems);
    return {std::move(study), tests::text_of(problems)};
}

TEST_CASE("no_sites: sites may be none where the study says so") {
    const tests::StudyFolder folder;
    const auto may_be_none = [&](const std::string& sites) {
        const auto [study, wrong] = with_sites(folder, sites);
        CHECK(wrong.empty());
        return may_have_no_sites(study);
    };
    CHECK(may_be_none("none"));
    CHECK(may_be_none("{source: sites.geojson, optional: true}"));
    CHECK_FALSE(may_be_none("{source: sites.geojson, optional: false}"));
    CHECK_FALSE(may_be_none("{source: sites.geojson}"));
    CHECK(with_sites(folder, "{source: sites.geojson, optional: perhaps}").second.find("optional") !=
          std::string::npos);
}

TEST_CASE("no_sites: an area around none is nowhere") {
    const tests::StudyFolder folder;
    std::string text = tests::small_study(folder);
    const std::size_t area = text.find("area: "), sites = text.find("sites: ");
    text.replace(sites, text.find('\n', sites) - sites, "sites: none");
    text.replace(area, text.find('\n', area) - area, "area: {around: sites, buffer: 1 km}");
    CHECK(tests::text_of(folder.prepared(text)->problems).find("area: around: there are no sites") !=
          std::string::npos);
}

TEST_CASE("no_sites: what is asked of sites alone goes") {
    const tests::StudyFolder folder;
    auto [study, wrong] = with_sites(folder, "none",
                                     "compare: {}\nprofiles: {textile: {weights: {direct: {height: 1}}}}\n"
                                     "validate: {good: {where: price = 3}}\n");
    CHECK_MESSAGE(wrong.empty(), wrong);
    ask_nothing_of_sites(study);
    CHECK_FALSE(study.compare);
    CHECK(study.profiles.empty());
    CHECK_FALSE(study.validate);
    auto [mapped, none_wrong] = with_sites(folder, "none", "validate: {good: {source: lake.geojson}}\n");
    CHECK(none_wrong.empty());
    ask_nothing_of_sites(mapped);
    CHECK(mapped.validate);
    CHECK_FALSE(ranks_sites(mapped, {}));
    engine::Territory territory;
    territory.candidates.emplace_back();
    CHECK(ranks_sites(mapped, territory));
}
