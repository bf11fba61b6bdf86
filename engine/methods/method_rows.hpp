// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/ranking_methods.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

// The rows of the table of methods, a topic each. Their makers throw Error for parameters
// that can't be meant, with one clear line.

std::vector<RankingMethodKind> compensating_rows(); ///< what a site lacks, others make good: means, distances
std::vector<RankingMethodKind> outranking_rows();   ///< PROMETHEE and ELECTRE: sites against each other

// What they share.

/// A method on what `of` says (values, where there is none), with its parameters as they are.
Method method(const layers::Params& params, std::string variant, std::string assumes,
              std::function<Outcome(const MethodInput&)> rank);

RankingMethodKind row(std::string_view name, std::string_view summary, std::vector<layers::Parameter> parameters,
                      Method (*make)(const layers::Params&, std::span<const MatrixCriterion>), std::string_view source,
                      std::vector<std::string_view> properties);

layers::Parameter of_parameter(); ///< `of`: measurements or values

/// A number from 0 to 1, which the maker has to check.
layers::Parameter share(std::string_view name, std::string_view help, std::string_view fallback);

} // namespace zonerank::engine
