// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cpl_minixml.h>

#include <memory>
#include <string>
#include <vector>

namespace zonerank::tests {

/// A text as XML, by GDAL's own reader.
struct Tree {
    explicit Tree(const std::string& text) : root(CPLParseXMLString(text.c_str()), CPLDestroyXMLNode) {}

    std::vector<const CPLXMLNode*> all(const char* path, const char* name) const {
        std::vector<const CPLXMLNode*> found;
        const CPLXMLNode* list = CPLGetXMLNode(root.get(), path);
        for (const CPLXMLNode* node = list ? list->psChild : nullptr; node; node = node->psNext)
            if (node->eType == CXT_Element && std::string(node->pszValue) == name)
                found.push_back(node);
        return found;
    }

    std::unique_ptr<CPLXMLNode, decltype(&CPLDestroyXMLNode)> root;
};

inline std::string attribute(const CPLXMLNode* node, const char* name) {
    return CPLGetXMLValue(node, name, "(none)");
}

} // namespace zonerank::tests
