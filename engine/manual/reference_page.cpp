// SPDX-License-Identifier: Apache-2.0
#include "engine/manual/reference_page.hpp"

#include "engine/text/version.hpp"
#include "engine/text/wording.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace zonerank::engine {

namespace {

constexpr std::string_view introduction =
    R"(Everything a study can say and the program can do. The program writes this page from its own tables:
`zonerank list --markdown`. The same in a terminal: `zonerank list`, `zonerank list values --plot`,
`zonerank COMMAND --help`, `man zonerank`.

- A study is a YAML file. Paths in it are seen from its folder.
- Quantities have a unit: `5 km`, `40 min`, `15 %`. A number alone means the unit of what is measured.
- A kind without parameters is a word (`aggregate: minimum`), one with parameters a mapping
  (`value: {linear: {best: 0 km, worst: 20 km}}`).
- Names are free: layers, themes, criteria and constraints are called what you call them.

### In an editor

Editors that know the YAML language server (VS Code with the YAML extension, Neovim, Helix, Emacs) complete and check a
study as you write it. Write the schema once, and name it in the study's first line:

```sh
zonerank list --json-schema > study.schema.json
```

```yaml
# yaml-language-server: $schema=study.schema.json
study: Where to build
```

In the shell, `zonerank completion bash` (or zsh, fish) completes commands and options.
)";

std::string cell(std::string text) {
    for (std::size_t at = 0; (at = text.find('|', at)) != text.npos; at += 2)
        text.insert(at, 1, '\\');
    return text;
}

/// A table of Markdown; nothing where there are no rows.
std::string table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows) {
    if (rows.empty())
        return "";
    std::string text = fmt::format("\n| {} |\n|", fmt::join(head, " | "));
    for (std::size_t i = 0; i < head.size(); ++i)
        text += "--|";
    for (const std::vector<std::string>& row : rows) {
        text += "\n|";
        for (const std::string& field : row)
            text += " " + cell(field) + " |";
    }
    return text + "\n";
}

std::string code(const std::string& text) {
    return "`" + text + "`";
}

/// The entries of a table side by side, before each is told in full.
std::string overview(const ReferenceTable& entries) {
    std::vector<std::vector<std::string>> rows;
    for (const ReferenceEntry& entry : entries.entries)
        rows.push_back({code(entry.name), entry.summary, entry.source});
    return table({"name", "what it is", "source"}, rows);
}

/// A table's overview goes between its first line and its first entry.
std::string table_text(const ReferenceTable& entries) {
    const std::string full = reference_markdown({entries});
    const std::size_t first = std::min(full.find("\n### "), full.size());
    return "\n" + full.substr(0, first) + overview(entries) + full.substr(first);
}

std::string keys_text(const ReferenceTable& keys) {
    std::string text =
        "\n## The study file\n\nSections and their keys, in the order in which a study has them. *required* "
        "keys may also come from the study that `extends` names.\n";
    for (const ReferenceEntry& section : keys.entries) {
        std::vector<std::vector<std::string>> rows;
        for (const layers::Parameter& key : section.parameters)
            rows.push_back({code(std::string(key.name)),
                            std::string(key.help) + (key.choices.empty() ? "" : ": " + std::string(key.choices)),
                            key.optional ? "" : "required"});
        text += fmt::format("\n### {}\n\n{}.\n{}", section.name == "study" ? "study (top level)" : section.name,
                            section.name == "study" ? "The file itself" : capitalised(section.summary),
                            table({"key", "meaning", ""}, rows));
    }
    return text;
}

std::string option_names(const ManualOption& option) {
    const std::string names = fmt::format("{}", fmt::join(option.names, ", "));
    return code(option.is_argument() || option.value.empty() ? names : names + " " + option.value);
}

std::string command_text(const ManualCommand& command) {
    std::vector<std::vector<std::string>> rows;
    for (const ManualOption& option : command.options)
        rows.push_back({option_names(option),
                        option.choices.empty() ? option.help
                                               : fmt::format("{} ({})", option.help, fmt::join(option.choices, ", "))});
    const std::string more = command.footer.empty() ? "" : fmt::format("\n```text\n{}\n```\n", command.footer);
    return fmt::format("\n### zonerank {}\n\n{}.\n\n```sh\n{}\n```\n{}{}", command.name, capitalised(command.summary),
                       command.synopsis(), table({"option", "meaning"}, rows), more);
}

std::string meanings(std::string_view title, const char* head, const std::vector<NamedMeaning>& rows) {
    std::vector<std::vector<std::string>> cells;
    for (const NamedMeaning& row : rows)
        cells.push_back({code(row.name), row.meaning});
    return fmt::format("\n{}\n{}", title, table({head, "meaning"}, cells));
}

std::string files_text() {
    std::vector<std::vector<std::string>> rows;
    for (const OutputFile& file : output_file_table())
        rows.push_back({code(file.name), file.when, file.what});
    return "\n## Files of results\n\nMaps are cloud-optimised GeoTIFFs with overviews and statistics inside. All files "
           "but "
           "`manifest.json` have the same bytes whatever the machine's cores and the size of tiles.\n" +
           table({"file", "with", "what"}, rows) +
           meanings("### Columns of sites\n\nIn `ranking.csv`, `sites.geojson` and `sites.gpkg`; `*` is a criterion's "
                    "name, with `_` for blanks.",
                    "column", ranking_columns());
}

std::string contents(const std::vector<ReferenceTable>& tables) {
    std::string text = "\n## Contents\n\n- [The study file](#the-study-file)\n";
    for (const ReferenceTable& table : tables) {
        std::string anchor = table.name;
        std::ranges::replace(anchor, ' ', '-');
        text += fmt::format("- [{}](#{}): {}\n", table.name, anchor, table.what);
    }
    return text + "- [Commands](#commands)\n- [Files of results](#files-of-results)\n- [Exit codes](#exit-codes)\n"
                  "- [Environment](#environment)\n";
}

} // namespace

std::string reference_page(const Manual& manual, const std::vector<ReferenceTable>& tables) {
    std::vector<ReferenceTable> named = tables;
    std::erase_if(named, [](const ReferenceTable& table) { return table.name == "keys"; });
    std::string text = fmt::format("# zonerank {}: reference\n\n{}{}", version, introduction, contents(named));
    for (const ReferenceTable& table : tables)
        if (table.name == "keys")
            text += keys_text(table);
    for (const ReferenceTable& table : named)
        text += table_text(table);
    text += "\n## Commands\n";
    for (const ManualCommand& command : manual.commands)
        text += command_text(command);
    return text + files_text() + meanings("## Exit codes", "code", exit_codes()) +
           meanings("## Environment", "variable", environment());
}

} // namespace zonerank::engine
