// SPDX-License-Identifier: Apache-2.0
#include "engine/report/object_text.hpp"

#include "engine/text/escape.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace zonerank::engine {

void append_number(std::string& text, double number, int digits) {
    if (!std::isfinite(number)) {
        text += "null";
        return;
    }
    std::array<char, 40> buffer;
    char* end = buffer.data() + buffer.size();
    end = digits > 0 ? std::to_chars(buffer.data(), end, number, std::chars_format::general, digits).ptr
                     : std::to_chars(buffer.data(), end, number).ptr;
    text.append(buffer.data(), end);
}

std::string text_of(const nlohmann::ordered_json& json) {
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

void ObjectText::begin(std::string_view name) {
    if (m_text.size() > 1)
        m_text += ',';
    m_text += json_string(name);
    m_text += ':';
}

ObjectText& ObjectText::add_text(std::string_view name, std::string_view json) {
    begin(name);
    m_text += json;
    return *this;
}

ObjectText& ObjectText::add_plain(std::string_view name, std::string_view text) {
    begin(name);
    ((m_text += '"') += text) += '"';
    return *this;
}

ObjectText& ObjectText::add_number(std::string_view name, double number) {
    begin(name);
    append_number(m_text, number);
    return *this;
}

ObjectText& ObjectText::add(std::string_view name, const nlohmann::ordered_json& value) {
    return add_text(name, text_of(value));
}

ObjectText& ObjectText::add(const nlohmann::ordered_json& object) {
    for (const auto& [name, value] : object.items())
        add(name, value);
    return *this;
}

std::string ObjectText::take() {
    m_text += '}';
    return std::move(m_text);
}

} // namespace zonerank::engine
