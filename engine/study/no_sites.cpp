// SPDX-License-Identifier: Apache-2.0
#include "engine/study/no_sites.hpp"

namespace zonerank::engine {

using layers::Node;

bool says_no_sites(const Node& sites) {
    return sites.is_scalar() && sites.text == "none";
}

bool may_have_no_sites(const Study& study) {
    const Node* sites = study.expanded.find("sites");
    const Node* optional = sites ? sites->find("optional") : nullptr;
    return sites && (says_no_sites(*sites) || (optional && optional->text == "true"));
}

bool ranks_sites(const Study& study, const Territory& territory) {
    return study.sites && !territory.candidates.empty();
}

void ask_nothing_of_sites(Study& study) {
    study.compare.reset();
    study.profiles.clear();
    if (study.validate && !study.validate->good.on_map())
        study.validate.reset();
}

} // namespace zonerank::engine
