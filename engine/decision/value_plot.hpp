// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace zonerank::engine {

/// What a plot in text is drawn of.
struct Plotted {
    std::function<double(double)> value; ///< 0..1; NaN is left out
    double from = 0, to = 1;             ///< what is drawn of it
    std::string left{}, right{};         ///< the ends as they are written
    int columns = 40, lines = 6;         ///< characters of the curve, two lines at least
};

/// A curve over an axis, three columns and one line more than the curve itself: in braille (a dot per half
/// character and quarter line), or in plain ASCII. Ends with a newline.
std::string plot(const Plotted& plotted, bool unicode);

/// A value function with typical parameters: its body as a study writes it, and its
/// curve. Throws Error for a name that is not in the table.
std::string typical_plot(std::string_view value_function, bool unicode);

} // namespace zonerank::engine
