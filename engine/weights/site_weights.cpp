// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/site_weights.hpp"

#include "engine/weights/data_weights.hpp"

#include <algorithm>
#include <cassert>
#include <cctype>

namespace zonerank::engine {

namespace {

using layers::Node;

struct Method {
    const char* name;
    const char* summary; ///< variant and assumptions
    DataWeights (*weigh)(const DataTable&);
};

Numbers numbers_of(const Node& body, const char* method) {
    static const std::vector<std::string> keys{"of"};
    if (!body.is_empty() && !body.is_map())
        throw Error("expected {{{}: {{of: measurements}}}} or {{of: values}}, found {}", method, body.kind_name());
    refuse_other_keys(body, keys);
    const Node* of = body.find("of");
    if (!of || scalar_of(*of, "'measurements' or 'values'") == "measurements")
        return Numbers::measurements;
    if (of->text != "values")
        throw Error("'of': expected measurements or values, found '{}'", of->text);
    return Numbers::values;
}

std::string source_text(const DataTable& table, const DecisionMatrix& matrix, Numbers numbers) {
    const std::size_t left = matrix.rows() - table.sites.size();
    return fmt::format("of the {} of {} sites{}", numbers == Numbers::values ? "values" : "measurements",
                       table.sites.size(), left ? fmt::format(" ({} without all numbers left out)", left) : "");
}

Weighing known(const Method& method, Numbers numbers, const DecisionMatrix& matrix) {
    const DataTable table = data_table(matrix, numbers);
    DataWeights result = in_context(method.name, [&] { return method.weigh(table); });
    Weighing weighing{Weights::of(result.weights), method.name,
                      fmt::format("{}, {}", method.summary, source_text(table, matrix, numbers)),
                      std::move(result.notes)};
    for (auto& [name, figure] : result.figures)
        weighing.details.push_back({std::move(name), std::move(figure)});
    const std::string fixed = as_fixed(weighing.weights, matrix.criteria);
    weighing.details.push_back({"the same elsewhere", fixed});
    weighing.warnings.push_back(fmt::format("{} weights follow from these sites alone: scores of two areas can't be "
                                            "compared, and another site changes them; weights: {} repeats them",
                                            method.name, fixed));
    return weighing;
}

Weighing waiting(const Node& body, Members members, const Method& method) {
    const Numbers numbers = numbers_of(body, method.name);
    Weighing weighing{Weights::equal(members.size()), method.name,
                      fmt::format("{}, of the sites once they are measured", method.summary)};
    weighing.later = [method, numbers, size = members.size()](const DecisionMatrix& matrix) {
        assert(matrix.columns() == size);
        return known(method, numbers, matrix);
    };
    return weighing;
}

// A name that YAML would read as something else stands in quotes.
std::string key_text(const std::string& name) {
    const bool plain = std::ranges::all_of(
        name, [](unsigned char c) { return std::isalnum(c) || c >= 0x80 || c == ' ' || c == '_' || c == '-'; });
    if (plain && !name.empty() && std::isalpha(static_cast<unsigned char>(name.front())) && name.back() != ' ')
        return name;
    std::string quoted = "'";
    for (const char c : name)
        quoted += c == '\'' ? "''" : std::string(1, c);
    return quoted + "'";
}

} // namespace

std::string as_fixed(const Weights& weights, Members members) {
    std::string text;
    for (std::size_t i = 0; i < members.size(); ++i)
        text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", key_text(members[i]), weights[i]);
    return "{fixed: {" + text + "}}";
}

Weighing weigh_by_entropy(const Node& body, Members members) {
    return waiting(
        body, members,
        {"entropy", "entropy of each one's shares of its sum (Shannon 1948; Hwang and Yoon 1981)", entropy_weights});
}

Weighing weigh_by_deviation(const Node& body, Members members) {
    return waiting(body, members,
                   {"standard deviation", "standard deviation between the worst and the best site", deviation_weights});
}

Weighing weigh_by_critic(const Node& body, Members members) {
    return waiting(body, members,
                   {"critic", "CRITIC, deviation times conflict by Pearson's correlation (Diakoulaki et al. 1995)",
                    critic_weights});
}

Weighing weigh_by_merec(const Node& body, Members members) {
    return waiting(body, members,
                   {"merec", "MEREC, what leaving each out changes (Keshavarz-Ghorabaee et al. 2021)", merec_weights});
}

Weighing weigh_by_cilos(const Node& body, Members members) {
    return waiting(
        body, members,
        {"cilos", "CILOS, what is lost of each at the others' best (Zavadskas and Podvezko 2016)", cilos_weights});
}

Weighing weigh_by_idocriw(const Node& body, Members members) {
    return waiting(body, members,
                   {"idocriw", "IDOCRIW, entropy times CILOS (Zavadskas and Podvezko 2016)", idocriw_weights});
}

} // namespace zonerank::engine
