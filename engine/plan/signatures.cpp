// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/signatures.hpp"

#include "engine/model/changed.hpp"
#include "engine/model/inputs.hpp"
#include "engine/plan/planning.hpp"
#include "engine/text/version.hpp"
#include "engine/text/yaml.hpp"
#include "rasters/connection.hpp"
#include "rasters/crs.hpp"
#include "rasters/remote_state.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace zonerank::engine {

namespace fs = std::filesystem;
using layers::Node;

namespace {

std::string part_of(const Node& study, std::string_view key) {
    const Node* part = study.find(key);
    return part ? to_yaml(*part) : "";
}

/// The study without what is looked at only once its map is scored.
std::string scored_part(const Study& study, bool sites_only) {
    std::vector<std::string_view> later{"study", "output", "compare", "profiles", "assign", "links"};
    if (!study.stability.maps || sites_only)
        later.emplace_back("stability");
    Node part = study.expanded;
    std::erase_if(part.entries,
                  [&](const Node::Entry& entry) { return std::ranges::find(later, entry.first) != later.end(); });
    return to_yaml(part);
}

void each_scalar(const Node& node, const std::function<void(const std::string&)>& visit) {
    if (node.is_scalar())
        visit(node.text);
    for (const Node& item : node.items)
        each_scalar(item, visit);
    for (const Node::Entry& entry : node.entries)
        each_scalar(entry.second, visit);
}

std::string hash_of(const Signature& signature, std::vector<std::string> parts) {
    parts.push_back(signature.hash);
    return key_of(parts);
}

bool is_solved(const layers::Measure& measure) {
    return measure.kind && measure.kind->need == layers::Need::field;
}

} // namespace

std::string table_input(const std::string& database, const std::string& table) {
    return database + " " + table;
}

Signatures::Signatures(const Prepared& prepared, const std::vector<PlannedInput>& inputs)
    : m_p(prepared), m_inputs(inputs) {}

Signatures::Names Signatures::layers_in(const Node& part) const {
    Names names;
    each_scalar(part, [&](const std::string& text) {
        if (std::ranges::find(m_p.study.layers, text, &layers::LayerSpec::name) != m_p.study.layers.end())
            names.insert(text);
    });
    return names;
}

void Signatures::add_layers(const layers::Measure& measure, Names& names) const {
    for (const std::string& name : layers_of(measure))
        names.insert(name);
    const Node* friction = m_p.study.expanded.find("friction");
    if (is_solved(measure) && friction)
        names.merge(layers_in(*friction));
}

/// Each by the name that the plan has for it.
std::set<std::string> Signatures::planned_names(const layers::LayerSpec& spec) const {
    std::set<std::string> names;
    for (const std::string& source : spec.paths) {
        if (rasters::names_database(source))
            names.insert(table_input(source, spec.layer));
        else if (!rasters::local_file(source))
            names.insert(source);
        for (const fs::path& file : input_files(source, m_p))
            names.insert(path_in_study(file, m_p.study));
    }
    return names;
}

const PlannedInput& Signatures::input_called(const std::string& name) const {
    const auto input = std::ranges::find(m_inputs, name, &PlannedInput::path);
    if (input == m_inputs.end()) // a file that came only now
        throw Changed("{}: has changed {}", name, this_plan);
    return *input;
}

Signature Signatures::of_layers(const Names& names) const {
    std::set<std::string> files;
    std::vector<std::string> parts;
    const Node* layers = m_p.study.expanded.find("layers");
    for (const std::string& name : names) {
        parts.push_back(name + part_of(*layers, name));
        files.merge(planned_names(m_p.sources->spec(name)));
    }
    for (const std::string& file : files)
        parts.push_back(file + " " + input_called(file).sha256);
    return {key_of(parts), {files.begin(), files.end()}};
}

Signature Signatures::of_all_inputs() const {
    Signature all;
    std::vector<std::string> parts;
    for (const PlannedInput& input : m_inputs) {
        all.files.push_back(input.path);
        parts.push_back(input.path + " " + input.sha256);
    }
    all.hash = key_of(parts);
    return all;
}

// Cells and their place, from where they are counted: the area's shape stands for whatever it was made from.
std::string Signatures::ground() const {
    const Territory& t = m_p.territory;
    std::string text = fmt::format("{} {} {} {} {} {} {} {}", t.crs.wkt, t.grid.cell, t.grid.anchor.x, t.grid.anchor.y,
                                   t.grid.west, t.grid.north, t.grid.cols, t.grid.rows);
    for (const rasters::Polygon& polygon : t.area.polygons) {
        text += " polygon";
        for (const rasters::Path& ring : polygon.rings) {
            text += " ring";
            for (const rasters::Point& p : ring)
                text += fmt::format(" {} {}", p.x, p.y);
        }
    }
    return key_of({version, text});
}

Signature Signatures::inputs_of_fields() const {
    Names names;
    for (const Criterion& criterion : m_p.decision.criteria)
        if (is_solved(criterion.measure))
            add_layers(criterion.measure, names);
    for (const Constraint& constraint : m_p.constraints)
        if (constraint.measure && is_solved(*constraint.measure))
            add_layers(*constraint.measure, names);
    return of_layers(names);
}

Signature Signatures::of_field(std::size_t field) const {
    Signature of = inputs_of_fields();
    of.hash = hash_of(of, {ground(), "field", m_p.model->fields()[field].key, part_of(m_p.study.expanded, "friction")});
    return of;
}

Signature Signatures::of_facts(std::size_t criterion) const {
    const layers::Measure& measure = m_p.decision.criteria[criterion].measure;
    Names names;
    add_layers(measure, names);
    Signature of = of_layers(names);
    of.hash = hash_of(
        of, {ground(), "facts", measure.key, is_solved(measure) ? part_of(m_p.study.expanded, "friction") : ""});
    return of;
}

Signature Signatures::of_weights() const {
    Signature of = of_all_inputs();
    of.hash = hash_of(of, {ground(), "weights", scored_part(m_p.study, true)});
    return of;
}

Signature Signatures::of_score(bool sites_only) const {
    Signature of = of_all_inputs();
    std::string weights;
    for (const Criterion& criterion : m_p.decision.criteria)
        weights += fmt::format("{} {}\n", criterion.name, criterion.weight);
    of.hash = hash_of(of, {ground(), sites_only ? "sites" : "map", scored_part(m_p.study, sites_only), weights});
    return of;
}

} // namespace zonerank::engine
