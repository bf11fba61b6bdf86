// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/draft/wishes.hpp"

#include <filesystem>
#include <iosfwd>

namespace zonerank::engine {

/// Whom to ask: a terminal, or a test. An empty line, or the end of `in`, takes the default.
struct Console {
    std::istream& in;
    std::ostream& out;
};

/// Asks for the area, the sites and the title as far as `wishes` leaves them open.
/// Each question has numbered choices or an example, and a default that Enter takes; an
/// answer that doesn't fit is told why and asked again. Names of files are looked for from the working
/// directory and in `folder`.
void ask(Wishes& wishes, const FoundData& data, const std::filesystem::path& folder, Console console);

} // namespace zonerank::engine
