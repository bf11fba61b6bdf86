// SPDX-License-Identifier: Apache-2.0
#include "engine/study/catalogue_use.hpp"
#include "engine/study/reading.hpp"
#include "engine/study/study_parts.hpp"

#include <algorithm>
#include <limits>

namespace zonerank::engine {

using layers::Choice;
using layers::Node;
using layers::Problems;

std::span<const layers::Kind<SiteRule::Kind>> site_rules() {
    using enum SiteRule::Kind;
    static const layers::Kind<SiteRule::Kind> rules[] = {
        {"mean", "of its cells, each by how much of it is the site's", {}, mean},
        {"min", "the least of its cells", {}, min},
        {"max", "the most of its cells", {}, max},
        {"share",
         "of its cells that measure more, or less, than a limit",
         {{"above", "the limit", layers::Type::measurement}, {"below", "the limit", layers::Type::measurement}},
         share},
        {"edge", "the distance from its own outline", {}, edge},
    };
    return rules;
}

namespace {

/// A weight that is wrong, which was told.
constexpr DirectWeight told{std::numeric_limits<double>::quiet_NaN()};

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
        throw Error("expected unknown, worst, leave out or a value from 0 to 1, found '{}'",
                    layers::excerpt(node.text));
    }
    if (!(value >= 0 && value <= 1))
        throw Error("a value for missing data must be from 0 to 1, found '{}'", node.text);
    return {Missing::Policy::value, value};
}

SiteRule read_site_rule(const Node& node) {
    const Choice choice = layers::parse_choice(node);
    const auto& rule = layers::find(site_rules(), "site rule", choice.kind);
    if (rule.make != SiteRule::Kind::share && !choice.body.is_empty())
        throw Error("'{}' takes no parameters", choice.kind);
    if (rule.make != SiteRule::Kind::share)
        return {rule.make};
    const auto& entries = choice.body.entries;
    if (entries.size() != 1 || (entries[0].first != "above" && entries[0].first != "below"))
        throw Error("share needs a limit: {{share: {{above: 8 %}}}} or {{share: {{below: 5 km}}}}");
    return {rule.make, entries[0].first == "above", entries[0].second};
}

std::optional<DirectWeight> read_weight(const Section& section) {
    const Node* node = section.find("weight");
    if (!node)
        return section.misspelt("weight") ? std::optional(told) : std::nullopt;
    DirectWeight weight = told;
    section.problems().guard(node->mark, section.path("weight"), [&] { weight = parse_weight(*node); });
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
    if (!section.misspelt("use"))
        section.refuse("of", "these are the layers for `use`, which is not there");
    criterion.label = section.text("label", name);
    criterion.weight = read_weight(section);
    if (section.need("measure", "what is measured, such as {distance: {to: roads}}"))
        criterion.measure = section.choice("measure").value_or(Choice{});
    if (section.need("value", "how a measurement becomes a value, such as {linear: {best: 0 km, worst: 20 km}}"))
        criterion.value = section.choice("value").value_or(Choice{});
    criterion.uncertainty = section.choice("uncertainty");
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

} // namespace

void read_criteria(const Node& node, Study& study, Problems& problems) {
    const std::vector<std::string> words{"weights"};
    study.criteria_mark = node.key_mark;
    Node& expanded = *study.expanded.find("criteria");
    if (!node.is_map()) {
        problems.error(node.mark, fmt::format("criteria: expected a mapping of themes, found {}", node.kind_name()));
        return;
    }
    for (std::size_t i = 0; i < node.entries.size(); ++i) {
        const auto& [key, value] = node.entries[i];
        if (key == "weights")
            problems.guard(value.mark, "criteria: weights",
                           [&, &choice = value] { study.weights = layers::parse_choice(choice); });
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

} // namespace zonerank::engine
