// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/where.hpp"

#include "layers/vectors/ogr.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace zonerank;
using layers::Where;

namespace {

// Three towns, one without people.
struct Towns {
    tests::Folder folder;
    layers::VectorLayer layer = [this] {
        tests::write_file(folder / "towns.csv", "name,people,x,y\nMirpur,96000,1,1\nDina,,2,2\nO'Hara,7,3,3\n");
        return layers::VectorLayer(folder / "towns.csv", "", {});
    }();

    int passing(const std::string& text) const {
        const Where where(text, layer.definition(), layer.fields());
        int count = 0;
        layer.each([&](OGRFeature& feature) { count += where.passes(feature) ? 1 : 0; });
        return count;
    }
};

} // namespace

TEST_CASE("conditions of all kinds") {
    const Towns towns;
    struct Row {
        const char* text;
        int count;
    };
    for (const Row& row : {Row{"", 3},
                           {"  \n", 3},
                           {"people > 100", 1},
                           {"people is null", 1},
                           {"people is not null", 2},
                           {"people <> 7", 1},
                           {"not people = 7", 2},
                           {"name in ('Mirpur', 'Dina')", 2},
                           {"name = 'O''Hara'", 1},
                           {"name = 'mirpur'", 1},
                           {"name like 'M%' or people < 10", 2},
                           {"\"people\" * 2 = 14", 1},
                           {"people between 7 and 96000", 2},
                           {"cast(people as character) = '7'", 1}}) {
        CAPTURE(std::string(row.text));
        CHECK(towns.passing(row.text) == row.count);
    }
}

TEST_CASE("what can't be read is one line with the reason") {
    const Towns towns;
    for (const char* text : {"people >", "people > 'many'", "(people = 7", "people = 7)", "select 1", "people = 7;",
                             "people in (select people from towns)", "'unclosed", "no_function(people) = 1"}) {
        CAPTURE(std::string(text));
        try {
            towns.passing(text);
            FAIL("it was read");
        } catch (const Error& error) {
            const std::string why = error.what();
            CHECK(why.starts_with("where"));
            CHECK(why.find('\n') == why.npos);
        }
    }
}

TEST_CASE("nesting without end is refused, not followed") {
    const Towns towns;
    const std::string deep = std::string(100'000, '(') + "people = 7" + std::string(100'000, ')');
    CHECK_THROWS_AS(towns.passing(deep), Error);
    std::string wide = "people = 7";
    for (int i = 0; i < 20'000; ++i)
        wide += " or people = 7";
    try {
        CHECK(towns.passing(wide) == 1);
    } catch (const Error&) {
        // refused is as good
    }
}
