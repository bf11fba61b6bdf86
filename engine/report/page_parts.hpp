// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// What report.html is made of, as engine/report/page/parts.cmake lists it: made from those
/// files when the program is built.
namespace zonerank::engine::page_parts {

extern const std::string_view frame;  ///< of all pages, see page_template()
extern const std::string_view body;   ///< of report.html
extern const std::string_view style;  ///< all of the page's CSS
extern const std::string_view script; ///< all of the page's JavaScript

} // namespace zonerank::engine::page_parts
