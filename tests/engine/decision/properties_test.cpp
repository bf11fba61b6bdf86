// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/properties.hpp"

#include "engine/reference.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace property = zonerank::engine::property;

TEST_CASE("properties: a table states no others") {
    constexpr std::array known{property::monotone, property::idempotent, property::bounded, property::independent};
    for (const auto& table : zonerank::engine::reference())
        for (const auto& entry : table.entries)
            for (const std::string& stated : entry.properties)
                CHECK(std::ranges::find(known, stated) != known.end());
}

TEST_CASE("properties: each has words of its own, kept and lacked") {
    CHECK(property::all.size() == 4);
    CHECK(property::in_words(std::vector<std::string>{"monotone", "bounded"}) ==
          "Keeps: monotone (a better value never lowers the score), bounded (the score lies between the least and the "
          "greatest value). Lacks: idempotent (equal values may give another value), independent (rank reversal: a "
          "further site may change the order of the others).");
    const std::vector<std::string> all{"monotone", "idempotent", "bounded", "independent"};
    CHECK(property::in_words(all).find("Lacks") == std::string::npos);
    CHECK(property::in_words(std::vector<std::string>{}).starts_with("Lacks: monotone (a better value may lower"));
    CHECK(property::lacked_in_short(all).empty());
    CHECK(property::lacked_in_short(std::vector<std::string>{"monotone", "idempotent", "bounded"}) ==
          "; rank reversal: a further site may change the order of the others");
}

TEST_CASE("properties: a list of aggregations explains them, in text, Markdown and JSON") {
    const auto tables = zonerank::engine::reference();
    const std::string text = zonerank::engine::reference_text(tables, false, 2000);
    CHECK(text.find("scaled to 1; equal values share their places; a better value may lower the score") !=
          std::string::npos);
    const std::string words = property::in_words(std::vector<std::string>{"idempotent", "bounded", "independent"});
    CHECK(zonerank::engine::reference_text(tables, true, 2000).find(words) != std::string::npos);
    CHECK(zonerank::engine::reference_markdown(tables).find(words) != std::string::npos);
    CHECK(zonerank::engine::reference_json(tables).find("\"lacks\": {\n        \"monotone\": \"a better") !=
          std::string::npos);
}

TEST_CASE("properties: a list says of a row only what can be said of its like") {
    const auto listed = [](const char* name) {
        auto tables = zonerank::engine::reference();
        std::erase_if(tables, [&](const auto& table) { return table.name != name; });
        return zonerank::engine::reference_text(tables, false, 2000);
    };
    for (const char* table : {"values", "weights"}) {
        CAPTURE(table);
        CHECK(listed(table).find("the score") == std::string::npos);
        CHECK(listed(table).find("equal values") == std::string::npos);
    }
    CHECK(listed("values").find("rank reversal") == std::string::npos);
    CHECK(listed("values").find("; may rise here and fall there") != std::string::npos);
    CHECK(listed("weights").find("unevenly the sites share each criterion; rank reversal: a further site changes") !=
          std::string::npos);
    CHECK(listed("weights").find("highway: 20}; rank reversal") == std::string::npos);
    CHECK(listed("methods").find("; rank reversal") != std::string::npos);
    for (const char* table : {"measures", "constraints", "weight spaces"})
        CHECK(property::words_of(table).empty());
}
