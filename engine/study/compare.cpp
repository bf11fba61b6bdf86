// SPDX-License-Identifier: Apache-2.0
#include "engine/study/compare.hpp"

#include "engine/study/reading.hpp"
#include "engine/study/study_parts.hpp"

#include <algorithm>

namespace zonerank::engine {

using layers::Node;
using layers::Problems;

namespace {

constexpr const char* usual_methods[] = {"weighted sum", "weighted product", "topsis", "vikor", "promethee"};

/// A method with its label beside it, or alone.
void read_entry(Node node, CompareSpec& spec, Problems& problems) {
    CompareSpec::Entry entry;
    if (const Node* label = node.find("label"); label && !label->is_null())
        problems.guard(label->mark, "compare: label", [&] { entry.label = scalar_text(*label); });
    std::erase_if(node.entries, [](const auto& item) { return item.first == "label"; });
    if (!problems.guard(node.mark, "compare", [&] { entry.choice = layers::parse_choice(node); }))
        return;
    entry.label = entry.label.empty() ? entry.choice.kind : entry.label;
    if (std::ranges::find(spec.methods, entry.label, &CompareSpec::Entry::label) != spec.methods.end())
        return problems.error(node.mark, fmt::format("compare: there are two '{}'; give one of them another `label`",
                                                     layers::excerpt(entry.label)));
    spec.methods.push_back(std::move(entry));
}

template <typename Names>
void add_named(const Names& names, const layers::Mark& mark, CompareSpec& spec) {
    for (const auto& name : names)
        spec.methods.push_back({{std::string(name), {}, mark}, std::string(name)});
}

bool is_all(const Node& node) {
    return node.is_scalar() && node.text == "all";
}

void read_methods(const Node& node, CompareSpec& spec, Problems& problems) {
    if (is_all(node))
        return add_named(layers::names(ranking_methods()), node.mark, spec);
    if (!node.is_list() || node.items.empty())
        return problems.error(
            node.mark,
            fmt::format("compare: methods: expected all, or a list such as [vikor, {{topsis: "
                        "{{normalisation: minmax}}}}], found {}",
                        node.is_scalar() ? "'" + layers::excerpt(node.text) + "'" : std::string(node.kind_name())));
    for (const Node& item : node.items)
        read_entry(item, spec, problems);
}

bool takes_of(const std::string& method) {
    const auto kinds = ranking_methods();
    const auto kind = std::ranges::find(kinds, method, &RankingMethodKind::name);
    return kind != kinds.end() &&
           std::ranges::find(kind->parameters, "of", &layers::Parameter::name) != kind->parameters.end();
}

/// To those that don't say it themselves.
void spread_of(const Node& of, CompareSpec& spec) {
    for (CompareSpec::Entry& entry : spec.methods) {
        Node& body = entry.choice.body;
        if (!takes_of(entry.choice.kind) || body.find("of") || !(body.is_map() || body.is_null()))
            continue;
        body.kind = Node::Kind::map;
        body.entries.push_back({"of", of});
    }
}

/// Throws Error for what no method can work on; told here, and not of each method.
const Node& known_of(const Node& of) {
    const std::vector<std::string> known{"measurements", "values"};
    if (std::ranges::find(known, scalar_text(of)) == known.end())
        throw Error("{}", layers::unknown("choice", of.text, known));
    return of;
}

Node values(const layers::Mark& mark) {
    return layers::scalar("values", mark);
}

Contestant made(const CompareSpec::Entry& entry, std::span<const MatrixCriterion> criteria, Problems& problems) {
    const RankingMethodKind& kind = layers::find(ranking_methods(), "method", entry.choice.kind);
    const std::size_t before = problems.failures();
    const layers::Params params(entry.choice.body, kind.parameters, {}, "compare: " + entry.choice.kind, problems);
    Contestant contestant{entry.label, &kind, {}};
    if (problems.failures() == before)
        problems.guard(entry.choice.mark, "compare: " + entry.choice.kind,
                       [&] { contestant.method = kind.make(params, criteria); });
    return contestant;
}

} // namespace

CompareSpec read_compare(const Node& node, Problems& problems) {
    CompareSpec spec{.methods = {}, .mark = node.key_mark};
    if (!node.is_map()) {
        read_methods(node, spec, problems);
        if (is_all(node))
            spread_of(values(node.mark), spec);
        return spec;
    }
    const Section section(node, "compare", keys_of("compare"), problems);
    const Node* methods = section.find("methods");
    if (methods)
        read_methods(*methods, spec, problems);
    else
        add_named(usual_methods, spec.mark, spec);
    if (const Node* of = section.find("of"))
        problems.guard(of->mark, section.path("of"), [&] { spread_of(known_of(*of), spec); });
    else if (!methods || is_all(*methods)) // which work on any study, classes and all
        spread_of(values(spec.mark), spec);
    return spec;
}

std::vector<Contestant> contestants(const CompareSpec& spec, std::span<const MatrixCriterion> criteria,
                                    Problems& problems) {
    std::vector<Contestant> result;
    for (const CompareSpec::Entry& entry : spec.methods)
        problems.guard(entry.choice.mark, "compare", [&] { result.push_back(made(entry, criteria, problems)); });
    return result;
}

} // namespace zonerank::engine
