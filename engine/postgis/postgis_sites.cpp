// SPDX-License-Identifier: Apache-2.0
#include "engine/postgis/postgis_sites.hpp"

#include "engine/postgis/session.hpp"
#include "engine/text/utf8.hpp"
#include "layers/terms/problems.hpp"
#include "rasters/connection.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace zonerank::engine {

namespace {

constexpr int lonlat_srid = 4326;
constexpr std::size_t longest_name = 63;

struct Place {
    std::string schema, table;

    std::string sql() const { return Session::identifier(schema) + "." + Session::identifier(table); }
    std::string shown() const { return schema + "." + table; }
};

Place place_of(Session& session, const std::string& name) {
    const std::size_t dot = name.find('.');
    Place place{dot == name.npos ? "" : name.substr(0, dot), dot == name.npos ? name : name.substr(dot + 1)};
    if (place.schema.empty() && dot == name.npos)
        place.schema = session.rows("SELECT coalesce(current_schema(), '')").front().front();
    for (const std::string& part : {place.schema, place.table})
        if (part.empty() || part.size() > longest_name || valid_utf8(part) != part)
            throw Error("'{}' is no table's name: SCHEMA.TABLE or TABLE, each of 63 bytes at most",
                        layers::excerpt(name));
    if (session.rows("SELECT 1 FROM pg_namespace WHERE nspname = $1", std::array{place.schema}).empty())
        throw Error("there is no schema '{}'", place.schema);
    return place;
}

/// The schema that PostGIS lies in.
std::string postgis_schema(Session& session) {
    const auto found = session.rows("SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = "
                                    "e.extnamespace WHERE e.extname = 'postgis'");
    if (found.empty())
        throw Error("PostGIS is not installed in it; its owner does so by CREATE EXTENSION postgis");
    return Session::identifier(found.front().front());
}

/// The database's number for a CRS of EPSG's; 0: it has none.
int srid_of(Session& session, const std::string& postgis, const rasters::Crs& crs) {
    if (!crs.authority.starts_with("EPSG:"))
        return 0;
    const auto found = session.rows("SELECT srid FROM " + postgis +
                                        ".spatial_ref_sys WHERE auth_name = 'EPSG' AND auth_srid::text = $1 LIMIT 1",
                                    std::array{crs.authority.substr(5)});
    return found.empty() ? 0 : std::stoi(found.front().front());
}

/// A column that is there.
struct Existing {
    std::string type;
    bool fills_itself = false; ///< it has a default: the owner's own
};

using Existings = std::map<std::string, Existing>;

/// None: no such table.
Existings columns_there(Session& session, const Place& place) {
    const auto kind = session.rows("SELECT relkind FROM pg_class WHERE oid = to_regclass($1)", std::array{place.sql()});
    if (!kind.empty() && kind.front().front() != "r" && kind.front().front() != "p")
        throw Error("{} is no table", place.shown());
    Existings there;
    for (const Session::Row& row :
         session.rows("SELECT attname, format_type(atttypid, atttypmod), atthasdef OR attidentity <> '' FROM "
                      "pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped",
                      std::array{place.sql()}))
        there[row[0]] = {row[1], row[2] == "t"};
    return there;
}

bool fits(const TableColumn& ours, const std::string& theirs) {
    return ours.empty || theirs == ours.type || (ours.type == "bigint" && theirs == "double precision");
}

[[noreturn]] void other_shape(const Place& place, const std::string& why) {
    throw Error("{} is another table: {}; name a new one with --to-table", place.shown(), why);
}

/// The SRID of "geometry(MultiPolygon,32643)", with or without a schema; 0 for other types.
int srid_in(const std::string& type) {
    constexpr std::string_view start = "geometry(MultiPolygon,";
    const std::size_t at = type.find(start);
    int srid = 0;
    if (at != type.npos)
        std::from_chars(type.data() + at + start.size(), type.data() + type.size(), srid);
    return srid;
}

std::vector<TableColumn> all_columns(const SiteTable& sites) {
    std::vector<TableColumn> columns{{std::string(study_column), "text"}, {std::string(run_column), "text"}};
    std::ranges::move(table_columns(sites), std::back_inserter(columns));
    return columns;
}

void check_shape(const Place& place, const std::vector<TableColumn>& columns, Columns known, Existings there) {
    for (const TableColumn& column : columns) {
        const auto found = there.find(column.name);
        if (found == there.end())
            other_shape(place, fmt::format("it has no column '{}'", column.name));
        if (!fits(column, found->second.type))
            other_shape(place,
                        fmt::format("'{}' is {} there and {} here", column.name, found->second.type, column.type));
        there.erase(found);
    }
    there.erase(std::string(geometry_column));
    for (const auto& [name, column] : there)
        if (known == Columns::all && !column.fills_itself)
            other_shape(place, fmt::format("it has a column '{}'", name));
}

/// Of the table there is, which the sites must fit.
int srid_there(const Place& place, const Existings& there, int of_sites) {
    const auto geometry = there.find(std::string(geometry_column));
    const int srid = geometry == there.end() ? 0 : srid_in(geometry->second.type);
    if (srid == 0)
        other_shape(place, "it has no column 'geom' of multipolygons");
    if (srid == of_sites || srid == lonlat_srid)
        return srid;
    if (of_sites == lonlat_srid)
        other_shape(place, fmt::format("its SRID is {}, not 4326", srid));
    other_shape(place, fmt::format("its SRID is {}, neither the grid's{} nor 4326", srid,
                                   of_sites ? fmt::format(" ({})", of_sites) : ""));
}

void create(Session& session, const Place& place, const std::vector<TableColumn>& columns, const std::string& postgis,
            int srid) {
    std::string body;
    for (const TableColumn& column : columns)
        body += fmt::format("{} {}{}, ", Session::identifier(column.name), column.type,
                            column.name == study_column || column.name == run_column ? " NOT NULL" : "");
    session.run(fmt::format("CREATE TABLE {0} ({1}{2} timestamptz NOT NULL DEFAULT now(), "
                            "{3} {4}.geometry(MultiPolygon, {5}))",
                            place.sql(), body, written_column, geometry_column, postgis, srid));
    session.run(fmt::format("CREATE INDEX ON {} ({})", place.sql(), study_column));
    session.run(fmt::format("CREATE INDEX ON {} USING gist ({})", place.sql(), geometry_column));
}

/// One writer of a table at a time, also while there is none yet.
void take_turn(Session& session, const Place& place) {
    session.run("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
    session.run("SET LOCAL lock_timeout = '10s'");
    session.rows("SELECT pg_advisory_xact_lock(hashtext('zonerank'), hashtext($1))", std::array{place.sql()});
}

void replace_rows(Session& session, const Place& place, const std::vector<TableColumn>& columns,
                  const std::string& study, const std::string& lines) {
    session.run(fmt::format("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE", place.sql()));
    session.rows(fmt::format("DELETE FROM {} WHERE {} = $1", place.sql(), study_column), std::array{valid_utf8(study)});
    std::string names;
    for (const TableColumn& column : columns)
        names += Session::identifier(column.name) + ", ";
    session.copy(fmt::format("COPY {} ({}{}) FROM STDIN", place.sql(), names, geometry_column), lines);
}

/// Throws Error for the first thing that the role may not do there.
void check_rights(Session& session, const Place& place, bool is_there) {
    const auto may = [&](const std::string& what, const std::string& of) {
        return session
                   .rows(fmt::format("SELECT has_{}_privilege($1, '{}')", of, what),
                         std::array{of == "schema" ? place.schema : place.sql()})
                   .front()
                   .front() == "t";
    };
    if (!is_there && !may("CREATE", "schema"))
        throw Error("permission denied to make a table in schema {}", place.schema);
    for (const char* what : {"SELECT", "INSERT", "DELETE"})
        if (is_there && !may(what, "table"))
            throw Error("permission denied for table {} ({})", place.shown(), what);
}

void check(Session& session, const SiteTable& sites, Columns columns, const PostgisTarget& target) {
    const std::string postgis = postgis_schema(session);
    const Place place = place_of(session, target.table);
    const Existings there = columns_there(session, place);
    check_rights(session, place, !there.empty());
    if (there.empty())
        return;
    if (!sites.crs.wkt.empty())
        srid_there(place, there, srid_of(session, postgis, sites.crs));
    check_shape(place, all_columns(sites), columns, there);
}

std::string write(Session& session, const SiteTable& sites, const PostgisTarget& target) {
    const std::string postgis = postgis_schema(session);
    const Place place = place_of(session, target.table);
    const std::vector<TableColumn> columns = all_columns(sites);
    const int of_sites = srid_of(session, postgis, sites.crs);
    take_turn(session, place);
    const Existings there = columns_there(session, place);
    int srid = of_sites == 0 ? lonlat_srid : of_sites;
    if (!there.empty())
        srid = srid_there(place, there, of_sites);
    const std::string lines = copy_lines(sites, srid != of_sites, srid);
    if (there.empty())
        create(session, place, columns, postgis, srid);
    else
        check_shape(place, columns, Columns::all, there);
    replace_rows(session, place, columns, sites.study, lines);
    session.commit();
    return place.shown();
}

} // namespace

void check_target(const SiteTable& sites, Columns columns, const PostgisTarget& target) {
    Session session(target.database);
    in_context(rasters::database_label(target.database), [&] { check(session, sites, columns, target); });
}

std::string write_sites_to_postgis(const SiteTable& sites, const PostgisTarget& target) {
    const std::string database = rasters::database_label(target.database);
    try {
        Session session(target.database);
        return in_context(database, [&] { return write(session, sites, target); });
    } catch (const LostCommit& e) {
        throw Error("{}: the connection broke while it committed ({}): the study's rows are all of run {} or all of "
                    "the run before",
                    database, e.what(), sites.run.substr(0, 12));
    } catch (const Error& e) {
        throw Error("{}; nothing was changed in the database", e.what());
    }
}

OnTheWay::OnTheWay(const std::filesystem::path& folder) : m_begun([] {}) {
    rasters::set_kept_words(
        fmt::format("{} is complete, but its sites may be missing in the database: the same command "
                    "writes them",
                    folder.string()));
}

OnTheWay::~OnTheWay() {
    rasters::set_kept_words("");
}

} // namespace zonerank::engine
