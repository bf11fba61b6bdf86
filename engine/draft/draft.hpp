// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/draft/draft_area.hpp"
#include "engine/draft/draft_sites.hpp"
#include "engine/draft/roles.hpp"
#include "layers/catalogue.hpp"

#include <string>
#include <vector>

namespace zonerank::engine {

/// A layer of the study that is drafted.
struct DraftLayer {
    Guess guess;
    std::vector<std::string> uses; ///< names of criteria, constraints ... that take it
    std::string_view name() const { return guess.role->name; }
};

/// A criterion of the catalogue, with the layers it is to have.
struct DraftCriterion {
    std::string name; ///< in the study: "power"
    const layers::CatalogueEntry* entry = nullptr;
    std::vector<std::string> layers;     ///< of the study; empty: none was found
    std::vector<std::string_view> roles; ///< that could serve it
    std::string measure;                 ///< what differs from the catalogue's, in YAML; may be empty
    std::string value;                   ///< likewise
    std::string why_not;                 ///< why it is left out although there is a layer; may be empty
    bool district = false;               ///< a figure of districts, which some may lack

    bool active() const { return !layers.empty() && why_not.empty(); }
};

struct DraftConstraint {
    std::string name, body; ///< "{inside: {of: lakes}}"
    std::string remark;     ///< in plain words
};

/// Speeds along the roads, from which minutes are measured.
struct DraftFriction {
    std::string layer; ///< of roads; empty: there is none with classes
    std::string class_field;
    std::vector<std::pair<std::string, int>> speeds; ///< by class, km/h
    std::string barrier;                             ///< a layer; may be empty
    double cell = 0;                                 ///< metres
    bool active = false;                             ///< some criterion measures minutes, at a price worth it
};

struct Draft {
    std::string title;
    DraftArea area;
    DraftSites sites;
    double cell = 0;                         ///< metres
    double cells = 0;                        ///< about how many there will be
    std::vector<DraftLayer> layers;          ///< that something uses
    std::vector<const FoundLayer*> left_out; ///< that nothing uses
    std::vector<DraftCriterion> criteria;    ///< by theme, as the catalogue has them
    std::vector<DraftConstraint> constraints;
    DraftFriction friction;
};

/// Puts together what the data and the wishes give. Throws Error when there are no
/// data, as draft_area() and draft_sites() do, and when no criterion at all has its layer.
/// `data` must outlive the draft.
Draft draft_study(const Wishes& wishes, const FoundData& data, const rasters::Access& access);

} // namespace zonerank::engine
