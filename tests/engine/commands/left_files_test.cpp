// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/left_files.hpp"

#include "tests/support/run.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace zonerank;

namespace {

/// Of files of 1500 bytes each.
std::string told(const std::vector<std::string>& files, const std::vector<std::string>& kept = {},
                 const std::string& name = "out") {
    const tests::Folder folder;
    const std::filesystem::path out = folder / name;
    for (const std::string& file : files) {
        std::filesystem::create_directories((out / file).parent_path());
        tests::write_file(out / file, std::string(1500, 'x'));
    }
    return engine::left_files_text(out, files, kept, 0.25);
}

bool before(const std::string& text, const std::string& a, const std::string& b) {
    return text.find(a) != text.npos && text.find(a) < text.find(b) && text.find(b) != text.npos;
}

} // namespace

TEST_CASE("what a run has left: names, sizes, time, the user's own files") {
    const std::string text = told({"map.tif"}, {"notes\n.txt"});
    CHECK(text.find("(0.2 s, 1 file, 1.5 kB)") != std::string::npos);
    CHECK(text.find("  map.tif    1.5 kB\n") != std::string::npos);
    CHECK(text.find("  kept: notes␊.txt\n") != std::string::npos);
    CHECK(engine::left_files_text("out", {}, {}, 130).find("(2 min 10 s, 0 files, 0 B)") != std::string::npos);
}

TEST_CASE("what a run has left: what people open first, a line for a folder, one for styles") {
    const std::string text = told({"suitability.tif", "suitability.qml", "constraints.tif", "constraints.tif.aux.xml",
                                   "criteria/a.tif", "criteria/a.qml", "criteria/b.tif", "new/a.txt", "ranking.csv",
                                   "manifest.json", "report.html", "study.qgz"});
    CHECK(text.find("(0.2 s, 12 files, 18.0 kB)") != std::string::npos);
    CHECK(before(text, "study.qgz", "report.html"));
    CHECK(before(text, "report.html", "suitability.tif"));
    CHECK(before(text, "ranking.csv", "constraints.tif"));
    CHECK(before(text, "manifest.json", "criteria/"));
    CHECK(before(text, "new/", "*.qml"));
    CHECK(text.find("4.5 kB  3 files: maps of each criterion\n") != std::string::npos);
    CHECK(text.find("1.5 kB  1 file\n") != std::string::npos);
    CHECK(text.find("3.0 kB  2 files: styles and class names beside the maps\n") != std::string::npos);
    CHECK(text.find("a.tif") == std::string::npos);
    CHECK(text.find("suitability.qml") == std::string::npos);
}

TEST_CASE("what a run has left: the next step is one that can be taken") {
    CHECK(told({"links.csv"}).find("Next") == std::string::npos);
    CHECK(told({"study.qgz"}).find("Next: open study.qgz in QGIS.\n") != std::string::npos);
    CHECK(told({"report.html"}).find("/out` opens the report.\n") != std::string::npos);
    CHECK(told({"report.html", "study.qgz"}).find("; study.qgz is for QGIS.\n") != std::string::npos);
    const std::string quoted = told({"report.html"}, {}, "my dear's");
    CHECK(quoted.find("/my dear'\\''s'` opens") != std::string::npos);
    CHECK(quoted.find("`zonerank view '") != std::string::npos);
}
