// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/site_columns.hpp"

#include "engine/text/numbers.hpp"
#include "engine/text/utf8.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace zonerank::engine {

using layers::Field;

namespace {

Field text(const std::string& value) {
    return value.empty() ? Field{} : Field{value};
}

Field number(double value) {
    return std::isfinite(value) ? Field{value} : Field{};
}

Field fraction(double value) {
    return number(to_decimals(value, 9));
}

Field hectares(double value) {
    return number(to_decimals(value, 4));
}

bool is_whole(double value) {
    return std::trunc(value) == value && std::abs(value) < 9e15;
}

// A class shows as its name, or its code where it has none; the mean of several
// codes, which is neither, as a number.
Field class_name(const MatrixColumn& column, double code) {
    if (!is_whole(code))
        return number(to_digits(code, 9));
    const auto index = static_cast<std::size_t>(code);
    if (code >= 0 && index < column.classes.size() && !column.classes[index].empty())
        return column.classes[index];
    return static_cast<std::int64_t>(code);
}

Field measurement(const MatrixColumn& column, double base) {
    if (!std::isfinite(base))
        return {};
    return column.classes.empty() ? number(to_digits(layers::shown_in(column.unit, base), 9))
                                  : class_name(column, base);
}

/// Of a criterion with a limit: "> 120 min", where all of the site is farther.
Field beyond(const MatrixColumn& column, Beyond beyond) {
    if (beyond == Beyond::none)
        return {};
    const std::string limit = fmt::format("> {:g} {}", layers::shown_in(column.unit, column.limit), column.unit.name);
    return beyond == Beyond::all ? limit : "in part " + limit;
}

std::string underscored(std::string name) {
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
    return name;
}

/// Collects columns and keeps their names apart: the files' formats and
/// databases need them unique, whatever the case.
class Columns {
public:
    void add(const std::string& name, std::function<Field(const SiteRow&)> of) {
        std::string unique = name;
        for (int i = 2; !m_taken.insert(lower_case(unique)).second; ++i)
            unique = fmt::format("{}_{}", name, i);
        m_columns.push_back({std::move(unique), std::move(of)});
    }

    std::vector<SiteColumn> take() { return std::move(m_columns); }

private:
    std::vector<SiteColumn> m_columns;
    std::set<std::string> m_taken;
};

void add_summary(Columns& columns) {
    columns.add("rank", [](const SiteRow& r) { return r.rank > 0 ? Field{std::int64_t{r.rank}} : Field{}; });
    columns.add("id", [](const SiteRow& r) { return text(r.id); });
    columns.add("name", [](const SiteRow& r) { return text(r.name); });
    columns.add("score", [](const SiteRow& r) { return fraction(r.score); });
    columns.add("map_score", [](const SiteRow& r) { return fraction(r.map_score); });
    columns.add("p10", [](const SiteRow& r) { return fraction(r.p10); });
    columns.add("min", [](const SiteRow& r) { return fraction(r.min); });
    columns.add("max", [](const SiteRow& r) { return fraction(r.max); });
    columns.add("area_ha", [](const SiteRow& r) { return hectares(r.area_ha); });
    columns.add("usable_ha", [](const SiteRow& r) { return hectares(r.usable_ha); });
    columns.add("valid", [](const SiteRow& r) { return fraction(r.shares.valid); });
    columns.add("assumed", [](const SiteRow& r) { return fraction(r.shares.assumed); });
    columns.add("unknown", [](const SiteRow& r) { return fraction(r.shares.unknown); });
    columns.add("excluded", [](const SiteRow& r) { return fraction(r.shares.excluded); });
    columns.add("outside", [](const SiteRow& r) { return fraction(r.shares.outside); });
    columns.add("excluded_by", [](const SiteRow& r) { return text(r.excluded_by); });
    columns.add("reason", [](const SiteRow& r) { return text(r.reason); });
}

void add_criterion(Columns& columns, const MatrixColumn& column, std::size_t i, bool contributions) {
    const std::string name = underscored(column.name);
    columns.add(measurement_column(column),
                [i, &column](const SiteRow& r) { return measurement(column, r.entries.at(i).measurement); });
    if (!std::isnan(column.limit))
        columns.add(name + "_beyond",
                    [i, &column](const SiteRow& r) { return beyond(column, r.entries.at(i).beyond); });
    if (column.may_lack)
        columns.add(name + "_known", [i](const SiteRow& r) { return fraction(r.entries.at(i).known); });
    columns.add(name + "_value", [i](const SiteRow& r) { return fraction(r.entries.at(i).value); });
    if (contributions)
        columns.add(name + "_part", [i](const SiteRow& r) { return fraction(r.entries.at(i).part); });
}

Field kept_field(const SiteRow& row, std::size_t i) {
    const Field& field = row.kept.at(i);
    const auto* real = std::get_if<double>(&field);
    return real ? number(*real) : field;
}

} // namespace

std::string measurement_column(const MatrixColumn& column) {
    const std::string name = underscored(column.name);
    return column.unit.suffix.empty() ? name : name + "_" + column.unit.suffix;
}

std::vector<SiteColumn> site_columns(const Ranking& ranking) {
    Columns columns;
    add_summary(columns);
    for (std::size_t i = 0; i < ranking.columns.size(); ++i)
        add_criterion(columns, ranking.columns[i], i, ranking.contributions);
    for (std::size_t i = 0; i < ranking.kept.size(); ++i)
        columns.add(ranking.kept[i], [i](const SiteRow& r) { return kept_field(r, i); });
    return columns.take();
}

} // namespace zonerank::engine
