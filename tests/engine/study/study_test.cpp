// SPDX-License-Identifier: Apache-2.0
#include "engine/study/study.hpp"

#include "tests/support/folder.hpp"
#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace zonerank;
using engine::AreaSpec;
using engine::Missing;
using engine::SiteRule;
using engine::Study;
using layers::Problems;
using tests::Folder;
using tests::write_file;

namespace {

/// A study of two lines that is complete but for its criteria.
const std::string head = "area: {box: [73, 33, 74, 34]}\ngrid: {cell: 100 m}\n";
const std::string distance = "{measure: {distance: {to: roads}}, value: {linear: {best: 0 km, worst: 20 km}}}";

std::string criteria(const std::string& body) {
    return head + "criteria: {access: {highway: " + body + "}}\n";
}

Study read(const std::string& text) {
    Problems problems;
    Study study = engine::study_from(tests::yaml(text), "study.yaml", problems);
    if (!problems.ok())
        throw Error("{}", tests::text_of(problems));
    return study;
}

engine::CriterionSpec criterion(const std::string& more) {
    return read(criteria(distance.substr(0, distance.size() - 1) + ", " + more + "}")).themes[0].criteria[0];
}

/// Every complaint in the order of the file, one a line.
std::string told(const Problems& problems, const std::string& folder = "") {
    std::vector<Problems::Problem> sorted = problems.errors();
    std::ranges::stable_sort(sorted, [](const auto& a, const auto& b) {
        return std::pair(a.mark.line, a.mark.column) < std::pair(b.mark.line, b.mark.column);
    });
    std::string all;
    for (const auto& problem : sorted)
        all += fmt::format("{}: {}\n", to_string(problem.mark), problem.text);
    for (std::size_t at = all.find(folder); !folder.empty() && at != all.npos; at = all.find(folder))
        all.erase(at, folder.size());
    return all;
}

std::string complaints(const std::string& text) {
    Problems problems;
    engine::study_from(tests::yaml(text), "study.yaml", problems);
    return told(problems);
}

} // namespace

