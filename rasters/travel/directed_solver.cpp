// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/directed_spreading.hpp"
#include "rasters/travel/travel_rounds.hpp"

namespace zonerank::rasters {

template void TravelSolver::solve_by<DirectedSpreading<true, true>>();
template void TravelSolver::solve_by<DirectedSpreading<false, false>>();
template void TravelSolver::solve_by<DirectedSpreading<false, true>>();

} // namespace zonerank::rasters
