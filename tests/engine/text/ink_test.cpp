// SPDX-License-Identifier: Apache-2.0
#include "engine/text/ink.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

using namespace zonerank;
using engine::Ink;

TEST_CASE("without colours text is as it was; with them it ends plain") {
    CHECK(Ink{}.red("a") == "a");
    CHECK(Ink{}.scaled("a", 0.5) == "a");
    const Ink ink{.colours = true};
    CHECK(ink.red("a") == "\x1b[31ma\x1b[0m");
    CHECK(ink.bold("") == "");
    CHECK(ink.scaled("a", 0.5) == ink.cyan("a"));
}

TEST_CASE("a share is a colour of viridis where the terminal has all") {
    const Ink ink{.colours = true, .true_colours = true};
    CHECK(ink.scaled("a", 0) == "\x1b[38;2;59;82;139ma\x1b[0m");
    CHECK(ink.scaled("a", 0.1) == "\x1b[38;2;51;101;141ma\x1b[0m"); // halfway to the next stop
    CHECK(ink.scaled("a", 1) == "\x1b[38;2;253;231;37ma\x1b[0m");
    CHECK(ink.scaled("a", 7) == ink.scaled("a", 1));
    CHECK(ink.scaled("a", std::nan("")) == "a");
}

TEST_CASE("the environment: NO_COLOR beats CLICOLOR_FORCE, which needs no terminal") {
    const int file = ::open("/dev/null", O_WRONLY);
    for (const char* name : {"NO_COLOR", "CLICOLOR_FORCE", "COLORTERM"})
        ::unsetenv(name);
    CHECK(!engine::is_terminal(file));
    CHECK(!engine::ink_for(file).colours);
    ::setenv("CLICOLOR_FORCE", "0", 1);
    CHECK(!engine::ink_for(file).colours);
    ::setenv("CLICOLOR_FORCE", "1", 1);
    CHECK(engine::ink_for(file).colours);
    CHECK(!engine::ink_for(file).true_colours);
    ::setenv("COLORTERM", "truecolor", 1);
    CHECK(engine::ink_for(file).true_colours);
    ::setenv("NO_COLOR", "", 1); // empty: as if it were not there
    CHECK(engine::ink_for(file).colours);
    ::setenv("NO_COLOR", "1", 1);
    CHECK(!engine::ink_for(file).colours);
    for (const char* name : {"NO_COLOR", "CLICOLOR_FORCE", "COLORTERM"})
        ::unsetenv(name);
    ::close(file);
}
