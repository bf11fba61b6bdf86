// SPDX-License-Identifier: Apache-2.0
#include "engine/gathered.hpp"

#include "rasters/core/archive.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/run.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>

using namespace zonerank;
namespace fs = std::filesystem;
using engine::Gathered;

TEST_CASE("Gathered: every cell is counted once, and the sites are ranked, whatever the tiles") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(tests::small_study(folder));
    const engine::Ranking whole = tests::ranked(*p);
    Gathered gathered(*p, folder.path(""), false);
    gathered.weigh();
    for (const rasters::Window& tile : rasters::tiles(p->model->grid().window(), 7))
        gathered.add(tile);
    REQUIRE(gathered.counts());
    const auto& states = gathered.counts()->by_state;
    CHECK(std::accumulate(states.begin(), states.end(), std::int64_t{0}) == p->model->grid().window().size());
    const engine::Ranking found = gathered.sites().ranking();
    REQUIRE(found.rows.size() == whole.rows.size());
    for (std::size_t i = 0; i < whole.rows.size(); ++i)
        CHECK(found.rows[i].name == whole.rows[i].name);
}

TEST_CASE("Gathered: for the sites alone there are no maps, and tiles without a site are not asked for") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(tests::small_study(folder));
    Gathered gathered(*p, folder.path(""), true);
    CHECK_FALSE(gathered.has_maps());
    CHECK(gathered.closings().empty());
    CHECK(gathered.counts() == nullptr);
    CHECK(gathered.display() == nullptr);
    CHECK_FALSE(gathered.asks_for({100'000, 100'000, 10, 10}));
    CHECK(gathered.asks_for(p->model->grid().window()));
}

