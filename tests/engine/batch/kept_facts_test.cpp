// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/kept_facts.hpp"

#include "engine/batch/batch.hpp"
#include "engine/text/yaml.hpp"
#include "tests/support/batch.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace fs = std::filesystem;
using namespace zonerank;
using engine::CommonFacts;

static CommonFacts some_facts() {
    layers::Problems problems;
    CommonFacts common;
    common.criteria["height"] = {{0.1, 1e300, 1.0 / 3, std::numeric_limits<double>::denorm_min()}, "m"};
    common.criteria["share"] = {{-1, 1, 0, 1}, ""};
    common.weights[""] = engine::parse_yaml("fixed: {a: 33.3 %, b: 66.7 %}", "test", problems);
    return common;
}

TEST_CASE("kept_facts: what is written is read again to the last bit, for the same signature") {
    const tests::Folder folder;
    const CommonFacts common = some_facts();
    write_facts(folder / "facts.json", "one", common);
    const auto read = engine::read_facts(folder / "facts.json", "one");
    REQUIRE(read);
    REQUIRE(read->criteria.size() == 2);
    const auto& height = read->criteria.at("height");
    CHECK(height.facts.min == 0.1);
    CHECK(height.facts.max == 1e300);
    CHECK(height.facts.mean == 1.0 / 3);
    CHECK(height.facts.deviation == std::numeric_limits<double>::denorm_min());
    CHECK(height.unit == "m");
    CHECK(engine::to_yaml(read->weights.at("")) == engine::to_yaml(common.weights.at("")));
    CHECK_FALSE(engine::read_facts(folder / "facts.json", "another"));
    CHECK_FALSE(engine::read_facts(folder / "none.json", "one"));
    for (const char* wrong :
         {"", "{", R"({"program": "zonerank", "signature": "one", "criteria": {"a": 1}, "weights": {}})",
          R"({"program": "zonerank", "signature": "one", "criteria": []})",
          R"({"program": "zonerank", "signature": "one", "criteria": {}, "weights": {"a": 1}})"}) {
        tests::write_file(folder / "wrong.json", wrong);
        CHECK_MESSAGE(!engine::read_facts(folder / "wrong.json", "one"), wrong);
    }
}

TEST_CASE("kept_facts: what is no number is not kept") {
    const tests::Folder folder;
    CommonFacts common = some_facts();
    common.criteria["height"].facts.min = -std::numeric_limits<double>::infinity();
    write_facts(folder / "facts.json", "one", common);
    CHECK_FALSE(fs::exists(folder / "facts.json"));
}

namespace {

struct Halves {
    std::optional<std::string> signature() const {
        engine::InputHashes hashes;
        return engine::signature_of_facts(engine::batch_jobs(options).all, options.access, hashes, false);
    }

    tests::StudyFolder folder;
    engine::BatchOptions options = tests::batch_over_halves(folder);
};

} // namespace

TEST_CASE("kept_facts: the signature is of the study, its districts and its inputs") {
    const Halves halves;
    const auto before = halves.signature();
    REQUIRE(before);
    CHECK(halves.signature() == before);
    fs::last_write_time(halves.folder.path("lake.geojson"), fs::file_time_type::clock::now());
    CHECK(halves.signature() == before);
    SUBCASE("another input") {
        halves.folder.features("lake.geojson", {tests::rectangle(50, 0, 60, 60)});
    }
    SUBCASE("another district") {
        halves.folder.features("districts.geojson",
                               {tests::rectangle(0, 0, 60, 120, R"("district": "West", "code": 1)"),
                                tests::rectangle(60, 0, 50, 120, R"("district": "East", "code": 2)")});
    }
    SUBCASE("another study") {
        tests::write_file(halves.folder.path("study.yaml"),
                          tests::read_file(halves.folder.path("study.yaml")) + "known: 60 %\n");
    }
    CHECK(halves.signature() != before);
}

TEST_CASE("kept_facts: there is none of what can't be read") {
    const Halves halves;
    tests::write_file(halves.folder.path("lake.geojson"), "damaged");
    CHECK_FALSE(halves.signature());
}