TEST_CASE("all that a study says") {
    const Folder folder;
    for (const char* name : {"districts.geojson", "roads.gpkg", "dem1.tif", "dem2.tif", "candidates.geojson"})
        write_file(folder / name, "");
    write_file(folder / "study.yaml", R"yaml(
study: Mirpur special economic zone
area: {source: districts.geojson, layer: d, where: "district = 'Mirpur'", buffer: 5 km}
grid: {crs: EPSG:32643, cell: 30 m}
layers:
  roads: {source: roads.gpkg, layer: roads, where: "a = 1", unit: km}
  terrain: {source: "dem*.tif", nodata: -32768, unit: m, band: 2, values: continuous, resample: average}
  cover: {source: [dem2.tif, dem1.tif], crs: EPSG:4326, override: true, values: classes}
criteria:
  weights: {ahp: {infrastructure vs location: 3}}
  infrastructure:
    label: Anschlüsse
    weights: {ahp: {power vs highway: 2}}
    aggregate: minimum
    power:
      label: Grid connection
      measure: {distance: {to: roads}}
      value: {linear: {best: 0 km, worst: 20 km}}
      missing: leave out
    highway:
      measure: {distance: {to: roads}}
      value: {logistic: {midpoint: 5 km, spread: 2 km, falling: true}}
      site: edge
  location:
    terrain:
      weight: 1
      measure: {slope: {of: terrain}}
      value: {piecewise: {0 %: 1, 15 %: 0}}
constraints:
  reservoir: {label: Mangla, inside: {of: roads, buffer: 100 m}}
aggregate: weighted product
known: 60 %
sites: {source: candidates.geojson, layer: c, where: "b", name: name, id: nr, keep: [owner, price],
        footprint: {area: 400 ha}, needs: {usable: 40 %, area: 100 ha}}
outputs: {criteria: true, reasons: yes}
output: out/mirpur
)yaml");
    Problems problems;
    const Study study = engine::read_study(folder / "study.yaml", problems);
    REQUIRE(told(problems).empty());
    const auto path = [&](const char* name) { return (folder / name).string(); };
    CHECK(study.title == "Mirpur special economic zone");
    CHECK(study.folder == folder.path());
    CHECK(study.area.kind == AreaSpec::Kind::source);
    CHECK(study.area.paths == std::vector{path("districts.geojson")});
    CHECK(study.area.source_layer == "d");
    CHECK(study.area.where == "district = 'Mirpur'");
    CHECK(study.area.buffer == 5000);
    CHECK(study.grid.crs == "EPSG:32643");
    CHECK(study.grid.cell == 30);

    REQUIRE(study.layers.size() == 3);
    CHECK(study.layers[0].name == "roads");
    CHECK(study.layers[0].layer == "roads");
    CHECK(study.layers[0].where == "a = 1");
    CHECK(study.layers[0].unit == layers::unit_called("km"));
    CHECK(study.layers[1].paths == std::vector{path("dem1.tif"), path("dem2.tif")});
    CHECK(study.layers[1].nodata == -32768);
    CHECK(study.layers[1].band == 2);
    CHECK(study.layers[1].values == rasters::Values::continuous);
    CHECK(study.layers[1].resample == rasters::Resample::average);
    CHECK(study.layers[2].paths == std::vector{path("dem2.tif"), path("dem1.tif")});
    CHECK(study.layers[2].crs->authority == "EPSG:4326");
    CHECK(study.layers[2].override_crs);
    CHECK(study.layers[2].values == rasters::Values::classes);

    CHECK(study.weights->kind == "ahp");
    REQUIRE(study.themes.size() == 2);
    const engine::ThemeSpec& theme = study.themes[0];
    CHECK(theme.label == "Anschlüsse");
    CHECK(theme.weights->kind == "ahp");
    CHECK(theme.aggregate->kind == "minimum");
    REQUIRE(theme.criteria.size() == 2);
    CHECK(theme.criteria[0].label == "Grid connection");
    CHECK(theme.criteria[0].theme == "infrastructure");
    CHECK(theme.criteria[0].measure.kind == "distance");
    CHECK(theme.criteria[0].value.kind == "linear");
    CHECK(theme.criteria[0].missing.policy == Missing::Policy::leave_out);
    CHECK(theme.criteria[1].label == "highway");
    CHECK(theme.criteria[1].site.kind == SiteRule::Kind::edge);
    CHECK(study.themes[1].label == "location");
    CHECK(study.themes[1].criteria[0].weight->value == 1);
    CHECK_FALSE(study.themes[1].aggregate);

    REQUIRE(study.constraints.size() == 1);
    CHECK(study.constraints[0].label == "Mangla");
    CHECK(study.constraints[0].choice.kind == "inside");
    CHECK(study.aggregate.kind == "weighted product");
    CHECK(study.known == 0.6);
    REQUIRE(study.sites);
    CHECK(study.sites->paths == std::vector{path("candidates.geojson")});
    CHECK(study.sites->source_layer == "c");
    CHECK(study.sites->where == "b");
    CHECK(study.sites->name_field == "name");
    CHECK(study.sites->id_field == "nr");
    CHECK(study.sites->keep == std::vector<std::string>{"owner", "price"});
    CHECK(study.sites->footprint_m2 == 4e6);
    CHECK(study.sites->needs_usable == 0.4);
    CHECK(study.sites->needs_area_ha == 100);
    CHECK(study.outputs.criteria);
    CHECK(study.outputs.reasons);
    CHECK(study.output == "out/mirpur");
}

TEST_CASE("what a study leaves out has its default") {
    const Study study = read(criteria(distance));
    CHECK(study.title == "study"); // the file's name
    CHECK(study.aggregate.kind == "weighted sum");
    CHECK(study.known == 0.7);
    CHECK(study.output.empty());
    CHECK_FALSE(study.sites);
    CHECK_FALSE(study.weights);
    CHECK_FALSE(study.outputs.criteria);
    CHECK(study.themes[0].criteria[0].missing.policy == Missing::Policy::unknown);
    CHECK(study.themes[0].criteria[0].site.kind == SiteRule::Kind::mean);
    CHECK_FALSE(study.themes[0].criteria[0].weight);
}

