// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/check.hpp"

#include "engine/outputs/site_files.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/ranking.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;

namespace {

using Lines = std::vector<std::string>;

Lines differences_from(const std::string& csv) {
    const tests::Folder folder;
    tests::write_file(folder / "expected.csv", csv);
    return differences(tests::small_ranking(), read_expected(folder / "expected.csv"));
}

const std::string all_names = "Jatlan\n'=Bong\nمیرپور\n\"Reservoir, bank\"\n";

} // namespace

TEST_CASE("check: a ranking does not differ from its own CSV") {
    const tests::Folder folder;
    write_ranking_csv(tests::small_ranking(), folder / "ranking.csv");
    CHECK(differences(tests::small_ranking(), read_expected(folder / "ranking.csv")).empty());
}

TEST_CASE("check: columns that only the ranking has do not count, others do") {
    CHECK(differences_from("name\n" + all_names).empty());
    CHECK(differences_from("name,colour\nJatlan,red\n'=Bong,red\nمیرپور,red\n\"Reservoir, bank\",red\n") ==
          Lines{"column 'colour' is expected, but the ranking has none"});
}

TEST_CASE("check: numbers within 1e-6, relative when they are large") {
    const auto with = [](const std::string& score, const std::string& metres) {
        return differences_from("id,score,main_road_km\nid-Jatlan," + score + "," + metres +
                                "\nid-=Bong,0.5,10\nid-میرپور,0.25,20\n\"id-Reservoir, bank\",,\n");
    };
    CHECK(with("0.8125", "1.2345").empty());
    CHECK(with("0.8125009", "1.2345").empty());
    CHECK(with("8.125e-1", "1.2345").empty());
    CHECK(with("0.8125011", "1.2345") == Lines{"site 'id-Jatlan': score is 0.8125, expected 0.8125011"});
    CHECK(with("0.8125", "1.23") == Lines{"site 'id-Jatlan': main_road_km is 1.2345, expected 1.23"});
    CHECK(with("", "1.2345") == Lines{"site 'id-Jatlan': score is 0.8125, expected empty"});
    CHECK(with("high", "1.2345") == Lines{"site 'id-Jatlan': score is 0.8125, expected high"});
    CHECK(differences_from("id,price\nid-Jatlan,5.000004\nid-=Bong,-7.000006\nid-میرپور,0.1\n\"id-Reservoir, bank\",\n")
              .empty());
}

TEST_CASE("check: a missing number is not 0") {
    CHECK(differences_from("name,score\nJatlan,0.8125\n'=Bong,0.5\nمیرپور,0.25\n\"Reservoir, bank\",0\n") ==
          Lines{"site 'Reservoir, bank': score is empty, expected 0"});
}

TEST_CASE("check: sites that only one side has") {
    CHECK(differences_from("name,rank\nJatlan,1\n'=Bong,2\nDina,3\nمیرپور,4\n") ==
          Lines{"site 'میرپور': rank is 3, expected 4", "site 'Reservoir, bank' is not expected",
                "site 'Dina' is expected, but not in the ranking"});
}

TEST_CASE("check: texts to the letter, and harmless for the terminal") {
    CHECK(differences_from("name,soil\nJatlan,cl\x1b[2Jay\n'=Bong,clay\nمیرپور,2\n\"Reservoir, bank\",\n") ==
          Lines{"site 'Jatlan': soil is clay, expected cl␛[2Jay"});
}

TEST_CASE("check: sites that share a name need ids") {
    Ranking ranking = tests::small_ranking();
    ranking.rows[1].name = "Jatlan";
    const tests::Folder folder;
    tests::write_file(folder / "expected.csv", "name\n" + all_names);
    CHECK(differences(ranking, read_expected(folder / "expected.csv")) ==
          Lines{"site 'Jatlan' is in the ranking twice", "site ''=Bong' is expected, but not in the ranking"});
}

TEST_CASE("check: a file that can't be used is an error that names it") {
    const auto fails = [](const std::string& csv, const char* why) {
        CHECK_THROWS_WITH_AS(differences_from(csv), doctest::Contains(why), Error);
        CHECK_THROWS_WITH_AS(differences_from(csv), doctest::Contains("expected.csv"), Error);
    };
    fails("", "holds no sites");
    fails("name\n", "holds no sites");
    fails("rank,score\n1,0.5\n", "neither 'id' nor 'name'");
    fails("name,rank\nJatlan,1\nJatlan,2\n", "'Jatlan' is there twice");
    fails("name,rank\nJatlan\n", "row 2 has 1 fields, the header 2");
    fails("name\n\"Jatlan", "never closed");
    CHECK_THROWS_WITH_AS(differences(tests::small_ranking(), read_expected("/nowhere/expected.csv")),
                         "/nowhere/expected.csv: can't be read", Error);
    CHECK_THROWS_WITH_AS(differences(tests::small_ranking(), read_expected("/tmp")), "/tmp: can't be read", Error);
}
