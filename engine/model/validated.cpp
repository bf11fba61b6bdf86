// SPDX-License-Identifier: Apache-2.0
#include "engine/model/validated.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace {

std::string why_none(const MapScores::AtZone& zone) {
    const auto weight = [&](State state) { return zone.by_state[static_cast<std::size_t>(state)]; };
    const std::int64_t excluded = weight(State::excluded), unknown = weight(State::unknown);
    if (excluded == 0 && unknown == 0)
        return "outside the area";
    return excluded >= unknown ? "no usable cell: excluded by constraints" : "no usable cell: data are missing";
}

/// Those of one side that have a score.
std::vector<CountedScore> scores_of(const Validation& validation, bool good) {
    std::vector<CountedScore> scores;
    for (const KnownScore& known : validation.known)
        if (known.good == good && known.reason.empty())
            scores.push_back({known.score, 1});
    return scores;
}

/// The scores as the others' are counted: to the middle of their bins.
std::vector<CountedScore> binned(std::vector<CountedScore> scores) {
    for (CountedScore& score : scores)
        score.score = ScoreHistogram::middle(score.score);
    return scores;
}

void draw(Validation& validation, std::vector<CountedScore> good, std::vector<CountedScore> others) {
    if (!good.empty() && !others.empty())
        validation.roc = roc(std::move(good), std::move(others));
}

bool reaches(double score, double cut) {
    return static_cast<float>(score) >= static_cast<float>(cut);
}

void place(Validation& validation, const std::vector<CountedScore>& others, bool bins) {
    for (KnownScore& known : validation.known) {
        if (!known.reason.empty())
            continue;
        known.above = reaches(known.score, validation.cut);
        known.higher_than = share_below(bins ? ScoreHistogram::middle(known.score) : known.score, others);
    }
}

bool has_bad(const KnownZones& known) {
    return std::ranges::any_of(known.zones, [](const KnownZone& zone) { return !zone.good; });
}

KnownScore of_site(const KnownZone& zone, const SiteRow& row) {
    const std::string reason = row.rank == 0 ? "without a rank: " + row.reason : "";
    return {zone.name, zone.good, row.rank == 0 ? nan : row.score, nan, false, reason};
}

} // namespace

Validation validated(const KnownZones& known, const MapScores& scores, double cut) {
    Validation result{.on_map = true, .against_bad = has_bad(known), .cut = cut, .others = scores.cells.total()};
    for (std::size_t i = 0; i < known.zones.size(); ++i) {
        const MapScores::AtZone& zone = scores.at_zones[i];
        const bool scored = zone.score.weight() > 0;
        result.known.push_back(
            {known.zones[i].name, known.zones[i].good, zone.score.mean(), nan, false, scored ? "" : why_none(zone)});
    }
    const std::vector<CountedScore> cells = scores.cells.counted();
    if (result.others > 0)
        result.others_above = static_cast<double>(scores.above) / static_cast<double>(result.others);
    place(result, cells, true);
    if (result.against_bad)
        draw(result, scores_of(result, true), scores_of(result, false));
    else
        draw(result, binned(scores_of(result, true)), cells);
    return result;
}

Validation validated(const KnownZones& known, const Territory& territory, const Ranking& ranking, double cut) {
    Validation result{.against_bad = has_bad(known), .cut = cut};
    std::vector<CountedScore> others;
    for (const SiteRow& row : ranking.rows) {
        const auto is_good = [&](const KnownZone& zone) {
            return zone.good && territory.candidates[zone.site].id == row.id;
        };
        if (row.rank > 0 && std::ranges::none_of(known.zones, is_good))
            others.push_back({row.score, 1});
    }
    for (const KnownZone& zone : known.zones)
        result.known.push_back(
            of_site(zone, *std::ranges::find(ranking.rows, territory.candidates[zone.site].id, &SiteRow::id)));
    result.others = static_cast<std::int64_t>(others.size());
    const auto above = std::ranges::count_if(others, [&](const CountedScore& s) { return reaches(s.score, cut); });
    if (result.others > 0)
        result.others_above = static_cast<double>(above) / static_cast<double>(result.others);
    place(result, others, false);
    draw(result, scores_of(result, true), result.against_bad ? scores_of(result, false) : others);
    return result;
}

} // namespace zonerank::engine
