// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/node.hpp"

#include <fmt/format.h>

namespace zonerank::layers {

std::string to_string(const Mark& mark) {
    const std::string file = mark.file ? *mark.file : "study";
    return mark.line > 0 ? fmt::format("{}:{}:{}", file, mark.line, mark.column) : file;
}

const Node* Node::find(std::string_view key) const {
    for (const auto& entry : entries)
        if (entry.first == key)
            return &entry.second;
    return nullptr;
}

Node* Node::find(std::string_view key) {
    for (auto& entry : entries)
        if (entry.first == key)
            return &entry.second;
    return nullptr;
}

std::string_view Node::kind_name() const {
    switch (kind) {
    case Kind::null:
        return "nothing";
    case Kind::scalar:
        return "a single value";
    case Kind::list:
        return items.empty() ? "an empty list" : "a list";
    case Kind::map:
        return entries.empty() ? "an empty mapping" : "a mapping";
    }
    return "nothing";
}

Node scalar(std::string text, Mark mark) {
    Node node;
    node.kind = Node::Kind::scalar;
    node.text = std::move(text);
    node.mark = std::move(mark);
    return node;
}

} // namespace zonerank::layers
