// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/run.hpp"

#include <cpl_minixml.h>
#include <cpl_vsi.h>

#include <map>
#include <memory>

namespace zonerank::tests {

using Xml = std::unique_ptr<CPLXMLNode, decltype(&CPLDestroyXMLNode)>;

/// The project that a run has left, as GDAL unzips and reads it; null when it can't.
inline Xml project_in(const std::string& archive) {
    const std::string path = "/vsizip/{" + archive + "}/study.qgs";
    return {CPLParseXMLFile(path.c_str()), CPLDestroyXMLNode};
}

/// An element's attribute or text by its way from the root, dots between: "mapcanvas.extent.xmin".
inline std::string value_in(const Xml& project, const std::string& way) {
    return CPLGetXMLValue(project.get(), ("=qgis." + way).c_str(), "(none)");
}

/// The layers of a project, by their ids.
inline std::map<std::string, CPLXMLNode*> layers_in(const Xml& project) {
    std::map<std::string, CPLXMLNode*> layers;
    const CPLXMLNode* all = CPLGetXMLNode(project.get(), "=qgis.projectlayers");
    for (CPLXMLNode* node = all ? all->psChild : nullptr; node; node = node->psNext)
        if (std::string(node->pszValue) == "maplayer")
            layers[CPLGetXMLValue(node, "id", "")] = node;
    return layers;
}

} // namespace zonerank::tests
