// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/batch/batch.hpp"
#include "tests/support/run.hpp"

namespace zonerank::tests {

/// The left and the right half of small_study's ground, as districts "West" and "East".
inline engine::OverSpec two_halves(const StudyFolder& folder) {
    folder.features("districts.geojson", {rectangle(0, 0, 60, 120, R"("district": "West", "code": 1)"),
                                          rectangle(60, 0, 60, 120, R"("district": "East", "code": 2)")});
    return {folder.path("districts.geojson"), "", "district", ""};
}

/// small_study without an area and with a site in each half, to go over them.
inline engine::BatchOptions batch_over_halves(const StudyFolder& folder, const std::string& more = "") {
    std::string text = small_study(folder, more);
    text.erase(text.find("area: "), text.find('\n', text.find("area: ")) + 1 - text.find("area: "));
    folder.features("sites.geojson", {rectangle(10, 70, 40, 40, R"("name": "hill", "price": 3)"),
                                      rectangle(70, 70, 40, 40, R"("name": "ridge", "price": 5)")});
    write_file(folder.path("study.yaml"), text);
    return {
        .studies = {folder.path("study.yaml")}, .over = two_halves(folder), .folder = folder.path("all"), .threads = 2};
}

} // namespace zonerank::tests
