// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/where.hpp"

#include "layers/terms/problems.hpp"
#include "rasters/access.hpp"
#include "rasters/core/error.hpp"

#include <ogr_feature.h>

#include <string_view>

namespace zonerank::layers {

// OGR says: "clas" not recognised as an available field.
static std::string unknown_field(std::string_view complaint) {
    const std::size_t end = complaint.find("\" not recognised as an available field");
    const std::size_t start = complaint.find('"');
    return end == complaint.npos || start >= end ? "" : std::string(complaint.substr(start + 1, end - start - 1));
}

static std::string advice(const std::vector<std::string>& fields) {
    for (const std::string& field : fields)
        if (field == "other_tags")
            return "; tags without a field of their own are read with hstore_get_value(other_tags, 'key')";
    return "";
}

// OGR goes on to list each token that it would have liked better.
static std::string shortened(std::string complaint) {
    for (const char* rest : {" Occurred around", ", expecting", ". Occurred"})
        if (const std::size_t at = complaint.find(rest); at != complaint.npos)
            complaint.resize(at);
    constexpr std::string_view prefix = "SQL Expression Parsing Error: ";
    return complaint.starts_with(prefix) ? complaint.substr(prefix.size()) : complaint;
}

[[noreturn]] static void refuse(const std::string& text, const std::string& complaint,
                                const std::vector<std::string>& fields) {
    const std::string field = unknown_field(complaint);
    if (field.empty())
        throw Error("where \"{}\" can't be read: {}", text, shortened(complaint));
    if (nearest(field, fields).empty())
        throw Error("where: {} (a text is written '{}'){}", unknown("field", field, fields), field, advice(fields));
    throw Error("where: {}{}", unknown("field", field, fields), advice(fields));
}

Where::Where(const std::string& text, OGRFeatureDefn& definition, const std::vector<std::string>& fields)
    : m_text(text) {
    if (text.find_first_not_of(" \t\r\n") == text.npos)
        return;
    m_query = std::make_shared<OGRFeatureQuery>();
    const rasters::GdalComplaints complaints;
    if (m_query->Compile(&definition, text.c_str()) != OGRERR_NONE)
        refuse(text, complaints.first(), fields);
}

bool Where::passes(OGRFeature& feature) const {
    if (m_query == nullptr)
        return true;
    const rasters::GdalComplaints complaints;
    const bool passed = m_query->Evaluate(&feature) != 0;
    if (complaints.count() > 0)
        throw Error("where \"{}\" can't be evaluated: {}", m_text, complaints.first());
    return passed;
}

} // namespace zonerank::layers
