// SPDX-License-Identifier: Apache-2.0
#include "engine/records/site_table.hpp"

#include "engine/text/listing.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>

namespace zonerank::engine {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t largest_table = 64 << 20;

std::vector<CsvRow> rows_of(const fs::path& path) {
    std::error_code failed;
    if (!fs::is_regular_file(path, failed))
        throw Error("no such file");
    if (fs::file_size(path, failed) > largest_table)
        throw Error("larger than 64 MiB");
    std::ifstream file(path, std::ios::binary);
    std::vector<CsvRow> rows = parse_csv(std::string{std::istreambuf_iterator<char>(file), {}});
    if (!file)
        throw Error("can't be read");
    if (rows.empty())
        throw Error("holds nothing");
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].size() != rows.front().size())
            throw Error("row {} has {} fields, the header {}", i + 1, rows[i].size(), rows.front().size());
    return rows;
}

template <typename T>
std::optional<T> number(const std::string& text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size() && !text.empty();
    return whole && std::isfinite(static_cast<double>(value)) ? std::optional(value) : std::nullopt;
}

std::optional<std::size_t> place_of(const CsvRow& header, const std::string& name) {
    const auto found = std::ranges::find(header, name);
    return found == header.end() ? std::nullopt : std::optional<std::size_t>(found - header.begin());
}

PastSite site_of(const CsvRow& header, const CsvRow& row) {
    const auto cell = [&](const std::string& name) {
        const auto at = place_of(header, name);
        return at ? row[*at] : std::string();
    };
    constexpr std::string_view ending = "_part";
    PastSite site{cell("id"), cell("name"), number<int>(cell("rank")), number<double>(cell("score")), cell("reason"),
                  {}};
    for (std::size_t i = 0; i < header.size(); ++i)
        if (const auto part = number<double>(row[i]); part && header[i].ends_with(ending))
            site.parts[header[i].substr(0, header[i].size() - ending.size())] = *part;
    return site;
}

std::vector<std::string> only_in(const CsvRow& one, const CsvRow& other) {
    std::vector<std::string> names;
    std::ranges::copy_if(one, std::back_inserter(names),
                         [&](const std::string& name) { return !place_of(other, name).has_value(); });
    return names;
}

bool cells_differ(const std::vector<CsvRow>& before, std::size_t a, const std::vector<CsvRow>& after, std::size_t b) {
    for (std::size_t row = 1; row < std::min(before.size(), after.size()); ++row)
        if (before[row][a] != after[row][b])
            return true;
    return false;
}

} // namespace

std::vector<PastSite> read_sites(const fs::path& csv) {
    return in_context(csv.string(), [&] {
        const std::vector<CsvRow> rows = rows_of(csv);
        if (!place_of(rows.front(), "id") && !place_of(rows.front(), "name"))
            throw Error("has neither a column 'id' nor 'name'");
        std::vector<PastSite> sites;
        for (std::size_t i = 1; i < rows.size(); ++i)
            sites.push_back(site_of(rows.front(), rows[i]));
        return sites;
    });
}

TableDifference compare_tables(const fs::path& before, const fs::path& after) {
    const auto a = in_context(before.string(), [&] { return rows_of(before); });
    const auto b = in_context(after.string(), [&] { return rows_of(after); });
    TableDifference found{{}, only_in(b.front(), a.front()), only_in(a.front(), b.front()), a.size() - 1, b.size() - 1};
    for (std::size_t column = 0; column < a.front().size(); ++column)
        if (const auto other = place_of(b.front(), a.front()[column]))
            if (cells_differ(a, column, b, *other))
                found.columns.push_back(a.front()[column]);
    return found;
}

std::string difference_text(const TableDifference& difference) {
    constexpr std::size_t most = 8;
    std::vector<std::string> parts;
    if (!difference.columns.empty())
        parts.push_back("other values in " + listed(difference.columns, most));
    if (!difference.added.empty())
        parts.push_back("new columns " + listed(difference.added, most));
    if (!difference.gone.empty())
        parts.push_back("gone columns " + listed(difference.gone, most));
    if (difference.rows_before != difference.rows_after)
        parts.push_back(fmt::format("{} rows instead of {}", difference.rows_after, difference.rows_before));
    return parts.empty() ? "the same cells" : listed(parts, parts.size());
}

} // namespace zonerank::engine
