// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/ranking_table.hpp"

#include "engine/text/utf8.hpp"
#include "tests/support/ranking.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace zonerank;
using namespace zonerank::engine;

namespace {

std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> result;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        result.push_back(line);
    return result;
}

// Twelve criteria, too many for columns of their own.
Ranking wide_ranking() {
    Ranking ranking = tests::small_ranking();
    for (int i = 0; i < 10; ++i) {
        ranking.columns.push_back(
            {.name = "criterion " + std::to_string(i), .label = "", .theme = "", .unit = {}, .weight = 0.01});
        for (SiteRow& row : ranking.rows)
            row.entries.push_back({1, 1, 0.01});
    }
    return ranking;
}

std::string without_colours(std::string text) {
    for (std::size_t at; (at = text.find('\x1b')) != text.npos;)
        text.erase(at, text.find('m', at) - at + 1);
    return text;
}

} // namespace

TEST_CASE("ranking_table: as people read it") {
    CHECK(ranking_table(tests::small_ranking(), {.width = 80}) ==
          "rank  site    score              usable  main road  soil\n"
          "  1   Jatlan  0.812  ████████▏     80 %       0.90  0.55\n"
          "  2   =Bong   0.500  █████         80 %       0.50  0.50\n"
          "  3   میرپور  0.250  ██▌           80 %       0.20  0.40\n"
          "\n"
          "without a rank\n"
          "  -   Reservoir, bank  8 % is usable, 50 % are needed\n");
}

TEST_CASE("ranking_table: with many criteria, what sets a site apart from the others") {
    const auto text = lines(ranking_table(wide_ranking(), {.width = 100}));
    CHECK(text[0] == "rank  site    score              usable  strongest         weakest");
    // Mean values: 0.533 for the road (weight 0.75), 0.483 for the soil (0.25), 1 for the rest.
    // Jatlan: +0.275, +0.017, 0. Bong: -0.025, +0.004, 0. Mirpur: -0.25, -0.021, 0.
    CHECK(text[1] == "  1   Jatlan  0.812  ████████▏     80 %  main road 0.90    criterion 0 1.00");
    CHECK(text[2] == "  2   =Bong   0.500  █████         80 %  soil 0.50         main road 0.50");
    CHECK(text[3] == "  3   میرپور  0.250  ██▌           80 %  criterion 0 1.00  main road 0.20");
}

TEST_CASE("ranking_table: ranked lines keep to the width, however narrow") {
    for (int width = 45; width < 200; width += 3)
        for (const Ranking& ranking : {tests::small_ranking(), wide_ranking()})
            for (const std::string& line : lines(ranking_table(ranking, {.width = width}))) {
                if (line.find("is usable") != line.npos)
                    continue;
                CAPTURE(line);
                CHECK(display_width(line) <= width);
            }
    CHECK(lines(ranking_table(tests::small_ranking(), {.width = 30}))[0] == "rank  site    score  usable");
}

TEST_CASE("ranking_table: ties, long names and control characters") {
    Ranking ranking = tests::small_ranking();
    ranking.rows[1].rank = 1;
    ranking.rows[1].name = "\x1b[2Jgone";
    ranking.rows[2].name = std::string(60, 'x');
    const auto text = lines(ranking_table(ranking, {.width = 100}));
    CHECK(text[1].starts_with("  1=  Jatlan "));
    CHECK(text[2].starts_with("  1=  ␛[2Jgone "));
    CHECK(text[3].starts_with("  3   " + std::string(31, 'x') + "…  0.250"));
    ranking.rows[3].name = ranking.rows[3].reason = "\x07";
    CHECK(lines(ranking_table(ranking, {})).back() == "  -   ␇  ␇");
}

TEST_CASE("ranking_table: colours change nothing but colours") {
    for (const Ranking& ranking : {tests::small_ranking(), wide_ranking()}) {
        const std::string coloured = ranking_table(ranking, {.ink = {.colours = true}}), bare = ranking_table(ranking, {});
        CHECK(bare.find('\x1b') == bare.npos);
        CHECK(coloured.find("\x1b[1m") != coloured.npos);
        std::string stripped;
        for (const std::string& line : lines(without_colours(coloured)))
            stripped += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
        CHECK(stripped == bare);
    }
}

TEST_CASE("ranking_table: long rankings are cut with a word on where the rest is") {
    const auto text = lines(ranking_table(tests::small_ranking(), {.width = 80, .most = 2}));
    CHECK(text[2].starts_with("  2   =Bong"));
    CHECK(text[3] == "      … and 1 more in ranking.csv");
    CHECK(text.size() == 7);
}

TEST_CASE("ranking_table: nothing ranked, nothing at all") {
    Ranking ranking = tests::small_ranking();
    ranking.rows.erase(ranking.rows.begin(), ranking.rows.begin() + 3);
    CHECK(ranking_table(ranking, {}) == "without a rank\n  -   Reservoir, bank  8 % is usable, 50 % are needed\n");
    ranking.rows.clear();
    CHECK(ranking_table(ranking, {}) == "");
}

TEST_CASE("ranking_table: a pipe is no terminal, and a terminal may not want colours") {
    int pipe[2];
    REQUIRE(::pipe(pipe) == 0);
    CHECK(style_for(pipe[1]).width == 100);
    CHECK_FALSE(style_for(pipe[1]).ink.colours);
    ::close(pipe[0]);
    ::close(pipe[1]);

    const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0) {
        MESSAGE("skipped: no terminal can be opened here");
        return;
    }
    REQUIRE(::grantpt(terminal) == 0);
    REQUIRE(::unlockpt(terminal) == 0);
    const int side = ::open(::ptsname(terminal), O_RDWR | O_NOCTTY);
    REQUIRE(side >= 0);
    const winsize size{24, 72, 0, 0};
    REQUIRE(::ioctl(side, TIOCSWINSZ, &size) == 0);
    ::setenv("TERM", "xterm", 1);
    ::unsetenv("NO_COLOR");
    CHECK(style_for(side).width == 72);
    CHECK(style_for(side).ink.colours);
    ::setenv("NO_COLOR", "1", 1);
    CHECK_FALSE(style_for(side).ink.colours);
    ::unsetenv("NO_COLOR");
    ::setenv("TERM", "dumb", 1);
    CHECK_FALSE(style_for(side).ink.colours);
    ::close(side);
    ::close(terminal);
}
