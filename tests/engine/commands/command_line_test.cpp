// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/command_line.hpp"

#include "tests/support/run.hpp"

#include <doctest/doctest.h>

#include <iostream>

#include <fcntl.h>
#include <unistd.h>

using namespace zonerank;
using namespace zonerank::tests;

/// Runs the command line with stdout and stderr going to a file.
static int command(const std::vector<std::string>& words, std::string& printed) {
    const Folder folder;
    std::vector<const char*> argv{"zonerank"};
    for (const std::string& word : words)
        argv.push_back(word.c_str());
    std::fflush(nullptr);
    const int out = dup(1), err = dup(2);
    const int file = open((folder / "printed").c_str(), O_CREAT | O_RDWR, 0600);
    dup2(file, 1);
    dup2(file, 2);
    const int status = engine::command_line(static_cast<int>(argv.size()), argv.data(), false);
    std::fflush(nullptr);
    std::cout.flush();
    dup2(out, 1);
    dup2(err, 2);
    for (const int descriptor : {out, err, file})
        close(descriptor);
    printed = read_file(folder / "printed");
    return status;
}

TEST_CASE("help and version everywhere, wrong usage is 2") {
    std::string printed;
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"--help"}, {"run", "--help"}, {"check", "--help"}, {"list", "--help"}}) {
        CHECK(command(words, printed) == 0);
        CHECK(printed.find("--help") != std::string::npos);
    }
    for (const std::vector<std::string>& words : {std::vector<std::string>{"--version"}, {"run", "--version"}}) {
        CHECK(command(words, printed) == 0);
        CHECK(printed.starts_with("zonerank "));
    }
    for (const std::vector<std::string>& words : {std::vector<std::string>{},
                                                  {"rum"},
                                                  {"run"},
                                                  {"run", "a.yaml", "--thread", "2"},
                                                  {"list", "values", "--json", "--markdown"}})
        CHECK(command(words, printed) == 2);
}

TEST_CASE("a study is checked, run, and compared") {
    const StudyFolder folder;
    const std::string study = folder.path("study.yaml"), out = folder.path("out");
    write_file(study, small_study(folder));
    std::string printed;
    CHECK(command({"check", study}, printed) == 0);
    CHECK(printed.find("12 x 12 cells of 10 m") != std::string::npos);
    CHECK(command({"run", study, "-o", out}, printed) == 0);
    CHECK(printed.find("shore") != std::string::npos);
    CHECK(printed.find("suitability.tif") != std::string::npos);
    CHECK(command({"run", study, "-q", "-o", out, "--check", out + "/ranking.csv"}, printed) == 0);
    write_file(folder.path("expected.csv"), "name,score\nhill,0.5\nshore,0.9\n");
    CHECK(command({"run", study, "-q", "-o", out, "--check", folder.path("expected.csv")}, printed) == 1);
    CHECK(printed.find("site 'hill': score is") != std::string::npos);
}

TEST_CASE("a trace is written when the run fails, too") {
    const StudyFolder folder;
    write_file(folder.path("study.yaml"), small_study(folder));
    std::filesystem::create_directory(folder.path("out"));
    write_file(folder.path("out/mine"), "");
    std::string printed;
    CHECK(command({"run", folder.path("study.yaml"), "-o", folder.path("out"), "--trace", folder.path("t.json")},
                  printed) == 1);
    CHECK(read_file(folder.path("t.json")).find("\"prepare\"") != std::string::npos);
}

TEST_CASE("a file that is no study is quoted by its beginning") {
    const StudyFolder folder;
    write_file(folder.path("study.yaml"), std::string(5000, '\1'));
    std::string printed;
    CHECK(command({"check", folder.path("study.yaml")}, printed) == 1);
    CHECK(printed.find("found '␁␁") != std::string::npos);
    CHECK(printed.find('\1') == std::string::npos);
    CHECK(printed.size() < 1000);
}

TEST_CASE("a mistake is one line with its place, and 1") {
    const StudyFolder folder;
    std::string study = small_study(folder);
    study.replace(study.find("worst: 0 m"), 10, "worst: 0.5 min");
    write_file(folder.path("study.yaml"), study);
    std::string printed;
    CHECK(command({"run", folder.path("study.yaml"), "-q", "-o", folder.path("out")}, printed) == 1);
    CHECK(printed.find("study.yaml:12:") != std::string::npos);
    CHECK(printed.find("criterion 'height'") != std::string::npos);
    CHECK(std::ranges::count(printed, '\n') == 1);
    CHECK(!std::filesystem::exists(folder.path("out")));
    CHECK(command({"run", folder.path("nothing.yaml")}, printed) == 1);
    CHECK(printed.find("nothing.yaml") != std::string::npos);
}
