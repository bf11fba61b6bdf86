// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/sheet_words.hpp"

#include "engine/text/escape.hpp"
#include "engine/text/numbers.hpp"
#include "engine/text/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace zonerank::engine {

namespace {

constexpr int digits = 3;

std::string class_text(const MatrixColumn& column, double code) {
    const auto i = static_cast<std::size_t>(code);
    const bool named = code >= 0 && i < column.classes.size() && !column.classes[i].empty();
    return named ? shown_on_terminal(column.classes[i]) : fmt::format("class {:g}", code);
}

std::string number_text(double shown) {
    const bool whole = std::abs(shown) >= 99.95;
    return whole ? with_thousands(std::llround(shown)) : fmt::format("{}", to_digits(to_decimals(shown, 6), digits));
}

std::string with_unit(const MatrixColumn& column, double shown) {
    const std::string unit = shown_on_terminal(column.unit.name);
    return unit.empty() ? number_text(shown) : number_text(shown) + " " + unit;
}

/// To a multiple of `step`, up or down; what is one to a millionth stays: maps are floats.
double away(double shown, double step, bool up) {
    const double steps = shown / step, nearest = std::round(steps);
    if (std::abs(steps - nearest) < std::clamp(1e-6 * std::abs(steps), 1e-6, 0.01))
        return nearest * step;
    return (up ? std::ceil(steps) : std::floor(steps)) * step;
}

} // namespace

std::string measurement_text(const MatrixColumn& column, double measurement) {
    if (std::isnan(measurement))
        return "no data";
    return column.classes.empty() ? with_unit(column, layers::shown_in(column.unit, measurement))
                                  : class_text(column, measurement);
}

std::string measurement_text(const MatrixColumn& column, const MatrixEntry& entry) {
    return entry.beyond == Beyond::all ? "> " + measurement_text(column, column.limit)
                                       : measurement_text(column, entry.measurement);
}

std::string reached_text(const MatrixColumn& column, double from, double reached) {
    const double shown = layers::shown_in(column.unit, reached);
    if (!column.classes.empty() || shown == 0 || std::isnan(from) || from == reached)
        return measurement_text(column, reached);
    const double magnitude = std::floor(std::log10(std::abs(shown)));
    return with_unit(column, away(shown, std::pow(10, std::min(magnitude, 2.0) + 1 - digits), reached > from));
}

std::vector<std::size_t> most_first(const std::vector<double>& figures) {
    std::vector<std::size_t> order(figures.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return figures[a] > figures[b]; });
    return order;
}

std::string paragraph(const std::string& text, int width, const std::string& indent) {
    std::string lines;
    for (const std::string& line : wrapped(text, std::max(40, width - static_cast<int>(indent.size()))))
        lines += indent + line + "\n";
    return lines;
}

} // namespace zonerank::engine
