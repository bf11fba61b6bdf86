// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

class OGRFeature;
class OGRFeatureDefn;
class OGRFeatureQuery;

namespace zonerank::layers {

/// A study's `where`: OGR's own expression, evaluated on features one by one and
/// never handed to a database, so it can't be a query. As in OGR, `=` between
/// texts does not mind upper and lower case, and a comparison with null is false,
/// so that its `not` is true. For one thread at a time.
class Where {
public:
    /// Empty: everything passes. Throws Error: can't be read, or a field that is
    /// not among `fields` (with the nearest).
    Where(const std::string& text, OGRFeatureDefn& definition, const std::vector<std::string>& fields);

    /// Throws Error when the expression can't be evaluated on this feature.
    bool passes(OGRFeature& feature) const;

private:
    std::string m_text;
    std::shared_ptr<OGRFeatureQuery> m_query;
};

} // namespace zonerank::layers
