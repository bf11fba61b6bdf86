// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/class_range.hpp"

#include "layers/terms/unit.hpp"
#include "rasters/core/error.hpp"

namespace zonerank::layers {

std::optional<double> code_named(std::string_view name) {
    try {
        const Quantity quantity = parse_quantity(name);
        return quantity.unit.name.empty() ? std::optional(quantity.value) : std::nullopt;
    } catch (const Error&) {
        return std::nullopt;
    }
}

ClassRange parse_class(std::string_view text) {
    if (text == "other")
        return {0, 0, {}, true};
    const std::size_t dots = text.find("..");
    const auto from = code_named(text.substr(0, dots));
    const auto to = dots == text.npos ? from : code_named(text.substr(dots + 2));
    if (!from || !to)
        return {0, 0, std::string(text), false};
    if (*to < *from)
        throw Error("the range '{}' ends before it starts", text);
    return {*from, *to, {}, false};
}

std::string to_string(const ClassRange& range) {
    if (range.other || !range.text.empty())
        return range.other ? "other" : range.text;
    return range.from == range.to ? fmt::format("{:g}", range.from) : fmt::format("{:g}..{:g}", range.from, range.to);
}

std::optional<double> number_of(const Categories& categories, std::optional<double> code, std::string_view name) {
    std::optional<double> other;
    for (const auto& [range, number] : categories) {
        if (range.other)
            other = number;
        else if ((code && range.holds(*code)) || (!range.text.empty() && range.text == name))
            return number;
    }
    return other;
}

} // namespace zonerank::layers
