// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"
#include "engine/plan/plan.hpp"

#include <set>
#include <string>
#include <vector>

namespace zonerank::engine {

/// What a result depends on: a hash of all of it, and the files among it.
struct Signature {
    std::string hash;
    std::vector<std::string> files; ///< as the study's folder sees them
};

/// A table of a database, as the inputs of a plan name it.
std::string table_input(const std::string& database, const std::string& table);

/// What the results of a study's units depend on: no more than can change them, so that a change of, say,
/// weights leaves what was solved as it is. Keeps references. Throws Changed for a layer's input that `inputs`
/// hasn't: it came after they were listed.
class Signatures {
public:
    /// `inputs`: all files of the study with their sums.
    Signatures(const Prepared& prepared, const std::vector<PlannedInput>& inputs);

    Signature of_field(std::size_t field) const;
    Signature of_facts(std::size_t criterion) const;
    Signature of_weights() const; ///< of what the sites measure
    Signature of_score(bool sites_only) const;

private:
    using Names = std::set<std::string>; ///< of layers

    Names layers_in(const layers::Node& part) const;
    void add_layers(const layers::Measure& measure, Names& names) const;
    Signature inputs_of_fields() const;
    std::set<std::string> planned_names(const layers::LayerSpec& spec) const;
    const PlannedInput& input_called(const std::string& name) const;
    Signature of_layers(const Names& names) const;
    Signature of_all_inputs() const;
    std::string ground() const;

    const Prepared& m_p;
    const std::vector<PlannedInput>& m_inputs;
};

} // namespace zonerank::engine