TEST_CASE("many mistakes are told at once, each with its place and the nearest word") {
    const Folder folder;
    std::filesystem::create_directory(folder / "data");
    for (const char* name : {"districts.geojson", "roads.gpkg", "dem.tif"})
        write_file(folder / "data" / name, "");
    write_file(folder / "study.yaml", R"yaml(study: Mistakes
area: {source: data/distrcts.geojson, buffer: 5 min}
grid: {crs: EPSG:32643, cell: 0 m}
layers:
  roads: {source: data/roads.gpkg, valus: classes}
  Terrain: data/dem.tif
criteria:
  infrastructure:
    power:
      measure: {distance: {to: roads}, slope: {of: terrain}}
      value: {linear: {best: 0 km, worst: 20 km}}
      missing: worse
      weight: -3
  location:
    label: Where
    weigths: equal
    highway:
      meazure: {distance: {to: roads}}
      value: {linear: {best: 0 km, worst: 20 km}}
constraints:
  power: {inside: {of: roads}}
sites: {name: name, keep: {a: b}}
agregate: weighted sum
area: {box: [1, 2, 3, 4]}
)yaml");
    Problems problems;
    engine::read_study(folder / "study.yaml", problems);
    CHECK(told(problems, folder.path().string() + "/") ==
          "study.yaml:2:16: area: source: there is no file data/distrcts.geojson; did you mean 'districts.geojson'?\n"
          "study.yaml:2:47: area: buffer: expected a length (m, km, cm), found '5 min'\n"
          "study.yaml:3:31: grid: cell: expected a length above 0, found '0 m'\n"
          "study.yaml:5:36: layer 'roads': unknown key 'valus'; did you mean 'values'?\n"
          "study.yaml:6:3: layer 'Terrain': a name is lower case letters, digits, spaces, - and _, at most 64; use "
          "`label` for what people read\n"
          "study.yaml:10:16: criterion 'power': measure: expected one kind, bare or with its parameters ({linear: "
          "{worst: 20 km, best: 0 km}}), found 2 kinds: distance, slope\n"
          "study.yaml:12:16: criterion 'power': missing: expected unknown, worst, leave out or a value from 0 to 1, "
          "found 'worse'\n"
          "study.yaml:13:15: criterion 'power': weight: a weight must not be negative, found '-3'\n"
          "study.yaml:16:5: theme 'location': unknown key 'weigths'; did you mean 'weights'?\n"
          "study.yaml:18:7: criterion 'highway': unknown key 'meazure'; did you mean 'measure'?\n"
          "study.yaml:21:3: constraint 'power': the name is used already in line 9; criteria and constraints are "
          "unique in a study\n"
          "study.yaml:22:1: sites: 'source' is missing (a file with the candidate zones)\n"
          "study.yaml:22:27: sites: keep: expected a single value, found a mapping\n"
          "study.yaml:23:1: study: unknown key 'agregate'; did you mean 'aggregate'?\n"
          "study.yaml:24:1: 'area' is given twice; it stands in line 2 already\n");
}

TEST_CASE("a study without its necessary parts") {
    CHECK(complaints("study: x") ==
          "test.yaml:1:1: study: 'area' is missing (what is scored: {source: ...}, {box: [W, S, E, N]} or {around: "
          "sites, buffer: 20 km})\n"
          "test.yaml:1:1: study: 'grid' is missing (the cells: {cell: 100 m})\n"
          "test.yaml:1:1: study: 'criteria' is missing (themes with their criteria)\n");
    CHECK(complaints("[a, b]").starts_with("test.yaml:1:1: study: expected a mapping of study, extends, area, grid, "));
    CHECK(complaints("").ends_with("the study is empty; it needs an `area`, a `grid` and `criteria`\n"));
}

