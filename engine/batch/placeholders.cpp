// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/placeholders.hpp"

#include "rasters/connection.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace zonerank::engine {

using layers::Field;
using layers::Node;
using layers::Problems;

namespace {

/// What a single value is read as.
enum class Place { text, file, where };

constexpr std::array file_keys{"source", "csv", "output"};

Place place_of(const std::string& key, Place above) {
    if (key == "where")
        return Place::where;
    if (std::ranges::find(file_keys, key) != file_keys.end())
        return Place::file;
    return above == Place::where ? Place::text : above;
}

/// The text of a field's value as it goes into what is written so far.
using Written = std::function<std::string(const Field& value, std::string_view before)>;

std::string text_of(const Field& value) {
    if (std::holds_alternative<std::monostate>(value))
        throw Error("has no value");
    return layers::to_text(value);
}

/// OGR ends a literal at its quotation mark, unless it is doubled or a backslash stands before it; a backslash
/// itself can't be written any other way.
std::string within_literal(const std::string& text) {
    std::string doubled;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool before_mark = i + 1 == text.size() || text[i + 1] == '\'' || text[i + 1] == '"';
        if (text[i] == '\\' && before_mark)
            throw Error("is '{}', whose backslash no `where` can hold", layers::excerpt(text));
        if (text[i] == '\0')
            throw Error("holds a control character 0");
        doubled += text[i] == '\'' ? "''" : std::string(1, text[i]);
    }
    return doubled;
}

/// The quotation mark of the literal or name that a condition is in at its end; 0: in none.
char open_quote(std::string_view condition) {
    char open = 0;
    for (std::size_t i = 0; i < condition.size(); ++i) {
        const char c = condition[i];
        if (open == 0)
            open = c == '\'' || c == '"' ? c : 0;
        else if (c == '\\' && i + 1 < condition.size() && condition[i + 1] == open)
            ++i;
        else if (c == open)
            open = 0; // a doubled one opens it again
    }
    return open;
}

std::string in_where(const Field& value, std::string_view before) {
    const std::string text = text_of(value);
    switch (open_quote(before)) {
    case '\'':
        return within_literal(text);
    case '"':
        return sql_name(text).substr(1, text.size());
    default:
        return sql_literal(value);
    }
}

/// Whether libpq's words end in a value that a quotation mark behind the equals sign has begun.
bool in_quotes(std::string_view words) {
    bool open = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::size_t before = words.substr(0, i).find_last_not_of(" \t");
        if (words[i] == '\\')
            ++i;
        else if (words[i] == '\'' && (open || (before != words.npos && words[before] == '=')))
            open = !open;
    }
    return open;
}

/// A value of libpq's: in quotes anything, as itself; elsewhere what can't end there.
std::string in_connection(const std::string& text, std::string_view before) {
    if (text.find_first_of(std::string_view("\0\n\r", 3)) != text.npos)
        throw Error("holds a control character");
    if (!in_quotes(before)) {
        if (text.empty() || text.find_first_of(" \t\v\f'\\") != text.npos)
            throw Error("is '{}', which goes into a connection in quotes only, as in dbname='{{field}}'",
                        layers::excerpt(text));
        return text;
    }
    std::string escaped;
    for (const char c : text)
        escaped += c == '\'' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
    return escaped;
}

/// RFC 3986, 2.3.
bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~").find(c) != std::string_view::npos;
}

std::string percent_encoded(std::string_view text) {
    std::string encoded;
    for (const char c : text)
        if (is_unreserved(c))
            encoded += c;
        else
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    return encoded;
}

std::string in_source(const std::string& text, std::string_view before) {
    const bool address = before.find("://") != before.npos || before.find("/vsicurl?") != before.npos;
    if (address)
        return percent_encoded(text == "." || text == ".." ? as_name(text) : text);
    return rasters::names_database(before) ? in_connection(text, before) : as_name(text);
}

