// SPDX-License-Identifier: Apache-2.0
#include "engine/presentations.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace zonerank::engine;

namespace {

/// The files of all, each of which only one may write.
std::set<std::string> files_with(bool report, bool project) {
    Prepared prepared;
    prepared.study.outputs.report = report;
    prepared.study.outputs.project = project;
    std::set<std::string> files;
    for (const Presentation& shown : presentations(prepared, nullptr))
        for (const std::string& file : shown.files)
            CHECK(files.insert(file).second);
    return files;
}

} // namespace

TEST_CASE("presentations: those that are asked for, no two of which write the same file") {
    const std::set<std::string> project{"area.geojson", "area.qml", "study.qgz"};
    CHECK(files_with(false, false).empty());
    CHECK(files_with(true, false) == std::set<std::string>{"report.html"});
    CHECK(files_with(false, true) == project);
    CHECK(files_with(true, true).size() == project.size() + 1);
}
