// SPDX-License-Identifier: Apache-2.0
#include "engine/manual/manual.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace zonerank;

TEST_CASE("manual: how a command is written") {
    const engine::ManualCommand command{
        "list", "", "", {{{"-q", "--quiet"}, "less"}, {{"SITE"}, "a site", "", {}, true}, {{"TABLE"}, "which"}}};
    CHECK(command.synopsis() == "zonerank list [OPTIONS] SITE [TABLE]");
}

TEST_CASE("manual: files, columns, codes and variables are each told once") {
    std::set<std::string> files;
    for (const engine::OutputFile& file : engine::output_file_table()) {
        CHECK(files.insert(file.name).second);
        CHECK(!file.what.empty());
    }
    for (const auto* list : {&engine::ranking_columns(), &engine::exit_codes(), &engine::environment()}) {
        std::set<std::string> names;
        for (const engine::NamedMeaning& row : *list) {
            CHECK(names.insert(row.name).second);
            CHECK(!row.meaning.empty());
            CHECK(row.meaning.back() != '.');
        }
    }
}
