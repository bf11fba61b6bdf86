// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/batch.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/undo.hpp"
#include "tests/support/batch.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <thread>
#include <utility>

namespace fs = std::filesystem;
using namespace zonerank;
using engine::BatchResult;
using engine::run_batch;
using State = engine::BatchRow::State;

static std::vector<State> states(const BatchResult& result) {
    std::vector<State> all;
    for (const engine::BatchRow& row : result.summary.rows)
        all.push_back(row.state);
    return all;
}

TEST_CASE("a run for each district, and then nothing more to do") {
    const tests::StudyFolder folder;
    const engine::BatchOptions options = tests::batch_over_halves(folder);
    const BatchResult first = run_batch(options, false);
    CHECK(states(first) == std::vector{State::done, State::done});
    CHECK(first.summary.rows[0].cells == 72);
    CHECK(first.summary.rows[1].best == "ridge");
    for (const char* name : {"batch.json", "batch.csv", "batch.html", "ranking.csv", "sites.geojson", "sites.gpkg",
                             "West/manifest.json", "East/suitability.tif"})
        CHECK(fs::exists(first.folder / name));
    CHECK(states(run_batch(options, false)) == std::vector{State::kept, State::kept});
    fs::remove_all(first.folder / "East");
    CHECK(states(run_batch(options, false)) == std::vector{State::kept, State::done});
}

TEST_CASE("one that fails is told of, and the others are finished unless asked otherwise") {
    const tests::StudyFolder folder;
    engine::BatchOptions options = tests::batch_over_halves(folder);
    std::string text = tests::read_file(folder.path("study.yaml"));
    text.replace(text.find("lake: lake.geojson"), 18, "lake: 'lake{code}.geojson'");
    tests::write_file(folder.path("study.yaml"), text);
    fs::rename(folder.path("lake.geojson"), folder.path("lake2.geojson"));
    std::vector<std::string> told;
    options.tell = [&](const std::string& line) { told.push_back(line); };
    const BatchResult result = run_batch(options, false);
    CHECK(states(result) == std::vector{State::failed, State::done});
    CHECK(result.summary.rows[0].error.find("lake1.geojson") != std::string::npos);
    REQUIRE_FALSE(told.empty());
    CHECK(told[0].starts_with("West: "));
    fs::remove_all(result.folder);
    options.keep_going = false;
    CHECK(states(run_batch(options, false)) == std::vector{State::failed, State::waiting});
}

TEST_CASE("while the next is at work, what is done is written and would be told") {
    const tests::StudyFolder folder;
    engine::BatchOptions options = tests::batch_over_halves(folder);
    std::string written, words;
    options.progress = [&](const engine::Progress& progress) {
        if (progress.stage.starts_with("2 of 2") && written.empty()) {
            written = tests::read_file(options.folder / "batch.json");
            words = rasters::kept_words();
        }
    };
    run_batch(options, false);
    CHECK(written.find(R"("state": "done")") != std::string::npos);
    CHECK(written.find(R"("state": "waiting")") != std::string::npos);
    CHECK(words == fmt::format("1 of 2 are done in {}: the same command continues", options.folder.string()));
    CHECK(rasters::kept_words() == fmt::format("2 of 2 are done in {}", options.folder.string()));
}

/// All files but those that tell of times.
static std::map<std::string, std::string> results(const fs::path& batch) {
    std::map<std::string, std::string> all;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(batch))
        if (const std::string name = entry.path().filename(); entry.is_regular_file() && name != "manifest.json" &&
                                                              name != "batch.json" && name != "batch.csv" &&
                                                              name != "batch.html")
            all[fs::relative(entry.path(), batch)] = tests::read_file(entry.path());
    return all;
}

TEST_CASE("districts side by side, or shared out among processes: the same bytes") {
    const tests::StudyFolder folder;
    engine::BatchOptions options = tests::batch_over_halves(folder);
    const auto one_by_one = results(run_batch(options, false).folder);
    REQUIRE(one_by_one.contains("East/suitability.tif"));
    fs::remove_all(options.folder);

    options.jobs = 2;
    CHECK(states(run_batch(options, false)) == std::vector{State::done, State::done});
    CHECK(results(options.folder) == one_by_one);
    fs::remove_all(options.folder);

    options.join = true;
    options.jobs = 1;
    std::vector<BatchResult> joined(3);
    {
        std::vector<std::jthread> processes;
        for (BatchResult& result : joined)
            processes.emplace_back([&] { result = run_batch(options, false); });
    }
    for (const BatchResult& result : joined) {
        CHECK(result.summary.finished());
        CHECK(result.summary.count(State::failed) == 0);
    }
    CHECK(results(options.folder) == one_by_one);
    CHECK_FALSE(fs::exists(options.folder / ".zonerank-turns"));
    CHECK_FALSE(fs::exists(options.folder / ".zonerank-batch"));
}

