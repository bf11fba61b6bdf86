// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/formula_text.hpp"

#include "layers/terms/problems.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace zonerank::engine {

namespace {

constexpr std::size_t longest = 1000;
constexpr std::string_view names = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"; ///< of quantities, after an underscore

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Letters, °, ², ³: all that is not ASCII is part of a word.
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_known(std::string_view unit) {
    return layers::unit_called(unit).dimension != layers::Dimension::other;
}

class Reader {
public:
    Reader(const std::string& text, const layers::Unit& base, const layers::Unit& in)
        : m_text(text), m_base(base), m_in(in), m_result{text, {}} {}

    FormulaText read() {
        while (m_at < m_text.size()) {
            if (is_letter(m_text[m_at]))
                skip_word();
            else if (is_digit(m_text[m_at]) || (m_text[m_at] == '.' && is_digit(at(m_at + 1))))
                read_number();
            else
                refuse_assignment(), ++m_at;
        }
        return std::move(m_result);
    }

private:
    char at(std::size_t i) const { return i < m_text.size() ? m_text[i] : '\0'; }

    void skip_word() {
        while (is_letter(at(m_at)) || is_digit(at(m_at)))
            ++m_at;
    }

    void refuse_assignment() {
        constexpr std::string_view before = "<>=!";
        const bool compares = at(m_at + 1) == '=' || (m_at > 0 && before.find(m_text[m_at - 1]) != before.npos);
        if (m_text[m_at] == '=' && !compares)
            refuse_formula(m_text, m_at, "'=' sets nothing here; to compare write ==");
        if (m_text[m_at] == '"')
            refuse_formula(m_text, m_at, "a formula has no texts");
    }

    void read_number() {
        const std::size_t first = m_at;
        double value = 0;
        const char* begin = m_text.data() + first;
        const auto [end, error] = std::from_chars(begin, m_text.data() + m_text.size(), value);
        if (error != std::errc{})
            refuse_formula(m_text, first, "this number is too large or too small");
        m_at += static_cast<std::size_t>(end - begin);
        const std::size_t unit = std::min(m_text.find_first_not_of(' ', m_at), m_text.size());
        const std::size_t after = end_of_unit(unit);
        if (after > unit)
            replace(first, after, {value, layers::unit_called(m_text.substr(unit, after - unit))});
    }

    /// A word or %, and what makes a known unit of it: "km", "people/km²".
    std::size_t end_of_unit(std::size_t first) const {
        if (at(first) == '%')
            return first + 1;
        const std::size_t word = end_of_word(first);
        if (word == first || at(word) != '/')
            return word;
        const std::size_t more = end_of_word(word + 1);
        return more > word + 1 && is_known(m_text.substr(first, more - first)) ? more : word;
    }

    std::size_t end_of_word(std::size_t first) const {
        std::size_t end = first;
        while (is_letter(at(end)) || (end > first && is_digit(at(end))))
            ++end;
        return end;
    }

    void replace(std::size_t first, std::size_t after, const layers::Quantity& quantity) {
        if (m_result.quantities.size() == names.size())
            refuse_formula(m_text, first, "too many numbers with units");
        double value = 0;
        try {
            value = layers::convert(quantity, m_base) / (m_in.factor / m_base.factor);
        } catch (const Error& e) {
            refuse_formula(m_text, first, e.what());
        }
        const std::string name{'_', names[m_result.quantities.size()]};
        m_result.text.replace(first, after - first, name + std::string(after - first - name.size(), ' '));
        m_result.quantities.emplace_back(name, value);
        m_at = after;
    }

    const std::string& m_text;
    const layers::Unit &m_base, &m_in;
    FormulaText m_result;
    std::size_t m_at = 0;
};

} // namespace

void refuse_formula(std::string_view text, std::size_t at, const std::string& why) {
    const auto starts = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    const auto before = std::ranges::count_if(text.substr(0, std::min(at, text.size())), starts);
    throw Error("formula, character {}: {}", before + 1, why);
}

FormulaText read_formula(const std::string& text, const layers::Unit& base, const layers::Unit& in) {
    if (text.size() > longest)
        throw Error("the formula is longer than {} characters", longest);
    return Reader(text, base, in).read();
}

} // namespace zonerank::engine
