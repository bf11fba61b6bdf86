// SPDX-License-Identifier: Apache-2.0
#include "engine/study/study.hpp"

#include "engine/study/catalogue_use.hpp"
#include "engine/study/reading.hpp"
#include "engine/study/study_parts.hpp"
#include "engine/text/yaml.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace zonerank::engine {

using layers::Choice;
using layers::Mark;
using layers::Node;
using layers::Problems;

std::vector<std::string> keys_of(std::string_view where) {
    std::vector<std::string> result;
    for (const Key& key : study_keys())
        if (key.where == where)
            result.emplace_back(key.name);
    return result;
}

bool check_identifier(std::string_view what, const std::string& name, const Mark& mark, Problems& problems) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' ' || c == '_' || c == '-';
    };
    const bool good = !name.empty() && name.front() >= 'a' && name.front() <= 'z' && std::ranges::all_of(name, fits) &&
                      name.back() != ' ' && name.size() <= 64;
    if (!good)
        problems.error(mark,
                       fmt::format("{} '{}': a name is lower case letters, digits, spaces, - and _, at most 64; use "
                                   "`label` for what people read",
                                   what, name));
    return good;
}

namespace {

/// A weight that is wrong, which was told.
constexpr double told = std::numeric_limits<double>::quiet_NaN();

Missing read_missing(const Node& node) {
    if (!node.is_scalar())
        throw Error("expected unknown, worst, leave out or a value from 0 to 1, found {}", node.kind_name());
    if (node.text == "unknown")
        return {Missing::Policy::unknown};
    if (node.text == "worst")
        return {Missing::Policy::worst};
    if (node.text == "leave out")
        return {Missing::Policy::leave_out};
    double value = -1;
    try {
        value = layers::convert(layers::parse_quantity(node.text), {});
    } catch (const Error&) {
        throw Error("expected unknown, worst, leave out or a value from 0 to 1, found '{}'", node.text);
    }
    if (!(value >= 0 && value <= 1))
        throw Error("a value for missing data must be from 0 to 1, found '{}'", node.text);
    return {Missing::Policy::value, value};
}

SiteRule read_site_rule(const Node& node) {
    const Choice choice = layers::parse_choice(node);
    if (choice.kind == "share") {
        const auto& entries = choice.body.entries;
        if (entries.size() != 1 || (entries[0].first != "above" && entries[0].first != "below"))
            throw Error("share needs a limit: {{share: {{above: 8 %}}}} or {{share: {{below: 5 km}}}}");
        return {SiteRule::Kind::share, entries[0].first == "above", entries[0].second};
    }
    static const std::map<std::string, SiteRule::Kind> kinds{{"mean", SiteRule::Kind::mean},
                                                             {"min", SiteRule::Kind::min},
                                                             {"max", SiteRule::Kind::max},
                                                             {"edge", SiteRule::Kind::edge}};
    const auto it = kinds.find(choice.kind);
    if (it == kinds.end()) {
        const std::vector<std::string> known{"mean", "min", "max", "share", "edge"};
        throw Error("{}", layers::unknown("site rule", choice.kind, known));
    }
    return {it->second};
}

std::optional<double> read_weight(const Section& section) {
    const Node* node = section.find("weight");
    if (!node)
        return section.misspelt("weight") ? std::optional(told) : std::nullopt;
    double weight = told;
    section.problems().guard(node->mark, section.path("weight"), [&] {
        layers::Quantity quantity = layers::parse_quantity(node->is_scalar() ? node->text : "");
        if (quantity.unit.dimension == layers::Dimension::percent)
            quantity.unit = {};
        const double found = layers::convert(quantity, {});
        if (!(found >= 0))
            throw Error("a weight can't be negative, found '{}'", node->text);
        weight = found;
    });
    return weight;
}

CriterionSpec read_criterion(const std::string& name, const std::string& theme, const Node& written, Problems& problems,
                             Node& expanded) {
    CriterionSpec criterion{.name = name, .label = name, .theme = theme, .mark = written.key_mark};
    const std::string what = fmt::format("criterion '{}'", name);
    const Node* node = &written;
    if (const Node* use = written.find("use")) {
        if (!problems.guard(use->mark, what, [&] { expanded = expand_use(written, criterion, problems); })) {
            criterion.weight = told;
            return criterion;
        }
        node = &expanded;
    }
    const Section section(*node, what, keys_of("criterion"), problems);
    if (!node->is_map())
        return criterion;
    criterion.label = section.text("label", name);
    criterion.weight = read_weight(section);
    if (section.need("measure", "what is measured, such as {distance: {to: roads}}"))
        criterion.measure = section.choice("measure").value_or(Choice{});
    if (section.need("value", "how a measurement becomes a value, such as {linear: {best: 0 km, worst: 20 km}}"))
        criterion.value = section.choice("value").value_or(Choice{});
    if (const Node* missing = section.find("missing"))
        problems.guard(missing->mark, section.path("missing"), [&] { criterion.missing = read_missing(*missing); });
    if (const Node* rule = section.find("site"))
        problems.guard(rule->mark, section.path("site"), [&] { criterion.site = read_site_rule(*rule); });
    return criterion;
}

bool reserved(std::string_view key) {
    return key == "label" || key == "weight" || key == "weights" || key == "aggregate";
}

bool looks_like_criterion(const Node& node) {
    const std::vector<std::string> keys = keys_of("criterion");
    const auto known = [&](const auto& entry) { return std::ranges::find(keys, entry.first) != keys.end(); };
    return std::ranges::any_of(node.entries, known);
}

bool looks_like_theme(const Node& node) {
    return std::ranges::any_of(node.entries, [](const auto& entry) { return looks_like_criterion(entry.second); });
}

/// A criterion where a theme is expected.
bool lacks_theme(const Node& node) {
    const auto is_kind = [&](const char* key) { return node.find(key) && !looks_like_criterion(*node.find(key)); };
    return is_kind("use") || is_kind("measure") || is_kind("value");
}

/// Among names that are the user's to choose, a slip in a word of ours shows only
/// by what stands behind it.
bool is_slip(const std::string& key, const Node& value, bool fits, std::string_view what,
             const std::vector<std::string>& words, Problems& problems) {
    const bool slip = !fits && !layers::nearest(key, words).empty();
    if (slip)
        problems.error(value.key_mark, fmt::format("{}: {}", what, layers::unknown("key", key, words)));
    return slip;
}

ThemeSpec read_theme(const std::string& name, const Node& node, Problems& problems, Node& expanded) {
    ThemeSpec theme{.name = name, .label = name, .mark = node.key_mark};
    if (!node.is_map()) {
        problems.error(node.mark,
                       fmt::format("theme '{}': expected a mapping of criteria, found {}", name, node.kind_name()));
        return theme;
    }
    const std::vector<std::string> words = keys_of("theme");
    std::vector<std::string> known = words;
    for (const auto& entry : node.entries)
        known.push_back(entry.first);
    const Section section(node, fmt::format("theme '{}'", name), known, problems);
    theme.label = section.text("label", name);
    theme.weight = read_weight(section);
    theme.weights = section.choice("weights");
    theme.aggregate = section.choice("aggregate");
    for (std::size_t i = 0; i < node.entries.size(); ++i) {
        const auto& [key, value] = node.entries[i];
        if (!reserved(key) && !is_slip(key, value, looks_like_criterion(value), section.what(), words, problems) &&
            check_identifier("criterion", key, value.key_mark, problems))
            theme.criteria.push_back(read_criterion(key, name, value, problems, expanded.entries[i].second));
    }
    if (std::ranges::all_of(node.entries, [](const auto& entry) { return reserved(entry.first); }))
        problems.error(node.key_mark, fmt::format("theme '{}' has no criterion", name));
    return theme;
}

void read_criteria(const Node& node, Study& study, Problems& problems) {
    const std::vector<std::string> words{"weights"};
    Node& expanded = *study.expanded.find("criteria");
    if (!node.is_map()) {
        problems.error(node.mark, fmt::format("criteria: expected a mapping of themes, found {}", node.kind_name()));
        return;
    }
    for (std::size_t i = 0; i < node.entries.size(); ++i) {
        const auto& [key, value] = node.entries[i];
        if (key == "weights")
            problems.guard(value.mark, "criteria: weights", [&] { study.weights = layers::parse_choice(value); });
        else if (lacks_theme(value))
            problems.error(
                value.key_mark,
                fmt::format("criteria: '{0}' is a criterion without a theme; write {{location: {{{0}: ...}}}}, "
                            "or infrastructure, labor, connectivity or a theme of your own",
                            key));
        else if (!is_slip(key, value, looks_like_theme(value), "criteria", words, problems) &&
                 check_identifier("theme", key, value.key_mark, problems))
            study.themes.push_back(read_theme(key, value, problems, expanded.entries[i].second));
    }
    if (std::ranges::all_of(node.entries, [](const auto& entry) { return entry.first == "weights"; }))
        problems.error(node.key_mark, "criteria: there is no theme with a criterion");
}

void read_constraints(const Node& node, Study& study, Problems& problems) {
    if (!node.is_map()) {
        problems.error(node.mark, fmt::format("constraints: expected a mapping, found {}", node.kind_name()));
        return;
    }
    for (const auto& [key, value] : node.entries) {
        if (!check_identifier("constraint", key, value.key_mark, problems))
            continue;
        ConstraintSpec constraint{key, key, {}, value.key_mark};
        Node body = value;
        if (const Node* label = body.find("label"); label && label->is_scalar())
            constraint.label = label->text;
        std::erase_if(body.entries, [](const auto& entry) { return entry.first == "label"; });
        problems.guard(value.key_mark, fmt::format("constraint '{}'", key),
                       [&] { constraint.choice = layers::parse_choice(body); });
        study.constraints.push_back(std::move(constraint));
    }
}

void check_names(const Study& study, Problems& problems) {
    std::map<std::string, Mark> seen;
    const auto once = [&](std::string_view what, const std::string& name, const Mark& mark) {
        const auto [it, fresh] = seen.emplace(name, mark);
        if (!fresh)
            problems.error(mark,
                           fmt::format("{} '{}': the name is used already in line {}; criteria and constraints are "
                                       "unique in a study",
                                       what, name, it->second.line));
    };
    for (const ThemeSpec& theme : study.themes)
        for (const CriterionSpec& criterion : theme.criteria)
            once("criterion", criterion.name, criterion.mark);
    for (const ConstraintSpec& constraint : study.constraints)
        once("constraint", constraint.name, constraint.mark);
    constexpr std::size_t most = 60; // what fits in a cell's mask beside its own bits
    if (seen.size() > most)
        problems.error({},
                       fmt::format("{} criteria and constraints; a study holds at most {} of both", seen.size(), most));
}

/// The expanded study names files that its bases, in folders of their own, named.
void rebase(Node& node, const std::filesystem::path& folder, bool layers) {
    for (auto& [key, value] : node.entries)
        if (key == "source" || key == "csv" || key == "output" || (layers && !value.is_map()))
            rebase_files(value, folder);
        else
            rebase(value, folder, key == "layers");
}

} // namespace

