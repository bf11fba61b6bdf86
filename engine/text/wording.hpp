// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

namespace zonerank::engine {

// Numbers as sentences say them.

/// "1st", "22nd", "113th".
std::string ordinal(int rank);

/// A share of 0..1: "38 %"; what is not quite nothing or all is "<1 %" or ">99 %"; NaN is "-".
std::string percent_text(double share);

/// A weight of 0..1 in points of 100: "3.1 points", "12 points", "a trace".
std::string points_text(double weight);

/// "power", "power and water", "power, water and rail".
std::string listed(std::span<const std::string> names);

/// With its first letter, when it is one of a to z, as a sentence begins.
std::string capitalised(std::string text);

} // namespace zonerank::engine
