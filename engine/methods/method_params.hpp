// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/ranking_methods.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zonerank::engine {

/// The parameters of a method as it was made, as texts.
std::vector<std::pair<std::string, std::string>> stated(const layers::Params& params);

/// "measurements" or "values", of the parameter `of`.
Of read_of(const layers::Params& params);

/// A number from 0 to 1. Throws Error otherwise.
double read_share(const layers::Params& params, std::string_view name);

/// What a parameter of Type::each says for each of the criteria; none where it says nothing.
/// Throws Error for a name that is no criterion's.
std::vector<std::optional<std::string>> read_each(const layers::Params& params, std::string_view name,
                                                  std::span<const MatrixCriterion> criteria);

/// The same as differences, not negative: of measurements in the criterion's base unit, of
/// values plain. Throws Error with the criterion for what is neither.
std::vector<std::optional<double>> read_differences(const layers::Params& params, std::string_view name,
                                                    std::span<const MatrixCriterion> criteria, Of of);

/// What is known by criterion, in the order of a method's input, which may leave some out.
template <typename T>
std::vector<T> in_order_of(const MethodInput& input, const std::vector<std::pair<std::string, T>>& by_criterion) {
    std::vector<T> result;
    for (const std::string& name : input.criteria)
        for (const auto& [criterion, of_it] : by_criterion)
            if (criterion == name)
                result.push_back(of_it);
    return result;
}

} // namespace zonerank::engine
