// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/params.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

/// A section of a study being read: a mapping with known keys. What is wrong is
/// reported at its place, as "what: key: ...", and reading goes on with a default.
class Section {
public:
    /// Reports keys that are not `known`, and a node that is no mapping.
    Section(const layers::Node& node, std::string what, std::span<const std::string> known, layers::Problems& problems);

    const layers::Node* find(std::string_view key) const;                        ///< null when absent or null
    const layers::Node* need(std::string_view key, std::string_view help) const; ///< reports when absent

    void refuse(std::string_view key, std::string_view why) const; ///< reports a key that would mean nothing here
    bool misspelt(std::string_view key) const;                     ///< a slip of this key is there, which was reported

    std::string text(std::string_view key, std::string fallback = {}) const;
    std::vector<std::string> texts(std::string_view key) const; ///< one text or a list of them
    bool flag(std::string_view key, bool fallback = false) const;
    std::optional<double> number(std::string_view key) const;
    std::optional<double> quantity(std::string_view key, layers::Dimension dimension) const; ///< base units
    double share(std::string_view key, double percent) const; ///< 0..1 of what is written as 0..100 %
    std::optional<layers::Choice> choice(std::string_view key) const;

    const std::string& what() const { return m_what; }
    const layers::Node& node() const { return *m_node; }
    layers::Problems& problems() const { return *m_problems; }
    std::string path(std::string_view key) const; ///< "what: key", as messages name it

private:
    template <typename T, typename Read>
    T read(std::string_view key, T fallback, Read value_of) const;

    const layers::Node* m_node;
    std::string m_what;
    std::vector<std::string> m_known;
    layers::Problems* m_problems;
};

const std::string& scalar_text(const layers::Node& node); ///< throws Error when it's no single value

/// The files a text means, absolute, relative to the file that holds the text: a
/// glob gives its matches in order. Names that are no files (URLs, databases) come
/// back as they are. Throws Error when there is no such file, with the nearest name.
std::vector<std::string> resolve_files(const layers::Node& text);

/// Writes a file's name, or a list of them, so that it means the same file in a study
/// of that folder. A name that is relative to it already stays as it is written.
void rebase_files(layers::Node& names, const std::filesystem::path& folder);

} // namespace zonerank::engine
