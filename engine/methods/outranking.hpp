// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/method.hpp"

namespace zonerank::engine {

/// Beyond this many sites ELECTRE's tables of all pairs are refused (Error).
inline constexpr std::size_t most_outranked = 2000;

/// Of each pair a, b of n sites, at a * n + b.
struct Agreement {
    std::vector<double> concordance; ///< weight of the criteria by which a is at least as good, 0 .. 1
    std::vector<double> discordance; ///< by how much b is better at most, over the widest range of all criteria, 0 .. 1
};

/// Entries are divided by the sum of their sizes over all sites first, where `scaled`.
Agreement agreement(const MethodInput& input, bool scaled);

/// ELECTRE I (Roy 1968): a outranks b when the concordance is `concordance` at least and the
/// discordance `discordance` at most. The kernel: no member outranks another, and each other
/// site is outranked by one; sites that outrank each other in a circle stand together. Its
/// members have figure and rank 1, the others 0 and the rank after: the method only chooses.
Outcome electre_1(const MethodInput& input, bool scaled, double concordance, double discordance);

/// Of ELECTRE II: concordance of strong, middle and weak (none above the one before), and
/// the discordance that goes with them (strict below wide).
struct OutrankingLimits {
    double strong = 0.65, middle = 0.5, weak = 0.35;
    double wide = 0.65, strict = 0.35;
};

/// ELECTRE II (Roy and Bertier 1973), as in Gomes, Araya and Carignano 2004 and
/// scikit-criteria: of a pair only the one with more concordance can outrank. Strongly: strong
/// and wide, or middle and strict; weakly: weak and wide. From the top, time and again, those
/// are taken that none left outranks strongly and, among these, none weakly; from the bottom
/// likewise. Ranked by the mean of both places.
Outcome electre_2(const MethodInput& input, bool scaled, const OutrankingLimits& limits);

} // namespace zonerank::engine
