// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/combined_ranking.hpp"

#include "engine/text/csv.hpp"
#include "layers/vectors/features.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace zonerank;
using engine::BatchFolder;
using engine::BatchRow;

/// A district's ranked sites, as a run leaves them; score -1: without a rank.
static BatchRow district(const BatchFolder& batch, const std::string& name,
                         const std::vector<std::pair<std::string, double>>& sites, const std::string& more = "") {
    std::string text;
    int rank = 0;
    for (const auto& [site, score] : sites) {
        text +=
            fmt::format(R"({}{{"type":"Feature","properties":{{"rank":{},"id":"1","name":"{}","score":{}{}}},)"
                        R"("geometry":{{"type":"Polygon","coordinates":[[[73,33],[73.1,33],[73.1,33.1],[73,33]]]}}}})",
                        text.empty() ? "" : ",\n", score < 0 ? "null" : std::to_string(++rank), site,
                        score < 0 ? "null" : fmt::format("{}", score), more);
    }
    std::filesystem::create_directory(batch.path() / name);
    tests::write_file(batch.path() / name / "sites.geojson",
                      R"({"type":"FeatureCollection","features":[)" + text + "]}");
    return {.name = name, .folder = name, .state = BatchRow::State::done, .best_score = {}};
}

TEST_CASE("sites of all districts are ranked anew, those without a rank last") {
    const tests::Folder folder;
    const BatchFolder batch(folder / "all");
    const std::vector<BatchRow> rows{district(batch, "A", {{"a1", 0.9}, {"a2", 0.5}, {"=a3", -1}}),
                                     district(batch, "B", {{"b1", 0.75}, {"b2", 0.5}}), district(batch, "C", {})};
    const auto sites = engine::combined_sites(batch.path(), rows);
    std::vector<std::string> order;
    for (const auto& site : sites)
        order.push_back(fmt::format("{} {} {} {}", site.rank, site.district, site.properties["name"].get<std::string>(),
                                    site.properties["district_rank"].dump()));
    CHECK(order == std::vector<std::string>{"1 A a1 1", "2 B b1 1", "3 A a2 2", "3 B b2 2", "0 A =a3 null"});

    CHECK(engine::write_combined_ranking(batch, "Zones", sites).empty());
    const auto table = engine::parse_csv(tests::read_file(batch.path() / "ranking.csv"));
    CHECK(table[0] == engine::CsvRow{"rank", "district", "district_rank", "id", "name", "score"});
    CHECK(table[2] == engine::CsvRow{"2", "B", "1", "1", "b1", "0.75"});
    CHECK(table[5] == engine::CsvRow{"", "A", "", "1", "'=a3", ""});
    for (const char* file : {"sites.gpkg", "sites.geojson"}) {
        const auto set = layers::read_features({.paths = {(batch.path() / file).string()}, .fields = {"*"}}, {}, 1, {});
        REQUIRE(set.features.size() == 5);
        CHECK(set.features[0].shape.polygons.size() == 1);
        CHECK(std::get<std::string>(set.features[1].fields[1]) == "B");
    }
}

TEST_CASE("districts without results are left out, damaged ones told of") {
    const tests::Folder folder;
    const BatchFolder batch(folder / "all");
    BatchRow row = district(batch, "A", {{"a1", 0.9}});
    row.state = BatchRow::State::failed;
    CHECK(engine::combined_sites(batch.path(), {row}).empty());
    CHECK(engine::write_combined_ranking(batch, "Zones", {}) == "no district has a ranked site");
    row.state = BatchRow::State::kept;
    tests::write_file(batch.path() / "A" / "sites.geojson", "{");
    CHECK_THROWS_AS(engine::combined_sites(batch.path(), {row}), Error);
}

TEST_CASE("rankings of other columns don't go together") {
    const tests::Folder folder;
    const BatchFolder batch(folder / "all");
    const std::vector<BatchRow> rows{district(batch, "A", {{"a1", 0.9}}),
                                     district(batch, "B", {{"b1", 0.8}}, ",\"slope\":3")};
    CHECK(engine::write_combined_ranking(batch, "Zones", engine::combined_sites(batch.path(), rows)) ==
          "the rankings of A and B have different columns");
}
