// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/access.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

class GDALDataset;

namespace zonerank::layers {

/// A table, view or foreign table of a database that we may read.
struct DatabaseTable {
    std::string schema, name;
    std::vector<std::string> geometries{}; ///< columns, in the table's order
    bool has_versions = false;             ///< rows are the server's own, and each knows who wrote it

    std::string full_name() const { return schema + "." + name; }
};

/// All of a database but the server's own, by schema and name. Throws Error when it can't tell.
std::vector<DatabaseTable> tables_of(GDALDataset& database);

/// Which of them a study means by `wanted`: "schema.table", "table" where one schema has it (or
/// `public`), each with "(column)" behind where the table has several geometries; empty: the only
/// one with a geometry. As "schema.table(column)". Throws Error: there is none (with the nearest), no
/// geometry, several geometries or tables to choose from.
std::string chosen_table(const std::vector<DatabaseTable>& tables, const std::string& wanted);

/// Calls visit with the bytes of each row of a table (or of any layer), in no certain order: its fields as text
/// and its geometry as WKB. The same bytes mean the same row.
/// Rows are fetched a few hundred at a time. Throws Error as VectorLayer does.
void each_row(const std::string& database, const std::string& table, const rasters::Access& access,
              const std::function<void(std::string_view)>& visit);

/// The column that its rows have their numbers (FID) from, a key. Empty: they are counted as they come, and that may
/// be another order each time. Throws Error as VectorLayer does.
std::string key_of(const std::string& database, const std::string& table, const rasters::Access& access);

/// What tells the rows of a database's table from those that it held before, without reading them: the server says
/// which versions of rows it sees, of views and foreign tables what is in them. Rows that were written again, with
/// other content or the same, are others; so are those that the server has moved (VACUUM FULL, CLUSTER). The same from
/// all machines. Throws Error as VectorLayer does.
std::string table_state(const std::string& database, const std::string& table, const rasters::Access& access);

/// A number for a state, as a plan has one for each file.
std::int64_t number_of_state(const std::string& state);

} // namespace zonerank::layers
