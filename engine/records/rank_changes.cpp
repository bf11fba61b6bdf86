// SPDX-License-Identifier: Apache-2.0
#include "engine/records/rank_changes.hpp"

#include <algorithm>
#include <deque>
#include <set>

namespace zonerank::engine {

const std::string& SiteChange::name() const {
    const PastSite& site = after ? *after : *before;
    return site.name.empty() ? site.id : site.name;
}

bool SiteChange::moved() const {
    return !before || !after || before->rank != after->rank || before->score != after->score ||
           before->reason != after->reason;
}

std::optional<double> SiteChange::score_change() const {
    const bool both = before && after && before->score && after->score;
    return both ? std::optional(*after->score - *before->score) : std::nullopt;
}

static bool have_ids(const std::vector<PastSite>& sites) {
    std::set<std::string> ids;
    return std::ranges::all_of(sites,
                               [&](const PastSite& site) { return !site.id.empty() && ids.insert(site.id).second; });
}

static void find_mover(SiteChange& change) {
    const auto moved_by = change.score_change();
    if (!moved_by || *moved_by == 0)
        return;
    const double direction = *moved_by > 0 ? 1 : -1;
    const auto look = [&](const std::string& criterion, double by) {
        if (direction * by > direction * change.mover_change) {
            change.mover = criterion;
            change.mover_change = by;
        }
    };
    for (const auto& [criterion, part] : change.after->parts) {
        const auto was = change.before->parts.find(criterion);
        look(criterion, part - (was == change.before->parts.end() ? 0 : was->second));
    }
    for (const auto& [criterion, part] : change.before->parts)
        if (!change.after->parts.contains(criterion))
            look(criterion, -part);
}

std::vector<SiteChange> rank_changes(const std::vector<PastSite>& before, const std::vector<PastSite>& after) {
    const bool by_id = have_ids(before) && have_ids(after);
    const auto key = [&](const PastSite& site) { return by_id || site.name.empty() ? site.id : site.name; };
    std::map<std::string, std::deque<const PastSite*>> waiting;
    for (const PastSite& site : before)
        waiting[key(site)].push_back(&site);
    std::vector<SiteChange> changes;
    for (const PastSite& site : after) {
        SiteChange change{.after = site};
        if (auto& same = waiting[key(site)]; !same.empty()) {
            change.before = *same.front();
            same.pop_front();
        }
        find_mover(change);
        changes.push_back(std::move(change));
    }
    for (const PastSite& site : before)
        if (std::ranges::find(waiting[key(site)], &site) != waiting[key(site)].end())
            changes.push_back({.before = site});
    return changes;
}

} // namespace zonerank::engine
