// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/judgements.hpp"

#include "layers/terms/problems.hpp"
#include "layers/terms/unit.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>

namespace zonerank::engine {

namespace {

using layers::Node;
using Names = std::span<const std::string>;

constexpr double not_given = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view versus = " vs ";

/// Judgements under their own names, before they are put into the members' order.
struct Table {
    std::vector<std::string> rows, columns;
    Judgements cells;
};

Judgements blank(std::size_t size) {
    Judgements matrix(size, std::vector<double>(size, not_given));
    for (std::size_t i = 0; i < size; ++i)
        matrix[i][i] = 1;
    return matrix;
}

double judgement(std::string_view text) {
    const layers::Quantity quantity = layers::parse_quantity(text);
    return layers::convert(quantity, layers::base_unit(layers::Dimension::number));
}

const std::string& text_of(const Node& node, std::string_view what) {
    if (!node.is_scalar())
        throw Error("expected {}, found {}", what, node.kind_name());
    return node.text;
}

std::size_t index_of(std::string_view name, Names members) {
    const auto it = std::ranges::find(members, name);
    if (it == members.end())
        throw Error("{}", layers::unknown("name", name, members));
    return static_cast<std::size_t>(it - members.begin());
}

/// With the inverse of what is given one way only.
Judgements both_ways(Judgements matrix) {
    for (std::size_t i = 0; i < matrix.size(); ++i)
        for (std::size_t j = 0; j < matrix.size(); ++j)
            if (std::isnan(matrix[i][j]) && !std::isnan(matrix[j][i]))
                matrix[i][j] = 1 / matrix[j][i];
    return matrix;
}

void require_all(const std::vector<std::string>& names, Names members, std::string_view where) {
    for (const std::string& name : names)
        if (std::ranges::count(names, name) > 1)
            throw Error("'{}' is twice in {}", members[index_of(name, members)], where);
    for (const std::string& member : members)
        if (std::ranges::find(names, member) == names.end())
            throw Error("'{}' is missing in {}", member, where);
}

Judgements ordered(const Table& table, Names members, std::string_view rows, std::string_view columns) {
    Judgements matrix = blank(members.size());
    for (std::size_t r = 0; r < table.rows.size(); ++r)
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            if (!std::isnan(table.cells[r][c]))
                matrix[index_of(table.rows[r], members)][index_of(table.columns[c], members)] = table.cells[r][c];
    require_all(table.rows, members, rows);
    require_all(table.columns, members, columns);
    return both_ways(std::move(matrix));
}

// A name may itself hold " vs ", so every place to cut is tried.
std::pair<std::size_t, std::size_t> pair_of(std::string_view key, Names members) {
    const std::size_t first = key.find(versus);
    if (first == key.npos)
        throw Error("expected two names such as 'power vs highway', found '{}'", layers::excerpt(key));
    for (std::size_t at = first; at != key.npos; at = key.find(versus, at + 1)) {
        const auto left = std::ranges::find(members, key.substr(0, at));
        const auto right = std::ranges::find(members, key.substr(at + versus.size()));
        if (left != members.end() && right != members.end())
            return {left - members.begin(), right - members.begin()};
    }
    return {index_of(key.substr(0, first), members), index_of(key.substr(first + versus.size()), members)};
}

Judgements from_pairs(const Node& body, Names members) {
    Judgements matrix = blank(members.size());
    for (const auto& entry : body.entries) {
        const auto [i, j] = pair_of(entry.first, members);
        if (i == j)
            throw Error("'{}' compares a name with itself", entry.first);
        matrix[i][j] =
            in_context("'" + entry.first + "'", [&] { return judgement(text_of(entry.second, "a number")); });
    }
    return both_ways(std::move(matrix));
}

std::vector<double> row_of(const Node& node, std::size_t size) {
    if (!node.is_list() || node.items.size() != size)
        throw Error("'matrix' needs {0} rows of {0} numbers, one for each name in 'of'", size);
    std::vector<double> row;
    for (const Node& cell : node.items)
        row.push_back(cell.is_null() ? not_given : judgement(text_of(cell, "a number")));
    return row;
}

Judgements from_matrix(const Node& matrix, const Node* of, Names members) {
    if (!of || !of->is_list())
        throw Error("'of' must list the names of the matrix's rows, such as [{}]", fmt::join(members, ", "));
    Table table;
    for (const Node& name : of->items)
        table.rows.push_back(text_of(name, "a name"));
    for (const Node& row : matrix.items)
        table.cells.push_back(row_of(row, table.rows.size()));
    if (table.cells.size() != table.rows.size())
        throw Error("'matrix' has {} rows, 'of' has {} names", table.cells.size(), table.rows.size());
    table.columns = table.rows;
    return ordered(table, members, "'of'", "'of'");
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\r\"";
    const auto first = text.find_first_not_of(space);
    return first == text.npos ? "" : std::string(text.substr(first, text.find_last_not_of(space) - first + 1));
}

std::vector<std::string> split(const std::string& line, char separator) {
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, separator);)
        cells.push_back(trimmed(cell));
    if (line.ends_with(separator))
        cells.emplace_back();
    return cells;
}

Table parse_csv(std::istream& file) {
    Table table;
    char separator = ',';
    int number = 0;
    for (std::string line; std::getline(file, line);) {
        if (++number == 1 && line.starts_with("\xEF\xBB\xBF"))
            line.erase(0, 3);
        if (trimmed(line).empty())
            continue;
        if (table.columns.empty())
            separator = line.find(';') == line.npos ? ',' : ';';
        std::vector<std::string> cells = split(line, separator);
        in_context(fmt::format("line {}", number), [&] {
            if (table.columns.empty())
                return table.columns.assign(cells.begin() + 1, cells.end());
            if (cells.size() != table.columns.size() + 1)
                throw Error("{} cells, but the first line has {}", cells.size(), table.columns.size() + 1);
            table.rows.push_back(cells[0]);
            auto& row = table.cells.emplace_back();
            for (std::size_t c = 1; c < cells.size(); ++c)
                row.push_back(cells[c].empty() ? not_given : judgement(cells[c]));
        });
    }
    return table;
}

} // namespace

Judgements read_judgements_csv(const std::filesystem::path& path, Names members) {
    constexpr std::uintmax_t largest = 1U << 20;
    return in_context(path.string(), [&] {
        std::error_code problem;
        if (!std::filesystem::is_regular_file(path, problem))
            throw Error("there is no such file");
        if (std::filesystem::file_size(path, problem) > largest)
            throw Error("more than 1 MiB, which is no table of judgements");
        std::ifstream file(path);
        if (!file)
            throw Error("can't be read");
        return ordered(parse_csv(file), members, "the first column", "the first row");
    });
}

Judgements read_judgements(const Node& body, Names members) {
    if (!body.is_map() && !body.is_null())
        throw Error("expected judgements such as {{power vs highway: 2}}, found {}", body.kind_name());
    const Node* matrix = body.find("matrix");
    const Node* csv = body.find("csv");
    if (!matrix && !csv)
        return from_pairs(body, members);
    for (const auto& [key, node] : body.entries)
        if (matrix ? key != "matrix" && key != "of" : key != "csv")
            throw Error("'{}' does not go together with '{}'", key, matrix ? "matrix" : "csv");
    return matrix ? from_matrix(*matrix, body.find("of"), members)
                  : read_judgements_csv(text_of(*csv, "a file's name"), members);
}

} // namespace zonerank::engine
