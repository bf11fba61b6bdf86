// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/telling.hpp"

#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;

TEST_CASE("problems stand in the order of their files, those without a place at the study's") {
    const auto file = std::make_shared<const std::string>("b.yaml");
    const auto ordered =
        engine::in_order({{{file, 9, 1}, "c"}, {{file, 2, 7}, "b"}, {{}, "a"}, {{file, 9, 1}, "d"}}, "a.yaml");
    std::string texts;
    for (const auto& problem : ordered)
        texts += problem.text;
    CHECK(texts == "abcd");
    CHECK(*ordered[0].mark.file == "a.yaml");
}

TEST_CASE("what a run has left: names, sizes, time, the user's own files") {
    const tests::Folder folder;
    tests::write_file(folder / "map.tif", std::string(1500, 'x'));
    const std::string text = engine::outputs_text(folder.path(), {"map.tif"}, {"notes\n.txt"}, 0.25);
    CHECK(text.find("(0.2 s)") != std::string::npos);
    CHECK(text.find("  map.tif  1.5 kB\n") != std::string::npos);
    CHECK(text.find("  kept: notes␊.txt\n") != std::string::npos);
    CHECK(engine::outputs_text(folder.path(), {}, {}, 130).find("(2 min 10 s)") != std::string::npos);
}
