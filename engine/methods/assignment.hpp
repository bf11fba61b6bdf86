// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace zonerank::engine {

/// What an assignment seeks first.
enum class Aim {
    total_score, ///< the greatest sum of worth; who adds nothing to it may go without
    most_placed, ///< as many as can be placed; among those ways the greatest sum
};

/// Who may go where, and what it is worth. Each seeker takes a place once at most.
struct AssignmentProblem {
    std::vector<int> wanted;   ///< by each seeker: how many places, 0 or more
    std::vector<int> capacity; ///< of each place: how many seekers it takes, 0 or more
    std::vector<double> worth; ///< seekers x places, row by row, 0 .. 1; NaN: not possible
};

/// One seeker in one place.
struct Placed {
    std::size_t seeker = 0, place = 0;
    friend auto operator<=>(const Placed&, const Placed&) = default;
};

/// The best assignment, exact: worth is counted in whole numbers of 2^-36, of which the
/// sum is the greatest there is. By successive shortest paths (Busacker and Gowen 1960)
/// with potentials (Edmonds and Karp 1972). Where several ways have that sum the answer
/// is one of them, always the same for the same problem in the same order. In order of
/// seeker and place. REQUIRES worth of that size and range, and fewer than a million
/// placements. Time: placements x seekers x places at most.
std::vector<Placed> assigned(const AssignmentProblem& problem, Aim aim = Aim::total_score);

} // namespace zonerank::engine
