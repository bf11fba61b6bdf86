// SPDX-License-Identifier: Apache-2.0
#include "rasters/vrt.hpp"

#include "rasters/core/error.hpp"
#include "rasters/sidecars.hpp"

#include <cpl_minixml.h>
#include <cpl_string.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace zonerank::rasters {

namespace {

constexpr int deepest_nesting = 8;
constexpr int deepest_element = 64;
constexpr std::uintmax_t largest_vrt = 64u << 20;

// Elements whose text GDAL opens as a file.
constexpr const char* sources[] = {"SourceFilename", "SourceDataset", "SrcDataSource", "DEMPath"};

// Elements that make a VRT more than a list of sources: programs, queries in a
// language that can open other files, and readers of any file's raw bytes.
constexpr const char* refused[] = {"PixelFunctionCode", "SrcSQL",      "GeoLocTransformer", "ByteOrder",
                                   "ImageOffset",       "PixelOffset", "LineOffset"};

constexpr const char* harmless_options[] = {"OVERVIEW_LEVEL", "NUM_THREADS"};

// Metadata items that GDAL follows as file names.
constexpr const char* followed_metadata[] = {"OVERVIEW_FILE", "X_DATASET", "Y_DATASET"};

template <std::size_t N>
bool contains(const char* const (&names)[N], const char* name) {
    return std::any_of(std::begin(names), std::end(names), [&](const char* known) { return EQUAL(known, name); });
}

struct Vrt {
    const std::string& path;
    const Access& access;
    int nesting;
    std::set<std::string>& passed; ///< a file that many name is looked at once
};

void check_file(const Vrt& vrt);

void check_source(const CPLXMLNode& node, const Vrt& vrt) {
    const std::string name = CPLGetXMLValue(&node, nullptr, "");
    if (name.empty())
        return;
    const bool relative = CPLTestBool(CPLGetXMLValue(&node, "relativeToVRT", "0"));
    check_name(name, vrt.access);
    const std::string path = relative ? (std::filesystem::path(vrt.path).parent_path() / name).string() : name;
    check_name(path, vrt.access);
    check_sidecars(path);
    if (has_write_ahead_log(path))
        throw Error("{}: can't be read through a VRT without writing beside it; name it directly", path);
    if (is_vrt(path))
        check_file({path, vrt.access, vrt.nesting + 1, vrt.passed});
}

void check_node(const CPLXMLNode& node) {
    const std::string_view name = node.pszValue;
    if (contains(refused, node.pszValue))
        throw Error("<{}> is not allowed in a VRT", name);
    if (EQUAL(node.pszValue, "PixelFunctionLanguage") && !EQUAL(CPLGetXMLValue(&node, nullptr, "C"), "C"))
        throw Error("pixel functions are not allowed in a VRT");
    if (EQUAL(CPLGetXMLValue(&node, "subClass", ""), "VRTRawRasterBand"))
        throw Error("a raw band is not allowed in a VRT");
    const char* key = CPLGetXMLValue(&node, "key", "");
    if (EQUAL(node.pszValue, "OOI") && !contains(harmless_options, key))
        throw Error("the open option '{}' is not allowed in a VRT", key);
    if (EQUAL(node.pszValue, "MDI") && contains(followed_metadata, key))
        throw Error("the metadata item '{}' is not allowed in a VRT", key);
}

void check_elements(const CPLXMLNode* node, const Vrt& vrt, int depth) {
    if (depth > deepest_element)
        throw Error("more than {} levels of elements", deepest_element);
    for (; node != nullptr; node = node->psNext) {
        // GDAL looks a value up among child elements and attributes alike.
        if (node->eType != CXT_Element && node->eType != CXT_Attribute)
            continue;
        check_node(*node);
        if (contains(sources, node->pszValue))
            check_source(*node, vrt);
        check_elements(node->psChild, vrt, depth + 1);
    }
}

void check_file(const Vrt& vrt) {
    if (vrt.passed.contains(vrt.path))
        return;
    in_context(vrt.path, [&] {
        if (vrt.nesting > deepest_nesting)
            throw Error("VRTs more than {} deep in each other", deepest_nesting);
        if (std::filesystem::file_size(vrt.path) > largest_vrt)
            throw Error("a VRT of more than {} MB", largest_vrt >> 20);
        const GdalComplaints complaints;
        const std::unique_ptr<CPLXMLNode, void (*)(CPLXMLNode*)> root(CPLParseXMLFile(vrt.path.c_str()),
                                                                      CPLDestroyXMLNode);
        if (root == nullptr)
            throw Error("not well-formed: {}", complaints.first());
        check_elements(root.get(), vrt, 0);
    });
    vrt.passed.insert(vrt.path);
}

} // namespace

bool is_vrt(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error))
        return false;
    std::ifstream file(path, std::ios::binary);
    std::string head(16384, '\0');
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(file.gcount()));
    return head.find("<VRTDataset") != std::string::npos || head.find("<OGRVRTDataSource") != std::string::npos;
}

void check_vrt(const std::string& path, const Access& access) {
    std::set<std::string> passed;
    check_file({path, access, 0, passed});
}

} // namespace zonerank::rasters
