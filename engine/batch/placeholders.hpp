// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/node.hpp"
#include "layers/terms/problems.hpp"
#include "layers/vectors/features.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

/// Fields of a feature by name, as a study's placeholders ask for them.
struct FieldValues {
    std::vector<std::string> names;
    std::vector<layers::Field> values; ///< one per name
};

/// Fills {field} in all single values of a study's tree; {{ and }} give a brace. Keys are
/// left alone, and so is {a: b}, which YAML reads as a mapping. A value is written so
/// that it means itself where it goes: in `where`, a quotation mark is doubled within a
/// text literal and a text outside of one becomes one; in files' names (`source`, `csv`,
/// `output`, the short form of a layer) it is a name, see as_name(), in an address (behind ://)
/// percent-encoded, and in a database's connection (`PG:`) escaped within quotes, or a plain word.
/// What is wrong goes to `problems` at its place: an unknown field (with the nearest), one without a
/// value, a brace without its pair, a text that no `where` can hold or that needs a connection's quotes.
layers::Node filled(const layers::Node& study, const FieldValues& fields, layers::Problems& problems);

/// Whether any single value has a placeholder or a doubled brace.
bool has_placeholders(const layers::Node& study);

/// A text as the name of one file or folder: what separates folders, names other kinds of
/// source or matches several files (/ \ : * ? [ ] { }) and control characters become '_', and so
/// do the dots of "." and "..".
std::string as_name(std::string_view text);

/// A value in OGR's SQL: a number, or a text in quotes. Throws Error for null, and for a text
/// that a literal can't hold: a backslash before a quotation mark or at the end.
std::string sql_literal(const layers::Field& value);

/// A field's name in OGR's SQL. Throws Error for one with a quotation mark or a backslash.
std::string sql_name(std::string_view field);

} // namespace zonerank::engine
