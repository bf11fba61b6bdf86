// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/manifest.hpp"

#include "engine/text/sha256.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/run.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <unistd.h>

#include <cmath>

using namespace zonerank;
using namespace zonerank::tests;

TEST_CASE("the manifest tells what a run knows of itself") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    const engine::RunResult result = run_in(folder, *prepared);
    const std::string text = read_file(folder.path("out/manifest.json"));
    const auto json = nlohmann::json::parse(text);
    CHECK(json["program"] == "zonerank");
    CHECK(json["grid"]["columns"] == 12);
    CHECK(json["grid"]["cell_m"] == 10);
    CHECK(json["cells"]["states"]["excluded"]["cells"] == 36);
    CHECK(json["cells"]["states"]["valid"]["cells"] == 108);
    CHECK(json["cells"]["constraints"]["lake"]["alone"]["cells"] == 36);
    CHECK(json["decision"]["themes"]["location"]["weighing"]["weights"]["height"] == 0.75);
    CHECK(json["decision"]["aggregation_summary"] == "weighted sum");
    CHECK(json["decision"]["themes"]["location"]["aggregation_summary"] == "weighted sum");
    CHECK(json["decision"]["criteria"]["height"]["missing"] == "unknown");
    CHECK(json["inputs"]["ramp"]["files"][0]["path"] == "ramp.tif");
    CHECK(json["inputs"]["ramp"]["files"][0]["sha256"] == engine::sha256_of_file(folder.path("ramp.tif")));
    CHECK(json["inputs"]["lake"]["geometry"]["features"] == 1);
    CHECK(json["study_folder"] == "..");
    for (const auto& [name, output] : json["outputs"].items())
        CHECK(output["sha256"] == engine::sha256_of_file(folder.path("out/" + name)));
    CHECK(json["outputs"].size() == result.outputs.size() - 1); // all but itself
}

TEST_CASE("the manifest tells no way to the study that would name folders") {
    const StudyFolder folder;
    const Folder elsewhere;
    const auto prepared = folder.ready(small_study(folder));
    const std::atomic<bool> stop = false;
    engine::run(*prepared, {.threads = 1, .output = elsewhere / "out"}, stop);
    CHECK_FALSE(nlohmann::json::parse(read_file(elsewhere / "out" / "manifest.json")).contains("study_folder"));
}

namespace {

/// The small study's theme with weights of its own.
nlohmann::json weighed(const StudyFolder& folder, const std::string& weights) {
    std::string study = small_study(folder);
    for (const char* weight : {"      weight: 3\n", "      weight: 1\n"})
        study.erase(study.find(weight), std::string(weight).size());
    study.insert(study.find("    height:"), "    weights: " + weights + "\n");
    const auto prepared = folder.ready(study);
    run_in(folder, *prepared);
    return nlohmann::json::parse(
        read_file(folder.path("out/manifest.json")))["decision"]["themes"]["location"]["weighing"];
}

} // namespace

TEST_CASE("the manifest has the figures behind weights, their intervals and their order") {
    const StudyFolder folder;
    const auto ahp = weighed(folder, "{ahp: {height vs water: 3}}");
    CHECK(ahp["details"]["column mean"]["height"].get<double>() == doctest::Approx(0.75));
    CHECK_FALSE(ahp.contains("intervals"));
    const auto fixed = weighed(folder, "{fixed: {height: 60..70 %, water: 20..35 %}}");
    CHECK(fixed["intervals"]["height"][0].get<double>() == doctest::Approx(0.65));
    CHECK(fixed["intervals"]["water"][1].get<double>() == doctest::Approx(0.35));
    const auto order = weighed(folder, "{order: [water > height]}");
    CHECK(order["order"] == nlohmann::json::parse(R"([["water", "height"]])"));
    CHECK(order["weights"]["water"].get<double>() == doctest::Approx(0.75));
}

