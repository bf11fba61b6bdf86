// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/text/ink.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// How much room there is, and what may be sent.
struct TableStyle {
    int width = 100;       ///< columns
    Ink ink{};             ///< none: no escape sequence is sent
    std::size_t most = 50; ///< ranked sites shown, and as many without a rank
};

/// For a file descriptor: the width of the terminal that it is, or 100, and ink_for() it.
TableStyle style_for(int descriptor);

/// Of each criterion, over the ranked sites; NaN where none has a value.
std::vector<double> mean_values(const Ranking& ranking);

/// The criterion by which a site's score is farthest above (direction 1) or below (-1) that of the
/// mean site: weight x difference of values. The first of equals; none without values.
std::optional<std::size_t> farthest(const Ranking& ranking, const std::vector<double>& means, const SiteRow& row,
                                    int direction);

/// The ranking as people read it, lines ending in \n: rank ("2=" is shared), name,
/// score with a bar coloured by it, usable share, then each criterion's value where all fit, or
/// else the criterion by which the site gains most on the mean of the ranked sites,
/// and the one by which it loses most (weight x difference of values). Below, the
/// sites without a rank with their reasons. Texts are cut with … to the width,
/// reasons never are; control characters in names are shown, not sent.
std::string ranking_table(const Ranking& ranking, const TableStyle& style);

} // namespace zonerank::engine
