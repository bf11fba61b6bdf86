// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/friction_spec.hpp"
#include "layers/terms/node.hpp"
#include "layers/terms/unit.hpp"
#include "layers/vectors/features.hpp"
#include "layers/vectors/inspect.hpp"
#include "rasters/reader.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace zonerank::layers {

class Friction;

/// What a study says of one of its layers.
struct LayerSpec {
    std::string name;
    Mark mark;
    std::vector<std::string> paths; ///< absolute, globs expanded
    std::string layer, where;
    int band = 1;
    std::optional<rasters::Crs> crs;
    bool override_crs = false;
    std::optional<double> nodata;
    Unit unit; ///< of a raster's values or a layer's fields
    std::optional<rasters::Values> values;
    rasters::Resample resample = rasters::Resample::automatic;
};

/// A study's layers, opened on demand and read once each. Thread-safe; different
/// layers may be read at the same time. What throws Error is told with the
/// layer's name in front, and tried again when it is asked for again.
class Sources {
public:
    Sources(std::vector<LayerSpec> specs, rasters::Access access, std::optional<FrictionSpec> friction = {});

    const LayerSpec& spec(const std::string& name) const; ///< throws Error with the nearest name
    const std::vector<LayerSpec>& specs() const { return m_specs; }
    const rasters::Access& access() const { return m_access; }
    bool is_raster(const std::string& name) const; ///< the file has bands and no `layer` was named

    FeatureInfo feature_info(const std::string& name) const;
    rasters::RasterInfo raster_info(const std::string& name) const;

    /// Throws Error when a condition or fields don't fit a vector layer; reads no features.
    void check_fields(const std::string& name, const std::string& where, const std::vector<std::string>& fields) const;

    /// Announces a question to features(): all that is announced before the first
    /// answer is read in one pass, where a file is read as a whole anyway (OSM).
    void expect(const std::string& name, const std::string& where, const std::vector<std::string>& fields) const;

    /// Features of a layer in the grid's CRS, passing the layer's `where` and this
    /// one, with the named fields. Edges bend by less than 1 cm or a thousandth of
    /// a cell, whichever is larger. Cached by (name, where, fields, CRS, tolerance).
    /// Throws Error when none is left: "layer 'roads': no features where ...".
    std::shared_ptr<const FeatureSet> features(const std::string& name, const std::string& where,
                                               const std::vector<std::string>& fields, const rasters::Grid& grid);

    /// The sets of a layer's features that features() has read in a CRS (as Grid::crs) and not released,
    /// those with most features first; none when it was not asked for.
    std::vector<std::shared_ptr<const FeatureSet>> held(const std::string& name, const std::string& crs) const;

    const FrictionSpec* friction_spec() const { return m_friction_spec ? &*m_friction_spec : nullptr; }
    /// The study's friction on a grid; cached by grid. Only if there is a friction_spec().
    std::shared_ptr<const Friction> friction(const rasters::Grid& grid);

    /// Lets go of the features read so far; who holds some keeps them. Repairs stay known.
    void release_features();

    /// The layer's raster on a grid. `as` overrides what its values are; `resample`
    /// says how it is resampled where the layer leaves that open.
    rasters::RasterReader raster(const std::string& name, const rasters::Grid& grid,
                                 std::optional<rasters::Values> as = {},
                                 rasters::Resample resample = rasters::Resample::automatic) const;

    /// Repairs per layer name, of what was read so far (the widest reading).
    std::map<std::string, Repairs> repairs() const;

    FeatureSource feature_source(const LayerSpec& spec) const;
    rasters::RasterSource raster_source(const LayerSpec& spec) const;

private:
    /// Filled once; who comes second waits for who came first, per layer.
    template <typename T>
    struct Slot {
        std::mutex mutex;
        std::optional<T> value{};
    };
    template <typename T>
    using Cache = std::map<std::string, std::shared_ptr<Slot<T>>>;

    template <typename T, typename Make>
    T cached(Cache<T>& cache, const std::string& key, Make&& make) const;
    /// The same, with the layer's name in front of what goes wrong.
    template <typename T, typename Make>
    T cached(Cache<T>& cache, const std::string& key, const std::string& name, Make&& make) const;

    using Answer = std::shared_ptr<const FeatureSet>;
    struct Question {
        std::string name, where;
        std::vector<std::string> fields;
        friend bool operator==(const Question&, const Question&) = default;
    };
    using Answers = std::vector<std::pair<Question, Answer>>;

    FeatureSource source_of(const Question& question) const;
    Answers read_expected(const LayerSpec& spec, const rasters::Grid& grid) const;
    Answer read(const Question& question, const rasters::Grid& grid) const;
    Answer checked(const Question& question, Answer answer);

    std::vector<LayerSpec> m_specs;
    rasters::Access m_access;
    mutable std::mutex m_mutex; ///< of the maps themselves
    mutable Cache<bool> m_is_raster;
    mutable Cache<FeatureInfo> m_feature_infos;
    mutable Cache<rasters::RasterInfo> m_raster_infos;
    mutable std::vector<Question> m_expected;
    Cache<Answer> m_features;
    Cache<Answers> m_passes; ///< by file, where each costs a pass
    std::map<std::string, Repairs> m_repairs;
    std::optional<FrictionSpec> m_friction_spec;
    Cache<std::shared_ptr<const Friction>> m_frictions; ///< by grid
};

/// Both conditions at once; either may be empty.
std::string both(const std::string& a, const std::string& b);

} // namespace zonerank::layers
