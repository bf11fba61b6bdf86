// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/study_words.hpp"

#include "engine/commands/value_words.hpp"
#include "engine/outputs/study_in_words.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/utf8.hpp"
#include "engine/text/wording.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

using layers::Node;

namespace {

/// A parameter's value as a sentence has it: lists are told, mappings as they are written.
std::string value_text(const Node& node) {
    if (!node.is_list())
        return node.is_map() ? flow_text(node) : node.text;
    std::vector<std::string> items;
    for (const Node& item : node.items)
        items.push_back(value_text(item));
    return listed(items);
}

/// Layers first, as what is measured of them is said.
bool is_subject(const Node::Entry& entry) {
    return entry.first == "of" || entry.first == "to";
}

std::string filled(std::string_view words, const Node& body) {
    std::string text;
    for (std::size_t open = words.find('{'); open != words.npos; open = words.find('{')) {
        const std::size_t close = words.find('}', open);
        const std::string_view name = words.substr(open + 1, close - open - 1);
        const Node* node = body.find(name);
        text += words.substr(0, open);
        text += !node ? "" : name == "measure" ? measure_words(layers::parse_choice(*node)) : value_text(*node);
        words.remove_prefix(close + 1);
    }
    return text.append(words);
}

bool can_fill(std::string_view words, const Node& body) {
    for (std::size_t open = words.find('{'); open != words.npos; open = words.find('{', open + 1))
        if (!body.find(words.substr(open + 1, words.find('}', open) - open - 1)))
            return false;
    return true;
}

std::string share_text(double share) {
    return fmt::format("{:.3g} %", share * 100);
}

/// By Missing::Policy; {} is the value assumed.
constexpr std::string_view where_missing[] = {
    "Where it isn't known, the ground is left unknown.", "Where it isn't known, it counts as the worst.",
    "Where it isn't known, it counts as worth {:.2g}.", "Where it isn't known, the other criteria share its weight."};

std::string missing_words(const Missing& missing) {
    return fmt::format(fmt::runtime(where_missing[static_cast<std::size_t>(missing.policy)]), missing.value);
}

std::string paragraph(const std::string& text, int width, const std::string& indent = "") {
    std::string lines;
    for (const std::string& line : wrapped(shown_on_terminal(text), width - display_width(indent)))
        lines += indent + line + "\n";
    return lines;
}

std::string area_text(const Prepared& p) {
    const double km2 = rasters::ellipsoidal_area(p.territory.area, p.territory.crs) / 1e6;
    return km2 < 100 ? fmt::format("{:.3g} km²", km2) : with_thousands(std::llround(km2)) + " km²";
}

std::string looked_for(const Prepared& p) {
    const double cell = p.territory.grid.cell;
    if (!p.study.sites)
        return fmt::format("The ground of {} is scored in cells of {:g} m.", area_text(p), cell);
    const std::size_t count = p.territory.candidates.size();
    std::string text =
        fmt::format("{} site{} ranked, and the ground of {} is scored in cells of {:g} m. A site needs {} of "
                    "its area usable",
                    with_thousands(static_cast<long long>(count)), count == 1 ? " is" : "s are", area_text(p), cell,
                    share_text(p.study.sites->needs_usable));
    if (p.study.sites->needs_area_ha > 0)
        text += fmt::format(" and {:g} ha of it", p.study.sites->needs_area_ha);
    return text + " to have a rank.";
}

std::string joined_how(const Decision& decision) {
    const AggregationKind& row = layers::find(aggregations(), "aggregation", decision.aggregation_name);
    return fmt::format("{} joined by {}: {}. Weights of the themes: {}.",
                       decision.themes.size() == 1 ? "Its criteria are" : "Themes are", decision.aggregation_name,
                       row.summary, decision.weighing.summary);
}

/// Blocks of lines of one width beside each other, as many as there is room for.
std::string side_by_side(const std::vector<std::vector<std::string>>& blocks, int across) {
    std::string text;
    for (std::size_t first = 0; first < blocks.size(); first += static_cast<std::size_t>(across)) {
        const std::size_t last = std::min(first + static_cast<std::size_t>(across), blocks.size());
        std::size_t most = 0;
        for (std::size_t b = first; b < last; ++b)
            most = std::max(most, blocks[b].size());
        for (std::size_t i = 0; i < most; ++i) {
            std::string line;
            for (std::size_t b = first; b < last; ++b)
                line += "  " + (i < blocks[b].size()
                                    ? blocks[b][i]
                                    : std::string(static_cast<std::size_t>(display_width(blocks[b][0])), ' '));
            text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
        }
        text += "\n";
    }
    return text;
}

constexpr int curve_columns = 33;

std::vector<std::string> curve_lines(const Criterion& criterion, Plots plots) {
    const std::string curve = value_curve(criterion, curve_columns, plots);
    if (curve.empty())
        return {};
    std::vector<std::string> lines{fitted(shown_on_terminal(criterion.label), curve_columns + 3)};
    for (std::size_t at = 0; at < curve.size(); at = curve.find('\n', at) + 1)
        lines.push_back(fitted(curve.substr(at, curve.find('\n', at) - at), curve_columns + 3));
    return lines;
}

std::string curves(const Decision& decision, const Theme& theme, const Page& page) {
    std::vector<std::vector<std::string>> blocks;
    for (const std::size_t i : theme.members)
        if (auto lines = curve_lines(decision.criteria[i], page.plots); !lines.empty())
            blocks.push_back(std::move(lines));
    const std::string text = side_by_side(blocks, std::max(page.width / (curve_columns + 5), 1));
    return text.empty() ? "" : "\n" + text.substr(0, text.size() - 1); // a blank line between, none behind
}

std::string criterion_words(const CriterionSpec& spec, const Criterion& criterion) {
    return fmt::format("{} ({}): {}; {}. {}{}", criterion.label, share_text(criterion.weight),
                       measure_words(spec.measure), value_words(criterion), missing_words(criterion.missing),
                       criterion.on_map() ? "" : " It ranks the sites and is not on the map.");
}

std::string theme_words(const Prepared& p, std::size_t t, const Page& page) {
    const Theme& theme = p.decision.themes[t];
    double weight = 0;
    for (const std::size_t i : theme.members)
        weight += p.decision.criteria[i].weight;
    const std::string own = theme.members.size() > 1 ? fmt::format(" Weights in it: {}.", theme.weighing.summary) : "";
    std::string text =
        "\n" + paragraph(fmt::format("{} counts {} of the whole.{}", capitalised(theme.label), share_text(weight), own),
                         page.width);
    for (std::size_t m = 0; m < theme.members.size(); ++m)
        text += paragraph(criterion_words(p.study.themes[t].criteria[m], p.decision.criteria[theme.members[m]]),
                          page.width, "  ");
    return text + curves(p.decision, theme, page);
}

std::string ruled_out(const Study& study) {
    std::vector<std::string> parts;
    for (const ConstraintSpec& spec : study.constraints)
        parts.push_back(constraint_words(spec.choice));
    return fmt::format("Ground is ruled out: {}.", fmt::join(parts, "; "));
}

} // namespace

