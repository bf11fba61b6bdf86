// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/value_plot.hpp"

#include "engine/decision/value_function.hpp"
#include "engine/text/utf8.hpp"
#include "engine/text/yaml.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace zonerank::engine {

namespace {

/// Marks that a curve leaves on a grid of dots, from the top; neighbours are joined.
class Dots {
public:
    Dots(int across, int down) : m_across(across), m_down(down), m_set(static_cast<std::size_t>(across * down)) {}

    bool at(int x, int y) const { return m_set[static_cast<std::size_t>(y * m_across + x)]; }

    void draw(const Plotted& plotted) {
        int before = -1;
        for (int x = 0; x < m_across; ++x) {
            const double value = plotted.value(plotted.from + (plotted.to - plotted.from) * x / (m_across - 1));
            if (std::isnan(value)) {
                before = -1;
                continue;
            }
            const int y = static_cast<int>(std::lround((1 - value) * (m_down - 1)));
            const int first = before < 0 || before == y ? y : before < y ? before + 1 : before - 1;
            for (int k = std::min(first, y); k <= std::max(first, y); ++k)
                m_set[static_cast<std::size_t>(k * m_across + x)] = true;
            before = y;
        }
    }

private:
    int m_across, m_down;
    std::vector<bool> m_set;
};

/// The braille character of two by four dots, as UTF-8.
std::string braille(const Dots& dots, int column, int line) {
    constexpr std::array<std::array<int, 2>, 4> bits{{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}};
    int code = 0;
    for (std::size_t y = 0; y < bits.size(); ++y)
        for (std::size_t x = 0; x < 2; ++x)
            if (dots.at(2 * column + static_cast<int>(x), 4 * line + static_cast<int>(y)))
                code |= bits[y][x];
    return {'\xE2', static_cast<char>(0xA0 | code >> 6), static_cast<char>(0x80 | (code & 0x3F))};
}

std::string axis_label(int line, int lines) {
    return line == 0 ? "1 " : line == lines - 1 ? "0 " : "  ";
}

std::string under_axis(const Plotted& plotted) {
    const int room = plotted.columns - display_width(plotted.left) - display_width(plotted.right);
    return "   " + plotted.left + std::string(static_cast<std::size_t>(std::max(room, 1)), ' ') + plotted.right + "\n";
}

} // namespace

std::string plot(const Plotted& plotted, bool unicode) {
    const auto [columns, lines] = std::pair(plotted.columns, plotted.lines);
    Dots dots(unicode ? 2 * columns : columns, unicode ? 4 * lines : lines);
    dots.draw(plotted);
    std::string text;
    for (int line = 0; line < lines; ++line) {
        std::string row = axis_label(line, lines) + (unicode ? "│" : "|");
        for (int column = 0; column < columns; ++column)
            row += unicode ? braille(dots, column, line) : dots.at(column, line) ? "*" : " ";
        text += row + "\n";
    }
    return text + under_axis(plotted);
}

namespace {

struct Typical {
    std::string_view name, body;
    double from, to; ///< km; of classes their numbers
    Facts facts{};   ///< km
};

constexpr Typical typical[] = {
    {"linear", "{worst: 20 km, best: 0 km}", 0, 25},
    {"symmetric linear", "{minimum: 2 km, maximum: 18 km}", 0, 20},
    {"step", "{at: 5 km, above: 0.2, below: 1}", 0, 20},
    {"exponential", "{lower: 0 km, upper: 20 km, scale: 5 km}", 0, 20},
    {"logarithm", "{lower: 0 km, upper: 20 km, shift: -1 km}", 0, 20},
    {"power", "{lower: 0 km, upper: 20 km, exponent: 3}", 0, 20},
    {"piecewise", "{0 km: 1, 3 km: 1, 8 km: 0.4, 15 km: 0}", 0, 20},
    {"categories", "{1..3: 1, 4..5: 0.4, 8..9: 0.1}", 0.6, 9.4},
    {"logistic", "{midpoint: 10 km, spread: 2 km, falling: true}", 0, 20},
    {"logistic growth", "{minimum: 0 km, maximum: 20 km, intercept: 1 %}", 0, 20},
    {"logistic decay", "{minimum: 0 km, maximum: 20 km, intercept: 99 %}", 0, 20},
    {"large", "{midpoint: 10 km, steepness: 5}", 0, 20},
    {"small", "{midpoint: 10 km, steepness: 5}", 0, 20},
    {"gaussian", "{ideal: 8 km, spread: 3 km}", 0, 20},
    {"near", "{ideal: 8 km, spread: 3 km}", 0, 20},
    {"fuzzy linear", "{a: 2 km, b: 6 km, c: 10 km, d: 18 km}", 0, 20},
    {"fuzzy sigmoidal", "{a: 2 km, b: 6 km, c: 10 km, d: 18 km}", 0, 20},
    {"fuzzy j-shaped", "{a: 2 km, b: 6 km, c: 10 km, d: 18 km}", 0, 20},
    {"fuzzy g-shaped", "{a: 2 km, b: 6 km, c: 10 km, d: 18 km}", 0, 20},
    {"stretch", "{falling: true}", 0, 20, {2, 18, 8, 4}},
    {"mean-sd large", "{means: 1, deviations: 1}", 0, 20, {2, 18, 8, 4}},
    {"mean-sd small", "{means: 1, deviations: 1}", 0, 20, {2, 18, 8, 4}},
    {"expression", "{formula: 1 - (x / 20 km)^2, in: km}", 0, 25},
};

Facts in_metres(const Facts& km) {
    return {km.min * 1000, km.max * 1000, km.mean * 1000, km.deviation * 1000};
}

ValueFunction made(const Typical& example, const layers::Unit& unit) {
    const ValueKind& kind = layers::find(value_functions(), "value function", example.name);
    layers::Problems problems;
    const layers::Node body = parse_yaml(std::string(example.body), "example", problems);
    return kind.make(layers::Params(body, kind.parameters, unit, kind.name, problems),
                     {.facts = in_metres(example.facts), .opened = false});
}

std::string of_the_map(const Facts& km) {
    return km.max > 0 ? fmt::format(" on a map from {:g} to {:g} km, mean {:g}, standard deviation {:g} km", km.min,
                                    km.max, km.mean, km.deviation)
                      : "";
}

} // namespace

std::string typical_plot(std::string_view value_function, bool unicode) {
    const auto* example = std::ranges::find(typical, value_function, &Typical::name);
    if (example == std::end(typical))
        throw Error("'{}' has no example", value_function);
    const bool classes = value_function == "categories";
    const ValueFunction function =
        made(*example, layers::base_unit(classes ? layers::Dimension::number : layers::Dimension::length));
    const auto value = [&](double x) { return function.of(classes ? std::round(x) : 1000 * x); };
    const auto end = [&](double x) { return classes ? fmt::format("{:g}", std::round(x)) : fmt::format("{:g} km", x); };
    return fmt::format("{}: {}{}\n{}", example->name, example->body, of_the_map(example->facts),
                       plot({value, example->from, example->to, end(example->from), end(example->to)}, unicode));
}

} // namespace zonerank::engine
