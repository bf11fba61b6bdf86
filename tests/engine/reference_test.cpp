// SPDX-License-Identifier: Apache-2.0
#include "engine/reference.hpp"

#include "engine/study/study.hpp"
#include "engine/study/study_parts.hpp"
#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <set>
#include <sstream>

using namespace zonerank;

TEST_CASE("every table is there, with names that are unique and something to say of each") {
    std::vector<std::string> names;
    for (const engine::ReferenceTable& table : engine::reference()) {
        names.push_back(table.name);
        std::set<std::string> seen;
        CHECK(!table.entries.empty());
        for (const engine::ReferenceEntry& entry : table.entries) {
            CAPTURE(entry.name);
            CHECK(seen.insert(entry.name).second);
            CHECK(!entry.summary.empty());
            for (const layers::Parameter& parameter : entry.parameters)
                CHECK(!parameter.help.empty());
        }
    }
    CHECK(names == std::vector<std::string>{"measures", "decays", "values", "weights", "aggregations", "methods",
                                            "constraints", "weight spaces", "uncertainties", "networks",
                                            "compressions", "keys", "criteria"});
}

TEST_CASE("a terminal's width is kept between words") {
    std::istringstream lines(engine::reference_text(engine::reference(), true, 100));
    int wide = 0, all = 0;
    for (std::string line; std::getline(lines, line); ++all)
        wide += line.size() > 130; // bytes; rules and arrows take three each
    CHECK(all > 100);
    CHECK(wide < all / 10);
}

TEST_CASE("Markdown has a section for each entry, and escapes bars") {
    const std::string text = engine::reference_markdown(engine::reference());
    for (const char* heading : {"## measures", "### distance", "### weighted sum", "### grid connection"})
        CHECK(text.find(heading) != std::string::npos);
}

TEST_CASE("value functions are plotted, in the characters asked for") {
    auto tables = engine::reference();
    std::erase_if(tables, [](const engine::ReferenceTable& table) { return table.name != "values"; });
    const std::string with = engine::reference_text(tables, false, 100, engine::Plots::unicode);
    CHECK(with.find("    linear: {worst: 20 km, best: 0 km}\n    1 │⠉") != with.npos);
    const std::string plain = engine::reference_text(tables, false, 100, engine::Plots::ascii);
    CHECK(plain.find("    1 |****") != plain.npos);
    CHECK(plain.find("│") == plain.npos);
    CHECK(engine::reference_text(tables, true, 100).find("│") == plain.npos);
    CHECK(engine::reference_markdown(tables).find("```text\nlinear: {worst: 20 km, best: 0 km}\n1 │⠉") != with.npos);
}

TEST_CASE("JSON and the schema are valid and name every kind and key") {
    const auto tables = nlohmann::json::parse(engine::reference_json(engine::reference()));
    const auto schema = nlohmann::json::parse(engine::study_schema());
    for (const char* table :
         {"measures", "decays", "values", "weights", "aggregations", "methods", "constraints", "compressions"})
        for (const auto& entry : tables[table]) {
            CAPTURE(entry["name"]);
            CHECK(schema["$defs"][table]["oneOf"][1]["properties"].contains(entry["name"].get<std::string>()));
        }
    for (const auto& rule : engine::site_rules())
        CHECK(schema["$defs"]["site"]["oneOf"][1]["properties"].contains(rule.name));
    for (const engine::Key& key : engine::study_keys())
        if (key.where.empty())
            CHECK(schema["properties"].contains(std::string(key.name)));
    CHECK(schema["additionalProperties"] == false);
}

TEST_CASE("the schema has a kind bare only where it needs no parameters") {
    const auto schema = nlohmann::json::parse(engine::study_schema());
    const auto bare = [&](const char* table) { return schema["$defs"][table]["oneOf"][0]["enum"].dump(); };
    CHECK(bare("weights") ==
          R"([null,"equal","entropy","standard deviation","critic","merec","cilos","idocriw"])");
    CHECK(bare("site") == R"([null,"mean","min","max","edge"])");
    CHECK(bare("measures").find("distance") == std::string::npos);
    CHECK(bare("aggregations").find("weighted sum") != std::string::npos);
    for (const char* some_needed : {"owa", "fuzzy linear", "fuzzy g-shaped", "dirichlet"})
        for (const char* table : {"aggregations", "values", "weight spaces"})
            CHECK(bare(table).find(fmt::format("\"{}\"", some_needed)) == std::string::npos);
    CHECK(bare("aggregations").find("\"topsis\"") != std::string::npos);
}

TEST_CASE("the schema lets a base bring what is missing, and null remove it") {
    const auto schema = nlohmann::json::parse(engine::study_schema());
    CHECK(schema["anyOf"][0]["required"] == nlohmann::json{"extends"});
    const nlohmann::json& whole = schema["anyOf"][1];
    CHECK(whole["required"] == nlohmann::json{"area", "grid"});
    CHECK(whole["anyOf"][0]["required"] == nlohmann::json::array({"criteria"}));
    CHECK(whole["anyOf"][1]["required"] == nlohmann::json{"links", "friction"});
    const auto& criterion = schema["properties"]["criteria"]["additionalProperties"]["additionalProperties"];
    CHECK(criterion["type"] == nlohmann::json{"null", "object"});
    CHECK_FALSE(criterion.contains("required"));
    for (const char* table : {"measures", "values", "constraints"})
        for (const auto& kind : schema["$defs"][table]["oneOf"][1]["properties"])
            CHECK_FALSE(kind.contains("required"));
}

TEST_CASE("the schema's words of a key are those that are read") {
    const auto schema = nlohmann::json::parse(engine::study_schema());
    const auto& layer = schema["properties"]["layers"]["additionalProperties"]["oneOf"][1]["properties"];
    for (const char* key : {"values", "resample"})
        for (const auto& word : layer[key]["enum"]) {
            layers::Problems problems;
            const std::string text = fmt::format("a: {{{}: {}}}", key, word.dump());
            engine::read_layers(tests::yaml(text), problems);
            CAPTURE(text);
            CHECK(tests::text_of(problems) == "layer 'a': 'source' is missing (a path, a glob or a list of paths)");
        }
}
