// SPDX-License-Identifier: Apache-2.0
#include "engine/records/site_table.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

using namespace zonerank;

TEST_CASE("site_table: sites with and without a rank, and what criteria add") {
    const tests::Folder folder;
    tests::write_file(folder / "r.csv", "rank,id,name,score,reason,power_km,local_roads_part\n"
                                        "1,a,\"Hill, upper\",0.75,,3,0.5\n,b,Lake,,under water,4,\n");
    const auto sites = engine::read_sites(folder / "r.csv");
    REQUIRE(sites.size() == 2);
    CHECK(sites[0].name == "Hill, upper");
    CHECK(sites[0].rank == 1);
    CHECK(sites[0].score == 0.75);
    CHECK(sites[0].parts == std::map<std::string, double>{{"local_roads", 0.5}});
    CHECK_FALSE(sites[1].rank);
    CHECK(sites[1].reason == "under water");
    CHECK(sites[1].parts.empty());
}

TEST_CASE("site_table: tables that are none") {
    const tests::Folder folder;
    for (const auto& [text, why] : {std::pair{"", "holds nothing"},
                                    {"id,name\na\n", "row 2 has 1 fields, the header 2"},
                                    {"rank,score\n1,2\n", "has neither a column 'id' nor 'name'"},
                                    {"id\n\"a\n", "quotation mark"}}) {
        tests::write_file(folder / "r.csv", text);
        CAPTURE(why);
        try {
            engine::read_sites(folder / "r.csv");
            FAIL("no Error");
        } catch (const Error& e) {
            CHECK(std::string(e.what()).find(why) != std::string::npos);
        }
    }
    CHECK_THROWS_AS(engine::read_sites(folder / "none.csv"), Error);
}

TEST_CASE("site_table: which columns differ") {
    const tests::Folder folder;
    tests::write_file(folder / "a.csv", "id,score,old\n1,0.5,x\n2,0.4,y\n");
    tests::write_file(folder / "b.csv", "id,new,score\n1,z,0.5\n2,z,0.41\n3,z,0.1\n");
    const auto same = engine::compare_tables(folder / "a.csv", folder / "a.csv");
    CHECK(same.same());
    CHECK(engine::difference_text(same) == "the same cells");
    const auto other = engine::compare_tables(folder / "a.csv", folder / "b.csv");
    CHECK(other.columns == std::vector<std::string>{"score"});
    CHECK(engine::difference_text(other) ==
          "other values in score, new columns new, gone columns old, 3 rows instead of 2");
}