TEST_CASE("others join the same batch only") {
    const tests::StudyFolder folder;
    engine::BatchOptions options = tests::batch_over_halves(folder);
    tests::write_file(folder.path("other.yaml"), tests::read_file(folder.path("study.yaml")) + "known: 60 %\n");
    engine::BatchOptions other = options;
    other.studies = {folder.path("other.yaml")};
    bool tried = false;
    options.join = true;
    options.progress = [&](const engine::Progress& progress) {
        if (!progress.stage.starts_with("2 of 2") || tried)
            return;
        CHECK_THROWS_WITH_AS(run_batch(other, false), doctest::Contains("--join joins it"), Error);
        other.join = true;
        CHECK_THROWS_WITH_AS(run_batch(other, false), doctest::Contains("other districts, or by another study"), Error);
        tried = true;
    };
    run_batch(options, false);
    CHECK(tried);
}

TEST_CASE("whatever a district fails of, the others are finished") {
    const tests::StudyFolder folder;
    engine::BatchOptions options = tests::batch_over_halves(folder);
    options.progress = [&](const engine::Progress& progress) {
        if (progress.stage.starts_with("1 of 2"))
            throw fs::filesystem_error("no such folder", std::make_error_code(std::errc::no_such_file_or_directory));
    };
    const BatchResult result = run_batch(options, false);
    CHECK(states(result) == std::vector{State::failed, State::done});
    CHECK(result.summary.rows[0].error.find("no such folder") != std::string::npos);
}

TEST_CASE("a condition with a placeholder chooses each district's sites") {
    const tests::StudyFolder folder;
    const engine::BatchOptions options = tests::batch_over_halves(folder);
    std::string text = tests::read_file(folder.path("study.yaml"));
    text.replace(text.find("name: name, keep"), 16, "where: \"price = {code}\", name: name, keep");
    tests::write_file(folder.path("study.yaml"), text);
    folder.features("sites.geojson", {tests::rectangle(10, 70, 40, 40, R"("name": "hill", "price": 1)"),
                                      tests::rectangle(70, 70, 40, 40, R"("name": "ridge", "price": 2)")});
    const BatchResult result = run_batch(options, false);
    CHECK(states(result) == std::vector{State::done, State::done});
    CHECK(result.summary.rows[0].best == "hill");
    CHECK(result.summary.rows[1].best == "ridge");
}

/// A study with a field of the sites among its criteria, of which only the east has any.
static engine::BatchOptions sites_in_the_east(const tests::StudyFolder& folder, const std::string& where = "") {
    engine::BatchOptions options = tests::batch_over_halves(folder);
    std::string text = tests::read_file(folder.path("study.yaml"));
    text.insert(
        text.find("constraints:"),
        "    price: {weight: 4, measure: {site field: {field: price}}, value: {linear: {best: 0, worst: 9}}}\n");
    text.replace(text.find("name: name, keep"), 16, where + "name: name, keep");
    tests::write_file(folder.path("study.yaml"), text + "compare: {}\n");
    folder.features("sites.geojson", {tests::rectangle(70, 70, 40, 40, R"("name": "ridge", "price": 2)")});
    return options;
}

TEST_CASE("a district without sites has its map, scored as beside sites") {
    const tests::StudyFolder folder;
    engine::BatchOptions options;
    SUBCASE("of those that all share") {
        options = sites_in_the_east(folder);
    }
    SUBCASE("of those that it chooses") {
        options = sites_in_the_east(folder, "where: \"price = {code}\", ");
    }
    const BatchResult result = run_batch(options, false);
    CHECK(states(result) == std::vector{State::empty, State::done});
    CHECK(result.summary.no_ranking.empty());
    CHECK(fs::exists(result.folder / "West" / "suitability.tif"));
    CHECK_FALSE(fs::exists(result.folder / "West" / "ranking.csv"));
    const std::string manifest = tests::read_file(result.folder / "West" / "manifest.json");
    CHECK(manifest.find(R"("map_weight": 0.75)") != std::string::npos);
    CHECK(tests::read_file(result.folder / "batch.html").find("<td>no sites</td>") != std::string::npos);
    CHECK(states(run_batch(options, false)) == std::vector{State::kept, State::kept});
    folder.features("sites.geojson", {tests::rectangle(70, 70, 40, 40, R"("name": "ridge", "price": 2)"),
                                      tests::rectangle(10, 70, 40, 40, R"("name": "hill", "price": 1)")});
    CHECK(states(run_batch(options, false)) == std::vector{State::done, State::done});
}

