// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/check.hpp"

#include "engine/outputs/site_columns.hpp"
#include "engine/text/escape.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <optional>

namespace zonerank::engine {

namespace {

constexpr double tolerance = 1e-6;

std::string read_text(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path))
        throw Error("can't be read");
    return {std::istreambuf_iterator<char>(file), {}};
}

std::optional<std::size_t> place_of(const CsvRow& header, const std::string& name) {
    const auto found = std::find(header.begin(), header.end(), name);
    return found == header.end() ? std::nullopt : std::optional<std::size_t>(found - header.begin());
}

std::string key_column(const ExpectedRanking& expected) {
    const auto all_have = [&](const std::string& name) {
        const auto at = place_of(expected.header, name);
        return at && std::none_of(expected.rows.begin(), expected.rows.end(),
                                  [&](const CsvRow& r) { return r[*at].empty(); });
    };
    for (const char* name : {"id", "name"})
        if (all_have(name))
            return name;
    throw Error("neither 'id' nor 'name' is there for every site");
}

ExpectedRanking parse_expected(std::vector<CsvRow> rows) {
    if (rows.size() < 2)
        throw Error("holds no sites");
    ExpectedRanking expected{rows.front(), {}, {std::next(rows.begin()), rows.end()}, {}};
    for (std::size_t i = 0; i < expected.rows.size(); ++i)
        if (expected.rows[i].size() != expected.header.size())
            throw Error("row {} has {} fields, the header {}", i + 2, expected.rows[i].size(), expected.header.size());
    expected.key = key_column(expected);
    const std::size_t at = *place_of(expected.header, expected.key);
    for (std::size_t i = 0; i < expected.rows.size(); ++i)
        if (!expected.row_of.emplace(expected.rows[i][at], i).second)
            throw Error("the site '{}' is there twice", expected.rows[i][at]);
    return expected;
}

std::optional<double> as_number(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && !text.empty() ? std::optional(value)
                                                                                     : std::nullopt;
}

bool same(const std::string& found, const std::string& expected) {
    if (found == expected)
        return true;
    const auto a = as_number(found), b = as_number(expected);
    return a && b && std::abs(*a - *b) <= tolerance * std::max(1.0, std::abs(*b));
}

// The text as it stands in ranking.csv, quotation marks aside.
std::string filed_text(const layers::Field& field) {
    const auto* text = std::get_if<std::string>(&field);
    return text ? guarded_formula(*text) : layers::to_text(field);
}

std::string quoted(const std::string& text) {
    return text.empty() ? "empty" : shown_on_terminal(text);
}

const SiteColumn* column_called(const std::vector<SiteColumn>& columns, const std::string& name) {
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&](const SiteColumn& c) { return c.name == name; });
    return found == columns.end() ? nullptr : &*found;
}

/// Collects the differences of one ranking.
class Comparison {
public:
    Comparison(const ExpectedRanking& expected, const std::vector<SiteColumn>& columns)
        : m_expected(expected), m_key(*column_called(columns, expected.key)) {
        for (const std::string& name : expected.header) {
            m_columns.push_back(column_called(columns, name));
            if (!m_columns.back())
                m_result.push_back(
                    fmt::format("column '{}' is expected, but the ranking has none", shown_on_terminal(name)));
        }
    }

    void compare(const SiteRow& row) {
        const std::string key = filed_text(m_key.of(row));
        const auto expected = m_expected.row_of.find(key);
        if (expected == m_expected.row_of.end())
            m_result.push_back(fmt::format("site '{}' is not expected", shown_on_terminal(key)));
        else if (m_seen.emplace(key, true).second)
            compare(row, key, m_expected.rows[expected->second]);
        else
            m_result.push_back(fmt::format("site '{}' is in the ranking twice", shown_on_terminal(key)));
    }

    std::vector<std::string> take() {
        for (const auto& [key, row] : m_expected.row_of)
            if (!m_seen.contains(key))
                m_result.push_back(
                    fmt::format("site '{}' is expected, but not in the ranking", shown_on_terminal(key)));
        return std::move(m_result);
    }

private:
    void compare(const SiteRow& row, const std::string& key, const CsvRow& expected) {
        for (std::size_t i = 0; i < expected.size(); ++i) {
            if (!m_columns[i])
                continue;
            const std::string found = filed_text(m_columns[i]->of(row));
            if (!same(found, expected[i]))
                m_result.push_back(fmt::format("site '{}': {} is {}, expected {}", shown_on_terminal(key),
                                               m_columns[i]->name, quoted(found), quoted(expected[i])));
        }
    }

    const ExpectedRanking& m_expected;
    const SiteColumn& m_key;
    std::vector<const SiteColumn*> m_columns; ///< by place in the header; null: the ranking has none
    std::map<std::string, bool> m_seen;
    std::vector<std::string> m_result;
};

} // namespace

ExpectedRanking read_expected(const std::filesystem::path& path) {
    return in_context(path.string(), [&] { return parse_expected(parse_csv(read_text(path))); });
}

std::vector<std::string> differences(const Ranking& ranking, const ExpectedRanking& expected) {
    const std::vector<SiteColumn> columns = site_columns(ranking);
    Comparison comparison(expected, columns);
    for (const SiteRow& row : ranking.rows)
        comparison.compare(row);
    return comparison.take();
}

} // namespace zonerank::engine
