// SPDX-License-Identifier: Apache-2.0
#include "engine/study/constraint.hpp"

#include "engine/study/study_parts.hpp"
#include "tests/support/measuring.hpp"
#include "tests/support/study.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::Constraint;
using engine::Verdict;
using layers::Problems;
using layers::Sources;
using rasters::Window;
using tests::rectangle;
using tests::StudyFolder;

namespace {

const float gap = rasters::no_data;

/// Some layers to constrain by, on 6 x 4 cells of 10 m.
class Land {
public:
    explicit Land(const std::string& layers) : m_sources(specs(layers), {}) {}

    const StudyFolder& folder() const { return m_folder; }

    /// What is wrong with a constraint, all of it; "" when nothing is.
    std::string complaints(const std::string& text) {
        Problems problems;
        engine::read_constraint(spec(text), m_sources, problems);
        return tests::text_of(problems);
    }

    /// Its verdicts: . clear, # excluded, ? unknown; what it throws when it is made.
    std::string cells(const std::string& text) { return drawn(text, 1, m_grid.window()); }
    std::string parts(const std::string& text, Window window) { return drawn(text, 4, window); }

private:
    static engine::ConstraintSpec spec(const std::string& text) {
        return {"test", "test", layers::parse_choice(tests::yaml(text)), {}};
    }

    std::vector<layers::LayerSpec> specs(const std::string& text) {
        using tests::MadeFeature;
        m_folder.features("lake.geojson", {rectangle(20, 10, 20, 20, R"("kind": "lake")")});
        m_folder.features("ponds.geojson",
                          {rectangle(2, 2, 16, 6, R"("kind": "pond")"), rectangle(41, 1, 3, 38, R"("kind": "canal")"),
                           rectangle(1, 31, 2, 2, R"("kind": null)")});
        m_folder.features("road.geojson", {{"", "LineString", {{0, 13}, {60, 13}}}});
        m_folder.features("well.geojson", {{"", "Point", {{5, 5}}}});
        m_folder.features("numbered.geojson",
                          {rectangle(0, 0, 30, 40, R"("class": "10")"), rectangle(30, 0, 20, 40, R"("class": "50")"),
                           rectangle(50, 0, 10, 40, R"("class": "other")")});
        m_folder.raster("steep.tif", 6, {0,    1,    2,    3,    4,   5,  //
                                         10,   11,   12,   13,   14,  15, //
                                         15,   15.1, gap,  20,   gap, 30, //
                                         0.1F, 0.3F, 0.7F, 0.2F, 0,   0});
        m_folder.raster("cover.tif", 6, {10,  10,  50, 51, 59, 60, //
                                         10,  20,  30, 40, 50, 60, //
                                         gap, gap, 0,  0,  49, 59, //
                                         0,   0,   0,  0,  0,  0});
        Problems problems;
        layers::Node node = tests::yaml(text);
        for (auto& [name, body] : node.entries) {
            layers::Node& source = body.is_map() ? *body.find("source") : body;
            source.text = m_folder.path(source.text);
        }
        auto made = engine::read_layers(node, problems);
        REQUIRE_MESSAGE(problems.ok(), tests::text_of(problems));
        return made;
    }

    std::string drawn(const std::string& text, int factor, Window window) {
        Problems problems;
        const auto constraint = engine::read_constraint(spec(text), m_sources, problems);
        if (!constraint)
            return tests::text_of(problems);
        try {
            layers::OpenLayers opened(m_sources);
            const auto tests = constraint->tests(opened, {m_grid, rasters::refined(m_grid, 4)});
            return drawn(factor == 1 ? tests.cells(window) : tests.parts(window));
        } catch (const Error& error) {
            return error.what();
        }
    }

    static std::string drawn(const rasters::Raster<Verdict>& verdicts) {
        std::string text;
        for (const Verdict verdict : verdicts.values()) {
            text += ".#?"[static_cast<int>(verdict)];
            if (static_cast<int>(text.size() + 1) % (verdicts.window().cols + 1) == 0)
                text += '\n';
        }
        return text;
    }

