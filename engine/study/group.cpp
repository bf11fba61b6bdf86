// SPDX-License-Identifier: Apache-2.0
#include "engine/study/group.hpp"

#include "engine/study/reading.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

static void absolute_csv(layers::Choice& choice) {
    if (layers::Node* csv = choice.body.find("csv"); csv && choice.kind == "ahp")
        csv->text = resolve_files(*csv).front();
}

Weighing weigh(const Group& group) {
    const auto first = std::ranges::find_if(group.beside, [](const auto& w) { return w && !std::isnan(w->value); });
    const bool given = first != group.beside.end();
    const bool wrong = std::ranges::any_of(group.beside, [](const auto& w) { return w && std::isnan(w->value); });
    if (group.weights && given)
        throw Error("given here, and as `weight:` beside '{}', too; only one of the two can count",
                    group.members[static_cast<std::size_t>(first - group.beside.begin())]);
    if (group.weights) {
        const WeightingKind& kind = layers::find(weighting_methods(), "weighting method", group.weights->kind);
        layers::Choice choice = *group.weights;
        absolute_csv(choice);
        return kind.make(choice.body, group.members);
    }
    if (!given || wrong) // what is wrong was told where it stands
        return {Weights::equal(group.members.size()), "equal", "equal, because none are given"};
    std::vector<DirectWeight> weights;
    for (std::size_t i = 0; i < group.members.size(); ++i) {
        if (!group.beside[i])
            throw Error("'{}' has no weight, but others have; give all of them one, or none", group.members[i]);
        weights.push_back(*group.beside[i]);
    }
    return direct_weighing(weights);
}

} // namespace zonerank::engine
