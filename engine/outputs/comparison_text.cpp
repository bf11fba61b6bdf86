// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/comparison_text.hpp"

#include "engine/decision/properties.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/numbers.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/wording.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

namespace zonerank::engine {

namespace {

constexpr std::size_t most_sites = 20;
using Methods = std::vector<const Contested*>;

std::string rank_table(const Comparison& comparison, const Methods& methods) {
    std::vector<std::vector<std::string>> rows{{"site"}};
    for (const Contested* method : methods)
        rows.front().push_back(method->contestant.label);
    const std::size_t shown = std::min(most_sites, comparison.sites.size());
    for (std::size_t i = 0; i < shown; ++i) {
        rows.push_back({comparison.sites[i]});
        for (const Contested* method : methods)
            rows.back().push_back(fmt::format("{}", method->outcome->ranks[i]));
    }
    const std::size_t more = comparison.sites.size() - shown;
    return aligned(rows) + (more > 0 ? fmt::format("… and {} more in comparison/ranks.csv\n", more) : "");
}

/// "Jatlan is 1st by all but vikor (3rd)".
std::string of_site(const Comparison& comparison, const Methods& methods, std::size_t site, int rank) {
    std::vector<std::string> others;
    for (const Contested* method : methods)
        if (const int other = method->outcome->ranks[site]; other != rank)
            others.push_back(fmt::format("{} ({})", method->contestant.label, ordinal(other)));
    const std::string name = comparison.sites[site];
    if (others.empty())
        return fmt::format("{} is {} by all", name, ordinal(rank));
    if (2 * others.size() <= methods.size())
        return fmt::format("{} is {} by all but {}", name, ordinal(rank), fmt::join(others, ", "));
    return fmt::format("{} is {} by {}, but not by {}", name, ordinal(rank),
                       methods.size() - others.size() == 1 ? "one" : fmt::format("{}", methods.size() - others.size()),
                       fmt::join(others, ", "));
}

/// The site that the methods put farthest apart, if any.
std::string farthest_apart(const Comparison& comparison, const Methods& methods) {
    const std::vector<RankRange> ranges = rank_ranges(comparison, false);
    const auto width = [](const RankRange& range) { return range.worst - range.best; };
    const auto most = std::ranges::max_element(ranges, {}, width);
    if (most == ranges.end() || width(*most) < 2)
        return "";
    const auto site = static_cast<std::size_t>(most - ranges.begin());
    const auto by = [&](int rank) {
        return (*std::ranges::find_if(
                    methods,
                    [&](const Contested* m) { return !m->outcome->chooses && m->outcome->ranks[site] == rank; }))
            ->contestant.label;
    };
    return fmt::format("They are farthest apart on {}: {} by {}, {} by {}.\n", comparison.sites[site],
                       ordinal(most->best), by(most->best), ordinal(most->worst), by(most->worst));
}

/// "The methods agree: ..." by the least and the greatest of Kendall's.
std::string agreement_line(const Methods& methods, std::span<const Pairing> pairings) {
    const Pairing* least = nullptr;
    double most = -1;
    for (const Pairing& p : pairings)
        if (p.kendall && !methods[p.a]->outcome->chooses && !methods[p.b]->outcome->chooses) {
            least = !least || *p.kendall < *least->kendall ? &p : least;
            most = std::max(most, *p.kendall);
        }
    if (!least)
        return "";
    const double tau = *least->kendall;
    const char* verdict = tau >= 0.8 ? "agree" : tau >= 0.5 ? "agree for the most part" : "disagree";
    return fmt::format("The methods {}: Kendall {} .. {} (1: the same order, 0: unrelated, -1: turned round); the "
                       "least alike are {} and {}.\n",
                       verdict, fixed(tau, 2), fixed(most, 2), methods[least->a]->contestant.label,
                       methods[least->b]->contestant.label);
}

bool keeps_order(const RankingMethodKind& kind) {
    return std::ranges::find(kind.properties, property::independent) != kind.properties.end();
}

std::string method_line(const Contested& contested) {
    const Contestant& c = contested.contestant;
    if (!contested.outcome)
        return fmt::format("  {}: left out: {}\n", c.label, contested.left_out);
    if (!c.kind)
        return fmt::format("  {}: {}\n", c.label, c.method.variant);
    return fmt::format("  {}, of {}: {}\n", c.label, c.method.of == Of::values ? "values" : "measurements",
                       c.method.assumes);
}

/// "Without Jatlan vikor puts Dadyal and Chakswari in another order.": the best placed of each method.
std::string tried_lines(const Comparison& comparison, const Methods& methods) {
    if (!comparison.tried_reversals)
        return "";
    std::string text;
    for (const Contested* method : methods)
        if (!method->reversals.empty()) {
            const Reversal& first = method->reversals.front();
            text +=
                fmt::format("Without {} {} puts {} and {} in another order ({} of {} sites do such a thing).\n",
                            comparison.sites[first.without], method->contestant.label, comparison.sites[first.ahead],
                            comparison.sites[first.behind], method->reversals.size(), comparison.sites.size());
        }
    return text.empty() ? "Leaving out any one site changes no order of the others by any of them.\n" : text;
}

/// "A further site may turn the order of others (rank reversal) by topsis, vikor."
std::string reversal_line(const Methods& methods) {
    std::vector<std::string> labels;
    for (const Contested* method : methods)
        if (method->contestant.kind && !keeps_order(*method->contestant.kind))
            labels.push_back(method->contestant.label);
    return labels.empty() ? ""
                          : fmt::format("A further site may turn the order of others (rank reversal) by {}.\n",
                                        fmt::join(labels, ", "));
}

std::string remark_lines(const Methods& methods) {
    std::string text;
    for (const Contested* method : methods)
        for (const std::string& remark : method->outcome->remarks)
            text += fmt::format("{}: {}.\n", method->contestant.label, remark);
    return text;
}

/// Lines of texts, some of which are a user's.
std::string harmless(const std::string& lines) {
    std::string text;
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', at), lines.size());
        text += shown_on_terminal(std::string_view(lines).substr(at, end - at)) + "\n";
        at = end + 1;
    }
    return text;
}

} // namespace

std::string comparison_text(const Comparison& comparison, std::span<const Pairing> pairings) {
    if (comparison.sites.empty())
        return "Ranks by several methods\nNo site has a rank, so there is nothing to compare.\n";
    const Methods methods = comparison.ranked();
    std::string words = agreement_line(methods, pairings);
    if (methods.size() > 1)
        words += of_site(comparison, methods, 0, methods.front()->outcome->ranks.front()) + ".\n" +
                 farthest_apart(comparison, methods);
    words += remark_lines(methods) + "What each assumes:\n";
    for (const Contested& method : comparison.methods)
        words += method_line(method);
    words += reversal_line(methods) + tried_lines(comparison, methods);
    return "Ranks by several methods\n" + rank_table(comparison, methods) + "\n" + harmless(words);
}

} // namespace zonerank::engine
