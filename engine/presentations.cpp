// SPDX-License-Identifier: Apache-2.0
#include "engine/presentations.hpp"

#include "engine/qgis/study_project.hpp"
#include "engine/report/report.hpp"

namespace zonerank::engine {

std::vector<Presentation> presentations(const Prepared& prepared, const DisplayMaps* display) {
    const OutputsSpec& wanted = prepared.study.outputs;
    std::vector<Presentation> all;
    if (wanted.project)
        all.push_back({study_project_files(), write_study_project});
    if (wanted.report)
        all.push_back({{"report.html"}, [display](const Results& results) { write_report(results, display); }});
    return all;
}

} // namespace zonerank::engine
