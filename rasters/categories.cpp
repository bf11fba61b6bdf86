// SPDX-License-Identifier: Apache-2.0
#include "rasters/categories.hpp"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <vector>

namespace zonerank::rasters {

static std::vector<const Category*> by_value(std::span<const Category> categories) {
    std::vector<const Category*> result(1);
    for (const Category& category : categories) {
        assert(category.value >= 0);
        const auto at = static_cast<std::size_t>(category.value);
        result.resize(std::max(result.size(), at + 1));
        result[at] = &category;
    }
    return result;
}

std::string xml_escaped(const std::string& text) {
    char* xml = CPLEscapeString(text.c_str(), static_cast<int>(text.size()), CPLES_XML);
    std::string result = xml;
    CPLFree(xml);
    return result;
}

std::string categories_xml(std::span<const Category> categories) {
    static const Category nothing;
    std::string colours, names;
    for (const Category* found : by_value(categories)) {
        const Category& category = found ? *found : nothing;
        const auto& [red, green, blue, alpha] = category.colour;
        colours += fmt::format("      <Entry c1=\"{}\" c2=\"{}\" c3=\"{}\" c4=\"{}\"/>\n", red, green, blue, alpha);
        names += fmt::format("      <Category>{}</Category>\n", xml_escaped(category.name));
    }
    return fmt::format("<PAMDataset>\n  <PAMRasterBand band=\"1\">\n"
                       "    <ColorTable>\n{}    </ColorTable>\n    <CategoryNames>\n{}    </CategoryNames>\n"
                       "  </PAMRasterBand>\n</PAMDataset>\n",
                       colours, names);
}

} // namespace zonerank::rasters
