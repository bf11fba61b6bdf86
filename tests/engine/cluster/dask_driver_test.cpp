// SPDX-License-Identifier: Apache-2.0
#include "engine/cluster/dask_driver.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

using namespace zonerank;
using namespace zonerank::tests;

namespace fs = std::filesystem;

TEST_CASE("the driver is found beside the program that is built and below the share folder of one installed") {
    const Folder folder;
    const fs::path program = folder / "usr" / "bin" / "zonerank";
    CHECK_THROWS_WITH_AS(engine::dask_driver(program), doctest::Contains("/usr/share/zonerank/zonerank_submit.py"),
                         Error);
    const fs::path installed = folder / "usr" / "share" / "zonerank" / "zonerank_submit.py";
    fs::create_directories(installed.parent_path());
    write_file(installed, "");
    CHECK(engine::dask_driver(program) == installed);
    const fs::path built = folder / "usr" / "bin" / "share" / "zonerank" / "zonerank_submit.py";
    fs::create_directories(built.parent_path());
    write_file(built, "");
    CHECK(engine::dask_driver(program) == built);
}

TEST_CASE("this program is a file") {
    CHECK(fs::is_regular_file(engine::this_program()));
}

TEST_CASE("a process goes on as python with the driver's words and its exit code") {
    const Folder folder;
    write_file(folder / "python", "#!/bin/sh\nprintf '%s|' \"$@\" > \"$4\"\nexit 7\n");
    fs::permissions(folder / "python", fs::perms(0755));
    const std::string said = (folder / "said").string();
    std::fflush(nullptr); // or the child prints it, too
    std::cout.flush();
    if (const pid_t child = fork(); child == 0) {
        engine::become_driver((folder / "python").string(), "driver.py", {"a b", said});
    } else {
        int status = 0;
        waitpid(child, &status, 0);
        CHECK(WEXITSTATUS(status) == 7);
    }
    CHECK(read_file(said) == "-B|driver.py|a b|" + said + "|");
}

TEST_CASE("no python: the package is named") {
    CHECK_THROWS_WITH_AS(engine::become_driver("/nowhere/python3", "driver.py", {}),
                         "/nowhere/python3 can't be started: No such file or directory; Debian's package "
                         "python3-distributed has what submit needs",
                         Error);
}
