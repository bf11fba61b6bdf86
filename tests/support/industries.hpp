// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/run.hpp"

namespace zonerank::tests {

/// Two industries for small_study(): one for height alone, near water; one for water.
inline const std::string two_industries = R"(profiles:
  mill: {label: Mill, weights: {direct: {height: 1}}, needs: {water: {at most: 30 m}}}
  tannery: {weights: {direct: {water: 3, height: 1}}, values: {water: {linear: {best: 0 m, worst: 20 m}}}}
)";

/// What is wrong with small_study() and more.
inline std::string complaints_with(const std::string& more) {
    const StudyFolder folder;
    return text_of(folder.prepared(small_study(folder, more))->problems);
}

} // namespace zonerank::tests
