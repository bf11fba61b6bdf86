// SPDX-License-Identifier: Apache-2.0
#include "engine/text/listing.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace zonerank::engine {

std::string listed(std::vector<std::string> names, std::size_t most) {
    const std::size_t more = names.size() - std::min(names.size(), most);
    names.resize(names.size() - more);
    return fmt::format("{}{}", fmt::join(names, ", "), more > 0 ? fmt::format(" and {} more", more) : "");
}

} // namespace zonerank::engine
