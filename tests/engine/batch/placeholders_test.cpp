// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/placeholders.hpp"

#include "engine/text/yaml.hpp"
#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::as_name;
using engine::FieldValues;
using engine::filled;
using layers::Field;

static const FieldValues mirpur{
    {"district", "code", "share", "nothing", "odd"},
    {Field("Mirpur"), Field(std::int64_t{12}), Field(0.25), Field(), Field("O'Neil/..\\x*")}};

static layers::Node parsed(const std::string& yaml) {
    layers::Problems problems;
    return engine::parse_yaml(yaml, "study.yaml", problems);
}

/// The text at "key", once filled; what is wrong with it otherwise.
static std::string value(const std::string& yaml, const std::string& key = "a", const FieldValues& fields = mirpur) {
    layers::Problems problems;
    const layers::Node study = filled(parsed(yaml), fields, problems);
    if (!problems.ok())
        return to_string(problems.errors()[0].mark) + ": " + problems.errors()[0].text;
    return study.find(key)->text;
}

TEST_CASE("fields are filled in wherever a text stands, numbers as they read back") {
    CHECK(value("a: in {district}, {code} and {share}") == "in Mirpur, 12 and 0.25");
    CHECK(value("a: no field") == "no field");
    layers::Problems problems;
    const layers::Node study = filled(parsed("a: ['{code}', {b: {c: '{district}'}}]\n"), mirpur, problems);
    CHECK(study.find("a")->items[0].text == "12");
    CHECK(study.find("a")->items[1].find("b")->find("c")->text == "Mirpur");
}

TEST_CASE("doubled braces are braces, and a mapping is no placeholder") {
    CHECK(value("a: '{{district}} {{{code}}}'") == "{district} {12}");
    layers::Problems problems;
    const layers::Node study = filled(parsed("a: {district: 1}\n"), mirpur, problems);
    CHECK(problems.ok());
    CHECK(study.find("a")->find("district")->text == "1");
    CHECK_FALSE(engine::has_placeholders(parsed("a: {district: 1}\n")));
    CHECK(engine::has_placeholders(parsed("a: {district: ['{code}']}\n")));
}

TEST_CASE("what can't be filled is told at its place") {
    CHECK(value("b: 1\na: '{distrikt}'") == "study.yaml:2:4: unknown field 'distrikt'; did you mean 'district'?");
    CHECK(value("a: '{nothing}'") == "study.yaml:1:4: {nothing}: has no value");
    CHECK(value("a: 'x } y'") ==
          "study.yaml:1:4: 'x } y' has a '}' without its pair; write }} for a brace, or {field} for a field's value");
    CHECK(value("a: '{district'").find("without its pair") != std::string::npos);
    CHECK(value("a: '{a{b}'").find("without its pair") != std::string::npos);
}

TEST_CASE("files' names stay names of one file in one folder") {
    CHECK(value("layers: {a: 'data/{odd}.gpkg'}", "layers").empty());
    const auto layer = [](const std::string& yaml) {
        layers::Problems problems;
        return filled(parsed("layers:\n  a: " + yaml), mirpur, problems).find("layers")->entries[0].second;
    };
    CHECK(layer("'data/{odd}/roads.gpkg'").text == "data/O'Neil_.._x_/roads.gpkg");
    CHECK(layer("['{odd}']").items[0].text == "O'Neil_.._x_");
    CHECK(layer("{source: 'data/{odd}.gpkg'}").find("source")->text == "data/O'Neil_.._x_.gpkg");
    CHECK(layer("{layer: '{odd}'}").find("layer")->text == "O'Neil/..\\x*");
    CHECK(as_name(".") == "_");
    CHECK(as_name("..") == "__");
    CHECK(as_name("a\nb\x7F:c") == "a_b__c");
    CHECK(as_name("Jāmshoro") == "Jāmshoro");
}

TEST_CASE("in a condition a value means itself") {
    const FieldValues neil{{"name", "number", "bad", "worse"},
                           {Field("O'Neil"), Field(std::int64_t{3}), Field("back\\"), Field("a\\'b")}};
    const auto where = [&](const std::string& text) { return value("where: \"" + text + "\"", "where", neil); };
    CHECK(where("name = '{name}'") == "name = 'O''Neil'");
    CHECK(where("name = '{{{name}}}'") == "name = '{O''Neil}'");
    CHECK(where("name = {name} AND n > {number}") == "name = 'O''Neil' AND n > 3");
    CHECK(where("name = 'it''s' OR x = {name}") == "name = 'it''s' OR x = 'O''Neil'");
    CHECK(where("n = '{number}'") == "n = '3'");
    CHECK(where("name = '{bad}'").find("no `where` can hold") != std::string::npos);
    CHECK(where("name = {worse}").find("no `where` can hold") != std::string::npos);
    CHECK(value("where: '\"{name}\" = 1'", "where", neil) == "\"O'Neil\" = 1");
    CHECK(value("where: '\"{bad}\" = 1'", "where", neil).find("can't be a field's name") != std::string::npos);
}

TEST_CASE("in a connection or an address a value adds no words of its own") {
    const FieldValues fields{{"evil", "neil", "back", "plain", "none", "path", "dots", "line"},
                             {Field("x host=evil.example"), Field("O'Neil"), Field("a\\"), Field("jāmshoro_1"),
                              Field(""), Field("a/b?c&d=\u00e9"), Field(".."), Field("a\nb")}};
    const auto source = [&](const std::string& text) { return value("source: \"" + text + "\"", "source", fields); };
    CHECK(source("PG:dbname='{evil}' user=u") == "PG:dbname='x host=evil.example' user=u");
    CHECK(source("PG:dbname = '{neil}{back}' user='{neil}'") == "PG:dbname = 'O\\'Neila\\\\' user='O\\'Neil'");
    CHECK(source("PG:dbname=gis_{plain} tables={plain}") == "PG:dbname=gis_jāmshoro_1 tables=jāmshoro_1");
    for (const char* lonely : {"PG:dbname={evil}", "pg:dbname='x' host={neil}", "PG:dbname=o'x host={evil}",
                               "PG:dbname={back}", "PG:dbname={none} host=h"})
        CHECK(source(lonely).find("goes into a connection in quotes only, as in dbname='{field}'") !=
              std::string::npos);
    CHECK(source("PG:dbname='{line}'").find("holds a control character") != std::string::npos);
    CHECK(source("PG:postgresql://h/{evil}") == "PG:postgresql://h/x%20host%3Devil.example");
    CHECK(source("/vsicurl/https://h/{path}/{dots}/{plain}.tif") ==
          "/vsicurl/https://h/a%2Fb%3Fc%26d%3D%C3%A9/__/j%C4%81mshoro_1.tif");
    CHECK(source("/vsicurl?a=b&url={path}") == "/vsicurl?a=b&url=a%2Fb%3Fc%26d%3D%C3%A9");
    CHECK(source("data/{path}.gpkg") == "data/a_b_c&d=\u00e9.gpkg");
}

TEST_CASE("an attack on a condition stays a text") {
    const FieldValues fields{{"name"}, {Field("x' OR '1'='1")}};
    CHECK(value("where: \"name = '{name}'\"", "where", fields) == "name = 'x'' OR ''1''=''1'");
    CHECK(engine::sql_literal(Field("x' OR '1'='1")) == "'x'' OR ''1''=''1'");
    CHECK(engine::sql_literal(Field(std::int64_t{-7})) == "-7");
    CHECK_THROWS_AS(engine::sql_literal(Field()), Error);
    CHECK_THROWS_AS(engine::sql_name("a\"b"), Error);
}
