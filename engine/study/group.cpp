// SPDX-License-Identifier: Apache-2.0
#include "engine/study/group.hpp"

#include "engine/study/reading.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace {

void make_absolute(layers::Node& judgements) {
    if (layers::Node* csv = judgements.find("csv"))
        csv->text = resolve_files(*csv).front();
}

void absolute_csv(layers::Choice& choice) {
    if (choice.kind != "ahp")
        return;
    make_absolute(choice.body);
    if (layers::Node* people = choice.body.find("people"))
        for (auto& person : people->entries)
            make_absolute(person.second);
}

/// Weights that follow from the sites: of themes, by their scores.
void weigh_scores(layers::Choice& choice) {
    const layers::Node* of = choice.body.find("of");
    if (of && of->text == "measurements")
        throw Error("themes have scores, but no measurements; weigh `of: values`");
    if (!of && choice.body.is_empty()) {
        choice.body.kind = layers::Node::Kind::map;
        choice.body.entries.push_back({"of", layers::scalar("values", choice.mark)});
    }
}

Weighing by_method(const Group& group) {
    const WeightingKind& kind = layers::find(weighting_methods(), "weighting method", group.weights->kind);
    layers::Choice choice = *group.weights;
    absolute_csv(choice);
    if (group.of_themes && kind.need == layers::Need::facts)
        weigh_scores(choice);
    return kind.make(choice.body, group.members);
}

} // namespace

Weighing weigh(const Group& group) {
    const auto first = std::ranges::find_if(group.beside, [](const auto& w) { return w && !std::isnan(w->value); });
    const bool given = first != group.beside.end();
    const bool wrong = std::ranges::any_of(group.beside, [](const auto& w) { return w && std::isnan(w->value); });
    if (group.weights && given)
        throw Error("given here, and as `weight:` beside '{}', too; only one of the two can count",
                    group.members[static_cast<std::size_t>(first - group.beside.begin())]);
    if (group.weights)
        return by_method(group);
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
