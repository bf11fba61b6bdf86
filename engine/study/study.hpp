// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/study/compare.hpp"
#include "engine/study/links.hpp"
#include "engine/study/packing.hpp"
#include "engine/study/profile_specs.hpp"
#include "engine/study/validate.hpp"
#include "engine/weights/weights.hpp"
#include "layers/sources.hpp"
#include "layers/terms/params.hpp"
#include "rasters/core/geometry.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// What is scored.
struct AreaSpec {
    enum class Kind { source, box, layer, around_sites };
    Kind kind = Kind::source;
    std::vector<std::string> paths; ///< source
    std::string source_layer, where;
    std::optional<rasters::Crs> crs{}; ///< of the box (default longitude/latitude); for a file that has none
    bool override_crs = false;
    std::string layer; ///< layer: its name
    rasters::Box box;  ///< box: W, S, E, N in `crs`
    double buffer = 0; ///< metres; negative shrinks
    layers::Mark mark;
};

struct GridSpec {
    std::string crs;                        ///< as written; empty: chosen for the area
    double cell = 0;                        ///< metres; 0: taken from `like`
    std::string like;                       ///< name of a raster layer whose grid is taken over
    layers::Mark mark, crs_mark, cell_mark; ///< cell_mark: of `cell` or `like`
};

/// What becomes of a cell where a criterion has no data.
struct Missing {
    enum class Policy { unknown, worst, value, leave_out };
    Policy policy = Policy::unknown;
    double value = 0; ///< Policy::value
};

std::string missing_text(const Missing& missing); ///< as a study writes it

/// How a site's measurement comes from its cells.
struct SiteRule {
    enum class Kind { mean, min, max, share, edge };
    Kind kind = Kind::mean;
    bool above = false;                  ///< share: of the cells above (or below) the limit
    std::optional<layers::Node> limit{}; ///< share: the limit as written, a measurement
};

/// The table of site rules.
std::span<const layers::Kind<SiteRule::Kind>> site_rules();

struct CriterionSpec {
    std::string name, label, theme;
    layers::Choice measure, value;
    Missing missing;
    SiteRule site;
    std::optional<DirectWeight> weight;        ///< as written beside it; NaN: wrong, and told
    std::optional<layers::Choice> uncertainty; ///< of its measurements
    std::string catalogue;                     ///< "grid connection@1" when it came from the catalogue
    std::vector<std::string> from_catalogue;   ///< what was taken from there: "label", "measure.limit" ...
    layers::Mark mark;
};

struct ThemeSpec {
    std::string name, label;
    std::vector<CriterionSpec> criteria;
    std::optional<DirectWeight> weight;
    std::optional<layers::Choice> weights;   ///< of its criteria
    std::optional<layers::Choice> aggregate; ///< none: the study's
    layers::Mark mark;
};

struct ConstraintSpec {
    std::string name, label;
    layers::Choice choice;
    layers::Mark mark;
};

struct SitesSpec {
    std::vector<std::string> paths;
    std::string source_layer, where;
    std::optional<rasters::Crs> crs{}; ///< for a file that has none
    bool override_crs = false;
    std::string layer; ///< a layer of the study instead of a path
    std::string name_field, id_field;
    std::vector<std::string> keep;
    double footprint_m2 = 0;   ///< of points; 0: none given
    double needs_usable = 0.5; ///< share of the site's area
    double needs_area_ha = 0;
    layers::Mark mark;
};

/// How the stability of the sites' ranking is looked at.
struct StabilitySpec {
    bool wanted = true;                        ///< `none`: not at all
    bool asked = false;                        ///< the study has such a section
    layers::Choice weights{"ordinal", {}, {}}; ///< a row of weight_spaces()
    std::uint64_t draws = 10'000, seed = 1;
    bool maps = false; ///< of the map, too
    double cut = 0.6;  ///< score from which its cells count as good
    layers::Mark mark;
};

struct OutputsSpec {
    bool criteria = false;      ///< a map per criterion
    bool reasons = false;       ///< the full mask of constraints and missing data
    bool friction = false;      ///< a map of each friction's speeds
    bool report = true;         ///< report.html
    bool project = true;        ///< study.qgz, the QGIS project
    rasters::Packing packing{}; ///< of all maps
};

/// What `measure` wants of a study: one criterion, on the map or at the sites; or
/// `connect`: its links and no criterion. What it doesn't need may be wrong, and is not opened.
struct Asked {
    std::string criterion;
    bool at_sites = false;
    bool links = false;
};

/// All a study says, and nothing computed. Plain data: tests build it by hand.
struct Study {
    std::string title;
    std::filesystem::path file, folder; ///< the study file as named by the user; its folder, absolute
    AreaSpec area;
    GridSpec grid;
    std::vector<layers::LayerSpec> layers;
    std::optional<layers::FrictionSpec> friction;
    std::vector<ThemeSpec> themes;
    std::optional<layers::Choice> weights; ///< of the themes
    layers::Choice aggregate{"weighted sum", {}, {}};
    double known = 0.7; ///< share of the weight that `missing: leave out` needs
    std::vector<ConstraintSpec> constraints;
    std::optional<SitesSpec> sites;
    std::string output; ///< as written; empty: "out"
    std::optional<CompareSpec> compare;
    std::optional<LinksSpec> links;
    std::vector<ProfileSpec> profiles;
    AssignSpec assign;
    std::optional<ValidateSpec> validate;
    StabilitySpec stability;
    OutputsSpec outputs;
    layers::Mark output_mark, criteria_mark;
    std::optional<Asked> asked{}; ///< none: everything
    layers::Node expanded;        ///< the whole study with `extends` and `use` resolved: runs alone
};

/// Reads a study and checks its words: keys, kinds of value, names, files that
/// must exist, the catalogue's entries. What needs layers to be opened is left to
/// the model. Everything wrong goes to `problems`; the result is only good when
/// they are still ok. With `asked` that criterion is the only one, and of the rest
/// only what it stands on has to be right. Throws Error for text that is not YAML at all.
Study read_study(const std::filesystem::path& path, layers::Problems& problems, const std::optional<Asked>& asked = {});

/// The same from a tree (tests, expanded studies); paths are relative to `folder`.
Study study_from(const layers::Node& root, const std::filesystem::path& file, layers::Problems& problems,
                 const std::optional<Asked>& asked = {});

/// Whether the sites' ground has to be found.
bool needs_sites(const Study& study);

/// The keys a study may have, for the JSON Schema and "did you mean": a table.
struct Key {
    std::string_view
        where; ///< "", "area", "grid", "layer", "criterion", "theme", "sites", "stability", "outputs", "profile"
    std::string_view name, help;
    bool required = false;
    std::string_view choices{}; ///< as a Parameter's
};
std::span<const Key> study_keys();

} // namespace zonerank::engine
