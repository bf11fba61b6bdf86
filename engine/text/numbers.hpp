// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace zonerank::engine {

// Rounding for files and people: to the double nearest to the decimal number, so
// that its shortest text has no more digits than asked for. NaN stays NaN, -0
// becomes 0. No locale has a say.

double to_decimals(double value, int decimals);
double to_digits(double value, int digits); ///< significant ones

/// With exactly that many decimals: "0.810"; NaN is "-".
std::string fixed(double value, int decimals);

} // namespace zonerank::engine
