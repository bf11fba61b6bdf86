// SPDX-License-Identifier: Apache-2.0
#include "engine/report/report.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/report.hpp"
#include "tests/support/run.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>

using namespace zonerank;
using namespace zonerank::tests;
using nlohmann::json;

/// The data in a run's report.html.
static json data_of(const StudyFolder& folder) {
    const std::string page = read_file(folder.path("out/report.html"));
    const std::string mark = R"(id="study-data">)";
    const std::size_t begin = page.find(mark) + mark.size();
    return json::parse(page.substr(begin, page.find("</script>", begin) - begin));
}

static void check_no_nan(const std::string& text) {
    for (const char* word : {"NaN", "nan", "Infinity", ":inf", ",inf"})
        CHECK(text.find(word) == text.npos);
}

TEST_CASE("a run's report knows what the run found, to the last digit") {
    const StudyFolder folder;
    const auto p = folder.ready(small_study(folder));
    const engine::RunResult result = run_in(folder, *p);
    CHECK(std::ranges::count(result.outputs, "report.html") == 1);
    const json data = data_of(folder);
    CHECK(data["title"] == "Small");
    CHECK(data["grid"]["cols"] == 12);
    CHECK(data["grid"]["north"] == south + 120);
    REQUIRE(data["sites"].size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        const engine::SiteRow& row = result.ranking.rows[i];
        const json& site = data["sites"][i];
        CHECK(site["name"] == row.name);
        CHECK(site["rank"] == row.rank);
        CHECK(site["score"].get<double>() == row.score);
        CHECK(site["shares"]["excluded"].get<double>() == row.shares.excluded);
        CHECK(site["kept"]["price"] == (row.name == "hill" ? 3 : 5));
        CHECK(site["entries"][1]["value"].get<double>() == row.entries[1].value);
        CHECK(site["entries"][1]["part"].get<double>() == row.entries[1].part);
        CHECK(site["outline"][0].size() == 5);
        // The page's sum.
        double score = 0;
        for (std::size_t c = 0; c < 2; ++c)
            score += data["criteria"][c]["share"].get<double>() * site["entries"][c]["value"].get<double>();
        CHECK(score == doctest::Approx(row.score).epsilon(1e-12));
    }
    CHECK(data["sites"][0]["entries"][0]["measurement"].get<double>() ==
          doctest::Approx(result.ranking.rows[0].entries[0].measurement));
}

TEST_CASE("the report's ground adds up") {
    const StudyFolder folder;
    const auto p = folder.ready(small_study(folder));
    run_in(folder, *p);
    const json data = data_of(folder);
    CHECK(data["cells"]["excluded"] == 36);
    CHECK(data["cells"]["valid"] == 108);
    CHECK(data["states"][3]["constraint"] == 0);
    CHECK(data["states"][3]["cells"] == 36);
    CHECK(data["constraints"][0]["km2"].get<double>() == doctest::Approx(0.0036).epsilon(0.002));
    CHECK(data["constraints"][0]["alone_km2"] == data["constraints"][0]["km2"]);
    CHECK(data["constraints"][0]["text"] == "inside {of: lake}");
    CHECK(data["area"]["km2"].get<double>() == doctest::Approx(0.0144).epsilon(0.002));
    std::int64_t scored = 0;
    for (const auto& bin : data["scores"]["counts"])
        scored += bin.get<std::int64_t>();
    CHECK(scored == 108);
    CHECK(data["map"]["cols"] == 12);
    REQUIRE(data["context"]["layers"].size() == 1);
    CHECK(data["context"]["layers"][0]["name"] == "lake");
    CHECK(data["context"]["layers"][0]["polygons"].size() == 1);
    CHECK(unblob(data["map"]["state"], 12, 12)[11] == 1);
    CHECK(unblob(data["map"]["state"], 12, 12)[143] == 10);
    CHECK(unblob(data["map"]["criteria"][0], 12, 12)[3] == std::lround(254 * 0.3));
}

TEST_CASE("the report tells how the score is made, and with what") {
    const StudyFolder folder;
    const auto p = folder.ready(small_study(folder, "aggregate: {owa: {risk: 0.3}}\n"));
    run_in(folder, *p);
    const json data = data_of(folder);
    const json& inner = data["themes"][0]["aggregation"];
    CHECK(inner["kind"] == "owa");
    CHECK(inner["movable"] == true);
    CHECK(inner["additive"] == false);
    const auto order = inner["parameters"]["order weights"].get<std::vector<double>>();
    REQUIRE(order.size() == 2);
    CHECK(order[0] == doctest::Approx(1 - std::pow(0.5, 7.0 / 3))); // the lowest counts most
    CHECK(data["contributions"] == false);
    CHECK(data["sites"][0]["entries"][0]["part"].is_null());
    CHECK(data["criteria"][0]["measure"] == "sample {of: ramp}");
    CHECK(data["criteria"][0]["weight"] == 0.75);
    CHECK(data["criteria"][0]["curve"].size() > 100);
    CHECK(data["done"]["inputs"][0]["layer"] == "ramp");
    CHECK(data["done"]["inputs"][0]["cells"] == json{12, 12});
    CHECK(data["done"]["inputs"][0]["files"][0]["name"] == "ramp.tif");
    CHECK(data["done"]["inputs"][0]["files"][0]["sha256"].get<std::string>().size() == 64);
    CHECK(data["done"]["inputs"][1]["features"] == 1);
    CHECK(data["analyses"].contains("stability"));
    CHECK(std::ranges::find(data["outputs"], "suitability.tif") != data["outputs"].end());
    check_no_nan(data.dump());
}

