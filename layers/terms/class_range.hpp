// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zonerank::layers {

/// Classes meant by one entry: a range of codes, a name, or `other`.
struct ClassRange {
    double from = 0, to = 0; ///< both ends included
    std::string text;        ///< of a named class
    bool other = false;

    bool holds(double code) const { return !other && text.empty() && from <= code && code <= to; }
};

/// "10", "50..59", "other", "forest". Throws Error for a range that ends before it starts.
ClassRange parse_class(std::string_view text);

std::string to_string(const ClassRange& range); ///< as parse_class() takes it

/// The code that a class's name means when it is a number: "10" in a field of texts.
std::optional<double> code_named(std::string_view name);

using Categories = std::vector<std::pair<ClassRange, double>>;

/// The number of a class by its code, if it has one, and its name; that of `other` when
/// neither is listed. Nothing: there is no `other`, either.
std::optional<double> number_of(const Categories& categories, std::optional<double> code, std::string_view name);

} // namespace zonerank::layers
