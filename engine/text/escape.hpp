// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace zonerank::engine {

// Text of a user's files, made harmless for the place it goes to. Bytes that are
// no UTF-8 become U+FFFD everywhere.

/// For XML and HTML, between tags or in a quoted attribute. Control characters,
/// which XML 1.0 can't hold, become U+FFFD.
std::string escape_xml(std::string_view text);

/// As a JSON string, with its quotation marks (RFC 8259).
std::string json_string(std::string_view text);

/// As one field of a CSV file (RFC 4180), quoted when it has to be. A text that a
/// spreadsheet would take for a formula gets an apostrophe in front: one that
/// begins with = + @ or a control character, or with - unless it is a number.
std::string csv_field(std::string_view text);

/// The apostrophe alone, without quotation marks.
std::string guarded_formula(std::string_view text);

/// For a terminal: control characters and those that turn the writing direction
/// are shown (␛, <U+202E>), not sent.
std::string shown_on_terminal(std::string_view text);

} // namespace zonerank::engine
