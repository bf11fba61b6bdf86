// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/draft_text.hpp"

#include "engine/model/prepared.hpp"
#include "engine/text/yaml.hpp"
#include "tests/support/draft.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;
using engine::FoundData;
using engine::Wishes;

static std::vector<std::string> roads() {
    return {feature(R"("class": "trunk")", line(73.5, 73.6, 33.5)),
            feature(R"("class": "tertiary")", line(73.5, 73.6, 33.6))};
}

static layers::Node read(const std::string& text) {
    layers::Problems problems;
    layers::Node node = engine::parse_yaml(text, "study.yaml", problems);
    CHECK(problems.ok());
    return node;
}

static std::string drafted(const FoundData& data, const Wishes& wishes) {
    return engine::draft_text(engine::draft_study(wishes, data, only_files), wishes);
}

TEST_CASE("the study can be prepared as it is written, whatever the file is called") {
    for (const char* name : {"roads.geojson", "it's \"roads\" ${HOME}: ü#1.geojson", "- roads, [a] {b}.geojson"}) {
        CAPTURE(name);
        const Folder folder;
        FoundData data;
        data.layers.push_back(found(folder, name, roads()));
        const Wishes wishes{.study = folder / "study.yaml", .title = "A \"title\": #1 ${x}"};
        write_file(wishes.study, drafted(data, wishes));
        const auto prepared = engine::prepare(wishes.study, only_files, 1, [](const engine::Progress&) {}, {false});
        CHECK(prepared->problems.ok());
        CHECK(prepared->study.title == wishes.title);
    }
}

TEST_CASE("layers are told with what is in them, what is missing stands as a comment") {
    const Folder folder;
    FoundData data;
    data.layers.push_back(found(folder, "roads.geojson", roads()));
    const std::string text = drafted(data, {.study = folder / "study.yaml"});
    CHECK(
        text.find("  # motorways, trunk and primary roads: 1 of 2 lines\n  main roads: {source: roads.geojson, where: "
                  "\"class = 'trunk'\"}\n") != text.npos);
    CHECK(text.find("    # power: {use: grid connection, of: substations}\n") != text.npos);
    CHECK(text.find("  # labor:  # nothing was found for it\n") != text.npos);
    CHECK(text.find("    # Trunk road access: distance {to: roads}; linear {best: 0.5 km, worst: 10 km}\n") !=
          text.npos);
    CHECK(text.find("# sites: {source: plots.geojson") != text.npos);
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1)
        if (text[at] == '#')
            CHECK(text.find('\n', at) - at <= 103);
}

TEST_CASE("a hostile layer's name stays a name") {
    const Folder folder;
    FoundData data;
    data.layers.push_back(found(folder, "roads.geojson", roads()));
    data.layers.front().layer = "x'\n\"}, study: y # ${z}";
    const layers::Node study = read(drafted(data, {.study = folder / "study.yaml"}));
    CHECK(study.find("layers")->find("roads")->find("layer")->text == "x'\n\"}, study: y # ${z}");
    CHECK(study.find("study")->text != "y");
}

TEST_CASE("a file far off is named in full, one nearby from the study") {
    const Folder folder;
    FoundData data;
    data.layers.push_back(found(folder, "roads.geojson", roads()));
    const auto source = [&](const std::filesystem::path& study) {
        return read(drafted(data, {.study = study})).find("layers")->find("roads")->find("source")->text;
    };
    CHECK(source(folder / "studies/study.yaml") == "../roads.geojson");
    CHECK(source("/nowhere/at/all/study.yaml") == (folder / "roads.geojson").string());
}
