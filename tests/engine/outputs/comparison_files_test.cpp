// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/comparison_files.hpp"

#include "tests/support/comparing.hpp"

#include <nlohmann/json.hpp>

using namespace zonerank;
using namespace zonerank::engine;
using Json = nlohmann::json;

TEST_CASE("ranks.csv: each site's ranks and figures, names made harmless") {
    CHECK(ranks_csv(tests::compared()) ==
          "site,best_rank,worst_rank,spread,study rank,study score,weighted sum rank,weighted sum score,product rank,"
          "product score\n"
          "\"Bank, \"\"A\"\"\",1,2,1,1,0.55,1,0.55,2,0.316227766017\n"
          "'=Khaliq,1,2,1,2,0.45,2,0.45,1,0.4472135955\n"
          "Dadyal,3,3,0,3,0.1,3,0.1,3,0\n");
}

TEST_CASE("agreement.csv: every two methods, empty where ranks say nothing") {
    Comparison comparison = tests::compared();
    comparison.methods[2].outcome->ranks = {1, 1, 1};
    CHECK(agreement_csv(comparison, pairings(comparison)) == "method_a,method_b,kendall,spearman,weighted_kendall\n"
                                                             "study,weighted sum,1,1,1\n"
                                                             "study,product,,,\n"
                                                             "weighted sum,product,,,\n");
}

TEST_CASE("pairs.csv: relations are words, all else is numbers; without such methods a head") {
    CHECK(pairs_csv(tests::compared()) == "site_a,site_b\n");
    const Comparison of_pairs =
        compare(tests::compared_matrix(), tests::own(),
                {tests::contestant("promethee", "{of: values}"), tests::contestant("electre 3", "{of: values}")});
    const std::string text = pairs_csv(of_pairs);
    CHECK(text.starts_with("site_a,site_b,promethee relation,electre 3 credibility\n"
                           "\"Bank, \"\"A\"\"\",'=Khaliq,outranked,0.5\n"
                           "\"Bank, \"\"A\"\"\",Dadyal,"));
    CHECK(std::ranges::count(text, '\n') == 1 + 6);
}

TEST_CASE("comparison.json: methods with variant, source, assumption and what they lack") {
    const Comparison comparison = tests::compared();
    const Json json = Json::parse(comparison_json(comparison, pairings(comparison)));
    CHECK(json["methods"].size() == 4);
    CHECK(json["methods"][0]["label"] == "study");
    CHECK(json["methods"][1]["source"] == "MacCrimmon 1968");
    CHECK(json["methods"][1]["lacks"].empty());
    CHECK(json["methods"][2]["ranks"] == Json({2, 1, 3}));
    CHECK(json["methods"][3]["parameters"]["v"] == "0.5");
    CHECK(json["methods"][3]["lacks"] == Json({"monotone", "independent"}));
    CHECK(json["methods"][3]["left_out"].get<std::string>().find("use `of: values`") != std::string::npos);
    CHECK(json["agreement"][0]["kendall"] == 1.0);
}