std::string measure_words(const layers::Choice& choice) {
    if (!choice.body.is_map())
        return choice.body.is_null() ? choice.kind : fmt::format("{} {}", choice.kind, value_text(choice.body));
    std::vector<Node::Entry> entries = choice.body.entries;
    std::ranges::stable_partition(entries, is_subject);
    std::vector<std::string> parts;
    for (const auto& [name, value] : entries)
        parts.push_back(fmt::format("{} {}", name, value_text(value)));
    return fmt::format("{} {}", choice.kind, fmt::join(parts, ", "));
}

std::string constraint_words(const layers::Choice& choice) {
    const auto& ways = layers::find(constraints(), "constraint", choice.kind).make.words;
    const auto way = std::ranges::find_if(ways, [&](std::string_view words) { return can_fill(words, choice.body); });
    const std::string_view words = way == ways.end() ? ways.back() : *way;
    std::string text = filled(words, choice.body);
    for (const auto& [name, value] : choice.body.entries)
        if (words.find("{" + name + "}") == words.npos)
            text += fmt::format(", {} {}", name, value_text(value));
    return text;
}

std::string study_words(const Prepared& p, const Page& page) {
    std::string text = page.ink.bold(shown_on_terminal(p.study.title)) + "\n\n";
    text += paragraph(fmt::format("{} {}", looked_for(p), joined_how(p.decision)), page.width);
    for (std::size_t t = 0; t < p.decision.themes.size(); ++t)
        text += theme_words(p, t, page);
    if (!p.study.constraints.empty())
        text += "\n" + paragraph(ruled_out(p.study), page.width);
    return text;
}

} // namespace zonerank::engine