    StudyFolder m_folder;
    Sources m_sources;
    rasters::Grid m_grid = tests::grid_of(6, 4, 10);
};

const std::string vectors = "lake: lake.geojson\nponds: ponds.geojson\nroad: road.geojson\nwell: well.geojson\n"
                            "numbered: numbered.geojson\nsteep: {source: steep.tif, unit: m}\n"
                            "cover: {source: cover.tif, values: classes}\n";

} // namespace

TEST_CASE("inside polygons: by the centre of the cell, with the boundary and a round buffer") {
    Land land(vectors);
    CHECK(land.cells("{inside: {of: lake}}") == "......\n"
                                                "..##..\n"
                                                "..##..\n"
                                                "......\n");
    // Centres beside the lake are 5 m off, those at its corners 7.07 m.
    CHECK(land.cells("{inside: {of: lake, buffer: 4.99 m}}") == land.cells("{inside: {of: lake}}"));
    CHECK(land.cells("{inside: {of: lake, buffer: 5 m}}") == "..##..\n"
                                                             ".####.\n"
                                                             ".####.\n"
                                                             "..##..\n");
    CHECK(land.cells("{inside: {of: lake, buffer: 7.08 m}}") == ".####.\n"
                                                                ".####.\n"
                                                                ".####.\n"
                                                                ".####.\n");
}

TEST_CASE("inside lines and points: within the buffer, which may be 0") {
    Land land(vectors);
    CHECK(land.cells("{inside: {of: road}}").find('#') == std::string::npos);
    CHECK(land.cells("{inside: {of: road, buffer: 2 m}}") == "......\n"
                                                             "......\n"
                                                             "######\n"
                                                             "......\n");
    CHECK(land.cells("{inside: {of: well}}") == "......\n"
                                                "......\n"
                                                "......\n"
                                                "#.....\n"); // exactly at the centre
    CHECK(land.cells("{inside: {of: well, buffer: 15 m}}") == "......\n"
                                                              "......\n"
                                                              "##....\n"
                                                              "##....\n");
}

TEST_CASE("inside any part: what centres miss") {
    Land land(vectors);
    CHECK(land.cells("{inside: {of: ponds}}") == "......\n"
                                                 "......\n"
                                                 "......\n"
                                                 "##....\n"); // the canal is 3 m wide, off all centres
    CHECK(land.cells("{inside: {of: ponds, cells: any part}}") == "#...#.\n"
                                                                  "....#.\n"
                                                                  "....#.\n"
                                                                  "##..#.\n");
    CHECK(land.cells("{inside: {of: road, cells: any part}}") == "......\n"
                                                                 "......\n"
                                                                 "######\n"
                                                                 "......\n");
    CHECK(land.cells("{inside: {of: ponds, where: \"kind = 'canal'\", buffer: 2 m, cells: any part}}") ==
          "...##.\n...##.\n...##.\n...##.\n");
}

TEST_CASE("several layers at once, and a condition") {
    Land land(vectors);
    CHECK(land.cells("{inside: {of: [lake, well]}}") == "......\n"
                                                        "..##..\n"
                                                        "..##..\n"
                                                        "#.....\n");
    CHECK(land.cells("{inside: {of: ponds, where: \"kind = 'pond'\"}}") == "......\n......\n......\n##....\n");
    CHECK(land.cells("{inside: {of: ponds, where: \"kind = 'sea'\"}}") ==
          "layer 'ponds': no features where kind = 'sea'");
}

TEST_CASE("outside: farther than the buffer") {
    Land land(vectors);
    CHECK(land.cells("{outside: {of: lake}}") == "######\n"
                                                 "##..##\n"
                                                 "##..##\n"
                                                 "######\n");
    CHECK(land.cells("{outside: {of: lake, buffer: 5 m}}") == "##..##\n"
                                                              "#....#\n"
                                                              "#....#\n"
                                                              "##..##\n");
    CHECK(land.cells("{outside: {of: road, buffer: 8 m}}") == "######\n######\n......\n......\n");
}

