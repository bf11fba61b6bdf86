// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/survey.hpp"

#include "layers/vectors/ogr.hpp"
#include "rasters/core/error.hpp"

#include <cpl_string.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace zonerank::layers {

namespace {

constexpr std::size_t most_values = 200; // different ones of a field; one that has more is no class
constexpr std::size_t most_tags = 64;    // different keys in `other_tags`
constexpr int most_geometries = 100;

/// Counts the values of one field.
class Counter {
public:
    void add(const std::string& text) {
        ++m_filled;
        if (const auto it = m_counts.find(text); it != m_counts.end())
            ++it->second;
        else if (m_counts.size() < most_values)
            m_counts.emplace(text, 1);
        else
            m_more = true;
    }
    void add_number(double number) {
        ++m_filled;
        m_least = std::min(m_least, number);
        m_most = std::max(m_most, number);
    }
    void add_whole(std::int64_t number) {
        add_number(static_cast<double>(number));
        --m_filled; // counted with its text
        add(std::to_string(number));
    }

    FieldSurvey told(std::string name, bool numbers) const {
        FieldSurvey field{.name = std::move(name), .numbers = numbers, .filled = m_filled, .more = m_more};
        if (numbers && m_filled > 0) {
            field.least = m_least;
            field.most = m_most;
        }
        for (const auto& [value, count] : m_counts)
            field.values.push_back({value, count});
        std::ranges::stable_sort(field.values, std::greater{}, &ValueCount::count);
        return field;
    }

private:
    std::map<std::string, std::int64_t, std::less<>> m_counts;
    double m_least = HUGE_VAL, m_most = -HUGE_VAL;
    std::int64_t m_filled = 0;
    bool m_more = false;
};

/// One layer, while its features come.
class Surveyor {
public:
    explicit Surveyor(const VectorLayer& layer) : m_names(layer.fields()), m_fields(m_names.size()) {
        for (std::size_t i = 0; i < m_names.size(); ++i)
            m_types.push_back(layer.definition().GetFieldDefn(static_cast<int>(i))->GetType());
    }

    void add(OGRFeature& feature) {
        ++m_count;
        for (std::size_t i = 0; i < m_fields.size(); ++i)
            if (feature.IsFieldSetAndNotNull(static_cast<int>(i)) != 0)
                add(feature, static_cast<int>(i));
    }

    void tell(LayerSurvey& survey) const {
        survey.looked_at = m_count;
        for (std::size_t i = 0; i < m_names.size(); ++i)
            survey.fields.push_back(m_fields[i].told(m_names[i], is_number(m_types[i])));
        for (const auto& [key, counter] : m_tags) {
            survey.fields.push_back(counter.told(key, false));
            survey.fields.back().tag = true;
        }
    }

private:
    static bool is_number(OGRFieldType type) { return type == OFTReal || type == OFTInteger || type == OFTInteger64; }

    void add(OGRFeature& feature, int column) {
        Counter& field = m_fields[static_cast<std::size_t>(column)];
        const OGRFieldType type = m_types[static_cast<std::size_t>(column)];
        if (type == OFTInteger || type == OFTInteger64)
            field.add_whole(feature.GetFieldAsInteger64(column));
        else if (type == OFTReal)
            add_real(field, feature.GetFieldAsDouble(column));
        else if (const std::string text = as_utf8(feature.GetFieldAsString(column)); !text.empty())
            m_names[static_cast<std::size_t>(column)] == "other_tags" ? add_tags(text) : field.add(text);
    }

    static void add_real(Counter& field, double number) {
        if (std::isfinite(number))
            field.add_number(number);
    }

    void add_tags(const std::string& text) {
        for (const auto& [key, value] : tags_in(text))
            if (m_tags.size() < most_tags || m_tags.contains(key))
                m_tags[key].add(value);
    }

