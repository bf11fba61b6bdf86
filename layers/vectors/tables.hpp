// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/access.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

class GDALDataset;

namespace zonerank::layers {

/// A table, view or foreign table of a database that we may read.
struct Table {
    std::string schema, name;
    std::vector<std::string> geometries{}; ///< columns, in the table's order

    std::string full_name() const { return schema + "." + name; }
};

/// All of a database but the server's own, by schema and name. Throws Error when it can't tell.
std::vector<Table> tables_of(GDALDataset& database);

/// Which of them a study means by `wanted`: "schema.table", "table" where one schema has it (or
/// `public`), each with "(column)" behind where the table has several geometries; empty: the only
/// one with a geometry. As "schema.table(column)". Throws Error: there is none (with the nearest), no
/// geometry, several geometries or tables to choose from.
std::string chosen_table(const std::vector<Table>& tables, const std::string& wanted);

/// Calls visit with the bytes of each row of a table (or of any layer), in no certain order: its fields as text
/// and its geometry as WKB. The same bytes mean the same row.
/// Rows are fetched a few hundred at a time. Throws Error as VectorLayer does.
void each_row(const std::string& database, const std::string& table, const rasters::Access& access,
              const std::function<void(std::string_view)>& visit);

} // namespace zonerank::layers
