// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace zonerank::engine {

/// Rows of text in aligned columns, two spaces apart; columns of numbers (every
/// cell below the head reads as one, or is empty) stand to the right. The first
/// row is the head, underlined. The last column is wrapped between words where it
/// would pass `width` (0: never). Control characters are shown, not sent.
std::string aligned(const std::vector<std::vector<std::string>>& rows, const std::string& indent = "", int width = 0);

/// The words of a text in lines of at most `width` columns (longer words stand alone).
std::vector<std::string> wrapped(const std::string& text, int width);

/// Lines of text with those that are sentences wrapped at `width`, further in than they began.
/// Rows of a table, which have two spaces between their columns, stay as they are.
std::string sentences_wrapped(const std::string& lines, int width);

/// A share of 0..1 as a bar `width` columns long at 1, in eighths of a column; NaN is none.
std::string bar(double share, int width);

/// "1,234,567"
std::string with_thousands(long long number);

/// "12.3 MB", in powers of 1000.
std::string bytes_text(double bytes);

} // namespace zonerank::engine