TEST_CASE("weights of the sites, repeated as the manifest has them, leave the same results") {
    const StudyFolder folder;
    const auto learnt = weighed(folder, "{entropy: {of: values}}");
    const std::string again = learnt["details"]["the same elsewhere"];
    CHECK(learnt["weights"]["height"] != 0.5);
    CHECK_FALSE(learnt.contains("waiting"));
    const std::string ranking = read_file(folder.path("out/ranking.csv")),
                      map = read_file(folder.path("out/suitability.tif"));
    const auto repeated = weighed(folder, again);
    CHECK(repeated["weights"] == learnt["weights"]);
    CHECK(read_file(folder.path("out/ranking.csv")) == ranking);
    CHECK(read_file(folder.path("out/suitability.tif")) == map);
}

TEST_CASE("the manifest tells a criterion's weight on the map, where a field of the sites has none") {
    const StudyFolder folder;
    std::string study = small_study(folder);
    study.replace(
        study.find("constraints:"), 0,
        "    price: {weight: 4, measure: {site field: {field: price}}, value: {linear: {best: 0, worst: 9}}}\n");
    const auto prepared = folder.ready(study);
    run_in(folder, *prepared);
    const auto json = nlohmann::json::parse(read_file(folder.path("out/manifest.json")));
    const auto& criteria = json["decision"]["criteria"];
    CHECK(criteria["height"]["weight"] == 0.375);
    CHECK(criteria["height"]["map_weight"] == 0.75);
    CHECK(criteria["price"]["map_weight"] == 0);
}

TEST_CASE("the manifest tells the facts over the map, with which they can be repeated elsewhere") {
    const StudyFolder folder;
    std::string study = small_study(folder);
    const std::string old = "{linear: {worst: 0 m, best: 100 m}}";
    study.replace(study.find(old), old.size(), "mean-sd large");
    const auto prepared = folder.ready(study);
    run_in(folder, *prepared);
    const auto json = nlohmann::json::parse(read_file(folder.path("out/manifest.json")));
    const auto& facts = json["decision"]["criteria"]["height"]["facts"]; // of columns of 0, 10, ... 110 m
    CHECK(facts["min"] == 0);
    CHECK(facts["max"] == 110);
    CHECK(facts["mean"] == 55);
    CHECK(facts["deviation"].get<double>() == doctest::Approx(10 * std::sqrt(143.0 / 12)).epsilon(1e-12));
    CHECK_FALSE(json["decision"]["criteria"]["water"].contains("facts"));
}

TEST_CASE("no path of the machine, no host's name") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    run_in(folder, *prepared);
    const std::string text = read_file(folder.path("out/manifest.json"));
    std::string host(256, '\0');
    REQUIRE(gethostname(host.data(), host.size()) == 0);
    CHECK(text.find(folder.path("")) == std::string::npos);
    CHECK(text.find("\"/") == std::string::npos);
    CHECK(text.find("\"" + std::string(host.c_str()) + "\"") == std::string::npos);
}

TEST_CASE("the expanded study runs alone, with the same ranking") {
    const StudyFolder folder;
    const std::string base = small_study(folder);
    write_file(folder.path("base.yaml"), base);
    const auto first = folder.ready("extends: base.yaml\nstudy: Changed\nconstraints: {lake: null}\n");
    const engine::Ranking expected = run_in(folder, *first).ranking;
    const auto json = nlohmann::json::parse(read_file(folder.path("out/manifest.json")));
    const auto again = folder.ready(json["expanded"].get<std::string>());
    const engine::Ranking ranking = run_in(folder, *again).ranking;
    CHECK(ranking.study == "Changed");
    REQUIRE(ranking.rows.size() == expected.rows.size());
    for (std::size_t i = 0; i < ranking.rows.size(); ++i) {
        CHECK(ranking.rows[i].name == expected.rows[i].name);
        CHECK(ranking.rows[i].score == expected.rows[i].score);
        CHECK(ranking.rows[i].shares.excluded == 0);
    }
}