std::string written(Place place, const Field& value, std::string_view before) {
    switch (place) {
    case Place::where:
        return in_where(value, before);
    case Place::file:
        return in_source(text_of(value), before);
    case Place::text:
        return text_of(value);
    }
    return {};
}

const Field& value_of(std::string_view name, const FieldValues& fields) {
    const auto found = std::ranges::find(fields.names, name);
    if (found == fields.names.end())
        throw Error("{}", layers::unknown("field", name, fields.names));
    return fields.values[static_cast<std::size_t>(found - fields.names.begin())];
}

[[noreturn]] void lonely(char brace, std::string_view text) {
    throw Error("'{}' has a '{}' without its pair; write {} for a brace, or {{field}} for a field's value",
                layers::excerpt(text), brace, std::string(2, brace));
}

/// The text with its placeholders replaced by what `value` gives for their names.
std::string replaced(std::string_view text,
                     const std::function<std::string(std::string_view name, std::string_view before)>& value) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c != '{' && c != '}') {
            result += c;
        } else if (i + 1 < text.size() && text[i + 1] == c) {
            result += c, ++i;
        } else {
            const std::size_t end = c == '{' ? text.find_first_of("{}", i + 1) : text.npos;
            if (end == text.npos || text[end] == '{')
                lonely(c, text);
            result += value(text.substr(i + 1, end - i - 1), result);
            i = end;
        }
    }
    return result;
}

class Filler {
public:
    Filler(const FieldValues& fields, Problems& problems) : m_fields(fields), m_problems(problems) {}

    void fill(Node& node, Place place) const {
        if (node.is_scalar())
            m_problems.guard(node.mark, "", [&] { node.text = replaced_text(node.text, place); });
        for (Node& item : node.items)
            fill(item, place);
        for (auto& [key, value] : node.entries)
            fill(value, place_of(key, place));
    }

private:
    std::string replaced_text(const std::string& text, Place place) const {
        return replaced(text, [&](std::string_view name, std::string_view before) {
            const Field& value = value_of(name, m_fields);
            return in_context(fmt::format("{{{}}}", name), [&] { return written(place, value, before); });
        });
    }

    const FieldValues& m_fields;
    Problems& m_problems;
};

} // namespace

/// A layer that is written as its file alone, or a list of them.
static void fill_short_layers(Node& layers, const Filler& filler) {
    for (auto& [name, layer] : layers.entries)
        filler.fill(layer, layer.is_map() ? Place::text : Place::file);
}

Node filled(const Node& study, const FieldValues& fields, Problems& problems) {
    Node result = study;
    const Filler filler(fields, problems);
    for (auto& [key, value] : result.entries)
        if (key == "layers")
            fill_short_layers(value, filler);
        else
            filler.fill(value, place_of(key, Place::text));
    return result;
}

bool has_placeholders(const Node& study) {
    return study.text.find_first_of("{}") != study.text.npos || std::ranges::any_of(study.items, has_placeholders) ||
           std::ranges::any_of(study.entries, [](const auto& entry) { return has_placeholders(entry.second); });
}

std::string as_name(std::string_view text) {
    if (text == "." || text == "..")
        return std::string(text.size(), '_');
    std::string name(text);
    for (char& c : name)
        if (static_cast<unsigned char>(c) < 32 || c == 127 ||
            std::string_view("/\\:*?[]{}").find(c) != std::string_view::npos)
            c = '_';
    return name;
}

std::string sql_literal(const Field& value) {
    const std::string text = text_of(value);
    return std::holds_alternative<std::string>(value) ? "'" + within_literal(text) + "'" : text;
}

std::string sql_name(std::string_view field) {
    if (field.find_first_of(std::string_view("\"\\\0", 3)) != field.npos)
        throw Error("'{}' can't be a field's name in a condition", layers::excerpt(field));
    return fmt::format("\"{}\"", field);
}

} // namespace zonerank::engine
