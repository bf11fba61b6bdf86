// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/feature_codes.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/raster.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

namespace zonerank::layers {

static bool any_text(const FeatureSet& set) {
    return std::ranges::any_of(set.features, [](const Feature& feature) {
        return std::holds_alternative<std::string>(feature.fields.front());
    });
}

static FeatureCodes texts_of(const FeatureSet& set) {
    std::set<std::string> names;
    for (const Feature& feature : set.features)
        names.insert(to_text(feature.fields.front()));
    names.erase(""); // null
    FeatureCodes result{{names.begin(), names.end()}, {}};
    for (const Feature& feature : set.features) {
        const auto at = names.find(to_text(feature.fields.front()));
        result.codes.push_back(at == names.end() ? rasters::no_data
                                                 : static_cast<float>(std::distance(names.begin(), at)));
    }
    return result;
}

static float code_of(const Feature& feature, const std::string& layer) {
    const Field& field = feature.fields.front();
    if (std::holds_alternative<std::monostate>(field))
        return rasters::no_data;
    const auto* whole = std::get_if<std::int64_t>(&field);
    const double code = whole == nullptr ? std::get<double>(field) : static_cast<double>(*whole);
    constexpr double largest = 1 << 24; // the last whole number that a float tells from its neighbours
    if (code != std::floor(code) || std::abs(code) > largest)
        throw Error("layer '{}': {} is no class; whole numbers up to {:.0f} or texts are", layer, code, largest);
    return static_cast<float>(code);
}

FeatureCodes codes_of(const FeatureSet& set, const std::string& layer) {
    if (any_text(set))
        return texts_of(set);
    FeatureCodes result;
    for (const Feature& feature : set.features)
        result.codes.push_back(code_of(feature, layer));
    return result;
}

} // namespace zonerank::layers