TEST_CASE("criteria stand in themes") {
    CHECK(complaints(head + "criteria: {}") == "test.yaml:3:1: criteria: there is no theme with a criterion\n");
    CHECK(complaints(head + "criteria: [a]") ==
          "test.yaml:3:11: criteria: expected a mapping of themes, found a list\n");
    CHECK(complaints(head + "criteria:\n  access: x") ==
          "test.yaml:4:11: theme 'access': expected a mapping of criteria, found a single value\n");
    CHECK(complaints(head + "criteria:\n  access: {label: x}") == "test.yaml:4:3: theme 'access' has no criterion\n");
    // One level too few: a criterion where a theme should be.
    CHECK(complaints(head + "criteria:\n  highway: " + distance) ==
          "test.yaml:4:3: criteria: 'highway' is a criterion without a theme; write {location: {highway: ...}}, or "
          "infrastructure, labor, connectivity or a theme of your own\n");
    CHECK(read(head + "criteria: {access: {value: " + distance + "}}").themes[0].criteria[0].name == "value");
}

TEST_CASE("words that a theme reserves are no criteria") {
    const Study study = read(
        head + "criteria: {access: {label: A, weight: 2, weights: equal, aggregate: minimum, highway: " + distance +
        "}}");
    CHECK(study.themes[0].criteria.size() == 1);
    CHECK(study.themes[0].weight->value == 2);
    CHECK(complaints(head + "criteria: {access: {label: " + distance + ", highway: " + distance + "}}")
              .find("theme 'access': label: expected a single value, found a mapping") != std::string::npos);
}

TEST_CASE("a criterion may be called nearly like a reserved word") {
    CHECK(read(head + "criteria: {access: {lable: " + distance + "}}").themes[0].criteria[0].name == "lable");
    CHECK(read(head + "criteria: {heights: {highway: " + distance + "}}").themes[0].name == "heights");
    CHECK(complaints(head + "criteria: {weigths: {ahp: {a vs b: 2}}, access: {highway: " + distance + "}}") ==
          "test.yaml:3:12: criteria: unknown key 'weigths'; did you mean 'weights'?\n");
}

TEST_CASE("names") {
    const auto named = [](const std::string& name) {
        return complaints(head + "criteria: {access: {'" + name + "': " + distance + "}}");
    };
    for (const std::string name : {"a", "sea port", "sea-port", "sea_port", "m2 road 3"}) {
        CAPTURE(name);
        CHECK(named(name).empty());
    }
    CHECK(named(std::string(64, 'a')).empty());
    for (const std::string& name :
         {std::string("Highway"), std::string("highWay"), std::string("2nd road"), std::string(" road"),
          std::string("road "), std::string("straße"), std::string("a.b"), std::string("a/b"), std::string("-a"),
          std::string("_a"), std::string(65, 'a')}) {
        CAPTURE(name);
        CHECK(named(name).starts_with("test.yaml:3:21: criterion '" + layers::excerpt(name) +
                                      "': a name is lower case letters"));
    }
}

TEST_CASE("a name is used once among all criteria and constraints") {
    CHECK(
        complaints(head + "criteria:\n  access: {highway: " + distance + "}\n  labor: {highway: " + distance + "}\n") ==
        "test.yaml:5:11: criterion 'highway': the name is used already in line 4; criteria and constraints are "
        "unique in a study\n");
    CHECK(complaints(criteria(distance) + "constraints: {highway: {inside: {of: water}}}\n")
              .starts_with("test.yaml:4:15: constraint 'highway': the name is used already in line 3"));
    // A theme and its criterion may share one.
    CHECK(complaints(head + "criteria: {highway: {highway: " + distance + "}}").empty());
}

TEST_CASE("at most 60 criteria and constraints") {
    const auto study = [](int criteria, int constraints) {
        std::string text = head + "criteria:\n  access:\n";
        for (int i = 0; i < criteria; ++i)
            text += fmt::format("    c{}: {}\n", i, distance);
        text += "constraints:\n";
        for (int i = 0; i < constraints; ++i)
            text += fmt::format("  k{}: {{inside: {{of: water}}}}\n", i);
        return complaints(text);
    };
    CHECK(study(40, 20).empty());
    CHECK(study(40, 21) == "test.yaml:3:1: 61 criteria and constraints; a study holds at most 60 of both\n");
    CHECK(study(61, 1) == "test.yaml:3:1: 62 criteria and constraints; a study holds at most 60 of both\n");
}

