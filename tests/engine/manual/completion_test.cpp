// SPDX-License-Identifier: Apache-2.0
#include "engine/manual/completion.hpp"

#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

using namespace zonerank;

static const engine::Manual manual{
    "It ranks.",
    {{"run", "a study's [whole] run: all", "", {{{"-o", "--output"}, "folder", "OUTPUT"}, {{"--quiet"}, "less"}}},
     {"list",
      "what there is",
      "",
      {{{"TABLE"}, "which", "", {"values", "weight spaces"}}, {{"--json"}, "for scripts"}}},
     {"shell", "", "", {{{"--kind"}, "which", "KIND", {"bash", "fish"}}}}}};

/// What bash offers behind the words, one a line; the last word is the one being written.
static std::string offered(const std::string& words) {
    const tests::Folder folder;
    tests::write_file(folder / "c.bash", engine::completion(manual, "bash") + "COMP_WORDS=(" + words +
                                             ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_zonerank\n"
                                             "for word in \"${COMPREPLY[@]}\"; do echo \"$word\"; done\n");
    return tests::output_of("bash " + (folder / "c.bash").string());
}

TEST_CASE("completion: bash offers commands, options and the words that they take") {
    CHECK(offered("zonerank ''") == "run\nlist\nshell\n--help\n--version\n");
    CHECK(offered("zonerank sh") == "shell\n");
    CHECK(offered("zonerank run -") == "-o\n--output\n--quiet\n");
    CHECK(offered("zonerank run study.yaml --q") == "--quiet\n");
    CHECK(offered("zonerank run --output --q").empty()); // a file's name
    CHECK(offered("zonerank run s").empty());
    CHECK(offered("zonerank list ''") == "values\nweight\\ spaces\n");
    CHECK(offered("zonerank list --j") == "--json\n");
    CHECK(offered("zonerank shell --kind f") == "fish\n");
}

TEST_CASE("completion: zsh and fish get the same words, their own signs escaped") {
    const std::string zsh = engine::completion(manual, "zsh");
    CHECK(zsh.starts_with("#compdef zonerank\n"));
    CHECK(zsh.find("'run:a study'\\''s \\[whole\\] run\\: all'") != zsh.npos);
    CHECK(zsh.find("'(-o --output)--output[folder]:OUTPUT:_files'") != zsh.npos);
    CHECK(zsh.find("'1:TABLE:(values weight\\ spaces)'") != zsh.npos);
    const std::string fish = engine::completion(manual, "fish");
    CHECK(fish.find("-n __fish_use_subcommand -a run -d 'a study\\'s [whole] run: all'") != fish.npos);
    CHECK(fish.find("from run' -s o -l output -r -d 'folder'") != fish.npos);
    CHECK(fish.find("from list' -x -a 'values \"weight spaces\"' -d 'which'") != fish.npos);
    for (const char* place : {"@any@", "@first@", "@names@", "@commands@"})
        for (const std::string_view shell : engine::shells())
            CHECK(engine::completion(manual, shell).find(place) == std::string::npos);
}
