// SPDX-License-Identifier: Apache-2.0
#include "engine/presentations.hpp"

#include "engine/report/report.hpp"

namespace zonerank::engine {

std::vector<Presentation> presentations(const Prepared& prepared, const DisplayMaps* display) {
    std::vector<Presentation> all;
    if (prepared.study.outputs.report)
        all.push_back({{"report.html"}, [display](const Results& results) { write_report(results, display); }});
    return all;
}

} // namespace zonerank::engine
