// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::layers {

/// A place in a study file; line and column count from 1, 0: unknown.
struct Mark {
    std::shared_ptr<const std::string> file{};
    int line = 0, column = 0;
};

std::string to_string(const Mark& mark); ///< "study.yaml:14:7"

/// One value of a study as it was written, before anyone asked what it means.
struct Node {
    enum class Kind { null, scalar, list, map };
    struct Entry;

    Kind kind = Kind::null;
    std::string text;           ///< of a scalar
    bool quoted = false;        ///< a scalar in quotes is always text
    std::vector<Node> items;    ///< of a list
    std::vector<Entry> entries; ///< of a map, in the order written
    Mark mark;
    Mark key_mark; ///< of the key this is the value of

    bool is_null() const { return kind == Kind::null; }
    bool is_scalar() const { return kind == Kind::scalar; }
    bool is_list() const { return kind == Kind::list; }
    bool is_map() const { return kind == Kind::map; }
    bool is_empty() const { return is_null() || (is_map() && entries.empty()); } ///< no parameters

    const Node* find(std::string_view key) const; ///< in a map; null when absent
    Node* find(std::string_view key);
    std::string_view kind_name() const; ///< "a list", "a mapping" ... for messages
};

/// A key of a map and what it holds.
struct Node::Entry {
    std::string first;
    Node second;
};

Node scalar(std::string text, Mark mark = {});

} // namespace zonerank::layers
