// SPDX-License-Identifier: Apache-2.0
#include "engine/manual/reference_page.hpp"

#include "engine/study/study.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

using namespace zonerank;

TEST_CASE("reference_page: every table, key, command, file and column is on it") {
    const engine::Manual manual{"It ranks.", {{"list", "what there is", "more", {{{"--kind"}, "a|b", "KIND"}}}}};
    const auto tables = engine::reference();
    const std::string page = engine::reference_page(manual, tables);
    const auto has = [&](const std::string& text) {
        CAPTURE(text);
        CHECK(page.find(text) != page.npos);
    };
    for (const engine::ReferenceTable& table : tables)
        if (table.name != "keys")
            has("\n## " + table.name + "\n");
    for (const engine::Key& key : engine::study_keys())
        has(fmt::format("\n| `{}` | ", key.name));
    for (const engine::OutputFile& file : engine::output_file_table())
        has("| `" + file.name + "` |");
    for (const engine::NamedMeaning& column : engine::ranking_columns())
        has("| `" + column.name + "` |");
    has("### zonerank list\n\nWhat there is.\n");
    has("\n\n| name | what it is | source |\n|--|--|--|\n| `weighted sum` | ");
    has("| `--kind KIND` | a\\|b |");
    has("```text\nmore\n```");
    has("# yaml-language-server: $schema=");
}

TEST_CASE("reference_page: each entry of the contents leads to a heading") {
    const std::string page = engine::reference_page({}, engine::reference());
    std::size_t found = 0;
    for (std::size_t at = page.find("](#"); at != page.npos; at = page.find("](#", at + 1), ++found) {
        std::string name = page.substr(at + 3, page.find(')', at) - at - 3);
        std::ranges::replace(name, '-', ' ');
        name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
        std::string small = name;
        small[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
        CAPTURE(name);
        CHECK((page.find("\n## " + name + "\n") != page.npos || page.find("\n## " + small + "\n") != page.npos));
    }
    CHECK(found > 12);
}
