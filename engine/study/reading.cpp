// SPDX-License-Identifier: Apache-2.0
#include "engine/study/reading.hpp"

#include <glob.h>

#include <algorithm>
#include <filesystem>
#include <memory>

namespace zonerank::engine {

using layers::Node;
namespace fs = std::filesystem;

Section::Section(const Node& node, std::string what, std::span<const std::string> known, layers::Problems& problems)
    : m_node(&node), m_what(std::move(what)), m_known(known.begin(), known.end()), m_problems(&problems) {
    if (!node.is_map()) {
        const std::string found =
            node.is_scalar() ? "'" + layers::excerpt(node.text) + "'" : std::string(node.kind_name());
        problems.error(node.mark,
                       fmt::format("{}: expected a mapping of {}, found {}", m_what, fmt::join(known, ", "), found));
        return;
    }
    for (const auto& [key, value] : node.entries)
        if (std::ranges::find(known, key) == known.end())
            problems.error(value.key_mark, fmt::format("{}: {}", m_what, layers::unknown("key", key, known)));
}

std::string Section::path(std::string_view key) const {
    return m_what.empty() ? std::string(key) : fmt::format("{}: {}", m_what, key);
}

const Node* Section::find(std::string_view key) const {
    const Node* node = m_node->find(key);
    return node && !node->is_null() ? node : nullptr;
}

const Node* Section::need(std::string_view key, std::string_view help) const {
    const Node* node = find(key);
    if (!node && m_node->is_map() && !misspelt(key))
        m_problems->error(m_node->key_mark.line ? m_node->key_mark : m_node->mark,
                          fmt::format("{} is missing ({})", path(fmt::format("'{}'", key)), help));
    return node;
}

void Section::refuse(std::string_view key, std::string_view why) const {
    if (const Node* node = find(key))
        m_problems->error(node->key_mark, fmt::format("{}: {}", path(key), why));
}

bool Section::misspelt(std::string_view key) const {
    return layers::misspelt(key, *m_node, m_known);
}

template <typename T, typename Read>
T Section::read(std::string_view key, T fallback, Read value_of) const {
    if (const Node* node = find(key))
        m_problems->guard(node->mark, path(key), [&] { fallback = value_of(*node); });
    return fallback;
}

const std::string& scalar_text(const Node& node) {
    if (!node.is_scalar())
        throw Error("expected a single value, found {}", node.kind_name());
    return node.text;
}

std::string Section::text(std::string_view key, std::string fallback) const {
    return read(key, std::move(fallback), scalar_text);
}

std::vector<std::string> Section::texts(std::string_view key) const {
    return read(key, std::vector<std::string>{}, [](const Node& node) {
        std::vector<std::string> result;
        if (!node.is_list())
            result.push_back(scalar_text(node));
        for (const Node& item : node.items)
            result.push_back(scalar_text(item));
        return result;
    });
}

bool Section::flag(std::string_view key, bool fallback) const {
    return read(key, fallback, [](const Node& node) {
        const std::string& text = scalar_text(node);
        if (text != "true" && text != "yes" && text != "false" && text != "no")
            throw Error("expected true or false, found '{}'", layers::excerpt(text));
        return text == "true" || text == "yes";
    });
}

std::optional<double> Section::number(std::string_view key) const {
    return quantity(key, layers::Dimension::number);
}

std::optional<double> Section::quantity(std::string_view key, layers::Dimension dimension) const {
    return read(key, std::optional<double>{}, [&](const Node& node) -> std::optional<double> {
        return layers::convert(layers::parse_quantity(scalar_text(node)), layers::base_unit(dimension));
    });
}

double Section::share(std::string_view key, double percent) const {
    return read(key, percent / 100, [](const Node& node) {
        const layers::Unit unit = layers::base_unit(layers::Dimension::percent);
        const double value = layers::convert(layers::parse_quantity(scalar_text(node)), unit);
        if (!(value >= 0 && value <= 100))
            throw Error("expected 0 % to 100 %, found '{}'", node.text);
        return value / 100;
    });
}

std::optional<layers::Choice> Section::choice(std::string_view key) const {
    return read(key, std::optional<layers::Choice>{},
                [](const Node& node) -> std::optional<layers::Choice> { return layers::parse_choice(node); });
}

// "PG:...", "https://...", "/vsizip/...": for GDAL to open, if the user allows it.
static bool is_file_name(const std::string& text) {
    if (text.starts_with("/vsi") || text.starts_with("<") || text.find("://") != text.npos)
        return false;
    const std::size_t colon = text.find(':');
    return colon == text.npos || colon < 2 || text.find('/') < colon;
}

static std::string missing_file(const fs::path& path) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(path.parent_path(), error))
        names.push_back(entry.path().filename().string());
    const std::string near = layers::nearest(path.filename().string(), names);
    if (error)
        return fmt::format("there is no folder {}", path.parent_path().string());
    return fmt::format("there is no file {}{}", path.string(),
                       near.empty() ? "" : fmt::format("; did you mean '{}'?", near));
}

static fs::path folder_of(const Node& node) {
    return fs::absolute(node.mark.file ? fs::path(*node.mark.file) : fs::path("study")).parent_path();
}

void rebase_files(Node& names, const fs::path& folder) {
    for (Node& item : names.items)
        rebase_files(item, folder);
    if (!names.is_scalar() || names.text.empty() || !is_file_name(names.text))
        return;
    const fs::path home = folder_of(names), name(names.text), target = folder.lexically_normal();
    if (name.is_absolute() || home.lexically_normal() != target)
        names.text = (home / name).lexically_normal().lexically_relative(target).generic_string();
}

std::vector<std::string> resolve_files(const Node& node) {
    const std::string& text = scalar_text(node);
    if (text.empty())
        throw Error("expected a file's name, found nothing");
    if (!is_file_name(text))
        return {text};
    const fs::path path = (folder_of(node) / text).lexically_normal();
    std::error_code why;
    if (fs::exists(path, why))
        return {path.string()};
    if (why)
        throw Error("'{}' can't be looked for: {}", layers::excerpt(text), why.message());
    if (text.find_first_of("*?[") == text.npos)
        throw Error("{}", missing_file(path));
    glob_t matches{};
    const std::unique_ptr<glob_t, decltype(&globfree)> freed(&matches, globfree);
    if (glob(path.c_str(), 0, nullptr, &matches) != 0)
        throw Error("no file matches {}", path.string());
    return {matches.gl_pathv, matches.gl_pathv + matches.gl_pathc};
}

} // namespace zonerank::engine
