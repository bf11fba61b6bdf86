// SPDX-License-Identifier: Apache-2.0
#include "engine/study/reading.hpp"

#include "tests/support/folder.hpp"
#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::Section;
using layers::Dimension;
using layers::Node;
using layers::Problems;
using tests::Folder;
using tests::write_file;

namespace {

const std::vector<std::string> known{"source", "band", "override", "buffer", "keep", "value"};

std::string told(const Problems& problems) {
    std::string all;
    for (const auto& problem : problems.errors())
        all += fmt::format("{}{}:{} {}", all.empty() ? "" : "\n", problem.mark.line, problem.mark.column, problem.text);
    return all;
}

/// The paths that a name in a study of this folder stands for, or the complaint.
std::vector<std::string> resolved(const Folder& folder, const std::string& name) {
    Node node = layers::scalar(name);
    node.mark.file = std::make_shared<const std::string>((folder / "study.yaml").string());
    try {
        return engine::resolve_files(node);
    } catch (const Error& error) {
        return {error.what()};
    }
}

} // namespace

TEST_CASE("unknown keys are told with the nearest known one") {
    Problems problems;
    const Node node = tests::yaml("sorce: a\nband: 2\nbuffr: 1 km\ncolour: red\n");
    const Section section(node, "layer 'roads'", known, problems);
    CHECK(told(problems) == "1:1 layer 'roads': unknown key 'sorce'; did you mean 'source'?\n"
                            "3:1 layer 'roads': unknown key 'buffr'; did you mean 'buffer'?\n"
                            "4:1 layer 'roads': unknown key 'colour'; there is source, band, override, buffer, keep, "
                            "value");
}

TEST_CASE("a section is a mapping") {
    struct Row {
        std::string text, found;
    };
    for (const Row& row : {Row{"[a]", "a list"}, {"roads.gpkg", "'roads.gpkg'"}, {"~", "nothing"}}) {
        Problems problems;
        const Node node = tests::yaml(row.text);
        const Section section(node, "layer 'roads'", known, problems);
        CHECK(told(problems) == fmt::format("1:1 layer 'roads': expected a mapping of source, band, override, buffer, "
                                            "keep, value, found {}",
                                            row.found));
        CHECK(section.find("source") == nullptr);
    }
}

TEST_CASE("values of a section, and what is told when they don't fit") {
    Problems problems;
    const Node node =
        tests::yaml("source: a.tif\nband: 2\noverride: yes\nbuffer: 2 km\nkeep: [a, b]\nvalue: {linear: {}}\n");
    const Section section(node, "layer", known, problems);
    CHECK(section.text("source") == "a.tif");
    CHECK(section.number("band") == 2);
    CHECK(section.flag("override"));
    CHECK(section.quantity("buffer", Dimension::length) == 2000);
    CHECK(section.texts("keep") == std::vector<std::string>{"a", "b"});
    CHECK(section.texts("source") == std::vector<std::string>{"a.tif"});
    CHECK(section.choice("value")->kind == "linear");
    CHECK(told(problems).empty());

    CHECK(section.text("value", "none") == "none");
    CHECK_FALSE(section.number("source"));
    CHECK(section.flag("source", true));
    CHECK_FALSE(section.quantity("buffer", Dimension::time));
    CHECK_FALSE(section.choice("keep"));
    CHECK(section.texts("value").empty());
    CHECK(told(problems) == "6:8 layer: value: expected a single value, found a mapping\n"
                            "1:9 layer: source: expected a number, found 'a.tif'\n"
                            "1:9 layer: source: expected true or false, found 'a.tif'\n"
                            "4:9 layer: buffer: expected a time (min, h, s), found '2 km'\n"
                            "5:7 layer: keep: expected one kind, bare or with its parameters ({linear: {worst: 20 km, "
                            "best: 0 km}}), found a list"); // what is asked for twice is told once
}

TEST_CASE("a share is a percentage up to 100") {
    Problems problems;
    const Node node = tests::yaml("source: 30 %\nband: 101 %\nbuffer: 0.7\nkeep: -1 %\nvalue: 0\n");
    const Section section(node, "needs", known, problems);
    CHECK(section.share("source", 50) == 0.3);
    CHECK(section.share("override", 50) == 0.5);
    CHECK(section.share("value", 50) == 0);
    CHECK(section.share("band", 50) == 0.5);
    CHECK(section.share("buffer", 70) == 0.7);
    CHECK(section.share("keep", 50) == 0.5);
    CHECK(told(problems) == "2:7 needs: band: expected 0 % to 100 %, found '101 %'\n"
                            "3:9 needs: buffer: expected a percentage (%), found '0.7', which has no unit\n"
                            "4:7 needs: keep: expected 0 % to 100 %, found '-1 %'");
}