TEST_CASE("stopped, it leaves what is whole, and goes on when asked again") {
    const tests::StudyFolder folder;
    engine::BatchOptions options = tests::batch_over_halves(folder);
    std::atomic<bool> stop = false;
    options.progress = [&](const engine::Progress& progress) { stop = stop || progress.stage.starts_with("2 of 2"); };
    const BatchResult stopped = run_batch(options, stop);
    CHECK(stopped.stopped);
    CHECK(states(stopped) == std::vector{State::done, State::waiting});
    CHECK(rasters::kept_words().starts_with("1 of 2 are done in "));
    CHECK_FALSE(fs::exists(stopped.folder / "East"));
    options.progress = {};
    CHECK(states(run_batch(options, false)) == std::vector{State::kept, State::done});
}

TEST_CASE("what follows from each map is refused, or found once over all of them") {
    const tests::StudyFolder folder;
    engine::BatchOptions options = tests::batch_over_halves(folder);
    std::string text = tests::read_file(folder.path("study.yaml"));
    const std::string linear = "{linear: {worst: 0 m, best: 100 m}}";
    text.replace(text.find(linear), linear.size(), "stretch");
    tests::write_file(folder.path("study.yaml"), text);
    CHECK_THROWS_WITH_AS(run_batch(options, false), doctest::Contains("stretch follows from the map of each district"),
                         Error);
    CHECK_FALSE(fs::exists(options.folder));
    options.common_facts = true;
    const BatchResult result = run_batch(options, false);
    CHECK(states(result) == std::vector{State::done, State::done});
    // The ramp goes from 0 m in the westernmost cells to 110 m in the easternmost.
    for (const char* district : {"West", "East"}) {
        const std::string manifest = tests::read_file(result.folder / district / "manifest.json");
        CHECK(manifest.find("worst: 0 m") != std::string::npos);
        CHECK(manifest.find("best: 110 m") != std::string::npos);
    }
    CHECK(states(run_batch(options, false)) == std::vector{State::kept, State::kept});
}

TEST_CASE("facts of all districts are found again when what they follow from is another") {
    const tests::StudyFolder folder;
    engine::BatchOptions options = tests::batch_over_halves(folder);
    std::string text = tests::read_file(folder.path("study.yaml"));
    const std::string linear = "{linear: {worst: 0 m, best: 100 m}}";
    text.replace(text.find(linear), linear.size(), "stretch");
    tests::write_file(folder.path("study.yaml"), text);
    options.common_facts = true;
    std::size_t looked = 0;
    const auto count = [&](const engine::Progress& progress) {
        looked += progress.stage.find(" of 2: ") == std::string::npos;
    };
    options.progress = count;
    run_batch(options, false);
    CHECK(std::exchange(looked, 0) > 0);
    const std::string before = tests::read_file(folder.path("all/common-facts.json"));
    CHECK(states(run_batch(options, false)) == std::vector{State::kept, State::kept});
    CHECK(looked == 0);
    fs::remove_all(folder.path("all/East"));
    CHECK(states(run_batch(options, false)) == std::vector{State::kept, State::done});
    CHECK(looked == 0);
    folder.features("lake.geojson", {tests::rectangle(50, 0, 60, 60)});
    CHECK(states(run_batch(options, false)) == std::vector{State::done, State::done});
    CHECK(looked > 0);
    CHECK(tests::read_file(folder.path("all/common-facts.json")) != before);
}