TEST_CASE("what becomes of missing data") {
    CHECK(criterion("missing: unknown").missing.policy == Missing::Policy::unknown);
    CHECK(criterion("missing: worst").missing.policy == Missing::Policy::worst);
    CHECK(criterion("missing: worst").missing.value == 0);
    CHECK(criterion("missing: leave out").missing.policy == Missing::Policy::leave_out);
    CHECK(criterion("missing: 0.3").missing.policy == Missing::Policy::value);
    CHECK(criterion("missing: 0.3").missing.value == 0.3);
    CHECK(criterion("missing: 1").missing.value == 1);
    struct Row {
        std::string_view text, complaint;
    };
    for (const Row& row : {Row{"1.5", "a value for missing data must be from 0 to 1, found '1.5'"},
                           {"-0.1", "a value for missing data must be from 0 to 1, found '-0.1'"},
                           {"30 %", "expected unknown, worst, leave out or a value from 0 to 1, found '30 %'"},
                           {"best", "expected unknown, worst, leave out or a value from 0 to 1, found 'best'"},
                           {"[worst]", "expected unknown, worst, leave out or a value from 0 to 1, found a list"}}) {
        CAPTURE(row.text);
        const std::string body = fmt::format("{}, missing: {}}}", distance.substr(0, distance.size() - 1), row.text);
        CHECK(complaints(criteria(body)).ends_with(fmt::format("criterion 'highway': missing: {}\n", row.complaint)));
    }
}

TEST_CASE("how a site's measurement comes from its cells") {
    CHECK(criterion("site: mean").site.kind == SiteRule::Kind::mean);
    CHECK(criterion("site: min").site.kind == SiteRule::Kind::min);
    CHECK(criterion("site: max").site.kind == SiteRule::Kind::max);
    CHECK(criterion("site: edge").site.kind == SiteRule::Kind::edge);
    CHECK(criterion("site: {min: {}}").site.kind == SiteRule::Kind::min);
    const SiteRule above = criterion("site: {share: {above: 8 km}}").site;
    CHECK(above.kind == SiteRule::Kind::share);
    CHECK(above.above);
    CHECK(above.limit->text == "8 km");
    CHECK_FALSE(criterion("site: {share: {below: 8 km}}").site.above);
    const auto wrong = [](const std::string& rule) {
        return complaints(criteria(distance.substr(0, distance.size() - 1) + ", site: " + rule + "}"));
    };
    CHECK(wrong("maen").ends_with("criterion 'highway': site: unknown site rule 'maen'; did you mean 'mean'?\n"));
    for (const char* rule : {"share", "{share: {}}", "{share: {over: 8 km}}", "{share: {above: 8 km, below: 9 km}}"}) {
        CAPTURE(rule);
        CHECK(wrong(rule).ends_with("criterion 'highway': site: share needs a limit: {share: {above: 8 %}} or {share: "
                                    "{below: 5 km}}\n"));
    }
}

TEST_CASE("a site rule and a criterion have nothing that they don't use") {
    const auto wrong = [](const std::string& more) {
        return complaints(criteria(distance.substr(0, distance.size() - 1) + ", " + more + "}"));
    };
    for (const std::string rule : {"mean", "min", "max", "edge"})
        CHECK(wrong("site: {" + rule + ": {above: 5 km}}")
                  .ends_with("criterion 'highway': site: '" + rule + "' takes no parameters\n"));
    CHECK(
        wrong("of: roads").ends_with("criterion 'highway': of: these are the layers for `use`, which is not there\n"));
    CHECK(wrong("of: roads, usee: grid connection").find("criterion 'highway': of:") == std::string::npos);
}

TEST_CASE("weights are numbers or percentages, never negative") {
    CHECK(criterion("weight: 30").weight->value == 30);
    CHECK_FALSE(criterion("weight: 30").weight->percent);
    CHECK(criterion("weight: 30 %").weight->value == 30);
    CHECK(criterion("weight: 30 %").weight->percent);
    CHECK(criterion("weight: 1/3").weight->value == 1.0 / 3);
    CHECK(criterion("weight: 0").weight->value == 0);
    const auto wrong = [](const std::string& weight) {
        return complaints(criteria(distance.substr(0, distance.size() - 1) + ", weight: " + weight + "}"));
    };
    CHECK(wrong("-1 %").ends_with("weight: a weight must not be negative, found '-1 %'\n"));
    CHECK(wrong("5 km").ends_with("weight: expected a number or a percentage, found '5 km'\n"));
    CHECK(wrong("much").ends_with("weight: expected a number, found 'much'\n"));
    CHECK(wrong("[1]").ends_with("weight: expected a number, found a list\n"));
    CHECK(complaints(head + "criteria: {access: {weight: -2, highway: " + distance + "}}")
              .ends_with("theme 'access': weight: a weight must not be negative, found '-2'\n"));
}

