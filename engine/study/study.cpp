// SPDX-License-Identifier: Apache-2.0
#include "engine/study/study.hpp"

#include "engine/study/friction.hpp"
#include "engine/study/no_sites.hpp"
#include "engine/study/one_criterion.hpp"
#include "engine/study/reading.hpp"
#include "engine/study/stability.hpp"
#include "engine/study/study_parts.hpp"
#include "engine/text/yaml.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <span>

namespace zonerank::engine {

using layers::Mark;
using layers::Node;
using layers::Problems;

namespace {

void read_constraints(const Node& node, Study& study, Problems& problems) {
    if (!node.is_map()) {
        problems.error(node.mark, fmt::format("constraints: expected a mapping, found {}", node.kind_name()));
        return;
    }
    for (const auto& [key, value] : node.entries) {
        if (!check_identifier("constraint", key, value.key_mark, problems))
            continue;
        const std::string what = fmt::format("constraint '{}'", key);
        ConstraintSpec constraint{key, key, {}, value.key_mark};
        Node body = value;
        if (const Node* label = body.find("label"); label && !label->is_null())
            problems.guard(label->mark, what + ": label", [&] { constraint.label = scalar_text(*label); });
        std::erase_if(body.entries, [](const auto& entry) { return entry.first == "label"; });
        if (problems.guard(value.key_mark, what, [&] { constraint.choice = layers::parse_choice(body); }))
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
        problems.error(study.criteria_mark,
                       fmt::format("{} criteria and constraints; a study holds at most {} of both", seen.size(), most));
}

/// What stands at a path of keys; every key of a mapping at "*".
void at_places(Node& node, std::span<const std::string_view> path, const std::function<void(Node&)>& act) {
    if (path.empty())
        return act(node);
    for (auto& [key, value] : node.entries)
        if (path.front() == "*" || path.front() == key)
            at_places(value, path.subspan(1), act);
}

/// The expanded study names files that its bases, in folders of their own, named.
void rebase(Study& study) {
    static const std::vector<std::vector<std::string_view>> places{
        {"area", "source"},
        {"sites", "source"},
        {"layers", "*", "source"},
        {"validate", "*", "source"},
        {"profiles", "*", "weights", "ahp", "csv"},
        {"profiles", "*", "weights", "ahp", "people", "*", "csv"},
        {"criteria", "weights", "ahp", "csv"},
        {"criteria", "*", "weights", "ahp", "csv"},
        {"criteria", "weights", "ahp", "people", "*", "csv"},
        {"criteria", "*", "weights", "ahp", "people", "*", "csv"}};
    const auto act = [&](Node& names) { rebase_files(names, study.folder); };
    for (const auto& path : places)
        at_places(study.expanded, path, act);
    at_places(study.expanded, std::array<std::string_view, 2>{"layers", "*"}, [&](Node& layer) {
        if (!layer.is_map())
            act(layer);
    });
    if (Node* output = study.expanded.find("output"); output && std::filesystem::path(output->text).is_absolute())
        act(*output);
}

/// Whether what is asked for, the area, the grid or the sites may read this layer.
bool is_wanted(const Study& study, const std::string& layer) {
    const auto named = [&](const char* section) {
        const Node* node = study.expanded.find(section);
        return node && mentions(*node, layer);
    };
    return named("area") || named("grid") || named("friction") || named("criteria") ||
           (study.asked->links && named("links")) || (needs_sites(study) && named("sites"));
}

std::vector<layers::LayerSpec> layers_of(const Node& node, const Study& study, Problems& problems) {
    if (!study.asked)
        return read_layers(node, problems);
    return read_wanted_layers(node, problems, [&](const std::string& name) { return is_wanted(study, name); });
}

OutputsSpec read_outputs(const Node& node, Problems& problems) {
    const Section wanted(node, "outputs", keys_of("outputs"), problems);
    OutputsSpec outputs{.criteria = wanted.flag("criteria"),
                        .reasons = wanted.flag("reasons"),
                        .friction = wanted.flag("friction"),
                        .report = wanted.flag("report", true),
                        .project = wanted.flag("project", true)};
    if (const auto compression = wanted.choice("compression"))
        outputs.packing = read_packing(*compression, "outputs: compression", problems);
    return outputs;
}

std::vector<std::string> names_of_layers(const Section& section) {
    std::vector<std::string> names;
    if (const Node* layers = section.find("layers"))
        for (const auto& [name, layer] : layers->entries)
            names.push_back(name);
    return names;
}

/// For `connect`, which goes nowhere without them and a friction.
void read_asked_links(const Section& section, const Study& study, Problems& problems) {
    section.need("links", "what is joined: {between: [sites, LAYER, ...]}");
    if (!study.friction && !section.misspelt("friction"))
        problems.error(study.links ? study.links->mark : Mark{},
                       "links: travel time needs to know how fast one moves: a `friction` section with `speeds`");
    else if (study.friction && study.friction->directed)
        problems.error(study.friction->mark, "friction: terrain: direction: links are traced over ground that takes "
                                             "as long both ways; expected both ways");
}

/// What is asked of the ranked sites and of the map.
void read_industries(const Section& section, Study& study, Problems& problems) {
    if (const Node* profiles = section.find("profiles"))
        study.profiles = read_profiles(*profiles, problems);
    if (!study.profiles.empty() && !section.find("sites") && !section.misspelt("sites"))
        problems.error(section.find("profiles")->key_mark,
                       "profiles: industries are scored at sites, and the study has none; add `sites: {source: ...}`");
    if (const Node* assign = section.find("assign"))
        study.assign = read_assign(*assign, problems);
    if (!section.find("profiles") && !section.misspelt("profiles"))
        section.refuse("assign", "these are the sites for `profiles`, which is not there");
    if (const Node* validate = section.find("validate"))
        study.validate = read_validate(*validate, section.find("sites") != nullptr, problems);
}

void read_parts(const Section& section, Study& study, Problems& problems) {
    if (const Node* links = section.find("links"); links && (!study.asked || study.asked->links))
        study.links = read_links(*links, problems);
    if (const Node* area = section.need(
            "area", "what is scored: {source: ...}, {box: [W, S, E, N]} or {around: sites, buffer: 20 km}"))
        study.area = read_area(*area, problems);
    if (const Node* layers = section.find("layers"))
        study.layers = layers_of(*layers, study, problems);
    if (const Node* grid = section.need("grid", "the cells: {cell: 100 m}"))
        study.grid = read_grid(*grid, problems);
    if (const Node* friction = section.find("friction"))
        study.friction = read_friction(*friction, problems);
    if (study.asked && study.asked->links)
        read_asked_links(section, study, problems);
    else if (const Node* criteria = section.need("criteria", "themes with their criteria"))
        read_criteria(*criteria, study, problems);
    if (const Node* constraints = section.find("constraints"); constraints && !study.asked)
        read_constraints(*constraints, study, problems);
    Problems untold;
    const Node* sites = section.find("sites");
    const bool none = sites && says_no_sites(*sites);
    if (sites)
        study.sites =
            none ? SitesSpec{.mark = sites->key_mark} : read_sites(*sites, needs_sites(study) ? problems : untold);
    if (none && study.area.kind == AreaSpec::Kind::around_sites)
        problems.error(study.area.mark, "area: around: there are no sites");
    if ((!sites || none) && study.asked && study.asked->at_sites)
        problems.error({},
                       "there are no sites to take statistics of; add `sites: {source: ...}`, or write a map (.tif)");
    if (const Node* compare = section.find("compare"); compare && !study.asked)
        study.compare = read_compare(*compare, problems);
    if (study.compare && !section.find("sites") && !section.misspelt("sites"))
        problems.error(study.compare->mark, "compare: the study has no sites to rank; add `sites: {source: ...}`");
    if (!study.asked)
        read_industries(section, study, problems);
    if (const Node* stability = section.find("stability"); stability && !study.asked)
        study.stability = read_stability(*stability, problems);
    if (study.stability.asked && study.stability.wanted && !section.find("sites") && !section.misspelt("sites"))
        problems.error(study.stability.mark, "stability: there are no sites to rank; add `sites: {source: ...}`");
    if (study.links)
        check_links(*study.links, names_of_layers(section), sites && !(none && study.asked), problems);
    if (const Node* outputs = section.find("outputs"))
        study.outputs = read_outputs(*outputs, problems);
    if (study.outputs.friction && !study.friction)
        problems.error(section.find("outputs")->find("friction")->mark,
                       "outputs: friction: the study has no `friction` to map");
}

} // namespace

bool needs_sites(const Study& study) {
    const auto& links = study.links;
    return !study.asked || study.asked->at_sites || study.area.kind == AreaSpec::Kind::around_sites ||
           (links && std::ranges::find(links->between, LinksSpec::sites) != links->between.end());
}

static void read_root(const Node& root, Study& study, Problems& problems) {
    const Section section(root, "study", keys_of(""), problems);
    if (!root.is_map())
        return;
    study.title = section.text("study", study.file.stem().string());
    study.aggregate = section.choice("aggregate").value_or(study.aggregate);
    study.known = section.share("known", 70);
    study.output = section.text("output");
    if (const Node* output = section.find("output"))
        study.output_mark = output->mark;
    read_parts(section, study, problems);
    check_names(study, problems);
    rebase(study);
}

Study study_from(const Node& root, const std::filesystem::path& file, Problems& problems,
                 const std::optional<Asked>& asked) {
    Study study;
    study.file = file;
    study.folder = std::filesystem::absolute(file).parent_path();
    study.asked = asked;
    study.expanded = root;
    if (root.is_null()) {
        problems.error(root.mark, "the study is empty; it needs an `area`, a `grid` and `criteria`");
        return study;
    }
    Node* criteria = study.expanded.find("criteria");
    if (asked && asked->links)
        std::erase_if(study.expanded.entries, [](const auto& entry) { return entry.first == "criteria"; });
    else if (asked && criteria && criteria->is_map() &&
             !problems.guard(criteria->key_mark, "", [&] { *criteria = one_criterion(*criteria, asked->criterion); }))
        return study;
    const Node narrowed = asked ? study.expanded : Node(); // reading expands the other
    read_root(asked ? narrowed : root, study, problems);
    return study;
}

Study read_study(const std::filesystem::path& path, Problems& problems, const std::optional<Asked>& asked) {
    return study_from(read_yaml(path, problems), path, problems, asked);
}

} // namespace zonerank::engine
