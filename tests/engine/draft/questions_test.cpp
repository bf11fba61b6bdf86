// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/questions.hpp"

#include "tests/support/draft.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace zonerank;
using namespace zonerank::tests;
using engine::Wishes;

namespace {

struct Talk {
    Folder folder;
    engine::FoundData data;
    std::ostringstream said;

    Talk() {
        data.layers.push_back(found(
            folder, "districts.geojson",
            {feature(R"("name": "Mirpur")", square(73, 33, 0.5)), feature(R"("name": "Kotli")", square(74, 33, 0.5))}));
    }
    Wishes after(const std::string& answers, Wishes wishes = {}) {
        std::istringstream in(answers);
        engine::ask(wishes, data, folder.path(), {in, said});
        return wishes;
    }
};

} // namespace

TEST_CASE("Enter takes the defaults, and so does the end") {
    for (const char* answers : {"\n\n\n", "", "\n"}) {
        Talk talk;
        const Wishes wishes = talk.after(answers);
        CHECK_FALSE(wishes.area);
        CHECK_FALSE(wishes.box);
        CHECK_FALSE(wishes.sites);
        CHECK(wishes.title.empty());
    }
}

TEST_CASE("questions hold no stand-ins of control characters") {
    Talk talk;
    talk.after("\n\n\n");
    CHECK(talk.said.str().find("\nA title (Enter") != std::string::npos);
    CHECK(talk.said.str().find("\u240a") == std::string::npos);
}

TEST_CASE("a district by its name; a slip is asked again") {
    Talk talk;
    const Wishes wishes = talk.after("\n2\nMirpr\nMirpur\nMy title\n");
    REQUIRE(wishes.area);
    CHECK(wishes.area->where == "name = 'Mirpur'");
    CHECK(wishes.title == "My title");
    CHECK(talk.said.str().find("did you mean 'Mirpur'?") != std::string::npos);
}

TEST_CASE("a place, a box, a file of sites, or none") {
    Talk talk;
    CHECK(talk.after("\n3\n73.75,33.15\n\n\n").box->ymax == doctest::Approx(33.33).epsilon(0.001));
    CHECK(talk.after("\n4\n1,2,3\n1,2,3,4\n\n").box == rasters::Box{1, 2, 3, 4});
    CHECK(talk.after("2\nnone.geojson\ndistricts.geojson\n").sites->path == talk.folder / "districts.geojson");
    CHECK(talk.after("3\n").no_sites);
    CHECK(talk.after("9\nx\n3\n").no_sites);
}

TEST_CASE("what is known already is not asked") {
    Talk talk;
    talk.after("", {.box = rasters::Box{1, 2, 3, 4}, .no_sites = true, .title = "T"});
    CHECK(talk.said.str().empty());
}
