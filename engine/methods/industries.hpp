// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/assignment.hpp"

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace zonerank::engine {

/// One site for one industry.
struct Fit {
    double score = std::numeric_limits<double>::quiet_NaN(); ///< 0 .. 1; NaN: not known
    int rank = 0;         ///< among the sites that suit the industry, 1 is best, equals share; 0: not suited
    std::string reason{}; ///< why it's not suited; empty: it is, and has a score
    bool suited() const { return reason.empty(); }
};

/// What an industry looks for.
struct Industry {
    std::string name, label; ///< the name is unique
    int wanted = 1;          ///< sites
};

/// A site that takes industries.
struct IndustrySite {
    std::string id, name; ///< the id is unique
    int capacity = 1;     ///< industries
};

/// Sites x industries: what each is to the other. No answer depends on the order of
/// either: equals are taken by name, then id.
struct IndustryMatrix {
    std::vector<IndustrySite> sites;
    std::vector<Industry> industries;
    std::vector<Fit> fits; ///< row by row, a row per site

    Fit& at(std::size_t site, std::size_t industry) { return fits[site * industries.size() + industry]; }
    const Fit& at(std::size_t site, std::size_t industry) const { return fits[site * industries.size() + industry]; }
};

/// Ranks the sites of each industry.
void rank(IndustryMatrix& matrix);

/// The sites that suit an industry, best first.
std::vector<std::size_t> suited_sites(const IndustryMatrix& matrix, std::size_t industry);

/// What an industry has lost when it takes its second best site: the difference of
/// the scores. NaN when fewer than two suit it.
double regret(const IndustryMatrix& matrix, std::size_t industry);

/// The industries that a site suits, the one with the highest score first.
std::vector<std::size_t> suited_industries(const IndustryMatrix& matrix, std::size_t site);

/// Which industry goes where.
struct IndustryPlan {
    struct Place {
        std::size_t industry, site;
    };
    std::vector<Place> places; ///< by industry, then the sites of each, best first
    double total = 0;          ///< sum of their scores
    std::vector<int> without;  ///< by industry: sites that it looks for and does not get
};

/// The best plan there is (see assigned()).
IndustryPlan plan(const IndustryMatrix& matrix, Aim aim);

} // namespace zonerank::engine