TEST_CASE("the report's bytes do not depend on tiles or threads") {
    const StudyFolder folder;
    const std::string study = small_study(folder);
    std::vector<std::string> seen;
    for (const int tile : {16, 512})
        for (const unsigned threads : {1U, 4U}) {
            const auto p = folder.ready(study);
            run_in(folder, *p, {.threads = threads, .tile = tile});
            seen.push_back(read_file(folder.path("out/report.html")));
            CHECK(seen.back() == seen.front());
        }
}

TEST_CASE("a study may have no report, and a report no map") {
    const StudyFolder folder;
    const std::string study = small_study(folder);
    const auto without = folder.ready(study + "outputs: {report: false}\n");
    CHECK(std::ranges::count(run_in(folder, *without).outputs, "report.html") == 0);
    const auto p = folder.ready(study);
    run_in(folder, *p, {.sites_only = true});
    const json data = data_of(folder);
    CHECK(data["map"].is_null());
    CHECK(data["cells"].is_null());
    CHECK_FALSE(data.contains("scores"));
    CHECK(data["constraints"][0]["km2"].is_null());
    CHECK(data["sites"].size() == 2);
}

TEST_CASE("thousands of sites: packed, the page within 8 MB, and its scores the run's own") {
    const StudyFolder folder;
    std::string study = small_study(folder);
    std::vector<MadeFeature> sites;
    for (int i = 0; i < 4000; ++i)
        sites.push_back(rectangle(1 + i % 40, 70 + i / 100, 10, 9, fmt::format(R"("name": "{}", "price": {})", i, i)));
    folder.features("sites.geojson", sites);
    const auto p = folder.ready(study + "stability: {draws: 100}\n");
    const engine::RunResult result = run_in(folder, *p);
    CHECK(read_file(folder.path("out/report.html")).size() < engine::most_report_bytes);
    const json data = data_of(folder);
    CHECK_FALSE(data.contains("sites"));
    const std::string packed = unbase64(data["packed"]["sites"]);
    std::vector<std::byte> text(20'000'000);
    text.resize(rasters::decompress(rasters::Compression::deflate, std::as_bytes(std::span(packed)), text));
    const json all = json::parse(reinterpret_cast<const char*>(text.data()),
                                 reinterpret_cast<const char*>(text.data()) + text.size());
    REQUIRE(all.size() == 4000);
    for (std::size_t i = 0; i < 4000; i += 97) {
        const engine::SiteRow& row = result.ranking.rows[i];
        CHECK(all[i]["name"] == row.name);
        CHECK(all[i]["score"].get<double>() == row.score);
        CHECK(std::abs(all[i]["entries"][0]["value"].get<double>() - row.entries[0].value) <= 5e-11);
        CHECK(all[i]["outline"][0].size() <= 15);
    }
}

TEST_CASE("hostile names stay text") {
    const StudyFolder folder;
    std::string study = small_study(folder);
    const std::string name = R"(</script><script>alert(1)</script> \"x\" 'y' & مرحبا \u202e \u0007 🏭 <!--title-->)";
    folder.features("sites.geojson", {rectangle(10, 70, 40, 40, R"("price": 1, "name": ")" + name + "\""),
                                      rectangle(40, 10, 40, 40, R"("price": null, "name": "b")")});
    study.replace(0, study.find('\n'), R"(study: "<img src=x onerror=alert(1)> </title> & more")");
    const auto p = folder.ready(study);
    run_in(folder, *p);
    const std::string page = read_file(folder.path("out/report.html"));
    CHECK(page.find("<img") == page.npos);
    CHECK(page.find("alert(1)</script>") == page.npos);
    CHECK(page.find("&lt;img src=x onerror=alert(1)&gt; &lt;/title&gt; &amp; more</title>") != page.npos);
    const json data = data_of(folder);
    CHECK(data["title"] == "<img src=x onerror=alert(1)> </title> & more");
    std::vector<std::string> names;
    for (const json& site : data["sites"])
        names.push_back(site["name"]);
    CHECK(std::ranges::count(names,
                             "</script><script>alert(1)</script> \"x\" 'y' & مرحبا \u202e \x07 🏭 <!--title-->") == 1);
}

TEST_CASE("sites without an answer are null in the report, never NaN") {
    const StudyFolder folder;
    std::string study = small_study(folder);
    folder.features("sites.geojson",
                    {rectangle(70, 10, 20, 20, R"("name": "wet")"), rectangle(10, 10, 40, 40, R"("name": "dry")")});
    const auto p = folder.ready(study.replace(study.find(", keep: [price]"), 15, ""));
    run_in(folder, *p);
    const json data = data_of(folder);
    const json& wet = data["sites"][1];
    CHECK(wet["name"] == "wet");
    CHECK(wet["rank"].is_null());
    CHECK(wet["score"].is_null());
    CHECK(wet["reason"].get<std::string>().size() > 5);
    CHECK(wet["entries"][0]["value"].is_null());
    check_no_nan(data.dump());
}
