// SPDX-License-Identifier: Apache-2.0
#include "engine/postgis/site_rows.hpp"

#include "engine/outputs/site_columns.hpp"
#include "engine/outputs/site_outline.hpp"
#include "engine/text/utf8.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <set>

namespace zonerank::engine {

using layers::Field;

namespace {

constexpr std::size_t longest_name = 63; // NAMEDATALEN - 1
constexpr std::array<std::string_view, 10> taken_names{
    study_column, run_column, written_column, geometry_column, "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"};

std::string cut(const std::string& name, std::size_t bytes) {
    std::string result;
    for_each_character(name, [&](const Character&, std::string_view character) {
        if (result.size() + character.size() <= bytes)
            result += character;
        else
            bytes = 0;
    });
    return result;
}

/// Names that a table can have side by side.
class Names {
public:
    std::string add(const std::string& wanted) {
        std::string name = cut(valid_utf8(wanted), longest_name);
        while (std::ranges::find(taken_names, name) != taken_names.end())
            name += "_";
        for (int i = 2; name.empty() || !m_taken.insert(name).second; ++i)
            name = fmt::format("{}_{}", cut(valid_utf8(wanted), longest_name - 6), i);
        return name;
    }

private:
    std::set<std::string> m_taken;
};

/// What will stand there when something does, so that the next run fits the same table.
std::string type_of_empty(const std::string& name) {
    constexpr std::array<std::string_view, 4> texts{"id", "name", "excluded_by", "reason"};
    if (std::ranges::find(texts, name) != texts.end() || name.ends_with("_beyond"))
        return "text";
    return name == "rank" ? "bigint" : "double precision";
}

std::string type_of(const SiteTable& table, std::size_t column, const std::string& name, bool& empty) {
    std::size_t wholes = 0, numbers = 0, texts = 0;
    for (std::size_t site = 0; site < table.sites; ++site) {
        const Field field = table.field(site, column);
        wholes += std::holds_alternative<std::int64_t>(field) ? 1 : 0;
        numbers += std::holds_alternative<double>(field) ? 1 : 0;
        texts += std::holds_alternative<std::string>(field) ? 1 : 0;
    }
    empty = wholes + numbers + texts == 0;
    if (empty)
        return type_of_empty(name);
    return texts > 0 ? "text" : numbers > 0 ? "double precision" : "bigint";
}

void append_escaped(std::string& line, std::string_view text) {
    for (const char c : text)
        switch (c) {
        case '\\':
            line += "\\\\";
            break;
        case '\n':
            line += "\\n";
            break;
        case '\r':
            line += "\\r";
            break;
        case '\t':
            line += "\\t";
            break;
        case '\0':
            throw Error("a text holds the character 0, which PostgreSQL can't");
        default:
            line += c;
        }
}

void append(std::string& line, const Field& field) {
    line += line.empty() ? "" : "\t";
    if (std::holds_alternative<std::monostate>(field))
        line += "\\N";
    else
        append_escaped(line, valid_utf8(layers::to_text(field)));
}

template <typename T>
void append_hex(std::string& hex, T value) {
    static_assert(std::endian::native == std::endian::little);
    const auto bytes = std::bit_cast<std::array<unsigned char, sizeof(T)>>(value);
    for (const unsigned char byte : bytes)
        fmt::format_to(std::back_inserter(hex), "{:02X}", byte);
}

void append_hex(std::string& hex, std::uint32_t type, std::size_t count) {
    append_hex(hex, static_cast<unsigned char>(1)); // little endian
    append_hex(hex, type);
    append_hex(hex, static_cast<std::uint32_t>(count));
}

} // namespace

SiteTable table_of(const Ranking& ranking, const Territory& territory, const std::string& run) {
    const auto columns = std::make_shared<const std::vector<SiteColumn>>(site_columns(ranking));
    const auto outliner = std::make_shared<std::optional<Outliner>>(); // a CRS of its own may have no way to WGS 84
    SiteTable table{.study = ranking.study, .run = run, .sites = ranking.rows.size(), .crs = territory.crs};
    for (const SiteColumn& column : *columns)
        table.columns.push_back(column.name);
    table.field = [&ranking, columns](std::size_t site, std::size_t column) {
        return (*columns)[column].of(ranking.rows[site]);
    };
    table.name = [&ranking](std::size_t site) {
        const SiteRow& row = ranking.rows[site];
        return row.name.empty() ? row.id : row.name;
    };
    table.ground = [&ranking, &territory, outliner](std::size_t site, bool lonlat) -> Outline {
        if (!lonlat)
            return ranking.rows[site].shape.polygons;
        if (!*outliner)
            outliner->emplace(territory.grid);
        return (**outliner)(ranking.rows[site].shape);
    };
    return table;
}

std::vector<TableColumn> table_columns(const SiteTable& table) {
    std::vector<TableColumn> columns;
    Names names;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        TableColumn& added = columns.emplace_back(names.add(table.columns[i]), std::string());
        added.type = type_of(table, i, table.columns[i], added.empty);
    }
    return columns;
}

std::string ewkb_hex(const std::vector<rasters::Polygon>& polygons, int srid) {
    constexpr std::uint32_t polygon_type = 3, multipolygon_type = 6, with_srid = 0x20000000;
    std::string hex;
    append_hex(hex, static_cast<unsigned char>(1));
    append_hex(hex, multipolygon_type | with_srid);
    append_hex(hex, static_cast<std::uint32_t>(srid));
    append_hex(hex, static_cast<std::uint32_t>(polygons.size()));
    for (const rasters::Polygon& polygon : polygons) {
        append_hex(hex, polygon_type, polygon.rings.size());
        for (const rasters::Path& ring : polygon.rings) {
            append_hex(hex, static_cast<std::uint32_t>(ring.size()));
            for (const rasters::Point p : ring) {
                append_hex(hex, p.x);
                append_hex(hex, p.y);
            }
        }
    }
    return hex;
}

static std::string fields_of(const SiteTable& table, std::size_t site) {
    std::string line;
    append(line, table.study);
    append(line, table.run);
    for (std::size_t column = 0; column < table.columns.size(); ++column)
        append(line, table.field(site, column));
    return line;
}

std::string copy_lines(const SiteTable& table, bool lonlat, int srid) {
    std::string lines;
    for (std::size_t site = 0; site < table.sites; ++site) {
        std::string line =
            in_context(fmt::format("site '{}'", table.name(site)), [&] { return fields_of(table, site); });
        const std::vector<rasters::Polygon> ground = table.ground(site, lonlat);
        append(line, ground.empty() ? Field{} : Field{ewkb_hex(ground, srid)});
        lines += line + "\n";
    }
    return lines;
}

} // namespace zonerank::engine