TEST_CASE("outside any part: only cells that lie within to the full are clear") {
    Land land(vectors);
    // Cells of the lake are whole; with 9 m around it, its neighbours are not.
    for (const char* buffer : {"0 m", "9 m"}) {
        CAPTURE(buffer);
        CHECK(land.cells(fmt::format("{{outside: {{of: lake, cells: any part, buffer: {}}}}}", buffer)) ==
              "######\n##..##\n##..##\n######\n");
    }
    CHECK(land.cells("{outside: {of: lake, cells: any part, buffer: 11 m}}") == "##..##\n"
                                                                                "#....#\n"
                                                                                "#....#\n"
                                                                                "##..##\n");
    // Two polygons that share a cell's ground cover it together.
    CHECK(land.cells("{outside: {of: numbered, cells: any part}}") == "......\n......\n......\n......\n");
}

TEST_CASE("cells split 4 x 4 see an edge within the cell") {
    Land land(vectors);
    const std::string shore = "....####\n....####\n....####\n....####\n";
    CHECK(land.parts("{inside: {of: lake}}", {4, 4, 8, 4}) == shore);
    CHECK(land.parts("{inside: {of: ponds, where: \"kind = 'canal'\"}}", {16, 4, 4, 2}) == "##..\n##..\n"); // 41..44
    CHECK(land.parts("{inside: {of: road, buffer: 1 m}}", {0, 8, 2, 4}) == "..\n..\n##\n..\n");             // 12..14
    CHECK(land.parts("{below: {measure: {distance: {to: road}}, limit: 1 m}}", {0, 8, 2, 4}) == "..\n..\n##\n..\n");
}

TEST_CASE("what is measured over a cell is one verdict for its parts") {
    Land land(vectors);
    // 15 m in the third row's second cell, no data in the next.
    CHECK(land.parts("{above: {measure: {sample: {of: steep}}, limit: 15 m}}", {2, 7, 8, 3}) == "........\n"
                                                                                                "..####??\n"
                                                                                                "..####??\n");
}

TEST_CASE("above and below a measurement, limit included, no data unknown") {
    Land land(vectors);
    CHECK(land.cells("{above: {measure: {sample: {of: steep}}, limit: 15 m}}") == "......\n"
                                                                                  "......\n"
                                                                                  ".#?#?#\n"
                                                                                  "......\n");
    CHECK(land.cells("{below: {measure: {sample: {of: steep}}, limit: 0.002 km}}") == "##....\n"
                                                                                      "......\n"
                                                                                      "..?.?.\n"
                                                                                      "######\n");
}

TEST_CASE("a limit that a raster holds as a float is not exceeded by it") {
    Land land(vectors); // 0.1 and 0.3 are a little more as floats than in decimals, 0.7 a little less
    CHECK(land.cells("{above: {measure: {sample: {of: steep}}, limit: 0.1 m}}").ends_with(".###..\n"));
    CHECK(land.cells("{above: {measure: {sample: {of: steep}}, limit: 0.3 m}}").ends_with("..#...\n"));
    CHECK(land.cells("{below: {measure: {sample: {of: steep}}, limit: 0.7 m}}").ends_with("##.###\n"));
    CHECK(land.cells("{inside: {of: road, buffer: 2 m}}").find('#') != std::string::npos);
}

TEST_CASE("classes of a raster: codes and ranges, no data unknown") {
    Land land(vectors);
    CHECK(land.cells("{classes: {of: cover, exclude: [10, 50..59]}}") == "#####.\n"
                                                                         "#...#.\n"
                                                                         "??...#\n"
                                                                         "......\n");
    CHECK(land.cells("{classes: {of: cover, exclude: 0}}") == "......\n"
                                                              "......\n"
                                                              "??##..\n"
                                                              "######\n");
}

TEST_CASE("classes of a polygon layer: names, no data where there is none") {
    Land land(vectors);
    CHECK(land.cells("{classes: {of: ponds, field: kind, exclude: [pond]}}") == "??????\n"
                                                                                "??????\n"
                                                                                "??????\n"
                                                                                "##????\n");
    CHECK(land.cells("{classes: {of: ponds, field: kind, exclude: [canal]}}").ends_with("..????\n"));
    CHECK(land.cells("{classes: {of: lake, field: kind, exclude: [sea]}}") == "??????\n??..??\n??..??\n??????\n");
}

