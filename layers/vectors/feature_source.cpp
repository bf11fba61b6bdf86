// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/feature_source.hpp"

#include "layers/terms/problems.hpp"
#include "layers/vectors/ogr.hpp"
#include "rasters/core/error.hpp"

#include <cpl_port.h>

#include <algorithm>

namespace zonerank::layers {

using Names = std::vector<std::string>;

bool all_fields(const FeatureSource& source) {
    return source.fields == Names{"*"};
}

static int index_of(const std::string& field, const Names& known) {
    if (const auto found = std::find(known.begin(), known.end(), field); found != known.end())
        return static_cast<int>(found - known.begin());
    for (std::size_t i = 0; i < known.size(); ++i)
        if (EQUAL(known[i].c_str(), field.c_str()))
            return static_cast<int>(i);
    return -1;
}

std::vector<int> columns(const Names& wanted, const Names& known, bool may_miss) {
    std::vector<int> result;
    for (const std::string& field : wanted) {
        result.push_back(index_of(field, known));
        if (result.back() < 0 && !may_miss)
            throw Error("{}", unknown("field", field, known));
    }
    return result;
}

rasters::Crs crs_of(const VectorLayer& layer, const FeatureSource& source) {
    if (source.crs && source.override_crs)
        return *source.crs;
    const rasters::Crs own = layer.crs();
    if (!source.crs)
        return own;
    if (own.known() && !same(own, *source.crs))
        throw Error("its CRS is {}, not {}; leave out `crs`, or write `override: true` if the file is wrong",
                    own.label(), source.crs->label());
    return *source.crs;
}

} // namespace zonerank::layers
