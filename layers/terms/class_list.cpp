// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/class_list.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::layers {

static void refuse_slips(const std::vector<ClassRange>& listed, const std::vector<std::string>& names,
                         std::string_view parameter) {
    const auto is_listed = [&](const std::string& name) {
        return std::ranges::any_of(listed, [&](const ClassRange& range) { return range.text == name; });
    };
    for (const ClassRange& range : listed) {
        if (range.other)
            throw Error("{}: 'other' needs a list of what it is other than; name the classes", parameter);
        if (range.text.empty() || std::ranges::find(names, range.text) != names.end())
            continue;
        if (names.empty())
            throw Error("{}: class '{}': the classes of this layer are numbers, without names", parameter, range.text);
        if (const std::string near = nearest(range.text, names); !near.empty() && !is_listed(near))
            throw Error("{}: {}", parameter, unknown("class", range.text, names));
    }
}

ClassList::ClassList(std::vector<ClassRange> listed, const std::vector<std::string>& names, std::string_view parameter)
    : m_listed(std::move(listed)) {
    refuse_slips(m_listed, names, parameter);
    constexpr std::size_t common = 256;
    for (std::size_t code = 0; code < std::max(common, names.size()); ++code) {
        const std::string name = code < names.size() ? names[code] : "";
        m_by_code.push_back(lists(code_named(name).value_or(static_cast<double>(code)), name));
    }
}

bool ClassList::lists(double code, const std::string& name) const {
    return std::ranges::any_of(
        m_listed, [&](const ClassRange& range) { return range.text.empty() ? range.holds(code) : range.text == name; });
}

bool ClassList::holds(float code) const {
    const bool known = code >= 0 && code < static_cast<float>(m_by_code.size()) && code == std::floor(code);
    return known ? m_by_code[static_cast<std::size_t>(code)] != 0 : lists(code, {});
}

} // namespace zonerank::layers
