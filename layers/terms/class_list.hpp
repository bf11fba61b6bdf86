// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/params.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::layers {

/// Classes as a study lists them, by the codes of a layer: ranges of codes, and
/// names where the layer has some. A class whose name is a number ("10" in a field
/// of a polygon layer) is meant by that number, not by its place among the names.
class ClassList {
public:
    /// `names` by code, or empty. Throws Error, with `parameter` in front, for
    /// `other`, for a name where the layer has none, and for one that is a slip of
    /// a name of the layer's; else a name that is not among them just does not occur.
    ClassList(std::vector<ClassRange> listed, const std::vector<std::string>& names, std::string_view parameter);

    bool holds(float code) const;

private:
    bool lists(double code, const std::string& name) const;

    std::vector<ClassRange> m_listed;
    std::vector<std::uint8_t> m_by_code; ///< of the codes from 0 that have names, or are common
};

} // namespace zonerank::layers