    std::vector<std::string> m_names;
    std::vector<OGRFieldType> m_types;
    std::vector<Counter> m_fields;
    std::map<std::string, Counter, std::less<>> m_tags;
    std::int64_t m_count = 0;
};

/// Features of one layer, up to a number.
template <typename Visit>
void first_of(OGRLayer& layer, std::int64_t most, const Visit& visit) {
    const rasters::GdalComplaints complaints;
    layer.ResetReading();
    for (std::int64_t i = 0; i < most; ++i) {
        const OGRFeatureUniquePtr feature{layer.GetNextFeature()};
        if (!feature)
            break;
        visit(*feature);
    }
    if (complaints.count() > 0)
        throw Error("can't be read: {}", complaints.first());
}

Geometries looked_up(OGRLayer& layer) {
    const Geometries declared = declared_geometries(layer);
    if (declared != Geometries{true, true, true})
        return declared;
    Geometries kinds;
    first_of(layer, most_geometries, [&](OGRFeature& feature) { kinds = either(kinds, geometries_of(feature)); });
    return kinds;
}

/// Without geometry, which costs most of the time.
void look_at_fields(OGRLayer& layer, std::int64_t most, Surveyor& surveyor) {
    const char* const geometry[] = {"OGR_GEOMETRY", nullptr};
    const bool skipped = layer.TestCapability(OLCIgnoreFields) != 0 &&
                         layer.SetIgnoredFields(const_cast<const char**>(geometry)) == OGRERR_NONE;
    first_of(layer, most, [&](OGRFeature& feature) { surveyor.add(feature); });
    if (skipped)
        layer.SetIgnoredFields(nullptr);
}

LayerSurvey without_features(const VectorLayer& layer) {
    LayerSurvey result{.layer = layer.name(), .crs = layer.crs()};
    const rasters::GdalComplaints complaints;
    OGREnvelope box;
    if (layer.ogr().GetExtent(&box, layer.interleaved() ? FALSE : TRUE) == OGRERR_NONE)
        result.extent = {box.MinX, box.MinY, box.MaxX, box.MaxY};
    result.count = layer.interleaved() ? 0 : layer.ogr().GetFeatureCount();
    return result;
}

LayerSurvey alone(const VectorLayer& layer, std::int64_t most) {
    LayerSurvey result = without_features(layer);
    result.geometries = looked_up(layer.ogr());
    Surveyor surveyor(layer);
    look_at_fields(layer.ogr(), most, surveyor);
    surveyor.tell(result);
    return result;
}

/// All layers in the one pass that a file of this kind costs.
std::vector<LayerSurvey> together(const std::vector<VectorLayer>& layers) {
    std::vector<LayerSurvey> results;
    std::vector<Surveyor> surveyors;
    for (const VectorLayer& layer : layers) {
        results.push_back(without_features(layer));
        surveyors.emplace_back(layer);
    }
    VectorLayer::each(layers, [&](std::size_t i, OGRFeature& feature) {
        surveyors[i].add(feature);
        if (++results[i].count <= most_geometries)
            results[i].geometries = either(results[i].geometries, geometries_of(feature));
        OGREnvelope box;
        if (feature.GetGeometryRef() != nullptr) {
            feature.GetGeometryRef()->getEnvelope(&box);
            results[i].extent.add(rasters::Box{box.MinX, box.MinY, box.MaxX, box.MaxY});
        }
    });
    for (std::size_t i = 0; i < results.size(); ++i)
        surveyors[i].tell(results[i]);
    return results;
}

/// Any one layer of the file: by itself, or through the names that the file tells of.
std::vector<VectorLayer> layers_of(const std::string& path, const rasters::Access& access) {
    std::vector<std::string> names;
    {
        const auto file = rasters::open(path, rasters::DatasetKind::vector, access);
        for (OGRLayer* layer : file->GetLayers())
            if (layer->GetGeomType() != wkbNone)
                names.push_back(as_utf8(layer->GetName()));
    }
    if (names.empty())
        names.emplace_back(); // a table whose columns may be coordinates
    std::vector<VectorLayer> layers{VectorLayer(path, names.front(), access)};
    for (std::size_t i = 1; i < names.size(); ++i)
        layers.push_back(layers.front().sibling(names[i]));
    return layers;
}

} // namespace

std::vector<std::pair<std::string, std::string>> tags_in(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> tags;
    const auto quoted = [&]() -> std::optional<std::string> {
        std::string word;
        if (text.empty() || text.front() != '"')
            return std::nullopt;
        for (std::size_t i = 1; i < text.size(); ++i) {
            if (text[i] == '"') {
                text.remove_prefix(i + 1);
                return word;
            }
            i += text[i] == '\\' && i + 1 < text.size() ? 1 : 0;
            word += text[i];
        }
        return std::nullopt;
    };
    while (!text.empty()) {
        const std::optional<std::string> key = quoted();
        if (!key || !text.starts_with("=>"))
            return tags;
        text.remove_prefix(2);
        const std::optional<std::string> value = quoted();
        if (!value)
            return tags;
        tags.emplace_back(*key, *value);
        text.remove_prefix(text.starts_with(',') ? 1 : 0);
    }
    return tags;
}

std::vector<LayerSurvey> survey(const std::string& path, const rasters::Access& access, std::int64_t most) {
    const std::vector<VectorLayer> layers = layers_of(path, access);
    return in_context(short_name(path), [&] {
        if (layers.front().interleaved())
            return together(layers);
        std::vector<LayerSurvey> results;
        for (const VectorLayer& layer : layers)
            results.push_back(alone(layer, most));
        return results;
    });
}

} // namespace zonerank::layers
