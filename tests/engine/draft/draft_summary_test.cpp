// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/draft_summary.hpp"

#include "tests/support/draft.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace zonerank;
using namespace zonerank::tests;
using engine::FoundData;
using engine::Wishes;

namespace {

struct Drafted {
    Folder folder;
    FoundData data;
    Wishes wishes{.study = folder / "my study.yaml"};
    engine::Draft draft;

    Drafted() {
        data.layers.push_back(found(
            folder, "roads.geojson",
            {feature(R"("class": "trunk")", line(73, 74, 33)), feature(R"("class": "trunk")", line(73, 74, 34))}));
        data.layers.push_back(found(folder, "what\x1b[31m.geojson", {feature("", point(73.5, 33.5))}));
        data.skipped.push_back({folder / "broken.tif", "can't be opened"});
        draft = engine::draft_study(wishes, data, only_files);
    }
};

} // namespace

TEST_CASE("what is taken for what, what is left out, and what comes next") {
    const Drafted d;
    const std::string text = engine::draft_summary(d.draft, d.wishes, d.data, 0);
    CHECK(text.find("roads.geojson  roads") != text.npos);
    CHECK(text.find("not opened: broken.tif: can't be opened") != text.npos);
    CHECK(text.find("missing: power") != text.npos);
    CHECK(text.find("zonerank run '") != text.npos); // its name has a blank
    CHECK(text.find('\x1b') == text.npos);
}

TEST_CASE("what is left out on purpose is not missing") {
    Drafted d;
    d.draft.criteria.front().layers = {"roads"};
    d.draft.criteria.front().why_not = "another does";
    const std::string name = d.draft.criteria.front().name;
    const std::string text = engine::draft_summary(d.draft, d.wishes, d.data, 0);
    CHECK(text.find("not needed: " + name + " (the study says why)") != text.npos);
    CHECK(text.find("missing: " + name) == text.npos);
    const auto json = nlohmann::json::parse(engine::draft_json(d.draft, d.wishes, d.data));
    CHECK(json["not_needed"][0] == name);
}

TEST_CASE("the same for scripts") {
    const Drafted d;
    const auto json = nlohmann::json::parse(engine::draft_json(d.draft, d.wishes, d.data));
    CHECK(json["study"] == (d.folder / "my study.yaml").string());
    CHECK(json["sites"].is_null());
    CHECK(json["layers"][0]["used_by"] == nlohmann::json({"trunk road", "local roads"}));
    CHECK(json["not_opened"][0]["why"] == "can't be opened");
    CHECK(json["missing"].size() + json["not_needed"].size() + json["criteria"].size() == d.draft.criteria.size());
}