TEST_CASE("classes of a polygon layer whose names are numbers") {
    Land land(vectors); // "10", "50" and "other" are the classes 0, 1 and 2 of the alphabet
    CHECK(land.cells("{classes: {of: numbered, field: class, exclude: [10]}}").starts_with("###...\n"));
    CHECK(land.cells("{classes: {of: numbered, field: class, exclude: [40..60]}}").starts_with("...##.\n"));
    CHECK(land.cells("{classes: {of: numbered, field: class, exclude: [0..1]}}").find('#') == std::string::npos);
}

TEST_CASE("a slip in a class is refused, not passed over") {
    Land land(vectors);
    CHECK(land.cells("{classes: {of: ponds, field: kind, exclude: [pnd]}}") ==
          "exclude: unknown class 'pnd'; did you mean 'pond'?");
    CHECK(land.cells("{classes: {of: cover, exclude: [water]}}") ==
          "exclude: class 'water': the classes of this layer are numbers, without names");
    CHECK(land.cells("{classes: {of: cover, exclude: [10, other]}}") ==
          "exclude: 'other' needs a list of what it is other than; name the classes");
}

TEST_CASE("a constraint that can't be meant") {
    Land land(vectors);
    struct Row {
        std::string_view text, complaint;
    };
    for (const Row& row : {
             Row{"{insde: {of: lake}}", "constraint 'test': unknown constraint 'insde'; did you mean 'inside'?"},
             {"{inside: {of: sea}}",
              "constraint 'test': unknown layer 'sea'; there is lake, ponds, road, well, numbered, steep, cover"},
             {"{inside: {of: steep}}",
              "constraint 'test': layer 'steep' is a raster; inside needs points, lines or polygons"},
             {"{inside: {of: lake, buffer: -1 m}}", "constraint 'test': buffer: a length of 0 or more is expected"},
             {"{inside: {of: lake, buffer: 3}}",
              "constraint 'test': buffer: expected a length (m, km, cm), found '3', which has no unit"},
             {"{inside: {of: lake, cells: center}}",
              "constraint 'test': cells: unknown choice 'center'; did you mean 'centre'?"},
             {"{above: {measure: {sample: {of: steep}}, limit: 15 %}}",
              "constraint 'test': limit: expected a length (m, km, cm), found '15 %'"},
             {"{above: {measure: {sample: {of: steep}}}}",
              "constraint 'test': 'limit' is missing (the largest measurement allowed)"},
             {"{above: {measure: {sampel: {of: steep}}, limit: 15 m}}",
              "constraint 'test': measure: unknown measure 'sampel'; did you mean 'sample'?"},
             {"{classes: {of: cover}}",
              "constraint 'test': 'exclude' is missing (classes, ranges or names, such as [10, 50..59])"},
         }) {
        CAPTURE(row.text);
        CHECK(land.complaints(std::string(row.text)) == row.complaint);
    }
    CHECK(land.complaints("{above: {limit: 15 m}}").find("'measure' is missing") != std::string::npos);
    CHECK(land.complaints("{classes: {of: ponds, exclude: [a]}}").find("field") != std::string::npos);
}

TEST_CASE("the same verdicts in whatever window") {
    Land land(vectors);
    for (const char* text :
         {"{inside: {of: lake, buffer: 6 m}}", "{outside: {of: [lake, road], buffer: 3 m}}",
          "{inside: {of: ponds, cells: any part}}", "{outside: {of: ponds, cells: any part}}",
          "{above: {measure: {sample: {of: steep}}, limit: 15 m}}", "{classes: {of: cover, exclude: [10]}}"}) {
        CAPTURE(text);
        std::string rows;
        for (int row = 0; row < 16; ++row)
            rows += land.parts(text, {0, row, 24, 1});
        CHECK(land.parts(text, {0, 0, 24, 16}) == rows);
    }
}

TEST_CASE("the table of constraints") {
    for (const engine::ConstraintKind& kind : engine::constraints()) {
        CHECK_FALSE(kind.summary.empty());
        CHECK(bool(kind.make.tests));
    }
    CHECK(layers::names(engine::constraints()) ==
          std::vector<std::string>{"inside", "outside", "above", "below", "classes"});
}
