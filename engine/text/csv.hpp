// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

using CsvRow = std::vector<std::string>;

/// The rows of a comma-separated text (RFC 4180): quoted fields, any line end, a
/// byte order mark at the front. Empty lines are left out. Throws Error, with the
/// line, for a quotation mark that is never closed or has text behind it.
std::vector<CsvRow> parse_csv(std::string_view text);

} // namespace zonerank::engine
