// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace zonerank::engine {

/// One JSON object written member by member, so that a member of megabytes is text only once.
class ObjectText {
public:
    /// What is no UTF-8 becomes U+FFFD.
    ObjectText& add(std::string_view name, const nlohmann::ordered_json& value);
    ObjectText& add(const nlohmann::ordered_json& object); ///< all its members
    /// `json` is put there as it is: it REQUIRES to be valid JSON.
    ObjectText& add_text(std::string_view name, std::string_view json);
    /// As add_text() of a JSON string that needs no escapes.
    ObjectText& add_plain(std::string_view name, std::string_view text);
    /// A number in as few digits as read back the same; null for what is none.
    ObjectText& add_number(std::string_view name, double number);

    std::size_t size() const { return m_text.size(); }
    std::string take(); ///< the whole object; nothing can be added then

private:
    void begin(std::string_view name);

    std::string m_text = "{";
};

std::string text_of(const nlohmann::ordered_json& json); ///< without blanks; what is no UTF-8 becomes U+FFFD

/// Appends a number as JSON: with so many significant digits, 0: as few as read back the same.
void append_number(std::string& text, double number, int digits = 0);

} // namespace zonerank::engine
