// SPDX-License-Identifier: Apache-2.0
#include "engine/report/curve.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <set>

namespace zonerank::engine {

namespace {

using layers::Type;

/// Measurements at which something happens to a value function, in base units.
std::vector<double> anchors(const Criterion& criterion) {
    // These are widths, or a place where a formula begins, not places on the curve.
    constexpr std::array<std::string_view, 3> elsewhere{"spread", "scale", "shift"};
    std::vector<double> found;
    for (const layers::Parameter& row : criterion.value_kind->parameters) {
        if (row.type == Type::points)
            for (const auto& [x, value] : criterion.value_params.points(row.name))
                found.push_back(x);
        if (row.type == Type::measurement && criterion.value_params.has(row.name) &&
            std::ranges::find(elsewhere, row.name) == elsewhere.end())
            found.push_back(criterion.value_params.number(row.name));
    }
    return found;
}

/// Where the function has become nearly flat on both sides of its middle.
std::vector<double> tails(const Criterion& criterion) {
    const std::vector<double> middle = anchors(criterion);
    const layers::Params& p = criterion.value_params;
    if (middle.empty())
        return {};
    if (p.has("spread"))
        return {middle.front() - 4 * p.number("spread"), middle.front() + 4 * p.number("spread")};
    if (p.has("midpoint"))
        return {0, 3 * middle.front()};
    return {};
}

struct Ends {
    double from, to;
};

Ends ends_of(std::vector<double> places) {
    std::erase_if(places, [](double x) { return !std::isfinite(x); });
    if (places.empty())
        return {0, 1};
    const auto [least, most] = std::ranges::minmax(places);
    const double margin = most > least ? (most - least) / 10 : std::max(std::abs(most), 1.0) / 2;
    return {least >= 0 ? std::max(least - margin, 0.0) : least - margin, most + margin};
}

/// Never below 0 unless something there is: a tail of a bell has no meaning on negative ground.
void keep_on_ground(std::vector<double>& tails, std::span<const double> marks, std::span<const double> measurements) {
    const auto negative = [](double x) { return x < 0; };
    if (std::ranges::any_of(marks, negative) || std::ranges::any_of(measurements, negative))
        return;
    for (double& tail : tails)
        tail = std::max(tail, 0.0);
}

/// As cells hold it, in which limits are judged.
double just_below(double mark) {
    return static_cast<double>(std::nextafter(static_cast<float>(mark), -HUGE_VALF));
}

/// Evenly spaced, and on both sides of each mark, where a step may be.
std::vector<double> places_between(const Ends& ends, std::span<const double> marks) {
    constexpr int steps = 120;
    constexpr std::size_t most_marks = 39;
    std::vector<double> xs;
    for (int i = 0; i <= steps; ++i)
        xs.push_back(ends.from + (ends.to - ends.from) * i / steps);
    for (const double mark : marks.first(std::min(marks.size(), most_marks)))
        if (mark > ends.from && mark < ends.to)
            xs.insert(xs.end(), {just_below(mark), mark});
    std::ranges::sort(xs);
    xs.erase(std::unique(xs.begin(), xs.end()), xs.end());
    return xs;
}

} // namespace

bool goes_by_classes(const Criterion& criterion) {
    return criterion.value_kind->name == "categories";
}

Curve value_curve(const Model& model, std::size_t criterion, std::span<const double> measurements) {
    const Criterion& c = model.decision().criteria[criterion];
    std::vector<double> marks = anchors(c);
    std::vector<double> places = tails(c);
    keep_on_ground(places, marks, measurements);
    if (c.needs_facts())
        marks.insert(marks.end(), {model.learnt(criterion).min, model.learnt(criterion).max});
    places.insert(places.end(), marks.begin(), marks.end());
    places.insert(places.end(), measurements.begin(), measurements.end());
    Curve curve;
    for (const double x : places_between(ends_of(places), marks))
        curve.emplace_back(x, model.value(criterion, x));
    return curve;
}

std::string class_label(double code) {
    return fmt::format("class {:g}", code);
}

static std::string written(const layers::ClassRange& range) {
    if (range.other || !range.text.empty())
        return range.other ? "other" : range.text;
    return range.from == range.to ? class_label(range.from) : fmt::format("classes {:g}..{:g}", range.from, range.to);
}

/// As the study writes them, and the codes of sites that it doesn't name one by one.
static ClassValues numbered_values(const Model& model, std::size_t criterion, std::span<const double> measurements) {
    std::set<double> codes;
    std::ranges::copy_if(measurements, std::inserter(codes, codes.end()),
                         [](double code) { return !std::isnan(code); });
    ClassValues values;
    for (const auto& [range, value] : model.decision().criteria[criterion].value_params.categories("*")) {
        values.emplace_back(written(range), value);
        if (range.holds(range.from) && range.from == range.to)
            codes.erase(range.from);
    }
    for (const double code : codes)
        values.emplace_back(class_label(code), model.value(criterion, code));
    return values;
}

ClassValues class_values(const Model& model, std::size_t criterion, std::span<const double> measurements) {
    const std::vector<std::string>& names = model.layer(criterion).classes;
    ClassValues values;
    for (std::size_t code = 0; code < names.size(); ++code)
        if (!names[code].empty())
            values.emplace_back(names[code], model.value(criterion, static_cast<double>(code)));
    return values.empty() ? numbered_values(model, criterion, measurements) : values;
}

} // namespace zonerank::engine
