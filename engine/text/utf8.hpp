// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace zonerank::engine {

/// One character of a UTF-8 text, or one byte that is not part of any.
struct Character {
    char32_t code = 0xFFFD;
    std::size_t bytes = 1;
    bool valid = false;
};

/// The character at the front of a text that is not empty. Overlong forms,
/// surrogates and codes above U+10FFFF are not valid.
Character first_character(std::string_view text);

/// Calls visit(Character, its bytes as text) for each character.
template <typename Visit>
void for_each_character(std::string_view text, Visit&& visit) {
    while (!text.empty()) {
        const Character character = first_character(text);
        visit(character, text.substr(0, character.bytes));
        text.remove_prefix(character.bytes);
    }
}

/// The text with a to z for A to Z; other letters stay.
std::string lower_case(std::string_view text);

/// Whether a locale's name, as of LC_ALL, says UTF-8: "en_GB.UTF-8", "C.utf8".
bool says_utf8(std::string_view locale);

/// The text with each invalid byte replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

/// Columns of a terminal that the text takes: 2 for East Asian wide characters,
/// 0 for combining marks and joiners. An approximation of Unicode's annex 11
/// that needs no locale.
int display_width(std::string_view text);

/// Cut to `width` columns, with … for what is missing, and filled up with spaces.
std::string fitted(std::string_view text, int width, bool to_the_right = false);

} // namespace zonerank::engine
