// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/styles/site_style.hpp"

#include "engine/outputs/styles/colours.hpp"
#include "tests/support/ranking.hpp"
#include "tests/support/xml.hpp"

#include <doctest/doctest.h>

#include <cstdio>

using namespace zonerank;
using namespace zonerank::engine;
using tests::attribute;
using tests::of_scores;
using tests::Tree;

namespace {

// How many of the rules "score >= a AND score < b" hold for a score.
int rules_for(double score, const Tree& style) {
    int count = 0;
    for (const CPLXMLNode* rule : style.all("=qgis.renderer-v2.rules", "rule")) {
        double from = 0, to = 0;
        const std::string filter = attribute(rule, "filter");
        if (std::sscanf(filter.c_str(), R"("rank" IS NOT NULL AND "score" >= %lf AND "score" <= %lf)", &from, &to) == 2)
            count += score >= from && score <= to;
        else if (std::sscanf(filter.c_str(), R"("rank" IS NOT NULL AND "score" >= %lf AND "score" < %lf)", &from,
                             &to) == 2)
            count += score >= from && score < to;
    }
    return count;
}

} // namespace

TEST_CASE("site_style: a site has the colour that its score has on the map") {
    const std::string style = sites_style(of_scores({0.92, 0.96}));
    CHECK(style.find(rgba(score_colour(0.955))) != std::string::npos); // of the class from 0.95 to 0.96
    CHECK(style.find(rgba(score_colour(0))) == std::string::npos);
    CHECK(style.find(rgba(score_colour(0.5))) == std::string::npos);
}

TEST_CASE("site_style: the rank stands in the dot of sites that have one, and in no legend") {
    const std::string style = sites_style(of_scores({0.9, 0.3}));
    const auto count = [&](const std::string& what) {
        std::size_t found = 0;
        for (std::size_t at = style.find(what); at != std::string::npos; at = style.find(what, at + 1))
            ++found;
        return found;
    };
    const std::size_t dots = count("class=\"SimpleMarker\"");
    CHECK(count("to_string(&quot;rank&quot;)\"/>") == dots - 1); // not in that of sites without a rank
    CHECK(count("name=\"chr\" type=\"QString\" value=\" \"") == dots - 1);
}

TEST_CASE("site_style: each ranked score falls into one class of a round step") {
    for (const auto& scores : std::vector<std::vector<double>>{{0.81, 0.25, 0.5},
                                                               {1, 0},
                                                               {0.6, 0.4},
                                                               {0.5, 0.5},
                                                               {0.7123, 0.7131, 0.7128},
                                                               {0},
                                                               {1},
                                                               {0.9, 0.3, 0.6},
                                                               {0.123456, 0.123457}}) {
        CAPTURE(scores.front());
        const Tree style(sites_style(of_scores(scores)));
        const auto rules = style.all("=qgis.renderer-v2.rules", "rule");
        CHECK(rules.size() >= 2);
        CHECK(rules.size() <= 9);
        CHECK(attribute(rules.back(), "filter") == "ELSE");
        CHECK(style.all("=qgis.renderer-v2.symbols", "symbol").size() == rules.size());
        for (const double score : scores)
            CHECK(rules_for(score, style) == 1);
    }
    const Tree style(sites_style(tests::small_ranking()));
    CHECK(attribute(style.all("=qgis.renderer-v2.rules", "rule")[0], "label") == "score 0.8 to 0.9");
    const Tree none(sites_style({}));
    CHECK(none.all("=qgis.renderer-v2.rules", "rule").size() == 1);
}
