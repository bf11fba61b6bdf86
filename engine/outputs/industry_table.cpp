// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/industry_table.hpp"

#include "engine/text/escape.hpp"
#include "engine/text/numbers.hpp"
#include "engine/text/text_table.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace zonerank::engine {

namespace {

using Rows = std::vector<std::vector<std::string>>;
constexpr std::size_t most_sites = 20, most_reasons = 10, industries_abreast = 6;

std::string_view bar(double score) {
    constexpr std::string_view eighths[] = {"▁", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    return eighths[std::clamp(static_cast<int>(std::lround(score * 8)), 0, 8)];
}

bool goes_there(const IndustryPlan& plan, std::size_t industry, std::size_t site) {
    return std::ranges::any_of(plan.places, [&](const IndustryPlan::Place& place) {
        return place.industry == industry && place.site == site;
    });
}

std::string cell(const Industries& all, std::size_t site, std::size_t industry) {
    const Fit& fit = all.matrix.at(site, industry);
    if (!fit.suited())
        return "not suited";
    return fmt::format("{} {} {}{}", fixed(fit.score, 2), bar(fit.score), fit.rank == 1 ? "*" : "",
                       goes_there(all.plan, industry, site) ? "<" : "");
}

std::string best_label(const IndustryMatrix& matrix, std::size_t site) {
    const std::vector<std::size_t> industries = suited_industries(matrix, site);
    return industries.empty() ? "-" : matrix.industries[industries.front()].label;
}

std::string block(const Industries& all, std::size_t first) {
    const IndustryMatrix& matrix = all.matrix;
    const std::size_t end = std::min(first + industries_abreast, matrix.industries.size());
    Rows rows{{"site"}};
    for (std::size_t i = first; i < end; ++i)
        rows.front().push_back(matrix.industries[i].label);
    rows.front().emplace_back("best for");
    for (std::size_t s = 0; s < std::min(matrix.sites.size(), most_sites); ++s) {
        rows.push_back({matrix.sites[s].name});
        for (std::size_t i = first; i < end; ++i)
            rows.back().push_back(cell(all, s, i));
        rows.back().push_back(best_label(matrix, s));
    }
    return aligned(rows, "  ");
}

std::string scores(const Industries& all) {
    std::string text = "Industries and sites\n";
    for (std::size_t first = 0; first < all.matrix.industries.size(); first += industries_abreast)
        text += block(all, first);
    if (all.matrix.sites.size() > most_sites)
        text += fmt::format("  … and {} more in industries/scores.csv\n", all.matrix.sites.size() - most_sites);
    return text + "  * the industry's best site, < where the plan puts it\n";
}

/// Of sites that have a rank: why the others have none is told beside it.
std::string reasons(const IndustryMatrix& matrix) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < matrix.industries.size(); ++i)
        for (std::size_t s = 0; s < matrix.sites.size(); ++s)
            if (const Fit& fit = matrix.at(s, i); !fit.suited() && !std::isnan(fit.score))
                lines.push_back(
                    fmt::format("{} not at {}: {}", matrix.industries[i].label, matrix.sites[s].name, fit.reason));
    std::string text;
    for (std::size_t i = 0; i < std::min(lines.size(), most_reasons); ++i)
        text += "  " + shown_on_terminal(lines[i]) + "\n";
    if (lines.size() > most_reasons)
        text += fmt::format("  … and {} more in industries/scores.csv\n", lines.size() - most_reasons);
    return text;
}

std::vector<std::string> plan_row(const IndustryMatrix& matrix, const IndustryPlan::Place& place) {
    const std::size_t best = suited_sites(matrix, place.industry).front();
    const double score = matrix.at(place.site, place.industry).score;
    const double lost = matrix.at(best, place.industry).score - score;
    return {matrix.industries[place.industry].label,
            matrix.sites[place.site].name,
            fixed(score, 3),
            lost > 0 ? matrix.sites[best].name : "this one",
            lost > 0 ? fixed(lost, 3) : "0",
            fixed(regret(matrix, place.industry), 3)};
}

std::string plan_table(const Industries& all) {
    Rows rows{{"industry", "goes to", "score", "its best site", "given up", "second best costs"}};
    for (const IndustryPlan::Place& place : all.plan.places)
        rows.push_back(plan_row(all.matrix, place));
    return rows.size() == 1 ? "" : aligned(rows, "  ");
}

std::string summary(const Industries& all) {
    const IndustryMatrix& matrix = all.matrix;
    std::string text = all.plan.places.empty() ? ""
                                               : fmt::format("  The scores add up to {}: no other way gives more{}.\n",
                                                             fixed(all.plan.total, 3),
                                                             all.aim == Aim::most_placed ? " that places as many" : "");
    for (std::size_t i = 0; i < matrix.industries.size(); ++i)
        if (const int missing = all.plan.without[i]; missing > 0)
            text += fmt::format("  {} goes without {} of {} site{}: {}.\n",
                                shown_on_terminal(matrix.industries[i].label), missing, matrix.industries[i].wanted,
                                matrix.industries[i].wanted == 1 ? "" : "s", why_without(matrix, i));
    std::int64_t wanted = 0, taken = 0;
    for (const Industry& industry : matrix.industries)
        wanted += industry.wanted;
    for (const IndustrySite& site : matrix.sites)
        taken += site.capacity;
    if (wanted > taken)
        text += fmt::format("  The industries look for {} sites, and the sites take {}.\n", wanted, taken);
    return text;
}

} // namespace

std::string industry_text(const Industries& all) {
    const std::string why = reasons(all.matrix);
    return scores(all) + why + "\nWhich industry goes where\n" + plan_table(all) + summary(all);
}

} // namespace zonerank::engine
