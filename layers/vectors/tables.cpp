// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/tables.hpp"

#include "layers/terms/problems.hpp"
#include "layers/vectors/ogr.hpp"
#include "rasters/connection.hpp"
#include "rasters/core/error.hpp"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <memory>

namespace zonerank::layers {

namespace {

// All relations with rows, each once for every geometry column, those without one once.
constexpr const char* catalogue = R"(
    SELECT n.nspname::text AS "schema", c.relname::text AS "table", g.attname::text AS "geometry",
           (c.relkind IN ('r', 'p', 'm'))::int AS "versions"
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN (SELECT a.attrelid, a.attname, a.attnum FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
               WHERE a.attnum > 0 AND NOT a.attisdropped AND t.typname IN ('geometry', 'geography')) g
      ON g.attrelid = c.oid
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
    ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", g.attnum)";

std::string column(OGRFeature& row, int index) {
    return row.IsFieldSetAndNotNull(index) != 0 ? row.GetFieldAsString(index) : "";
}

void add(std::vector<DatabaseTable>& tables, OGRFeature& row) {
    DatabaseTable table{column(row, 0), column(row, 1)};
    if (tables.empty() || tables.back().full_name() != table.full_name())
        tables.push_back(std::move(table));
    tables.back().has_versions = row.GetFieldAsInteger(3) != 0;
    if (std::string geometry = column(row, 2); !geometry.empty())
        tables.back().geometries.push_back(std::move(geometry));
}

bool is_called(const DatabaseTable& table, const std::string& wanted) {
    if (wanted == table.name || wanted == table.full_name())
        return true;
    return std::ranges::any_of(table.geometries, [&](const std::string& column) {
        const std::string behind = "(" + column + ")";
        return wanted == table.name + behind || wanted == table.full_name() + behind;
    });
}

constexpr std::size_t most_names = 12; // in a message

std::string some_of(std::vector<std::string> names) {
    const std::size_t more = names.size() - std::min(names.size(), most_names);
    names.resize(names.size() - more);
    return fmt::format("{}{}", fmt::join(names, ", "), more > 0 ? fmt::format(" and {} more", more) : "");
}

std::vector<std::string> names_of(const std::vector<DatabaseTable>& tables, bool all) {
    std::vector<std::string> names;
    for (const DatabaseTable& table : tables)
        if (all || !table.geometries.empty())
            names.push_back(table.full_name());
    return names;
}

const DatabaseTable& only_one(const std::vector<DatabaseTable>& tables) {
    const std::vector<std::string> names = names_of(tables, false);
    if (names.empty())
        throw Error("no table with a geometry");
    if (names.size() > 1)
        throw Error("there are several tables; name one with `layer:` ({})", some_of(names));
    return *std::ranges::find(tables, names.front(), &DatabaseTable::full_name);
}

// "gis.roads(way)" of a table that is there.
void check_column(const DatabaseTable& table, const std::string& wanted) {
    for (const std::string& name : {table.name, table.full_name()})
        if (wanted.starts_with(name + "(") && wanted.ends_with(")") && !table.geometries.empty())
            throw Error("{}: {}", table.full_name(),
                        unknown("geometry column", wanted.substr(name.size() + 1, wanted.size() - name.size() - 2),
                                table.geometries));
}

[[noreturn]] void throw_unknown(const std::vector<DatabaseTable>& tables, const std::string& wanted) {
    for (const DatabaseTable& table : tables)
        check_column(table, wanted);
    const std::vector<std::string> known = names_of(tables, true);
    if (const std::string near = nearest(wanted, known); near.empty() && wanted.find('.') == wanted.npos)
        for (const DatabaseTable& table : tables)
            if (!nearest(wanted, std::vector{table.name}).empty())
                throw Error("unknown table '{}'; did you mean '{}'?", excerpt(wanted), table.full_name());
    if (known.size() > most_names && nearest(wanted, known).empty())
        throw Error("unknown table '{}'; there is {}", excerpt(wanted), some_of(known));
    throw Error("{}", unknown("table", wanted, known));
}

const DatabaseTable& table_called(const std::vector<DatabaseTable>& tables, const std::string& wanted) {
    std::vector<const DatabaseTable*> found;
    for (const DatabaseTable& table : tables)
        if (is_called(table, wanted))
            found.push_back(&table);
    if (found.empty())
        throw_unknown(tables, wanted);
    const auto best = std::ranges::find_if(
        found, [&](const DatabaseTable* t) { return wanted.starts_with(t->full_name()) || t->schema == "public"; });
    if (found.size() > 1 && best == found.end())
        throw Error("'{}' is in several schemas; name one with `layer: {}`", excerpt(wanted),
                    found.front()->full_name());
    return best == found.end() ? *found.front() : **best;
}

const DatabaseTable& table_meant(const std::vector<DatabaseTable>& tables, const std::string& wanted) {
    return wanted.empty() ? only_one(tables) : table_called(tables, wanted);
}

std::string quoted(const std::string& name) {
    std::string text = "\"";
    for (const char c : name)
        text += c == '"' ? std::string(2, c) : std::string(1, c);
    return text + "\"";
}

} // namespace

/// Calls visit with each row that a query gives. Throws Error, `failed` in front of why.
static void each_answer(GDALDataset& database, const std::string& query, const char* failed,
                        const std::function<void(OGRFeature&)>& visit) {
    const rasters::GdalComplaints complaints;
    const auto release = [&](OGRLayer* result) { database.ReleaseResultSet(result); };
    const std::unique_ptr<OGRLayer, decltype(release)> rows(database.ExecuteSQL(query.c_str(), nullptr, nullptr),
                                                            release);
    while (rows) {
        const OGRFeatureUniquePtr row{rows->GetNextFeature()};
        if (!row)
            break;
        visit(*row);
    }
    if (!rows || complaints.count() > 0)
        throw Error("{}: {}", failed, rasters::without_secrets(complaints.first()));
}

std::vector<DatabaseTable> tables_of(GDALDataset& database) {
    std::vector<DatabaseTable> tables;
    each_answer(database, catalogue, "its tables can't be listed", [&](OGRFeature& row) { add(tables, row); });
    return tables;
}

std::string chosen_table(const std::vector<DatabaseTable>& tables, const std::string& wanted) {
    const DatabaseTable& table = table_meant(tables, wanted);
    if (table.geometries.empty())
        throw Error("{} has no geometry column", table.full_name());
    for (const std::string& column : table.geometries)
        if (table.geometries.size() == 1 || wanted.ends_with("(" + column + ")"))
            return fmt::format("{}({})", table.full_name(), column);
    throw Error("{0} has several geometry columns; name one, as in `layer: {0}({1})` (there is {2})", table.full_name(),
                table.geometries.front(), fmt::join(table.geometries, ", "));
}

namespace {

void append(std::string& row, std::string_view bytes) {
    row += fmt::format("{}:", bytes.size());
    row += bytes;
}

void append_geometry(std::string& row, const OGRGeometry* geometry) {
    if (geometry == nullptr)
        return;
    std::vector<unsigned char> wkb(geometry->WkbSize());
    geometry->exportToWkb(wkbNDR, wkb.data(), wkbVariantIso);
    append(row, {reinterpret_cast<const char*>(wkb.data()), wkb.size()});
}

} // namespace

void each_row(const std::string& database, const std::string& table, const rasters::Access& access,
              const std::function<void(std::string_view)>& visit) {
    const VectorLayer layer(database, table, access);
    std::string row;
    layer.each([&](OGRFeature& feature) {
        row.clear();
        for (int i = 0; i < feature.GetFieldCount(); ++i)
            if (feature.IsFieldSetAndNotNull(i) != 0)
                append(row, feature.GetFieldAsString(i));
            else
                row += '-';
        append_geometry(row, feature.GetGeometryRef());
        visit(row);
    });
}

std::string key_of(const std::string& database, const std::string& table, const rasters::Access& access) {
    return as_utf8(VectorLayer(database, table, access).ogr().GetFIDColumn());
}

/// A sum over all rows of what tells each from others, in whatever order they come.
static std::string state_query(const DatabaseTable& table) {
    const char* const row = table.has_versions ? "concat_ws(' ', t.tableoid, t.ctid, t.xmin)" : "(t.*)::text";
    return fmt::format("SELECT concat_ws(' ', '{}', count(*), sum(('x' || substr(md5({}), 1, 15))::bit(60)::bigint)) "
                       "FROM {}.{} t",
                       table.has_versions ? "versions" : "content", row, quoted(table.schema), quoted(table.name));
}

std::string table_state(const std::string& database, const std::string& table, const rasters::Access& access) {
    const auto opened = rasters::open(database, rasters::DatasetKind::vector, access);
    return in_context(short_name(database), [&] {
        const std::vector<DatabaseTable> tables = tables_of(*opened);
        std::string state;
        each_answer(*opened, state_query(table_meant(tables, table)), "its state can't be told",
                    [&](OGRFeature& answer) { state = column(answer, 0); });
        return state;
    });
}

std::int64_t number_of_state(const std::string& state) {
    std::uint64_t number = 14695981039346656037U; // FNV-1a: the same everywhere
    for (const unsigned char c : state)
        number = (number ^ c) * 1099511628211U;
    return static_cast<std::int64_t>(number);
}

} // namespace zonerank::layers
