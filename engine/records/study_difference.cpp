// SPDX-License-Identifier: Apache-2.0
#include "engine/records/study_difference.hpp"

#include "engine/study/study.hpp"
#include "engine/text/yaml.hpp"
#include "rasters/core/error.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace zonerank::engine {

using layers::Node;
using Path = std::vector<std::string>;

namespace {

/// Of sections: those people ask about first.
constexpr std::array<std::string_view, 10> first{"area",        "grid",      "layers", "friction", "criteria",
                                                 "constraints", "aggregate", "known",  "sites",    "stability"};

const Node& absent() {
    static const Node nothing;
    return nothing;
}

const Node& in(const Node& map, const std::string& key) {
    const Node* found = map.find(key);
    return found ? *found : absent();
}

/// In one line, as YAML's flow style has it.
std::string flow(const Node& node) {
    std::vector<std::string> parts;
    for (const Node& item : node.items)
        parts.push_back(flow(item));
    for (const Node::Entry& entry : node.entries)
        parts.push_back(fmt::format("{}: {}", entry.first, flow(entry.second)));
    const std::string inner = fmt::format("{}", fmt::join(parts, ", "));
    return node.is_list() ? "[" + inner + "]" : node.is_map() ? "{" + inner + "}" : node.text;
}

std::vector<std::string> keys_of(const Node& before, const Node& after) {
    std::vector<std::string> keys;
    for (const Node* node : {&before, &after})
        for (const Node::Entry& entry : node->entries)
            if (std::ranges::find(keys, entry.first) == keys.end())
                keys.push_back(entry.first);
    return keys;
}

bool is_theme_key(const std::string& key) {
    return std::ranges::any_of(study_keys(), [&](const Key& k) { return k.where == "theme" && k.name == key; });
}

/// `value: {linear: {...}}`: the only key is what kind of thing it is.
bool is_kind(const Node& node) {
    return node.is_map() && node.entries.size() == 1 && node.entries.front().second.is_map();
}

class Differences {
public:
    std::vector<StudyChange> changes;

    void sections(const Node& before, const Node& after) {
        std::vector<std::string> keys = keys_of(before, after);
        std::ranges::stable_sort(keys, {}, [](const std::string& key) { return std::ranges::find(first, key); });
        for (const std::string& key : keys)
            section(key, in(before, key), in(after, key));
    }

private:
    void section(const std::string& key, const Node& before, const Node& after) {
        if (key == "criteria")
            criteria(before, after);
        else if (key == "layers")
            each("layer", before, after);
        else if (key == "profiles")
            each("industry", before, after);
        else if (key == "constraints")
            constraints(before, after);
        else if (key != "output") // where it lies is not what it says
            node({key == "study" ? "title" : key == "aggregate" ? "aggregation of the themes" : key}, before, after);
    }

    void each(const std::string& word, const Node& before, const Node& after) {
        for (const std::string& name : keys_of(before, after))
            node({word + " " + name}, in(before, name), in(after, name));
    }

    void constraints(const Node& before, const Node& after) {
        each("constraint", before, after);
        const auto common = [](const Node& of, const Node& other) {
            Path names;
            for (const Node::Entry& entry : of.entries)
                if (other.find(entry.first))
                    names.push_back(entry.first);
            return names;
        };
        const Path was = common(before, after), is = common(after, before);
        if (was != is)
            changes.push_back({"order of the constraints", fmt::format("{}", fmt::join(was, ", ")),
                               fmt::format("{}", fmt::join(is, ", "))});
    }

    void criteria(const Node& before, const Node& after) {
        node({"weights of the themes"}, in(before, "weights"), in(after, "weights"));
        for (const std::string& theme : keys_of(before, after))
            if (theme != "weights")
                members(theme, in(before, theme), in(after, theme));
    }

    void members(const std::string& theme, const Node& before, const Node& after) {
        for (const std::string& key : keys_of(before, after))
            if (is_theme_key(key))
                node({fmt::format("{} of theme {}", key, theme)}, in(before, key), in(after, key));
            else
                node({"criterion " + key}, in(before, key), in(after, key));
    }

    void node(const Path& path, const Node& before, const Node& after) {
        if (is_kind(before) && is_kind(after) && before.entries.front().first == after.entries.front().first &&
            path.size() < 3)
            return node(path, before.entries.front().second, after.entries.front().second);
        if (before.is_map() && after.is_map()) {
            for (const std::string& key : keys_of(before, after)) {
                Path below = path;
                below.push_back(key);
                node(below, in(before, key), in(after, key));
            }
        } else if (flow(before) != flow(after))
            changes.push_back({fmt::format("{}", fmt::join(path, ": ")), flow(before), flow(after)});
    }
};

Node read(const std::string& text, const std::string& name) {
    layers::Problems problems;
    Node node = parse_yaml(text, name, problems);
    if (!problems.ok())
        throw Error("{}: {}", name, problems.errors().front().text);
    return node;
}

} // namespace

std::string StudyChange::text() const {
    if (before.empty())
        return fmt::format("{}: added: {}", what, after);
    if (after.empty())
        return fmt::format("{}: gone; it was {}", what, before);
    return fmt::format("{}: {} -> {}", what, before, after);
}

std::vector<StudyChange> study_changes(const Node& before, const Node& after) {
    Differences differences;
    differences.sections(before, after);
    return differences.changes;
}

std::vector<StudyChange> study_changes(const std::string& before, const std::string& after) {
    return study_changes(read(before, "the study before"), read(after, "the study after"));
}

} // namespace zonerank::engine
