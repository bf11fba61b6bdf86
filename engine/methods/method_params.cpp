// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/method_params.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

using layers::Params;

static std::string text_of(const layers::Value& value) {
    if (const auto* number = std::get_if<double>(&value))
        return fmt::format("{}", *number);
    if (const auto* text = std::get_if<std::string>(&value))
        return *text;
    std::string all;
    if (const auto* each = std::get_if<layers::Each>(&value))
        for (const auto& [name, text] : *each)
            all += (all.empty() ? "" : ", ") + (name.empty() ? text : name + ": " + text);
    return all;
}

std::vector<std::pair<std::string, std::string>> stated(const Params& params) {
    std::vector<std::pair<std::string, std::string>> result;
    for (const auto& [name, value] : params.all())
        result.emplace_back(name, text_of(value));
    return result;
}

Of read_of(const Params& params) {
    return params.text("of") == "values" ? Of::values : Of::measurements;
}

double read_share(const Params& params, std::string_view name) {
    const double share = params.number(name);
    if (!(share >= 0 && share <= 1))
        throw Error("{}: expected a number from 0 to 1, found {:g}", name, share);
    return share;
}

std::vector<std::optional<std::string>> read_each(const Params& params, std::string_view name,
                                                  std::span<const MatrixCriterion> criteria) {
    std::vector<std::string> known;
    for (const MatrixCriterion& criterion : criteria)
        known.push_back(criterion.name);
    std::vector<std::optional<std::string>> result(criteria.size()), others(criteria.size());
    for (const auto& [of, text] : params.each(name)) {
        const auto at = std::ranges::find(known, of);
        if (at != known.end())
            result[static_cast<std::size_t>(at - known.begin())] = text;
        else if (of.empty() || of == "other")
            std::ranges::fill(others, text);
        else
            throw Error("{}: {}", name, layers::unknown("criterion", of, known));
    }
    for (std::size_t j = 0; j < result.size(); ++j)
        if (!result[j])
            result[j] = others[j];
    return result;
}

/// A difference of angles or slopes isn't that of their percents: taken as it converts from 0.
static double difference(const std::string& text, const MatrixCriterion& criterion, Of of) {
    const double value =
        layers::convert(layers::parse_quantity(text), of == Of::values ? layers::Unit{} : criterion.unit);
    if (!(value >= 0 && std::isfinite(value)))
        throw Error("expected 0 or more, found '{}'", layers::excerpt(text));
    return value;
}

std::vector<std::optional<double>> read_differences(const Params& params, std::string_view name,
                                                    std::span<const MatrixCriterion> criteria, Of of) {
    const auto texts = read_each(params, name, criteria);
    std::vector<std::optional<double>> result(criteria.size());
    for (std::size_t j = 0; j < criteria.size(); ++j)
        if (texts[j])
            result[j] = in_context(fmt::format("{}: {}", name, criteria[j].name),
                                   [&] { return difference(*texts[j], criteria[j], of); });
    return result;
}

} // namespace zonerank::engine