namespace {

/// 1,300 x 820 cells with all that a study can ask of a map: gaps, classes with few codes and with too many for a
/// legend, an area that leaves whole parts out, sites across parts, known zones, uncertain weights.
class Wide {
public:
    Wide() {
        std::mt19937 random(21);
        std::vector<float> hills, few, many;
        for (int cell = 0; cell < 130 * 82; ++cell) {
            hills.push_back(random() % 8 == 0 ? std::nanf("") : static_cast<float>(random() % 100));
            few.push_back(static_cast<float>(cell % 130 / 40 + 4 * (cell / 130 / 40)));
            many.push_back(static_cast<float>(cell / 20));
        }
        m_folder.raster("hill.tif", 130, hills, 100);
        m_folder.raster("few.tif", 130, few, 100);
        m_folder.raster("many.tif", 130, many, 100);
        m_folder.features("lake.geojson", {{"", "Polygon", {{4000, 2000}, {6000, 2500}, {5500, 4500}, {4000, 2000}}}});
        m_folder.features("area.geojson", {{"", "Polygon", {{0, 0}, {12'999, 1}, {5000, 8199}, {0, 8000}, {0, 0}}}});
        m_folder.features("sites.geojson", {tests::rectangle(100, 100, 3000, 2800, R"("name": "a")"),
                                            tests::rectangle(4800, 2000, 700, 3100, R"("name": "b")"),
                                            tests::rectangle(300, 7000, 95, 95, R"("name": "c")"),
                                            tests::rectangle(11'900, 7900, 95, 95, R"("name": "outside")")});
        m_folder.features("known.geojson", {tests::rectangle(4950, 2900, 400, 500, R"("n": "g")"),
                                            {R"("n": "h")", "Point", {{5117, 6001}}}});
        m_prepared = m_folder.ready(text);
    }

    const engine::Prepared& prepared() const { return *m_prepared; }
    engine::Prepared& prepared() { return *m_prepared; }
    const tests::StudyFolder& folder() const { return m_folder; }

    /// What a part of the map comes to, in a file.
    fs::path put(const rasters::Window& part, int tile) {
        const tests::Folder scratch;
        Gathered some(*m_prepared, scratch.path(), false);
        some.weigh();
        for (const rasters::Window& window : rasters::tiles(part, tile))
            some.add(window);
        const fs::path path = m_folder.path(fmt::format("{}-{}-{}.part", part.col, part.row, tile));
        rasters::ArchiveOut out(path);
        some.put(out, part);
        out.close();
        return path;
    }

private:
    static constexpr const char* text = R"(
area: {source: area.geojson}
grid: {crs: EPSG:32643, cell: 10 m}
layers:
  hill: {source: hill.tif, unit: m}
  few: {source: few.tif, values: classes}
  many: {source: many.tif, values: classes}
  lake: lake.geojson
criteria:
  land:
    hill: {weight: 2, missing: leave out, measure: {sample: {of: hill}}, value: {linear: {worst: 0 m, best: 100 m}}}
    few: {weight: 1, measure: {category: {of: few}}, value: {categories: {0: 1, 1: 0.5, other: 0.2}}}
    many: {weight: 1, measure: {category: {of: many}}, value: {categories: {3: 1, other: 0.4}}}
    shore: {weight: 1, measure: {distance: {to: lake}}, value: {linear: {best: 0 m, worst: 3 km}}}
constraints: {lake: {inside: {of: lake}}}
known: 20 %
sites: {source: sites.geojson, name: name}
validate: {good: {source: known.geojson, name: n}, cut: 0.4}
outputs: {criteria: true, reasons: true}
stability: {maps: true, draws: 20}
)";

    tests::StudyFolder m_folder;
    std::unique_ptr<engine::Prepared> m_prepared;
};

/// All files below a folder, by their names.
std::map<std::string, std::string> files_in(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            files[entry.path().lexically_relative(folder).string()] = tests::read_file(entry.path());
    return files;
}

void take(Gathered& all, const std::vector<fs::path>& parts) {
    for (const fs::path& path : parts) {
        rasters::ArchiveIn in(path);
        all.take(in);
    }
}

void close(Gathered& all) {
    engine::FileHashes hashes;
    for (engine::Maps::Closing& closing : all.closings())
        closing.work(hashes);
    all.write_styles();
}

std::vector<double> scores_of(const engine::Ranking& ranking) {
    std::vector<double> scores;
    for (const engine::SiteRow& row : ranking.rows)
        scores.push_back(row.rank == 0 ? -1 : row.score);
    return scores;
}

} // namespace

TEST_CASE("Gathered: parts put into files, taken in any order, are the files of a run") {
    Wide wide;
    const engine::RunResult result = tests::run_in(wide.folder(), wide.prepared(), {.tile = 512});
    const auto expected = files_in(wide.folder().path("out"));
    std::mt19937 random(5);
    for (const auto& [side, tile] : {std::pair{512, 300}, std::pair{1024, 512}}) {
        CAPTURE(side);
        std::vector<fs::path> parts;
        for (const rasters::Window& part : rasters::tiles(wide.prepared().model->grid().window(), side))
            parts.push_back(wide.put(part, tile));
        std::shuffle(parts.begin(), parts.end(), random);
        const tests::Folder out;
        Gathered all(wide.prepared(), out.path(), false);
        take(all, parts);
        close(all);
        const auto found = files_in(out.path());
        CHECK(found.size() > 25);
        for (const auto& [name, bytes] : found) {
            CAPTURE(name);
            const bool same = expected.contains(name) && expected.at(name) == bytes;
            CHECK(same);
        }
        CHECK(scores_of(all.sites().ranking()) == scores_of(result.ranking));
        const auto& states = all.counts()->by_state;
        CHECK(std::accumulate(states.begin(), states.end(), std::int64_t{0}) ==
              wide.prepared().model->grid().window().size());
        CHECK(all.known()->cells.total() == states[static_cast<std::size_t>(engine::State::valid)] +
                                                states[static_cast<std::size_t>(engine::State::assumed)]);
        CHECK(all.known()->at_zones[1].score.weight() > 0);
    }
}

TEST_CASE("Gathered: a part has the same bytes whatever tiles it was scored in") {
    Wide wide;
    const rasters::Window part{0, 0, 512, 512};
    const std::string bytes = tests::read_file(wide.put(part, 512));
    CHECK(bytes.size() > 100'000);
    CHECK((tests::read_file(wide.put(part, 100)) == bytes));
}

TEST_CASE("Gathered: a part that is damaged, of another study, or taken twice is an Error that names it") {
    Wide wide;
    const fs::path part = wide.put({512, 512, 512, 308}, 512);
    const auto error = [&](const engine::Prepared& p, const std::vector<fs::path>& parts) -> std::string {
        const tests::Folder scratch;
        Gathered all(p, scratch.path(), false);
        try {
            take(all, parts);
        } catch (const Error& e) {
            return e.what();
        }
        return "";
    };
    CHECK(error(wide.prepared(), {part}) == "");
    CHECK(error(wide.prepared(), {part, part}) == part.string() + ": can't be used: another part has the same ground");
    const tests::StudyFolder other;
    CHECK(error(*other.ready(tests::small_study(other)), {part}) ==
          part.string() + ": can't be used: it is of another study");
    const std::string whole = tests::read_file(part);
    const fs::path cut = wide.folder().path("cut.part");
    for (const std::size_t bytes : {std::size_t{3}, std::size_t{100}, whole.size() / 2, whole.size() - 1}) {
        tests::write_file(cut, whole.substr(0, bytes));
        CHECK(error(wide.prepared(), {cut}).starts_with(cut.string() + ": can't be used: it is "));
    }
    tests::write_file(cut, whole + "x");
    CHECK(error(wide.prepared(), {cut}) == cut.string() + ": can't be used: it is damaged");
}
