// SPDX-License-Identifier: Apache-2.0
#include "rasters/categories.hpp"

#include <cpl_minixml.h>
#include <doctest/doctest.h>

#include <memory>
#include <vector>

using namespace zonerank::rasters;

namespace {

struct Tree {
    explicit Tree(const std::string& text) : root(CPLParseXMLString(text.c_str()), CPLDestroyXMLNode) {}
    std::vector<const CPLXMLNode*> all(const char* path) const {
        std::vector<const CPLXMLNode*> found;
        const CPLXMLNode* list = CPLGetXMLNode(root.get(), path);
        for (const CPLXMLNode* node = list ? list->psChild : nullptr; node; node = node->psNext)
            found.push_back(node);
        return found;
    }
    std::unique_ptr<CPLXMLNode, decltype(&CPLDestroyXMLNode)> root;
};

} // namespace

TEST_CASE("categories: names and colours stand at their value, gaps are empty") {
    const std::vector<Category> categories{{3, "water & <reeds>", {1, 2, 3, 255}}, {1, "valid", {9, 8, 7, 128}}};
    const Tree tree(categories_xml(categories));
    REQUIRE(tree.root);
    const auto names = tree.all("=PAMDataset.PAMRasterBand.CategoryNames");
    REQUIRE(names.size() == 4);
    CHECK(std::string(CPLGetXMLValue(names[0], nullptr, "")) == "");
    CHECK(std::string(CPLGetXMLValue(names[1], nullptr, "")) == "valid");
    CHECK(std::string(CPLGetXMLValue(names[2], nullptr, "")) == "");
    CHECK(std::string(CPLGetXMLValue(names[3], nullptr, "")) == "water & <reeds>");
    const auto colours = tree.all("=PAMDataset.PAMRasterBand.ColorTable");
    REQUIRE(colours.size() == 4);
    CHECK(std::string(CPLGetXMLValue(colours[1], "c1", "")) == "9");
    CHECK(std::string(CPLGetXMLValue(colours[1], "c4", "")) == "128");
    CHECK(std::string(CPLGetXMLValue(colours[2], "c4", "")) == "0");
    CHECK(std::string(CPLGetXMLValue(colours[3], "c3", "")) == "3");
}

TEST_CASE("categories: control characters do not reach the XML") {
    const std::vector<Category> categories{{0, "bell\a \x1b[31m red", {}}};
    const Tree tree(categories_xml(categories));
    REQUIRE(tree.root);
    const auto names = tree.all("=PAMDataset.PAMRasterBand.CategoryNames");
    CHECK(std::string(CPLGetXMLValue(names[0], nullptr, "")) == "bell [31m red");
}
