// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/weights/eigenvector.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace zonerank::engine {

/// How far full, reciprocal judgements contradict each other; 0 in all three when
/// they agree, or there are fewer than three names.
struct Disagreement {
    /// Of the worst three judgements: how far one is from what the other two say,
    /// 0 .. below 1 (Koczkodaj 1993).
    double koczkodaj = 0;
    /// Mean distance of a judgement's natural logarithm from that of what each third
    /// name says of the pair, 0 or more (Siraj, Mikhailov and Keane 2015).
    double congruence = 0;
    /// Share of pairs and third names where the third turns the pair round, 0..1 (the same).
    double dissonance = 0;
    std::array<std::size_t, 3> triad{}; ///< names of the worst three judgements, ascending; all 0: none
};
Disagreement disagreement(const Judgements& matrix);

/// (lambda_max - n) / (n - 1), and 0 for fewer than three names: two judgements can't
/// disagree, and what rounding leaves there is no inconsistency.
double consistency_index(const Judgements& matrix);

/// The one of the worst three judgements whose change makes the others fit best.
struct Mend {
    std::size_t i = 0, j = 0;     ///< turned so that `judgement` is 1 or more; i is j: none
    double judgement = 1;         ///< instead, two digits of it
    double given = 1;             ///< now
    double consistency_ratio = 0; ///< with it
};
Mend mend(const Judgements& matrix, std::span<const std::size_t, 3> triad);

/// Mean consistency index of random matrices: up to 15 the table of Saaty 1980
/// (0 for 1 and 2), beyond it the regression of Alonso and Lamata 2006.
double random_index(std::size_t size);
std::string_view random_index_source(std::size_t size); ///< "Saaty 1980"

/// The same by Donegan and Dodd 1991, Math. Comput. Modelling 15(10):135-137, for 3 to
/// 20 names; NaN for others.
double random_index_donegan_dodd(std::size_t size);

} // namespace zonerank::engine
