// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/study/criteria.hpp"
#include "tests/support/study.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>

namespace zonerank::tests::desk {

/// A study over a road, a hill and some sites.
class Desk {
public:
    Desk() {
        m_folder.features("roads.geojson", {{"", "LineString", {{0, 13}, {60, 13}}}});
        m_folder.features("sites.geojson", {rectangle(0, 0, 20, 20, R"("price": 3)")});
        m_folder.raster("hill.tif", 2, {1, 2, 3, 4});
    }

    /// The decision of these criteria; what is wrong is in errors() and warnings().
    engine::Decision read(const std::string& criteria, const std::string& more = "") {
        m_problems = {};
        const std::string text = fmt::format(
            "{}layers: {{roads: {}, hill: {{source: {}, unit: m}}}}\nsites: {{source: {}}}\n{}\ncriteria:\n{}",
            square_area(4), m_folder.path("roads.geojson"), m_folder.path("hill.tif"), m_folder.path("sites.geojson"),
            more, criteria);
        m_study = engine::study_from(yaml(text), m_folder.path("study.yaml"), m_problems);
        REQUIRE_MESSAGE(m_problems.ok(), text_of(m_problems));
        m_sources.emplace(m_study.layers, rasters::Access{});
        return engine::read_decision(m_study, *m_sources, m_problems);
    }
    engine::Decision good(const std::string& criteria, const std::string& more = "") {
        engine::Decision decision = read(criteria, more);
        REQUIRE_MESSAGE(m_problems.ok(), errors());
        return decision;
    }
    std::string wrong(const std::string& criteria, const std::string& more = "") {
        read(criteria, more);
        return errors();
    }

    std::string errors() const { return text_of(m_problems); }
    std::string warnings() const {
        std::string all;
        for (const auto& warning : m_problems.warnings())
            all += warning.text + "\n";
        return all;
    }

private:
    StudyFolder m_folder;
    layers::Problems m_problems;
    engine::Study m_study;
    std::optional<layers::Sources> m_sources;
};

inline const std::string road = "measure: {distance: {to: roads}}, value: {linear: {best: 0 km, worst: 20 km}}";
inline const std::string height = "measure: {sample: {of: hill}}, value: {linear: {best: 0 m, worst: 10 m}}";
inline const std::string price =
    "measure: {site field: {field: price, unit: PKR/acre}}, value: {linear: {best: 0, worst: 10 PKR/acre}}";

inline std::string one(const std::string& criterion) {
    return "  t: {a: {" + criterion + "}}\n";
}

} // namespace zonerank::tests::desk
