// SPDX-License-Identifier: Apache-2.0
#include "layers/sources.hpp"

#include "layers/friction.hpp"
#include "layers/terms/problems.hpp"
#include "layers/vectors/ogr.hpp"
#include "layers/vectors/shared_reading.hpp"
#include "rasters/core/stopped.hpp"

#include <algorithm>
#include <utility>

namespace zonerank::layers {

Sources::Sources(std::vector<LayerSpec> specs, rasters::Access access, std::optional<FrictionSpec> friction)
    : m_specs(std::move(specs)), m_access(std::move(access)), m_friction_spec(std::move(friction)) {}

template <typename T, typename Make>
T Sources::cached(Cache<T>& cache, const std::string& key, Make&& make) const {
    std::unique_lock lock(m_mutex);
    auto& place = cache[key];
    if (place == nullptr)
        place = std::make_shared<Slot<T>>();
    const std::shared_ptr<Slot<T>> slot = place;
    lock.unlock();
    const std::lock_guard filling(slot->mutex);
    if (!slot->value)
        slot->value = make();
    return *slot->value;
}

template <typename T, typename Make>
T Sources::cached(Cache<T>& cache, const std::string& key, const std::string& name, Make&& make) const {
    return cached(cache, key, [&] { return in_context(fmt::format("layer '{}'", name), make); });
}

const LayerSpec& Sources::spec(const std::string& name) const {
    std::vector<std::string> known;
    for (const LayerSpec& spec : m_specs) {
        if (spec.name == name)
            return spec;
        known.push_back(spec.name);
    }
    throw Error("{}", unknown("layer", name, known));
}

// What is wrong with a layer is told in its own line, not where it is measured. One
// without a file was told when the study was read.
template <typename Look>
static auto at_its_line(const LayerSpec& spec, Look&& look) {
    if (spec.paths.empty())
        throw ErrorAt(spec.mark, fmt::format("layer '{}' has no file", spec.name), true);
    try {
        return look();
    } catch (const Stopped&) {
        throw;
    } catch (const Error& e) {
        throw ErrorAt(spec.mark, e.what());
    }
}

static FeatureInfo with_crs(FeatureInfo info, const LayerSpec& spec) {
    if (!info.crs.known())
        throw Error("{} has no CRS; write which one it is in, as in `crs: EPSG:4326` for longitude and latitude",
                    short_name(spec.paths.front()));
    return info;
}

static FeatureSource as_features(const LayerSpec& spec) {
    return {.paths = spec.paths,
            .layer = spec.layer,
            .where = spec.where,
            .crs = spec.crs,
            .override_crs = spec.override_crs};
}

// A key that is for the other kind of source, and would be ignored in silence.
static std::string_view misplaced(const LayerSpec& spec, bool raster) {
    const std::pair<std::string_view, bool> keys[] = {
        {"where", raster && !spec.where.empty()},
        {"band", !raster && spec.band != 1},
        {"nodata", !raster && spec.nodata},
        {"values", !raster && spec.values},
        {"resample", !raster && spec.resample != rasters::Resample::automatic}};
    const auto* it = std::ranges::find_if(keys, [](const auto& key) { return key.second; });
    return it == std::end(keys) ? std::string_view() : it->first;
}

static void check_keys(const LayerSpec& spec, bool raster, const rasters::Access& access) {
    const std::string_view key = misplaced(spec, raster);
    if (key.empty())
        return;
    if (!raster)
        inspect(as_features(spec), access); // a file that can't be opened is told as such
    throw Error("`{}` is for {}; {} {}", key, raster ? "features" : "rasters", short_name(spec.paths.front()),
                raster ? "is a raster" : "holds features");
}

bool Sources::is_raster(const std::string& name) const {
    const LayerSpec& spec = this->spec(name);
    return at_its_line(spec, [&] {
        return cached(m_is_raster, name, name, [&] {
            const bool raster = spec.layer.empty() && shared_has_raster(spec.paths.front(), m_access);
            check_keys(spec, raster, m_access);
            return raster;
        });
    });
}

FeatureInfo Sources::feature_info(const std::string& name) const {
    const LayerSpec& spec = this->spec(name);
    return at_its_line(spec, [&] {
        return cached(m_feature_infos, name, name,
                      [&] { return with_crs(shared_inspect(feature_source(spec), m_access), spec); });
    });
}

rasters::RasterInfo Sources::raster_info(const std::string& name) const {
    const LayerSpec& spec = this->spec(name);
    is_raster(name); // tells of keys that don't fit
    return at_its_line(spec, [&] {
        return cached(m_raster_infos, name, name, [&] { return shared_inspect(raster_source(spec), m_access); });
    });
}

void Sources::check_fields(const std::string& name, const std::string& where,
                           const std::vector<std::string>& fields) const {
    FeatureSource source = feature_source(spec(name));
    source.where = where; // the layer's own is checked by feature_info()
    source.fields = fields;
    in_context(fmt::format("layer '{}'", name), [&] { shared_check(source, m_access); });
}

void Sources::expect(const std::string& name, const std::string& where, const std::vector<std::string>& fields) const {
    const std::lock_guard lock(m_mutex);
    const Question question{name, where, fields};
    if (std::ranges::find(m_expected, question) == m_expected.end())
        m_expected.push_back(question);
}

std::shared_ptr<const FeatureSet> Sources::features(const std::string& name, const std::string& where,
                                                    const std::vector<std::string>& fields, const rasters::Grid& grid) {
    const Question question{name, where, fields};
    const LayerSpec& spec = this->spec(name);
    const std::string place = name_of_target(grid);
    if (feature_info(name).one_pass) {
        const std::string file = fmt::format("{}\n{}", fmt::join(spec.paths, "\n"), place);
        const Answers answers = cached(m_passes, file, name, [&] { return read_expected(spec, grid); });
        for (const auto& [asked, answer] : answers)
            if (asked == question)
                return in_context(fmt::format("layer '{}'", name), [&, &a = answer] { return checked(question, a); });
    }
    const std::string key = fmt::format("{}\n{}\n{}\n{}", name, where, fmt::join(fields, "\n"), place);
    return cached(m_features, key, name, [&] { return checked(question, read(question, grid)); });
}

FeatureSource Sources::source_of(const Question& question) const {
    const LayerSpec& spec = this->spec(question.name);
    FeatureSource source = feature_source(spec);
    source.where = both(spec.where, question.where);
    source.fields = question.fields;
    return source;
}

// Nothing when one of them can't be read: each then tells its own error.
Sources::Answers Sources::read_expected(const LayerSpec& spec, const rasters::Grid& grid) const {
    std::vector<Question> questions;
    {
        const std::lock_guard lock(m_mutex);
        questions = m_expected;
    }
    std::erase_if(questions, [&](const Question& q) { return this->spec(q.name).paths != spec.paths; });
    std::vector<FeatureSource> sources;
    for (const Question& question : questions)
        sources.push_back(source_of(question));
    Answers answers;
    try {
        const FeatureSets sets = *shared_features(sources, grid, m_access);
        for (std::size_t i = 0; i < questions.size(); ++i)
            answers.emplace_back(questions[i], sets[i]);
    } catch (const Stopped&) {
        throw;
    } catch (const Error&) {
        answers.clear();
    }
    return answers;
}

Sources::Answer Sources::read(const Question& question, const rasters::Grid& grid) const {
    return shared_features(source_of(question), grid, m_access);
}

Sources::Answer Sources::checked(const Question& question, Answer answer) {
    const Repairs& repairs = answer->repairs;
    const std::string where = both(spec(question.name).where, question.where);
    if (repairs.read == 0 && !where.empty())
        throw Error("no features where {}", where);
    if (answer->features.empty())
        throw Error("no features{}", repairs.elsewhere > 0 ? " with a place in the grid's CRS"
                                     : repairs.read > 0    ? " with a geometry"
                                                           : "");
    const std::lock_guard lock(m_mutex);
    Repairs& widest = m_repairs[question.name];
    if (repairs.read > widest.read)
        widest = repairs;
    return answer;
}

std::vector<std::shared_ptr<const FeatureSet>> Sources::held(const std::string& name, const std::string& crs) const {
    const std::lock_guard lock(m_mutex);
    std::vector<Answer> found;
    const auto add = [&](const Question& asked, const Answer& answer) {
        if (asked.name == name && answer && !answer->features.empty() &&
            std::ranges::find(found, answer) == found.end())
            found.push_back(answer);
    };
    for (const auto& [key, slot] : m_features)
        if (key.starts_with(name + "\n") && key.find("\n" + crs + "\n") != key.npos && slot->value)
            add({.name = name, .where = {}, .fields = {}}, *slot->value);
    for (const auto& [key, slot] : m_passes)
        if (key.find("\n" + crs + "\n") != key.npos && slot->value)
            for (const auto& [asked, answer] : *slot->value)
                add(asked, answer);
    std::ranges::stable_sort(found, std::ranges::greater{}, [](const Answer& set) { return set->features.size(); });
    return found;
}

std::shared_ptr<const Friction> Sources::friction(const rasters::Grid& grid) {
    const std::string key =
        fmt::format("{}\n{} {} {} {} {}", grid.crs, grid.cell, grid.edge_x(0), grid.edge_y(0), grid.cols, grid.rows);
    return cached(m_frictions, key, [&] { return std::make_shared<const Friction>(*m_friction_spec, *this, grid); });
}

void Sources::release_features() {
    const std::lock_guard lock(m_mutex);
    m_frictions.clear();
    m_features.clear();
    m_passes.clear();
}

rasters::RasterReader Sources::raster(const std::string& name, const rasters::Grid& grid,
                                      std::optional<rasters::Values> as, rasters::Resample resample) const {
    rasters::RasterSource source = raster_source(spec(name));
    if (as)
        source.values = as;
    if (source.resample == rasters::Resample::automatic)
        source.resample = resample;
    return in_context(fmt::format("layer '{}'", name), [&] { return rasters::RasterReader(source, grid, m_access); });
}

std::map<std::string, Repairs> Sources::repairs() const {
    const std::lock_guard lock(m_mutex);
    return m_repairs;
}

FeatureSource Sources::feature_source(const LayerSpec& spec) const {
    is_raster(spec.name); // tells of keys that don't fit
    return as_features(spec);
}

rasters::RasterSource Sources::raster_source(const LayerSpec& spec) const {
    return {.paths = spec.paths,
            .band = spec.band,
            .nodata = spec.nodata,
            .crs = spec.crs,
            .override_crs = spec.override_crs,
            .values = spec.values,
            .resample = spec.resample};
}

std::string both(const std::string& a, const std::string& b) {
    if (a.empty() || b.empty())
        return a.empty() ? b : a;
    return fmt::format("({}) AND ({})", a, b);
}

} // namespace zonerank::layers
