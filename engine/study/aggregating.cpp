// SPDX-License-Identifier: Apache-2.0
#include "engine/study/aggregating.hpp"

namespace zonerank::engine {

std::optional<AggregationChoice> read_aggregation(const layers::Choice& choice, std::string what,
                                                  layers::Problems& problems) {
    AggregationChoice read{nullptr, {}, choice.mark, std::move(what)};
    const std::size_t before = problems.failures();
    problems.guard(choice.mark, read.what, [&] {
        read.kind = &layers::find(aggregations(), "aggregation", choice.kind);
        read.params = layers::Params(choice.body, read.kind->parameters, {}, read.what, problems);
    });
    return problems.failures() == before ? std::optional(std::move(read)) : std::nullopt;
}

Aggregation make_aggregation(const AggregationChoice& choice, const Membership& group, layers::Problems& problems) {
    Aggregation made;
    problems.guard(choice.mark, choice.what, [&] { made = choice.kind->make(choice.params, group); });
    if (made.summary.empty())
        made.summary = choice.kind->name;
    return made;
}

static double value_at(const Criterion& criterion, const std::string& text) {
    if (criterion.value_kind->need == layers::Need::facts)
        throw Error("{} depends on the map's own range, so no measurement has a value of its own",
                    criterion.value_kind->name);
    if (criterion.value_kind->name == "categories")
        throw Error("its value goes by classes; an ideal is a measurement");
    return criterion.function({.opened = false})
        .of(layers::convert(layers::parse_quantity(text), criterion.map_unit()));
}

Member as_member(const Criterion& criterion) {
    return {criterion.name, [&criterion](const std::string& text) { return value_at(criterion, text); }};
}

Member as_member(const Theme& theme) {
    return {theme.name, [](const std::string& text) {
                const layers::Quantity quantity = layers::parse_quantity(text);
                const double value = layers::convert(quantity, layers::base_unit(layers::Dimension::number));
                if (!(value >= 0 && value <= 1))
                    throw Error("a theme's value is from 0 to 1, found '{}'", layers::excerpt(text));
                return value;
            }};
}

} // namespace zonerank::engine
