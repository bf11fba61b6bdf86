// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/summary.hpp"

#include "engine/text/csv.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/run.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace zonerank;
using engine::BatchRow;
using engine::BatchSummary;
using State = engine::BatchRow::State;

static BatchSummary four_districts() {
    BatchSummary summary{.study = "Zones", .grid = "one grid, EPSG:32643"};
    summary.rows = {{"Mirpur", "Mirpur", State::done, 1.25, 1200, 3, "North \"A\"", 0.75, ""},
                    {"=Kotli", "=Kotli", State::failed, 0.5, 0, 0, "", std::nullopt, "roads, gone"},
                    {"Bagh", "Bagh", State::empty, 1, 800, 0, "", std::nullopt, ""},
                    {"Poonch", "Poonch", State::waiting, 0, 0, 0, "", std::nullopt, ""}};
    summary.seconds = 3;
    return summary;
}

TEST_CASE("counts by state") {
    BatchSummary summary = four_districts();
    CHECK(engine::counts_text(summary) == "1 done, 1 no sites, 1 failed, 1 waiting");
    CHECK_FALSE(summary.finished());
    summary.rows.pop_back();
    CHECK(summary.finished());
    CHECK(engine::has_results(summary.rows[0]));
    CHECK_FALSE(engine::has_results(summary.rows[1]));
    CHECK(engine::has_results(summary.rows[2]));
}

TEST_CASE("the table for programs reads back, formulas made harmless") {
    const auto rows = engine::parse_csv(engine::batch_csv(four_districts()));
    REQUIRE(rows.size() == 5);
    CHECK(rows[0] == engine::CsvRow{"district", "folder", "state", "seconds", "cells", "sites", "best_site",
                                    "best_score", "error"});
    CHECK(rows[1] == engine::CsvRow{"Mirpur", "Mirpur", "done", "1.250", "1200", "3", "North \"A\"", "0.75", ""});
    CHECK(rows[2][0] == "'=Kotli");
    CHECK(rows[2][8] == "roads, gone");
}

TEST_CASE("batch.json has all of it") {
    const auto json = nlohmann::json::parse(engine::batch_json(four_districts()));
    CHECK(json["finished"] == false);
    CHECK(json["states"]["failed"] == 1);
    CHECK(json["combined_ranking"] == "ranking.csv");
    CHECK(json["districts"][0]["best_score"] == 0.75);
    CHECK(json["districts"][1]["best_score"].is_null());
    CHECK(json["districts"][1]["error"] == "roads, gone");
}

TEST_CASE("a row alone reads back") {
    for (const BatchRow& row : four_districts().rows) {
        const BatchRow read = engine::row_from(nlohmann::ordered_json::parse(engine::row_text(row)));
        CHECK(engine::row_text(read) == engine::row_text(row));
        CHECK(read.best_score == row.best_score);
    }
    CHECK_THROWS_AS(engine::row_from({{"district", "A"}, {"folder", "A"}, {"state", "half done"}}), Error);
    CHECK_THROWS_AS(engine::row_from({{"district", "A"}}), Error);
}

TEST_CASE("the table for people ends in sums") {
    const std::string table = engine::batch_table(four_districts(), 0);
    CHECK(table.find("North \"A\" (0.750)") != std::string::npos);
    CHECK(table.ends_with("4 districts: 1 done, 1 no sites, 1 failed, 1 waiting; 2,000 cells, 3 sites, 3 s\n"));
}

TEST_CASE("an error that many share stands once, and several studies are no districts") {
    BatchSummary summary{.of_studies = true};
    for (const char* name : {"a", "b"})
        summary.rows.push_back({.name = name, .state = State::failed, .best_score = {}, .error = "roads, gone"});
    const std::string table = engine::batch_table(summary, 0);
    CHECK(table.starts_with("study"));
    CHECK(table.find("roads, gone") == table.rfind("roads, gone"));
    CHECK(table.find("the same") != std::string::npos);
    CHECK(table.find("\n2 studies: 2 failed; ") != std::string::npos);
    summary.rows.pop_back();
    CHECK(engine::batch_table(summary, 0).find("\n1 study: 1 failed; ") != std::string::npos);
}

TEST_CASE("a run's folder tells cells, sites and the best one") {
    const tests::StudyFolder folder;
    const auto prepared = folder.ready(tests::small_study(folder));
    const engine::RunResult result = tests::run_in(folder, *prepared);
    BatchRow row;
    engine::look_at_results(result.folder, row);
    CHECK(row.cells == 144);
    CHECK(row.sites == 2);
    CHECK(row.best == result.ranking.rows.front().name);
    CHECK(*row.best_score == doctest::Approx(result.ranking.rows.front().score).epsilon(1e-8));
    CHECK_THROWS_AS(engine::look_at_results(folder.path("none"), row), Error);
}
