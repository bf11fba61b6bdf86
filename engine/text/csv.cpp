// SPDX-License-Identifier: Apache-2.0
#include "engine/text/csv.hpp"

#include "rasters/core/error.hpp"

#include <algorithm>
#include <utility>

namespace zonerank::engine {

namespace {

class Parser {
public:
    explicit Parser(std::string_view text) : m_text(text) {
        if (m_text.starts_with("\xEF\xBB\xBF"))
            m_at = 3;
    }

    bool at_end() const { return m_at >= m_text.size(); }

    CsvRow row() {
        CsvRow fields{field()};
        while (take(','))
            fields.push_back(field());
        take('\r');
        take('\n');
        ++m_line;
        return fields;
    }

private:
    bool take(char c) {
        const bool here = !at_end() && m_text[m_at] == c;
        m_at += here;
        return here;
    }

    std::string field() {
        if (take('"'))
            return quoted();
        const std::size_t end = std::min(m_text.find_first_of(",\r\n", m_at), m_text.size());
        const std::size_t begin = std::exchange(m_at, end);
        return std::string(m_text.substr(begin, end - begin));
    }

    std::string quoted() {
        std::string result;
        const int opened = m_line;
        while (!at_end()) {
            const char c = m_text[m_at++];
            if (c == '"' && !take('"')) {
                if (!at_end() && std::string_view(",\r\n").find(m_text[m_at]) == std::string_view::npos)
                    throw Error("line {}: text behind a closing quotation mark", m_line);
                return result;
            }
            m_line += c == '\n';
            result += c;
        }
        throw Error("line {}: a quotation mark is never closed", opened);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_line = 1;
};

} // namespace

std::vector<CsvRow> parse_csv(std::string_view text) {
    Parser parser(text);
    std::vector<CsvRow> rows;
    while (!parser.at_end()) {
        CsvRow row = parser.row();
        if (row.size() > 1 || !row.front().empty())
            rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace zonerank::engine