TEST_CASE("what is absent or null has its default") {
    Problems problems;
    const Node node = tests::yaml("source: ~\n");
    const Section section(node, "layer", known, problems);
    CHECK(section.find("source") == nullptr);
    CHECK(section.text("source", "x") == "x");
    CHECK(section.texts("keep").empty());
    CHECK(section.flag("override", true));
    CHECK_FALSE(section.number("band"));
    CHECK_FALSE(section.choice("value"));
    CHECK(told(problems).empty());
    CHECK(section.need("source", "a path") == nullptr);
    CHECK(told(problems) == "1:1 layer: 'source' is missing (a path)");
}

TEST_CASE("a name is relative to the file that it stands in") {
    const Folder folder;
    std::filesystem::create_directory(folder / "data");
    write_file(folder / "data" / "roads.gpkg", "");
    const std::string roads = (folder / "data" / "roads.gpkg").string();
    CHECK(resolved(folder, "data/roads.gpkg") == std::vector{roads});
    CHECK(resolved(folder, "./data/../data/roads.gpkg") == std::vector{roads});
    CHECK(resolved(folder, roads) == std::vector{roads});
}

TEST_CASE("a glob is all its files in order of their names") {
    const Folder folder;
    for (const char* name : {"b.tif", "a.tif", "c.tif", "a.txt", "[odd].tif"})
        write_file(folder / name, "");
    CHECK(resolved(folder, "?.tif") ==
          std::vector{(folder / "a.tif").string(), (folder / "b.tif").string(), (folder / "c.tif").string()});
    CHECK(resolved(folder, "[odd].tif") == std::vector{(folder / "[odd].tif").string()}); // a name before a pattern
    CHECK(resolved(folder, "*.gpkg") == std::vector{"no file matches " + (folder / "*.gpkg").string()});
}

TEST_CASE("a name means the same file in a study of another folder") {
    const auto rebased = [](const std::string& text, const std::string& file, const std::string& folder) {
        const layers::Mark mark{std::make_shared<const std::string>(file), 1, 1};
        Node list{.kind = Node::Kind::list, .mark = mark};
        list.items.push_back(layers::scalar(text, mark));
        engine::rebase_files(list, folder);
        return list.items.front().text;
    };
    CHECK(rebased("roads.gpkg", "/a/base/base.yaml", "/a/study") == "../base/roads.gpkg");
    CHECK(rebased("../dem/*.tif", "/a/base/base.yaml", "/a/study/deep") == "../../dem/*.tif");
    CHECK(rebased("./roads.gpkg", "/a/study/study.yaml", "/a/study") == "./roads.gpkg");
    CHECK(rebased("./roads.gpkg", "/a/x/../study/study.yaml", "/a/study") == "./roads.gpkg");
    CHECK(rebased("/a/roads.gpkg", "/a/study/study.yaml", "/a/study") == "../roads.gpkg");
    CHECK(rebased("PG:dbname=x", "/a/base/base.yaml", "/a/study") == "PG:dbname=x");
    CHECK(rebased("https://x.org/a", "/a/base/base.yaml", "/a/study") == "https://x.org/a");
}

TEST_CASE("a missing file is told with the nearest name") {
    const Folder folder;
    write_file(folder / "roads.gpkg", "");
    CHECK(resolved(folder, "raods.gpkg") ==
          std::vector{"there is no file " + (folder / "raods.gpkg").string() + "; did you mean 'roads.gpkg'?"});
    CHECK(resolved(folder, "terrain.tif") == std::vector{"there is no file " + (folder / "terrain.tif").string()});
    CHECK(resolved(folder, "dta/roads.gpkg") == std::vector{"there is no folder " + (folder / "dta").string()});
    CHECK(resolved(folder, "") == std::vector<std::string>{"expected a file's name, found nothing"});
}

TEST_CASE("a name that no file can have is told by its beginning") {
    const Folder folder;
    CHECK(resolved(folder, std::string(6000, 'k')) ==
          std::vector{"'" + std::string(60, 'k') + "…' can't be looked for: File name too long"});
}

TEST_CASE("names that are GDAL's own are left as they are, for the rules of access to judge") {
    const Folder folder;
    for (const std::string name :
         {"/vsicurl/https://x.org/a.tif", "https://x.org/a.tif", "PG:dbname=x", "<VRTDataset>", "NETCDF:a.nc:t"}) {
        CAPTURE(name);
        CHECK(resolved(folder, name) == std::vector{name});
    }
}