TEST_CASE("constraints are choices") {
    const auto wrong = [](const std::string& body) {
        return complaints(criteria(distance) + "constraints: {k: " + body + "}");
    };
    for (const auto& [body, found] :
         {std::pair("{label: x}", "none"), {"null", "nothing"}, {"[inside]", "a list"}})
        CHECK(wrong(body) ==
              fmt::format("test.yaml:4:15: constraint 'k': expected one kind, bare or with its parameters "
                          "({{linear: {{worst: 20 km, best: 0 km}}}}), found {}\n",
                          found));
    CHECK(wrong("{label: [a], inside: {of: water}}") ==
          "test.yaml:4:26: constraint 'k': label: expected a single value, found a list\n");
    CHECK(wrong("{label: ~, inside: {of: water}}").empty());
    CHECK(complaints(criteria(distance) + "constraints: [a]") ==
          "test.yaml:4:14: constraints: expected a mapping, found a list\n");
    CHECK(complaints(criteria(distance) + "constraints: {steep: {above: {}, below: {}}}")
              .starts_with("test.yaml:4:15: constraint 'steep': expected one kind"));
    CHECK(complaints(criteria(distance) + "constraints: {Steep: {above: {}}}")
              .starts_with("test.yaml:4:15: constraint 'Steep': a name is"));
}

TEST_CASE("a catalogue's criterion with what stands beside it") {
    const auto spec = [](const std::string& body) { return read(criteria(body)).themes[0].criteria[0]; };
    const engine::CriterionSpec plain = spec("{use: grid connection, of: substations, weight: 30}");
    CHECK(plain.catalogue == "grid connection@1");
    CHECK(plain.weight->value == 30);
    CHECK(plain.measure.kind == "distance");
    CHECK_FALSE(plain.from_catalogue.empty());
    CHECK(spec("{use: grid connection, of: substations, value: {step: {at: 5 km}}}").value.kind == "step");
    CHECK(
        complaints(criteria("{use: grid conection, of: substations}")) ==
        "test.yaml:3:36: criterion 'highway': unknown criterion of the catalogue 'grid conection'; did you mean 'grid "
        "connection'?\n");
}

TEST_CASE("the expanded study says the same without base and catalogue") {
    const Folder folder;
    write_file(folder / "base.yaml", head + "criteria: {access: {power: {use: grid connection, of: substations}}}\n");
    write_file(folder / "study.yaml", "extends: base.yaml\ngrid: {cell: 50 m}\n");
    Problems problems;
    const Study study = engine::read_study(folder / "study.yaml", problems);
    REQUIRE(problems.ok());
    CHECK(study.grid.cell == 50);
    const std::string text = engine::to_yaml(study.expanded);
    CHECK(text.find("extends") == text.npos);
    CHECK(text.find("use") == text.npos);
    const Study again = read(text);
    CHECK(again.grid.cell == 50);
    CHECK(again.themes[0].criteria[0].measure.kind == study.themes[0].criteria[0].measure.kind);
    CHECK(again.themes[0].criteria[0].label == study.themes[0].criteria[0].label);
}

TEST_CASE("the table of keys is what reading accepts") {
    // Every key of the study's own level, at once: none of them unknown.
    std::string text;
    for (const engine::Key& key : engine::study_keys())
        if (key.where.empty() && key.name != "extends")
            text += fmt::format("{}: x\n", key.name);
    CHECK(complaints(text).find("unknown key") == std::string::npos);
    for (const engine::Key& key : engine::study_keys())
        CHECK_FALSE(key.help.empty());
}
