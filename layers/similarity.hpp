// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/params.hpp"
#include "layers/vectors/features.hpp"

#include <cstddef>
#include <string>

namespace zonerank::layers {

/// How much of a feature's weight counts for a zone, by the feature's industry: the mean,
/// over the industries that the zone is for, of what the study says the two are to each
/// other, 0 to 1. (Of one industry, that one's number.) It is what an average tenant
/// finds: a cluster that serves half of the tenants counts half.
class Similarity {
public:
    /// From `by`, the field with a feature's industry, `similarity`, a row of numbers by
    /// that for each industry of a zone, and `industries`, the rows that count (default:
    /// all). Without `by` everything counts whole. Throws Error for one without the other,
    /// a number outside 0 to 1, an industry that has no row or is named twice.
    explicit Similarity(const Params& params);

    /// The field; empty where everything counts whole.
    const std::string& field() const { return m_field; }

    double of(const Field& industry) const;

    /// Throws Error for an industry of the features (in their field `at`) that has no
    /// number in a row, `other` neither, and for a class of a row that is a slip of one.
    void check(const std::string& layer, const FeatureSet& set, std::size_t at) const;

private:
    std::string m_field;
    Table m_rows; ///< that count
};

} // namespace zonerank::layers
