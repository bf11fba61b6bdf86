// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/codec/block.hpp"

#include <limits>

namespace zonerank::rasters {

/// Of the cells with data.
struct Statistics {
    double count = 0;
    double min = std::numeric_limits<double>::infinity();
    double max = -std::numeric_limits<double>::infinity();
    double mean = 0;
    double squares = 0; ///< of the deviations from the mean, summed

    double stddev() const; ///< of the whole population; 0 without a cell

    /// Adds the cells of others, by the formula of Chan, Golub and LeVeque ("Updating
    /// formulae and a pairwise algorithm for computing sample variances", 1979), which
    /// keeps the digits of values far from zero. Rounds: the order of additions shows.
    void add(const Statistics& others);
};

/// T: float, std::uint8_t, std::uint16_t, std::uint64_t. Summed in one fixed order.
template <typename T>
Statistics statistics(const BlockView<T>& block);

} // namespace zonerank::rasters
