// SPDX-License-Identifier: Apache-2.0
#include "layers/similarity.hpp"

#include "layers/terms/problems.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace zonerank::layers {

namespace {

using Counts = std::map<std::string, std::size_t>;

void check_shares(const Table& table) {
    for (const auto& [industry, row] : table)
        for (const auto& entry : row)
            if (const double share = entry.second; !(share >= 0 && share <= 1))
                throw Error("similarity: {}: {:g} is not a share; what counts is from 0 to 1", industry, share);
}

Table rows_of(const Table& table, const Names& industries) {
    Names known;
    for (const auto& row : table)
        known.push_back(row.first);
    Table rows;
    for (const std::string& industry : industries) {
        const auto found = std::ranges::find(known, industry);
        if (found == known.end())
            throw Error("industries: {}", unknown("row of `similarity`", industry, known));
        if (std::ranges::count(industries, industry) > 1)
            throw Error("industries: '{}' is named twice", industry);
        rows.push_back(table[static_cast<std::size_t>(found - known.begin())]);
    }
    return rows;
}

std::optional<double> share_of(const Categories& row, const std::string& industry) {
    return number_of(row, code_named(industry), industry);
}

Names names_in(const Categories& row) {
    Names names;
    for (const auto& entry : row)
        if (!entry.first.text.empty())
            names.push_back(entry.first.text);
    return names;
}

std::string guess(const std::string& text, const Names& known) {
    const std::string near = nearest(text, known);
    return near.empty() ? "" : fmt::format("; did you mean '{}'?", near);
}

void need_share(const Categories& row, const std::string& industry, std::size_t features) {
    if (share_of(row, industry))
        return;
    const std::string what = industry.empty() ? "null" : "'" + excerpt(industry) + "'";
    throw Error("nothing is said of {} ({} feature{}); give it a share, or `other`{}", what, features,
                features == 1 ? "" : "s", guess(industry, names_in(row)));
}

// A class that no feature has is a slip when it is near one that falls to `other`.
void refuse_slips(const Categories& row, const Counts& found) {
    const Names listed = names_in(row);
    Names others;
    for (const auto& entry : found)
        if (std::ranges::find(listed, entry.first) == listed.end())
            others.push_back(entry.first);
    for (const std::string& name : listed)
        if (!found.contains(name) && !nearest(name, others).empty())
            throw Error("no feature has '{}'{}", name, guess(name, others));
}

} // namespace

Similarity::Similarity(const Params& params) : m_field(params.text("by")) {
    if (m_field.empty() && (params.has("similarity") || params.has("industries")))
        throw Error("by: which field tells each feature's industry?");
    if (m_field.empty())
        return;
    if (!params.has("similarity"))
        throw Error("similarity: how much do features count by '{}'? Such as {{textiles: {{garments: 0.9, leather: "
                    "0.2, other: 0}}}}",
                    m_field);
    check_shares(params.table("similarity"));
    m_rows = params.has("industries") ? rows_of(params.table("similarity"), params.names("industries"))
                                      : params.table("similarity");
}

double Similarity::of(const Field& industry) const {
    if (m_rows.empty())
        return 1;
    const std::string text = to_text(industry);
    double sum = 0;
    for (const auto& row : m_rows)
        sum += share_of(row.second, text).value_or(0);
    return sum / static_cast<double>(m_rows.size());
}

void Similarity::check(const std::string& layer, const FeatureSet& set, std::size_t at) const {
    Counts found;
    for (const Feature& feature : set.features)
        ++found[to_text(feature.fields[at])];
    for (const auto& [industry, row] : m_rows)
        in_context(fmt::format("layer '{}': {}: similarity: {}", layer, m_field, industry), [&, &of = row] {
            for (const auto& [text, features] : found)
                need_share(of, text, features);
            refuse_slips(of, found);
        });
}

} // namespace zonerank::layers