TEST_CASE("a district without sites counts among common facts, and has weights of the others' sites") {
    const tests::StudyFolder folder;
    engine::BatchOptions options = tests::batch_over_halves(folder);
    std::string where;
    SUBCASE("of those that all share") {
        where = "";
    }
    SUBCASE("of those that it chooses") {
        where = "where: \"price = {code}\", ";
    }
    std::string text = tests::read_file(folder.path("study.yaml"));
    const std::string linear = "{linear: {worst: 0 m, best: 100 m}}";
    text.replace(text.find(linear), linear.size(), "stretch");
    for (const char* weight : {"      weight: 3\n", "      weight: 1\n"})
        text.erase(text.find(weight), std::string(weight).size());
    text.replace(text.find("  location:\n"), 12, "  location:\n    weights: standard deviation\n");
    text.replace(text.find("name: name, keep"), 16, where + "name: name, keep");
    tests::write_file(folder.path("study.yaml"), text);
    folder.features("sites.geojson", {tests::rectangle(70, 70, 40, 20, R"("name": "ridge", "price": 2)"),
                                      tests::rectangle(90, 90, 20, 20, R"("name": "peak", "price": 2)")});
    options.common_facts = true;
    std::vector<std::string> told;
    options.tell = [&](const std::string& line) { told.push_back(line); };
    const BatchResult result = run_batch(options, false);
    CHECK(told.empty());
    CHECK(states(result) == std::vector{State::empty, State::done});
    const std::string manifest = tests::read_file(result.folder / "West" / "manifest.json");
    CHECK(manifest.find("worst: 0 m") != std::string::npos); // of the West, where no site is
    CHECK(states(run_batch(options, false)) == std::vector{State::kept, State::kept});
}

TEST_CASE("weights that follow from sites follow from all of them") {
    const tests::StudyFolder folder;
    engine::BatchOptions options = tests::batch_over_halves(folder);
    std::string text = tests::read_file(folder.path("study.yaml"));
    for (const char* weight : {"      weight: 3\n", "      weight: 1\n"})
        text.erase(text.find(weight), std::string(weight).size());
    text.replace(text.find("  location:\n"), 12, "  location:\n    weights: standard deviation\n");
    tests::write_file(folder.path("study.yaml"), text);
    CHECK_THROWS_AS(run_batch(options, false), Error);
    options.common_facts = true;
    const BatchResult result = run_batch(options, false);
    CHECK(states(result) == std::vector{State::done, State::done});
    std::set<std::string> weights;
    for (const char* district : {"West", "East"}) {
        const std::string manifest = tests::read_file(result.folder / district / "manifest.json");
        const std::size_t at = manifest.find("fixed:");
        REQUIRE(at != std::string::npos);
        weights.insert(manifest.substr(at, 80));
    }
    CHECK(weights.size() == 1);
}

/// What a batch says when a file becomes another while its second district is at work.
static void changes_under_way(engine::BatchOptions options, const std::string& file,
                              const std::function<void()>& change) {
    std::vector<std::string> told;
    options.tell = [&](const std::string& line) { told.push_back(line); };
    options.progress = [&, done = false](const engine::Progress& progress) mutable {
        if (!done && progress.stage.starts_with("2 of 2"))
            change();
        done = done || progress.stage.starts_with("2 of 2");
    };
    const std::string ends = file + ": has changed while the batch ran; run it again";
    CHECK_THROWS_WITH_AS(run_batch(options, false), ends.c_str(), Error);
    REQUIRE_FALSE(told.empty());
    CHECK(told.back().starts_with("East: " + file + ": has changed while the "));
    CHECK_FALSE(fs::exists(options.folder / "ranking.csv"));
    CHECK(fs::exists(options.folder / "West" / "manifest.json"));
    CHECK_FALSE(fs::exists(options.folder / "East"));
}

TEST_CASE("what a batch found at its start has to be so to its end") {
    const tests::StudyFolder folder;
    engine::BatchOptions options = tests::batch_over_halves(folder);
    const auto appended = [](const std::string& file) { tests::write_file(file, tests::read_file(file) + "\n"); };
    SUBCASE("districts") {
        const std::string file = folder.path("districts.geojson");
        changes_under_way(options, file, [&] { appended(file); });
    }
    SUBCASE("sites, by whose numbers districts know them") {
        const std::string file = folder.path("sites.geojson");
        changes_under_way(options, file, [&] { appended(file); });
    }
    SUBCASE("what the common facts follow from") {
        options.common_facts = true;
        std::string text = tests::read_file(folder.path("study.yaml"));
        text.replace(text.find("linear: {worst: 0 m, best: 100 m}"), 33, "stretch");
        tests::write_file(folder.path("study.yaml"), text);
        const std::string file = folder.path("ramp.tif");
        const fs::file_time_type later = fs::last_write_time(file) + std::chrono::seconds(1);
        changes_under_way(options, file, [&] { fs::last_write_time(file, later); });
    }
}
