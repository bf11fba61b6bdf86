// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// What batch.html has in its page_template().
namespace zonerank::engine::batch_page_parts {

extern const std::string_view style;  ///< all of the page's CSS
extern const std::string_view script; ///< all of the page's JavaScript: columns that sort

} // namespace zonerank::engine::batch_page_parts
