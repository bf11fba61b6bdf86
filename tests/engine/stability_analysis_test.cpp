// SPDX-License-Identifier: Apache-2.0
#include "engine/stability_analysis.hpp"

#include "tests/support/study.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

using namespace zonerank;

namespace {

const std::string study = "layers: {hill: {source: hill.tif, unit: m}}\n"
                          "criteria: {land: {hill: {measure: {sample: {of: hill}}, value: {linear: {worst: 0 "
                          "m, best: 10 m}}}}}\n";

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

engine::Ranking two_sites() {
    engine::Ranking ranking;
    ranking.columns = {{.name = "hill", .weight = 1}};
    for (const double value : {0.8, 0.3})
        ranking.rows.push_back({.rank = value > 0.5 ? 1 : 2,
                                .id = "7",
                                .name = value > 0.5 ? "Jatlan" : "Mangla",
                                .score = value,
                                .entries = {{.measurement = 10 * value, .value = value}}});
    return ranking;
}

} // namespace

TEST_CASE("stability analysis: there unless the study says none") {
    const tests::StudyFolder folder;
    folder.raster("hill.tif", 2, {1, 2, 3, 4});
    const auto p = folder.ready(tests::square_area(2) + study);
    CHECK(engine::stability_analysis(*p)->files.size() == 5);
    p->study.stability.wanted = false;
    CHECK(!engine::stability_analysis(*p));
}

TEST_CASE("stability analysis: its files, and what it tells") {
    const tests::StudyFolder folder;
    folder.raster("hill.tif", 2, {1, 2, 3, 4});
    const auto p = folder.ready(tests::square_area(2) + study);
    const auto analysis = engine::stability_analysis(*p);
    const std::string told = analysis->work(two_sites(), folder.path("."), {});
    CHECK(told.find("Jatlan is first with every one of them.") != std::string::npos);
    CHECK(told.find("one criterion has all the weight") != std::string::npos);
    for (const std::string& file : analysis->files)
        CHECK(!text_of(folder.path(file)).empty());
    CHECK(text_of(folder.path("stability/sites.csv")).find("Jatlan,7,1,1,1,1,1,0,1,") != std::string::npos);
}

TEST_CASE("stability analysis: without a ranked site its files are empty; too many wait to be asked for") {
    const tests::StudyFolder folder;
    folder.raster("hill.tif", 2, {1, 2, 3, 4});
    const auto p = folder.ready(tests::square_area(2) + study);
    const auto analysis = engine::stability_analysis(*p);
    CHECK(analysis->work({}, folder.path("."), {}) == "How sure is this ranking?\n  No site has a rank.\n");
    CHECK(text_of(folder.path("stability/acceptability.csv")) == "site\n");
    engine::Ranking many = two_sites();
    many.rows.insert(many.rows.end(), 2000, many.rows.back());
    CHECK(analysis->work(many, folder.path("."), {}).find("`stability: {}`") != std::string::npos);
}

TEST_CASE("stability analysis: an uncertain measurement is drawn") {
    const tests::StudyFolder folder;
    folder.raster("hill.tif", 2, {1, 2, 3, 4});
    std::string uncertain = study;
    uncertain.insert(uncertain.find("value:"), "uncertainty: {normal: {deviation: 4 m}}, ");
    const auto p = folder.ready(tests::square_area(2) + uncertain);
    const std::string told = engine::stability_analysis(*p)->work(two_sites(), folder.path("."), {});
    CHECK(told.find("other measurements of hill") != std::string::npos);
    CHECK(told.find("never lower than 2nd") != std::string::npos);
}
