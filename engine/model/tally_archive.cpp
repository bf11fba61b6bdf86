// SPDX-License-Identifier: Apache-2.0
#include "engine/model/tally.hpp"

#include <algorithm>

namespace zonerank::engine {

void CriterionTally::put(rasters::ArchiveOut& out) const {
    for (const rasters::ExactSum* sum : {&measurement, &value, &sine, &cosine})
        sum->put(out);
    out.put(min);
    out.put(max);
    out.put(flat);
    out.put(lacking);
    out.put(std::uint64_t{classes.size()});
    for (const auto& [code, weight] : classes) {
        out.put(code);
        out.put(weight);
    }
}

void CriterionTally::take(rasters::ArchiveIn& in) {
    for (rasters::ExactSum* sum : {&measurement, &value, &sine, &cosine})
        sum->take(in);
    min = std::min(min, in.get<float>());
    max = std::max(max, in.get<float>());
    in.add(flat);
    in.add(lacking);
    for (std::size_t left = in.count(sizeof(int) + sizeof(std::int64_t)); left > 0; --left) {
        const int code = in.get<int>();
        in.add(classes[code]);
    }
}

bool SiteTally::empty() const {
    return std::ranges::all_of(by_state, [](std::int64_t weight) { return weight == 0; });
}

void SiteTally::put(rasters::ArchiveOut& out) const {
    out.put_sums(by_state);
    for (const std::vector<std::int64_t>* weights : {&excluded_by, &freed_by, &unknown_by})
        out.put_sums(*weights);
    for (const CriterionTally& criterion : criteria)
        criterion.put(out);
    score.put(out);
    out.put(min);
    out.put(max);
    scores.put(out);
}

void SiteTally::take(rasters::ArchiveIn& in) {
    in.add_sums(by_state);
    for (std::vector<std::int64_t>* weights : {&excluded_by, &freed_by, &unknown_by})
        in.add_sums(*weights);
    for (CriterionTally& criterion : criteria)
        criterion.take(in);
    score.take(in);
    min = std::min(min, in.get<float>());
    max = std::max(max, in.get<float>());
    scores.take(in);
}

} // namespace zonerank::engine
