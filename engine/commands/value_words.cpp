// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/value_words.hpp"

#include "engine/decision/value_plot.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/numbers.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/utf8.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace zonerank::engine {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double same = 0.005; ///< values that read as one

std::string measurement(const Criterion& criterion, double base, int digits = 6) {
    const std::string& unit = criterion.shown.name;
    return fmt::format("{}{}{}", to_digits(layers::shown_in(criterion.shown, base), digits),
                       unit.empty() || unit == "°" ? "" : " ", unit);
}

std::string worth(double value) {
    return std::isnan(value) ? "not known" : fmt::format("worth {:.2g}", value + 0.0); // no -0
}

const layers::Categories* categories_of(const Criterion& criterion) {
    for (const auto& [name, value] : criterion.value_params.all())
        if (const auto* categories = std::get_if<layers::Categories>(&value))
            return categories;
    return nullptr;
}

/// The measurements that the study names, in base units, from the least.
std::vector<double> named_measurements(const Criterion& criterion) {
    std::vector<double> found;
    for (const layers::Parameter& parameter : criterion.value_kind->parameters) {
        if (parameter.type == layers::Type::points)
            for (const auto& [at, value] : criterion.value_params.points(parameter.name))
                found.push_back(at);
        if (parameter.type == layers::Type::measurement && criterion.value_params.has(parameter.name))
            found.push_back(criterion.value_params.number(parameter.name));
    }
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    return found;
}

/// A value function with the measurements at which it says something.
struct Telling {
    ValueFunction function;
    std::vector<double> at;

    bool starts_at_0() const { return at.front() >= 0; }
    double below() const { return starts_at_0() ? 0 : -infinity; }
    bool flat_below() const { return std::abs(function.of(below()) - function.of(at.front())) < same; }
    bool flat_above() const { return std::abs(function.of(infinity) - function.of(at.back())) < same; }
};

Telling telling_of(const Criterion& criterion) {
    return {criterion.function({.opened = false}), named_measurements(criterion)};
}

std::string class_words(const layers::Categories& categories) {
    std::vector<std::string> parts;
    for (const auto& [range, value] : categories)
        parts.push_back(fmt::format("{} is {}", to_string(range), worth(value)));
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string words_at(const Criterion& criterion, const Telling& telling, std::size_t i) {
    const bool first = i == 0, last = i + 1 == telling.at.size();
    const bool and_less = first && telling.flat_below() && telling.at[i] != telling.below();
    const bool and_more = last && !and_less && telling.flat_above();
    return fmt::format("{}{} is {}", measurement(criterion, telling.at[i]),
                       and_less   ? " and less"
                       : and_more ? " and more"
                                  : "",
                       worth(telling.function.of(telling.at[i])));
}

/// What is plotted of it: from the least to the greatest measurement named, and on until the
/// curve has come to its ends.
std::pair<double, double> range_of(const Telling& telling) {
    double from = telling.at.front(), to = telling.at.back();
    const double step = std::max(to - from, std::abs(to)) / 8;
    const auto far = [&](double x, double end) { return std::abs(telling.function.of(x) - end) >= same; };
    for (int i = 0; i < 40 && far(to, telling.function.of(infinity)); ++i)
        to += step;
    for (int i = 0; i < 40 && far(from, telling.function.of(telling.below())); ++i)
        from -= step;
    from -= step / 2;
    return {telling.starts_at_0() ? std::max(from, 0.0) : from, to + step / 2};
}

std::string class_bars(const layers::Categories& categories, int columns, Plots plots) {
    int widest = 0;
    for (const auto& [range, value] : categories)
        widest = std::max(widest, display_width(shown_on_terminal(to_string(range))));
    widest = std::min(widest, columns / 2);
    std::string text;
    for (const auto& [range, value] : categories) {
        const int room = columns + 3 - widest - 6;
        const std::string drawn = plots == Plots::unicode
                                      ? bar(value, room)
                                      : std::string(static_cast<std::size_t>(std::lround(value * room)), '#');
        text += fitted(fmt::format("{} {:<4.2g} {}", fitted(shown_on_terminal(to_string(range)), widest), value, drawn),
                       columns + 3) +
                "\n";
    }
    return text;
}

} // namespace

std::string value_words(const Criterion& criterion) {
    if (const auto* categories = categories_of(criterion))
        return class_words(*categories);
    if (criterion.needs_facts())
        return fmt::format("worth by {}: {}", criterion.value_kind->name, criterion.value_kind->summary);
    const Telling telling = telling_of(criterion);
    if (telling.at.empty())
        return fmt::format("worth by the {} of the study", criterion.value_kind->name);
    std::vector<std::string> parts;
    if (!telling.flat_below())
        parts.push_back(telling.starts_at_0()
                            ? fmt::format("{} is {}", measurement(criterion, 0), worth(telling.function.of(0)))
                            : fmt::format("far less comes to {:.2g}", telling.function.of(-infinity)));
    for (std::size_t i = 0; i < telling.at.size(); ++i)
        parts.push_back(words_at(criterion, telling, i));
    if (!telling.flat_above())
        parts.push_back(fmt::format("far more comes to {:.2g}", telling.function.of(infinity)));
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string value_curve(const Criterion& criterion, int columns, Plots plots) {
    if (plots == Plots::none || criterion.needs_facts())
        return "";
    if (const auto* categories = categories_of(criterion))
        return class_bars(*categories, columns, plots);
    const Telling telling = telling_of(criterion);
    if (telling.at.empty())
        return "";
    const auto [from, to] = range_of(telling);
    return plot({.value = telling.function.of,
                 .from = from,
                 .to = to,
                 .left = measurement(criterion, from, 3),
                 .right = measurement(criterion, to, 3),
                 .columns = columns,
                 .lines = 4},
                plots == Plots::unicode);
}

} // namespace zonerank::engine
