// SPDX-License-Identifier: Apache-2.0
#include "engine/study/study.hpp"

#include "tests/support/folder.hpp"
#include "tests/support/written_study.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests::written;
using engine::AreaSpec;
using engine::Missing;
using engine::SiteRule;
using engine::Study;
using layers::Problems;
using tests::Folder;
using tests::write_file;

namespace {

/// A study with every section and most keys, and the files that it names.
class WholeStudy {
public:
    WholeStudy() {
        for (const char* name : {"districts.geojson", "roads.gpkg", "dem1.tif", "dem2.tif", "candidates.geojson"})
            write_file(folder / name, "");
        write_file(folder / "study.yaml", text);
    }

    Study read() const {
        Problems problems;
        Study study = engine::read_study(folder / "study.yaml", problems);
        REQUIRE(told(problems).empty());
        return study;
    }
    std::string path(const char* name) const { return (folder / name).string(); }

    Folder folder;

private:
    static constexpr const char* text = R"yaml(
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
)yaml";
};

} // namespace

TEST_CASE("what a study says of its ground") {
    const WholeStudy whole;
    const Study study = whole.read();
    CHECK(study.title == "Mirpur special economic zone");
    CHECK(study.folder == whole.folder.path());
    CHECK(study.area.kind == AreaSpec::Kind::source);
    CHECK(study.area.paths == std::vector{whole.path("districts.geojson")});
    CHECK(study.area.source_layer == "d");
    CHECK(study.area.where == "district = 'Mirpur'");
    CHECK(study.area.buffer == 5000);
    CHECK(study.grid.crs == "EPSG:32643");
    CHECK(study.grid.cell == 30);
}

TEST_CASE("what a study says of its layers") {
    const WholeStudy whole;
    const Study study = whole.read();
    REQUIRE(study.layers.size() == 3);
    CHECK(study.layers[0].name == "roads");
    CHECK(study.layers[0].layer == "roads");
    CHECK(study.layers[0].where == "a = 1");
    CHECK(study.layers[0].unit == layers::unit_called("km"));
    CHECK(study.layers[1].paths == std::vector{whole.path("dem1.tif"), whole.path("dem2.tif")});
    CHECK(study.layers[1].nodata == -32768);
    CHECK(study.layers[1].band == 2);
    CHECK(study.layers[1].values == rasters::Values::continuous);
    CHECK(study.layers[1].resample == rasters::Resample::average);
    CHECK(study.layers[2].paths == std::vector{whole.path("dem2.tif"), whole.path("dem1.tif")});
    CHECK(study.layers[2].crs->authority == "EPSG:4326");
    CHECK(study.layers[2].override_crs);
    CHECK(study.layers[2].values == rasters::Values::classes);
}

TEST_CASE("what a study says of its criteria") {
    const WholeStudy whole;
    const Study study = whole.read();
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
}

TEST_CASE("what a study says of constraints, sites and outputs") {
    const WholeStudy whole;
    const Study study = whole.read();
    REQUIRE(study.constraints.size() == 1);
    CHECK(study.constraints[0].label == "Mangla");
    CHECK(study.constraints[0].choice.kind == "inside");
    CHECK(study.aggregate.kind == "weighted product");
    CHECK(study.known == 0.6);
    REQUIRE(study.sites);
    CHECK(study.sites->paths == std::vector{whole.path("candidates.geojson")});
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
