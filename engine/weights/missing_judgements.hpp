// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/weights/eigenvector.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace zonerank::engine {

/// Judgements with each missing pair filled in.
struct Filled {
    Judgements matrix;
    std::vector<std::pair<std::size_t, std::size_t>> pairs; ///< those filled in, the lesser index first
};

/// Fills in what makes the judgements contradict each other least: the completion of
/// least principal eigenvalue, which is unique (Bozoki, Fulop and Ronyai 2010,
/// Math. Comput. Modelling 52:318-333), to 1e-10 of each judgement. `matrix`:
/// square, positive and reciprocal, with NaN both ways where a pair was not judged.
/// Throws Error when the pairs that were judged don't join all names, naming the
/// groups that stay apart. Thread-safe.
Filled fill_missing(Judgements matrix, std::span<const std::string> names);

} // namespace zonerank::engine
