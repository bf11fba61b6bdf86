// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/signatures.hpp"

#include "engine/model/changed.hpp"
#include "engine/plan/planning.hpp"
#include "tests/support/travelling.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace zonerank;
using engine::Signature;

namespace {

/// Of the fields and of the scores.
std::vector<Signature> signatures_of(const tests::StudyFolder& folder, const std::string& study) {
    const auto p = folder.ready(study);
    engine::FileHashes hashes;
    const std::vector<engine::PlannedInput> inputs = engine::planned_inputs(*p, hashes);
    const engine::Signatures signatures(*p, inputs);
    std::vector<Signature> all;
    for (std::size_t i = 0; i < p->model->fields().size(); ++i)
        all.push_back(signatures.of_field(i));
    all.push_back(signatures.of_score(false));
    return all;
}

std::string with(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != text.npos);
    return text.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("fields depend on their friction and its layers, and on nothing that comes later") {
    const tests::StudyFolder folder;
    const std::string study = tests::travelling_study(folder);
    const std::vector<Signature> before = signatures_of(folder, study);
    REQUIRE(before.size() == 3);
    CHECK(before[0].hash != before[1].hash);
    CHECK(before[0].files ==
          std::vector<std::string>{"lake.geojson", "market.geojson", "port.geojson", "road.geojson"});
    const auto same = [&](const std::string& text) {
        const std::vector<Signature> now = signatures_of(folder, text);
        std::vector<bool> equal;
        for (std::size_t i = 0; i < 3; ++i)
            equal.push_back(now[i].hash == before[i].hash);
        return equal;
    };
    using Same = std::vector<bool>;
    CHECK(same(with(study, "study: Travelling", "study: On the road")) == Same{true, true, true});
    CHECK(same(with(study, "worst: 10 min", "worst: 12 min")) == Same{true, true, false});
    CHECK(same(with(study, "60 km/h", "50 km/h")) == Same{false, false, false});
    folder.features("road.geojson", {{"", "LineString", {{0, 65}, {320, 65}}}});
    CHECK(same(study) == Same{false, false, false});
}

TEST_CASE("an input that nobody has listed is told, not left out") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(tests::travelling_study(folder));
    engine::FileHashes hashes;
    std::vector<engine::PlannedInput> inputs = engine::planned_inputs(*p, hashes);
    std::erase_if(inputs, [](const engine::PlannedInput& input) { return input.path == "road.geojson"; });
    CHECK_THROWS_WITH_AS(engine::Signatures(*p, inputs).of_field(0), doctest::Contains("road.geojson: has changed"),
                         engine::Changed);
}

TEST_CASE("cells that lie elsewhere are others, however they are counted") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(tests::travelling_study(folder));
    engine::FileHashes hashes;
    const std::vector<engine::PlannedInput> inputs = engine::planned_inputs(*p, hashes);
    const std::string before = engine::Signatures(*p, inputs).of_score(false).hash;
    CHECK(engine::Signatures(*p, inputs).of_score(false).hash == before);
    p->territory.grid.anchor.x += 1;
    CHECK(engine::Signatures(*p, inputs).of_score(false).hash != before);
    p->territory.grid.anchor.x -= 1;
    std::vector<rasters::Path>& rings = p->territory.area.polygons.front().rings;
    const std::size_t half = rings.front().size() / 2; // the same points, as two rings
    rings.emplace_back(rings.front().begin() + static_cast<std::ptrdiff_t>(half), rings.front().end());
    rings.front().resize(half);
    CHECK(engine::Signatures(*p, inputs).of_score(false).hash != before);
}

TEST_CASE("what is read beside a file is in the hash of what is made of it") {
    const tests::StudyFolder folder;
    std::string study = tests::travelling_study(folder);
    study = with(study, "port: port.geojson", "port: {source: port.csv, crs: EPSG:32643}");
    tests::write_file(folder.path("port.csv"), "x,y\n500110,3600110\n");
    const std::vector<Signature> before = signatures_of(folder, study);
    tests::write_file(folder.path("port.csvt"), "CoordX,CoordY");
    const std::vector<Signature> now = signatures_of(folder, study);
    CHECK(now[0].hash != before[0].hash);
    CHECK(std::ranges::find(now[0].files, "port.csvt") != now[0].files.end());
    tests::write_file(folder.path("port.csvt"), "Real,Real,String");
    CHECK(signatures_of(folder, study)[0].hash != now[0].hash);
}
