// SPDX-License-Identifier: Apache-2.0
#include "engine/reference.hpp"

#include "engine/study/study.hpp"

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
    CHECK(names ==
          std::vector<std::string>{"measures", "values", "weights", "aggregations", "constraints", "criteria"});
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

TEST_CASE("JSON and the schema are valid and name every kind and key") {
    const auto tables = nlohmann::json::parse(engine::reference_json(engine::reference()));
    const auto schema = nlohmann::json::parse(engine::study_schema());
    for (const char* table : {"measures", "values", "weights", "aggregations", "constraints"})
        for (const auto& entry : tables[table]) {
            CAPTURE(entry["name"]);
            CHECK(schema["$defs"][table]["oneOf"][1]["properties"].contains(entry["name"].get<std::string>()));
        }
    for (const engine::Key& key : engine::study_keys())
        if (key.where.empty())
            CHECK(schema["properties"].contains(std::string(key.name)));
    CHECK(schema["additionalProperties"] == false);
}
