// SPDX-License-Identifier: Apache-2.0
#include "engine/study/constraint.hpp"

namespace zonerank::engine {

using layers::Params;
using layers::Sources;

// `classes` is the category measure with an opinion.
static layers::Choice category_of(const layers::Node& body) {
    layers::Node inner = body;
    std::erase_if(inner.entries, [](const auto& entry) { return entry.first == "exclude"; });
    return {"category", std::move(inner), body.mark};
}

static std::optional<layers::Measure> measure_of(const layers::Choice& choice, const Sources& sources,
                                                 const std::string& what, layers::Problems& problems) {
    if (choice.kind == "classes")
        return layers::read_measure(category_of(choice.body), sources, what, problems);
    const layers::Node* node = choice.body.find("measure");
    if (!node)
        return std::nullopt;
    std::optional<layers::Measure> measure;
    problems.guard(node->mark, what + ": measure", [&] {
        measure = layers::read_measure(layers::parse_choice(*node), sources, what + ": measure", problems);
        if (measure && measure->kind->make.of_classes)
            throw Error("classes have no order; exclude them by `classes`");
    });
    return measure;
}

static void check_features(const Constraint& constraint, const Sources& sources, const std::string& what,
                           layers::Problems& problems) {
    for (const auto& [role, name] : constraint.params.layers("of"))
        problems.guard(constraint.mark, what, [&, &layer = name] {
            if (sources.is_raster(layer))
                throw Error("layer '{}' is a raster; {} needs points, lines or polygons", layer, constraint.kind->name);
            sources.check_fields(layer, constraint.params.text("where"), {});
            sources.expect(layer, constraint.params.text("where"), {});
        });
    if (constraint.params.number("buffer") < 0)
        problems.error(constraint.mark, what + ": buffer: a length of 0 or more is expected");
}

std::optional<Constraint> read_constraint(const ConstraintSpec& spec, const Sources& sources,
                                          layers::Problems& problems) {
    Constraint constraint{.name = spec.name, .label = spec.label, .mark = spec.mark};
    const std::string what = fmt::format("constraint '{}'", spec.name);
    const std::size_t before = problems.failures();
    if (!problems.guard(spec.choice.mark, what,
                        [&] { constraint.kind = &layers::find(constraints(), "constraint", spec.choice.kind); }))
        return std::nullopt;
    const bool by_number = constraint.kind->name == "above" || constraint.kind->name == "below";
    const bool by_class = constraint.kind->name == "classes";
    if (by_number || by_class)
        constraint.measure = measure_of(spec.choice, sources, what, problems);
    if (problems.failures() > before)
        return std::nullopt;
    const layers::Unit unit = constraint.measure ? constraint.measure->unit : layers::Unit{};
    constraint.params = Params(spec.choice.body, constraint.kind->parameters, unit, what, problems);
    if (!by_number && !by_class)
        check_features(constraint, sources, what, problems);
    if (problems.failures() > before)
        return std::nullopt;
    return constraint;
}

} // namespace zonerank::engine
