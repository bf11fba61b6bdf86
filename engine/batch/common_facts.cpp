// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/common_facts.hpp"

#include "layers/terms/choice.hpp"

#include <algorithm>
#include <memory>

namespace zonerank::engine {

using layers::Choice;
using layers::Node;

namespace {

Node map_of(std::vector<Node::Entry> entries) {
    return {.kind = Node::Kind::map, .entries = std::move(entries), .mark = {}, .key_mark = {}};
}

Node quantity(double number, const std::string& unit) {
    return layers::scalar(fmt::format("{}{}{}", number, unit.empty() ? "" : " ", unit));
}

Node stretched(const Node& body, const CommonFacts::OfCriterion& common) {
    const Node* falling = body.find("falling");
    const bool falls = falling && falling->text == "true";
    double least = common.facts.min, most = common.facts.max;
    if (!(least < most)) {
        least -= 1;
        most += 1;
    }
    return map_of({{"linear", map_of({{falls ? "best" : "worst", quantity(least, common.unit)},
                                      {falls ? "worst" : "best", quantity(most, common.unit)}})}});
}

Node with_moments(const Choice& choice, const CommonFacts::OfCriterion& common) {
    Node body = choice.body;
    body.kind = Node::Kind::map;
    const auto give = [&](const char* key, double number) {
        if (!body.find(key))
            body.entries.push_back({key, quantity(number, common.unit)});
    };
    give("mean", common.facts.mean);
    give("deviation", common.facts.deviation);
    return map_of({{choice.kind, body}});
}

/// Takes the place of what the key holds, or comes last; where it stood.
void put(Node& map, const std::string& key, Node value) {
    Node* there = map.find(key);
    if (!there)
        return map.entries.push_back({key, std::move(value)});
    value.mark = there->mark;
    value.key_mark = there->key_mark;
    *there = std::move(value);
}

void put_values(Node& theme, const CommonFacts& common) {
    for (auto& [name, criterion] : theme.entries)
        if (const auto facts = common.criteria.find(name); facts != common.criteria.end())
            if (const Node* value = criterion.find("value"))
                put(criterion, "value", value_with_facts(*value, facts->second));
}

/// Expanded studies have their paths as seen from the study, whatever file a value was written in.
void belong_to(Node& node, const std::shared_ptr<const std::string>& file) {
    for (layers::Mark* mark : {&node.mark, &node.key_mark})
        if (!mark->file || *mark->file != *file)
            *mark = {file, 0, 0};
    for (Node& item : node.items)
        belong_to(item, file);
    for (auto& [key, value] : node.entries)
        belong_to(value, file);
}

} // namespace

Node value_with_facts(const Node& value, const CommonFacts::OfCriterion& common) {
    const Choice choice = layers::parse_choice(value);
    if (choice.kind == "stretch")
        return stretched(choice.body, common);
    return choice.kind.starts_with("mean-sd") ? with_moments(choice, common) : value;
}

Node with_common_facts(const Study& study, const CommonFacts& common) {
    Node result = study.expanded;
    if (common.empty())
        return result;
    Node& criteria = *result.find("criteria");
    for (auto& [name, theme] : criteria.entries) {
        put_values(theme, common);
        if (const auto weights = common.weights.find(name); weights != common.weights.end())
            put(theme, "weights", weights->second);
    }
    if (const auto weights = common.weights.find(""); weights != common.weights.end())
        put(criteria, "weights", weights->second);
    belong_to(result, std::make_shared<const std::string>(study.file.string()));
    return result;
}

} // namespace zonerank::engine
