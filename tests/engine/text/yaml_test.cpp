// SPDX-License-Identifier: Apache-2.0
#include "engine/text/yaml.hpp"

#include "tests/support/folder.hpp"
#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::parse_yaml;
using engine::read_yaml;
using layers::Node;
using layers::Problems;
using tests::Folder;
using tests::same_tree;
using tests::write_file;
using tests::yaml;

namespace {

std::string refused(const std::string& text) {
    try {
        yaml(text);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

std::string refused_file(const std::filesystem::path& path) {
    Problems problems;
    try {
        read_yaml(path, problems);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

Node read(const std::filesystem::path& path) {
    Problems problems;
    Node node = read_yaml(path, problems);
    CHECK(problems.ok());
    return node;
}

} // namespace

TEST_CASE("every value has its place") {
    const Node root = yaml("study: A\narea:\n  box: [72, 32.5, 74, 34]\n");
    const Node& box = *root.find("area")->find("box");
    CHECK(to_string(root.find("study")->mark) == "test.yaml:1:8");
    CHECK(to_string(root.find("study")->key_mark) == "test.yaml:1:1");
    CHECK(to_string(box.key_mark) == "test.yaml:3:3");
    CHECK(to_string(box.items[1].mark) == "test.yaml:3:13");
    CHECK(box.items[1].text == "32.5");
}

TEST_CASE("kinds of node") {
    const Node root = yaml("a: 1\nb: [x, y]\nc: {d: e}\nf:\ng: ~\nh: null\n");
    CHECK(root.find("a")->is_scalar());
    CHECK(root.find("b")->is_list());
    CHECK(root.find("c")->is_map());
    for (const char* key : {"f", "g", "h"})
        CHECK(root.find(key)->is_null());
    CHECK(yaml("").is_null());
    CHECK(yaml("# a comment\n").is_null());
}

TEST_CASE("quotes make a text of anything") {
    const Node root = yaml("a: 'null'\nb: \"~\"\nc: ''\nd: plain\ne: 'plain'\nf: |\n  null\n");
    for (const char* key : {"a", "b", "c", "e", "f"}) {
        CAPTURE(key);
        CHECK(root.find(key)->is_scalar());
        CHECK(root.find(key)->quoted);
    }
    CHECK(root.find("a")->text == "null");
    CHECK(root.find("c")->text.empty());
    CHECK(root.find("f")->text == "null\n");
    CHECK_FALSE(root.find("d")->quoted);
}

TEST_CASE("nothing but text: no number, date or boolean is guessed") {
    const Node root = yaml("[no, 010, 1e3, 2020-01-01, 0x1F, .5]");
    const std::vector<std::string> texts{"no", "010", "1e3", "2020-01-01", "0x1F", ".5"};
    REQUIRE(root.items.size() == texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i)
        CHECK(root.items[i].text == texts[i]);
}

TEST_CASE("each duplicate key is reported; the first one counts") {
    Problems problems;
    const Node root = parse_yaml("a: 1\nb: {x: 1, x: 2}\na: 2\na: 3\n", "s.yaml", problems);
    REQUIRE(problems.errors().size() == 3);
    CHECK(to_string(problems.errors()[0].mark) == "s.yaml:2:11");
    CHECK(problems.errors()[0].text == "'x' is given twice; it stands in line 2 already");
    CHECK(to_string(problems.errors()[1].mark) == "s.yaml:3:1");
    CHECK(problems.errors()[1].text == "'a' is given twice; it stands in line 1 already");
    CHECK(to_string(problems.errors()[2].mark) == "s.yaml:4:1");
    CHECK(root.find("a")->text == "1");
    CHECK(root.entries.size() == 2);
}

TEST_CASE("what is not YAML is told with its place") {
    CHECK(refused("a: [1\nb: 2") == "test.yaml:1:4: not valid YAML: this '[' has no ']'");
    CHECK(refused("a:\n\t- b").starts_with("test.yaml:2:1: not valid YAML: "));
    CHECK(refused("a: {b: c: d}").starts_with("test.yaml:1:9: not valid YAML: "));
    CHECK(refused("a: \"b\nc: 2\n") == "test.yaml:1:4: not valid YAML: this quote has no end");
    CHECK(refused("a: 'b\nc: 2\n") == "test.yaml:1:4: not valid YAML: this quote has no end");
    CHECK(refused("a: |\n  \"b\nc: it's\n") == "accepted");
}

TEST_CASE("nothing behind the end is passed over") {
    CHECK(refused("a: 1\n---\nb: 2\n") == "test.yaml:2:1: not valid YAML: the study ended before this");
    CHECK(refused("{a: 1} b") == "test.yaml:1:8: not valid YAML: the study ended before this");
    CHECK(refused("--- \na: 1\n...\n# the end\n") == "accepted");
}

TEST_CASE("an unquoted condition that breaks the line is explained") {
    CHECK(refused("a: 1\nb: {to: roads, where: class in ('motorway', 'trunk')}") ==
          "test.yaml:2:52: not valid YAML: the condition after `where:` must be quoted as a whole");
}

TEST_CASE("aliases and anchors are refused") {
    CHECK(refused("a: &x 1\nb: *x") == "test.yaml:1:4: anchors (&name) are not allowed in a study");
    for (const std::string text : {"a: &x [1]", "a: &x {b: 1}", "a: &x ~", "&x a: 1"}) {
        CAPTURE(text);
        CHECK(refused(text).find("anchors (&name) are not allowed") != std::string::npos);
    }
    CHECK(refused("a: *x").find("test.yaml:1:4: ") == 0);
}

TEST_CASE("64 levels are accepted, 65 are not") {
    const auto nested = [](int levels) { return std::string(levels, '[') + std::string(levels, ']'); };
    CHECK(refused(nested(64)) == "accepted");
    CHECK(refused(nested(65)) == "test.yaml:1:65: more than 64 levels");
    CHECK(refused(nested(100'000)) == "test.yaml:1:65: more than 64 levels");
    std::string maps;
    for (int i = 0; i < 64; ++i)
        maps += "{a: ";
    CHECK(refused(maps + "1" + std::string(64, '}')) == "accepted");
    CHECK(refused("{a: " + maps + "1" + std::string(65, '}')).find("more than 64 levels") != std::string::npos);
}

TEST_CASE("a mapping of absurd width is refused") {
    std::string text;
    for (int i = 0; i <= 10'000; ++i)
        text += fmt::format("k{}: 1\n", i);
    CHECK(refused(text) == "test.yaml:10001:1: more than 10,000 entries in one mapping");
}

TEST_CASE("a key is a plain text") {
    CHECK(refused("{[a]: b}") == "test.yaml:1:2: a key must be a plain text");
    CHECK(refused("? {a: 1}\n: b") == "test.yaml:1:3: a key must be a plain text");
}

TEST_CASE("files that can't be studies") {
    const Folder folder;
    CHECK(refused_file(folder.path()) == folder.path().string() + ": is a folder, not a study file");
    CHECK(refused_file(folder / "none.yaml") ==
          (folder / "none.yaml").string() + ": can't be read (No such file or directory)");
    write_file(folder / "large.yaml", "#" + std::string(17 << 20, 'x') + "\na: 1\n");
    CHECK(refused_file(folder / "large.yaml") ==
          (folder / "large.yaml").string() + ": larger than 16 MiB, which no study is");
}

TEST_CASE("extends: a chain of files, each value from its own file") {
    const Folder folder;
    std::filesystem::create_directory(folder / "base");
    write_file(folder / "base" / "first.yaml", "study: first\ngrid: {cell: 100 m, crs: EPSG:32643}\noutput: a\n");
    write_file(folder / "base" / "second.yaml", "extends: first.yaml\ngrid: {cell: 50 m}\noutput: b\n");
    write_file(folder / "study.yaml", "extends: base/second.yaml\noutput: c\n");
    const Node root = read(folder / "study.yaml");
    CHECK(same_tree(root, yaml("{study: first, grid: {cell: 50 m, crs: EPSG:32643}, output: c}")));
    CHECK(to_string(root.find("study")->mark) == (folder / "base" / "first.yaml").string() + ":1:8");
    CHECK(to_string(root.find("grid")->find("cell")->mark) == (folder / "base" / "second.yaml").string() + ":2:14");
    CHECK(to_string(root.find("output")->mark) == (folder / "study.yaml").string() + ":2:9");
}

TEST_CASE("a study in another encoding is told where it shows") {
    Problems problems;
    CHECK_THROWS_WITH_AS(parse_yaml("a: b\nc: Z\xfcrich\n", "s.yaml", problems),
                         "s.yaml:2:5: this is not UTF-8; save the study as UTF-8", Error);
    CHECK(parse_yaml("a: Z\xc3\xbcrich\n", "s.yaml", problems).find("a")->text == "Z\xc3\xbcrich");
    CHECK(parse_yaml(std::string("\xff\xfe"
                                 "a\0:\0 \0b\0\n\0",
                                 12),
                     "s.yaml", problems)
              .find("a")
              ->text == "b");
}

TEST_CASE("extends: an error names the base file and who asked for it") {
    const Folder folder;
    const std::string base = (folder / "base.yaml").string(), study = (folder / "study.yaml").string();
    write_file(study, "study: x\nextends: base.yaml\n");
    CHECK(refused_file(study) == study + ":2:10: " + base + ": can't be read (No such file or directory)");
    write_file(base, "a: [1\n");
    CHECK(refused_file(study).starts_with(study + ":2:10: " + base + ":1:4: "));
    write_file(base, "root:x:0:0\n");
    CHECK(refused_file(study) ==
          study + ":2:10: " + base + ": is no study that another can extend; expected a mapping, found a single value");
    write_file(base, "a: 1\na: 2\n");
    Problems problems;
    read_yaml(study, problems);
    REQUIRE(problems.errors().size() == 1);
    CHECK(to_string(problems.errors()[0].mark) == base + ":2:1");
}

TEST_CASE("extends: a circle is refused, and so is what is no file's name") {
    const Folder folder;
    write_file(folder / "a.yaml", "extends: b.yaml\n");
    write_file(folder / "b.yaml", "extends: ./a.yaml\n");
    CHECK(refused_file(folder / "a.yaml").ends_with("a.yaml: extends itself"));
    write_file(folder / "self.yaml", "extends: self.yaml\n");
    CHECK(refused_file(folder / "self.yaml").ends_with("self.yaml: extends itself"));
    write_file(folder / "list.yaml", "extends: [a, b]\n");
    CHECK(
        refused_file(folder / "list.yaml").ends_with("list.yaml:1:10: extends: expected a file's name, found a list"));
}

TEST_CASE("to_yaml reads back to the same tree") {
    for (const std::string& text : {
             std::string("study: A"),
             std::string("{a: 1, b: [1, two, {c: 3}], c: ~, d: {}, e: []}"),
             std::string("a: 'no'\nb: \"010\"\nc: '1e3'\nd: 'null'\ne: '~'\nf: ''\ng: 'true'"),
             std::string(
                 "a: '# x'\nb: ': '\nc: 'a: b'\nd: 'a #b'\ne: '- x'\nf: '[x'\ng: '{x'\nh: '*x'\ni: '&x'\nj: '!x'\n"
                 "k: '%x'\nl: '@x'\nm: '`x'\nn: '|'\no: '>'\np: '?'\nq: '\"'\nr: ''''\ns: 'a''b'"),
             std::string("a: no\nb: 010\nc: 1e3\nd: a b  c\ne: 8.5°\nf: a-b\ng: x#y\nh: x:y\ni: -5"),
             std::string("a: \"line\\none\\n\"\nb: |\n  many\n    lines\n\n  more\nc: >-\n  folded\n  text"),
             std::string("a: \"tab\\tand \\\\ and \\u0001\"\nb: ' spaces '"),
             std::string("میرپور: \"میرپور 🏭\"\nb: 🏭 factory\nc: \"\\u200f\""),
             std::string("'a: b': 1\n'# c': 2\n'': 3\n'null': 4\n\"x\\ny\": 5\n0 %: 1\n50..59: 2"),
             std::string("- - - a\n    - b\n- {x: [[], {}]}"),
         }) {
        CAPTURE(text);
        const Node node = yaml(text);
        const std::string written = engine::to_yaml(node);
        CAPTURE(written);
        CHECK(same_tree(yaml(written), node));
        CHECK(engine::to_yaml(yaml(written)) == written);
    }
}

TEST_CASE("to_yaml of a tree made by the program keeps its texts") {
    for (const std::string text :
         {"no", "a: b", "# x", "", "null", "~", "two\nlines", "*x", "'", "\"", "- a", "8.5°"}) {
        CAPTURE(text);
        Node node;
        node.kind = Node::Kind::map;
        node.entries.push_back({"key", layers::scalar(text)});
        const Node back = yaml(engine::to_yaml(node));
        REQUIRE(back.find("key"));
        CHECK(back.find("key")->is_scalar());
        CHECK(back.find("key")->text == text);
    }
}