Study study_from(const Node& root, const std::filesystem::path& file, Problems& problems) {
    Study study;
    study.file = file;
    study.folder = std::filesystem::absolute(file).parent_path();
    study.expanded = root;
    if (root.is_null()) {
        problems.error(root.mark, "the study is empty; it needs an `area`, a `grid` and `criteria`");
        return study;
    }
    const Section section(root, "study", keys_of(""), problems);
    if (!root.is_map())
        return study;
    study.title = section.text("study", file.stem().string());
    study.aggregate = section.choice("aggregate").value_or(study.aggregate);
    study.known = section.share("known", 70);
    study.output = section.text("output");
    if (const Node* output = section.find("output"))
        study.output_mark = output->mark;
    if (const Node* layers = section.find("layers"))
        study.layers = read_layers(*layers, problems);
    if (const Node* area = section.need(
            "area", "what is scored: {source: ...}, {box: [W, S, E, N]} or {around: sites, buffer: 20 km}"))
        study.area = read_area(*area, problems);
    if (const Node* grid = section.need("grid", "the cells: {cell: 100 m}"))
        study.grid = read_grid(*grid, problems);
    if (const Node* criteria = section.need("criteria", "themes with their criteria"))
        read_criteria(*criteria, study, problems);
    if (const Node* constraints = section.find("constraints"))
        read_constraints(*constraints, study, problems);
    if (const Node* sites = section.find("sites"))
        study.sites = read_sites(*sites, problems);
    if (const Node* outputs = section.find("outputs")) {
        const Section wanted(*outputs, "outputs", keys_of("outputs"), problems);
        study.outputs = {wanted.flag("criteria"), wanted.flag("reasons")};
    }
    check_names(study, problems);
    rebase(study.expanded, study.folder, false);
    return study;
}

Study read_study(const std::filesystem::path& path, Problems& problems) {
    return study_from(read_yaml(path, problems), path, problems);
}

} // namespace zonerank::engine
