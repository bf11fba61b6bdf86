// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/styles.hpp"

#include "engine/text/numbers.hpp"
#include "engine/text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace zonerank::engine {

using rasters::Category;

std::vector<Category> state_categories(std::span<const Constraint> constraints) {
    std::vector<Category> categories{{0, "outside", {0, 0, 0, 0}},
                                     {1, "valid", {232, 237, 228, 255}},
                                     {2, "assumed", {205, 198, 176, 255}},
                                     {unknown_code, "unknown", {128, 128, 128, 255}}};
    for (std::size_t i = 0; i < constraints.size(); ++i) {
        const Constraint& constraint = constraints[i];
        categories.push_back({first_constraint_code + static_cast<int>(i),
                              valid_utf8(constraint.label.empty() ? constraint.name : constraint.label),
                              excluded_colour(i)});
    }
    return categories;
}

static constexpr int most_named_ranks = 1000, most_in_legend = 100;

static int last_rank(const Ranking& ranking) {
    int last = 0;
    for (const SiteRow& row : ranking.rows)
        last = std::max(last, row.rank);
    return last;
}

// Of the best and the worst rank the ends of the ramp.
static Colour rank_colour(int rank, int last) {
    return score_colour(last > 1 ? 1 - static_cast<double>(rank - 1) / (last - 1) : 1);
}

std::vector<Category> rank_categories(const Ranking& ranking) {
    constexpr std::size_t most_names = 3;
    std::map<int, std::vector<const SiteRow*>> by_rank;
    for (const SiteRow& row : ranking.rows)
        if (row.rank > 0 && row.rank <= most_named_ranks)
            by_rank[row.rank].push_back(&row);
    const int last = last_rank(ranking);
    std::vector<Category> categories{{0, "no site", {0, 0, 0, 0}}};
    for (const auto& [rank, rows] : by_rank) {
        std::string names;
        for (std::size_t i = 0; i < std::min(rows.size(), most_names); ++i)
            names += (i ? ", " : "") + valid_utf8(rows[i]->name.empty() ? rows[i]->id : rows[i]->name);
        names += rows.size() > most_names ? " …" : "";
        categories.push_back(
            {rank, fmt::format("{} {} ({})", rank, names, fixed(rows.front()->score, 2)), rank_colour(rank, last)});
    }
    return categories;
}

std::string suitability_style() {
    return ramp_style({});
}

std::string share_style() {
    return ramp_style({.ramp = Ramp::share, .decimals = 2});
}

std::string deviation_style(double largest) {
    return ramp_style({.ramp = Ramp::deviation, .high = std::max(std::ceil(largest * 200), 1.0) / 200, .decimals = 3});
}

std::string speed_style(double fastest) {
    return ramp_style(
        {.ramp = Ramp::speed, .high = to_digits(fastest, 6), .decimals = fastest < 20 ? 1 : 0, .unit = "km/h"});
}

// Decimals that keep the steps of a range apart.
static int decimals_for(double step) {
    return std::clamp(static_cast<int>(std::ceil(-std::log10(step))), 0, 6);
}

std::string measurement_style(double low, double high, const std::string& unit) {
    RampStyle style{.ramp = Ramp::measurement, .unit = unit};
    if (low <= high) {
        style.low = to_digits(low, 6);
        style.high = to_digits(high, 6);
    }
    if (!(style.low < style.high))
        style.high = style.low + 1;
    style.decimals = decimals_for((style.high - style.low) / 100);
    return ramp_style(style);
}

std::vector<Category> named_classes(std::span<const std::string> names) {
    std::vector<Category> categories;
    for (std::size_t code = 0; code < names.size(); ++code)
        if (!names[code].empty())
            categories.push_back({static_cast<int>(code), valid_utf8(names[code]), class_colour(categories.size())});
    return categories;
}

std::vector<Category> numbered_classes(const std::set<int>& codes) {
    std::vector<Category> categories;
    for (const int code : codes)
        categories.push_back({code, fmt::format("class {}", code), class_colour(categories.size())});
    return categories;
}

std::string ranking_style(const Ranking& ranking) {
    const int last = last_rank(ranking);
    return last > most_in_legend
               ? ramp_style({.low = 1, .high = static_cast<double>(last), .reversed = true, .decimals = 0})
               : categories_style(rank_categories(ranking));
}

} // namespace zonerank::engine
