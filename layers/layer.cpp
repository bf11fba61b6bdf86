// SPDX-License-Identifier: Apache-2.0
#include "layers/layer.hpp"

#include "rasters/solved/solved_file.hpp"

#include <fmt/format.h>

namespace zonerank::layers {

void SolvedField::save(const std::filesystem::path& path) const {
    rasters::SolvedOut out(path, key);
    put(out);
    out.close();
}

void SolvedField::load(const std::filesystem::path& path) const {
    rasters::SolvedIn in(path, key);
    take(in);
}

// Most of what is wrong about a measure is wrong about the layers it names.
static const Mark& layers_mark(const Choice& choice) {
    for (const char* key : {"to", "of"})
        if (const Node* node = choice.body.find(key))
            return node->mark;
    return choice.mark;
}

static std::vector<std::string> own_layers(const Params& params) {
    std::vector<std::string> names;
    for (const auto& entry : params.all())
        if (const auto* layers = std::get_if<LayerNames>(&entry.second))
            for (const auto& layer : *layers)
                names.push_back(layer.second);
    return names;
}

// The question that a measure of features will put to each of its layers.
static void expect(const Measure& measure, const Sources& sources) {
    std::vector<std::string> fields;
    for (const Parameter& parameter : measure.kind->parameters)
        if (parameter.type == Type::field && measure.params.has(parameter.name))
            fields.push_back(measure.params.text(parameter.name));
    for (const std::string& name : own_layers(measure.params))
        if (!sources.is_raster(name))
            sources.expect(name, measure.params.text("where"), fields);
}

// Each text with its length in front, so that no text looks like others.
static void append(std::string& key, const Node& node) {
    key += fmt::format("{}{} {}:{}({} {} ", static_cast<int>(node.kind), node.quoted ? "q" : "", node.text.size(),
                       node.text, node.items.size(), node.entries.size());
    for (const Node& item : node.items)
        append(key, item);
    for (const Node::Entry& entry : node.entries) {
        key += fmt::format("{}:{}", entry.first.size(), entry.first);
        append(key, entry.second);
    }
    key += ")";
}

std::optional<Measure> read_measure(const Choice& choice, const Sources& sources, std::string_view what,
                                    Problems& problems) {
    Measure measure;
    if (!problems.guard(choice.mark, what, [&] { measure.kind = &find(measures(), "measure", choice.kind); }))
        return std::nullopt;
    const std::size_t before = problems.failures();
    measure.params =
        Params(choice.body, measure.kind->parameters, {}, fmt::format("{}: {}", what, choice.kind), problems);
    if (problems.failures() > before)
        return std::nullopt;
    measure.key = choice.kind;
    append(measure.key, choice.body);
    const auto fits = [&] { measure.unit = measure.kind->make.unit(measure.params, sources); };
    if (!problems.guard(layers_mark(choice), what, fits))
        return std::nullopt;
    expect(measure, sources);
    return measure;
}

// A measure within a measure was checked before.
static void add_layers_within(const Choice& choice, std::vector<std::string>& names) {
    Problems problems;
    const MeasureKind& kind = find(measures(), "measure", choice.kind);
    for (const std::string& name : layers_of({&kind, Params(choice.body, kind.parameters, {}, choice.kind, problems)}))
        names.push_back(name);
}

std::vector<std::string> layers_of(const Measure& measure) {
    std::vector<std::string> names = own_layers(measure.params);
    if (measure.params.has("measure"))
        add_layers_within(measure.params.choice("measure"), names);
    return names;
}

} // namespace zonerank::layers
