// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/ahp_weights.hpp"

#include "engine/text/listing.hpp"
#include "engine/weights/ahp.hpp"
#include "engine/weights/judgements.hpp"
#include "layers/terms/problems.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace zonerank::engine {

namespace {

using layers::Node;

struct MethodName {
    AhpMethod method;
    std::string name, words;
};

const std::array<MethodName, 3>& methods() {
    static const std::array<MethodName, 3> all{
        MethodName{AhpMethod::eigenvector, "eigenvector", "principal eigenvector"},
        MethodName{AhpMethod::geometric_mean, "geometric mean", "geometric mean of rows"},
        MethodName{AhpMethod::column_mean, "column mean", "mean of normalised columns"}};
    return all;
}

struct Person {
    std::string name;
    Judgements judgements;
    double share = 1; ///< of all people's importance
};

/// The value of one of the words beside the judgements, out of them.
std::optional<Node> taken(Node& body, std::string_view key) {
    const Node* found = body.find(key);
    if (!found)
        return std::nullopt;
    Node value = *found;
    std::erase_if(body.entries, [&](const auto& entry) { return entry.first == key; });
    return value;
}

std::size_t one_of(const Node& node, std::string_view what, std::span<const std::string> words) {
    const std::string& word = scalar_of(node, "one word");
    const auto it = std::ranges::find(words, word);
    if (it == words.end())
        throw Error("{}", layers::unknown(what, word, words));
    return static_cast<std::size_t>(it - words.begin());
}

const MethodName& method_of(const std::optional<Node>& node) {
    std::vector<std::string> words;
    for (const MethodName& method : methods())
        words.push_back(method.name);
    return methods()[node ? in_context("'method'", [&] { return one_of(*node, "method", words); }) : 0];
}

std::string as_number(double judgement) {
    return judgement >= 1 ? fmt::format("{:.3g}", judgement) : fmt::format("1/{:.3g}", 1 / judgement);
}

std::string pair_text(Members members, std::size_t i, std::size_t j, double judgement) {
    return fmt::format("'{} vs {}' {}", members[i], members[j], as_number(judgement));
}

std::string triad_text(const Ahp& result, Members members, const Disagreement& apart) {
    const auto [i, j, k] = apart.triad;
    return fmt::format("{}, {}, {}", pair_text(members, i, j, result.matrix[i][j]),
                       pair_text(members, j, k, result.matrix[j][k]), pair_text(members, i, k, result.matrix[i][k]));
}

std::string mend_text(const Mend& change, Members members) {
    return fmt::format("{} instead of {} would make the ratio {:.2f}",
                       pair_text(members, change.i, change.j, change.judgement), as_number(change.given),
                       change.consistency_ratio);
}

std::string filled_text(const Ahp& result, Members members) {
    std::vector<std::string> texts;
    for (const auto& [i, j] : result.filled) {
        const bool turned = result.matrix[i][j] < 1;
        texts.push_back(
            pair_text(members, turned ? j : i, turned ? i : j, result.matrix[turned ? j : i][turned ? i : j]));
    }
    return listed(std::move(texts), 8);
}

// Of three judgements, each is as far from the weights as the others.
std::string contradiction(const Ahp& result, Members members, const Mend& change) {
    const WorstJudgement& worst = result.worst;
    std::string text =
        fmt::format("consistency ratio {:.3f} is above 0.10: the judgements contradict each other, {} '{} vs {}', "
                    "given as {:.3g} where the weights imply {:.2g}",
                    result.consistency_ratio, members.size() > 3 ? "most of all" : "such as", members[worst.i],
                    members[worst.j], worst.given, worst.implied);
    return change.i == change.j ? text : fmt::format("{}; {}", text, mend_text(change, members));
}

std::vector<double> numbers(const Weights& weights) {
    return {weights.begin(), weights.end()};
}

void add_figures(const Ahp& result, Members members, std::vector<Detail>& details) {
    details.push_back({"eigenvector", numbers(result.eigenvector)});
    details.push_back({"geometric mean", numbers(result.geometric_mean)});
    details.push_back({"column mean", numbers(result.column_mean)});
    if (!result.filled.empty())
        details.push_back({"filled in", filled_text(result, members)});
    if (members.size() < 3)
        return;
    const Disagreement apart = disagreement(result.matrix);
    details.push_back({"largest eigenvalue", result.lambda_max});
    details.push_back({"consistency index", result.consistency_index});
    details.push_back(
        {fmt::format("consistency ratio ({})", random_index_source(members.size())), result.consistency_ratio});
    if (const double index = random_index_donegan_dodd(members.size()); !std::isnan(index))
        details.push_back({"consistency ratio (Donegan and Dodd 1991)", result.consistency_index / index});
    details.push_back({"Koczkodaj index", apart.koczkodaj});
    details.push_back({"congruence", apart.congruence});
    details.push_back({"dissonance", apart.dissonance});
    if (apart.triad[0] != apart.triad[1]) {
        details.push_back({"worst three", triad_text(result, members, apart)});
        details.push_back({"what would mend it", mend_text(mend(result.matrix, apart.triad), members)});
    }
}

std::vector<std::string> warnings_of(const Ahp& result, Members members) {
    std::vector<std::string> warnings;
    if (!result.filled.empty())
        warnings.push_back(fmt::format("not judged, and filled in so that the rest contradicts itself least: {}",
                                       filled_text(result, members)));
    if (result.consistency_ratio > 0.10)
        warnings.push_back(contradiction(result, members, mend(result.matrix, disagreement(result.matrix).triad)));
    return warnings;
}

std::string ratio_text(const Ahp& result, std::size_t size) {
    return size > 2 ? fmt::format(", CR {:.2f} ({})", result.consistency_ratio, random_index_source(size)) : "";
}

Weighing of_one(const Judgements& judgements, Members members, const MethodName& method) {
    const Ahp result = ahp(judgements, members, method.method);
    const std::string gaps = result.filled.empty() ? "" : ", least contradictory completion (Bozoki et al. 2010)";
    Weighing weighing{result.weights, "ahp",
                      fmt::format("AHP, {}{}{}", method.words, ratio_text(result, members.size()), gaps),
                      warnings_of(result, members)};
    add_figures(result, members, weighing.details);
    return weighing;
}

/// Whose importance is not given counts as much as the others.
void share_importance(std::vector<Person>& people, const std::optional<Node>& importance) {
    std::vector<std::string> names;
    for (const Person& person : people)
        names.push_back(person.name);
    const Weights shares =
        importance
            ? in_context("'importance'", [&] { return direct_weighing(weights_by_name(*importance, names)).weights; })
            : Weights::equal(names.size());
    for (std::size_t p = 0; p < people.size(); ++p)
        people[p].share = shares[p];
    std::erase_if(people, [](const Person& person) { return person.share == 0; });
}

std::vector<Person> read_people(const Node& people, Members members) {
    if (!people.is_map() || people.entries.empty())
        throw Error("expected judgements of each person such as {{Planner: {{power vs highway: 2}}}}, found {}",
                    people.kind_name());
    std::vector<Person> result;
    for (const auto& entry : people.entries)
        in_context("'" + entry.first + "'", [&] {
            if (!entry.second.is_map() || entry.second.entries.empty())
                throw Error("expected judgements such as {{power vs highway: 2}}, found {}", entry.second.kind_name());
            result.push_back({entry.first, checked_judgements(read_judgements(entry.second, members), members)});
        });
    return result;
}

/// Of those who judged the pair; NaN when nobody did.
double mean_judgement(std::span<const Person> people, std::size_t i, std::size_t j) {
    double sum = 0, shares = 0;
    for (const Person& person : people)
        if (!std::isnan(person.judgements[i][j])) {
            sum += person.share * std::log(person.judgements[i][j]);
            shares += person.share;
        }
    return shares > 0 ? std::exp(sum / shares) : std::numeric_limits<double>::quiet_NaN();
}

Judgements mean_judgements(std::span<const Person> people, std::size_t size) {
    Judgements mean(size, std::vector<double>(size, 1));
    for (std::size_t i = 0; i < size; ++i)
        for (std::size_t j = i + 1; j < size; ++j) {
            mean[i][j] = mean_judgement(people, i, j);
            mean[j][i] = 1 / mean[i][j];
        }
    return mean;
}

Weights mean_weights(std::span<const Person> people, const std::vector<Weighing>& each, std::size_t size) {
    std::vector<double> weights(size);
    for (std::size_t i = 0; i < size; ++i) {
        double logarithm = 0;
        for (std::size_t p = 0; p < people.size(); ++p)
            logarithm += people[p].share * std::log(each[p].weights[i]);
        weights[i] = std::exp(logarithm);
    }
    return Weights::of(weights);
}

double ratio_in(const Weighing& weighing) {
    for (const Detail& detail : weighing.details)
        if (detail.name.starts_with("consistency ratio"))
            return std::get<double>(detail.value);
    return 0;
}

/// What each person's own judgements say, for whoever could be weighed alone.
void add_people(std::span<const Person> people, const std::vector<Weighing>& each, Weighing& weighing) {
    for (std::size_t p = 0; p < people.size(); ++p) {
        weighing.details.push_back({people[p].name, numbers(each[p].weights)});
        weighing.details.push_back({people[p].name + ": share of the say", people[p].share});
        if (each[p].weights.size() > 2)
            weighing.details.push_back({people[p].name + ": consistency ratio", ratio_in(each[p])});
        for (const std::string& warning : each[p].warnings)
            weighing.warnings.push_back(fmt::format("'{}': {}", people[p].name, warning));
    }
}

std::vector<Weighing> weigh_each(std::span<const Person> people, Members members, const MethodName& method) {
    std::vector<Weighing> each;
    for (const Person& person : people)
        each.push_back(in_context("'" + person.name + "'", [&] { return of_one(person.judgements, members, method); }));
    return each;
}

Weighing by_priorities(std::span<const Person> people, Members members, const MethodName& method) {
    const std::vector<Weighing> each = weigh_each(people, members, method);
    Weighing weighing{mean_weights(people, each, members.size()), "ahp",
                      fmt::format("AHP of {} people, geometric mean of their priorities (Forman and Peniwati 1998), "
                                  "each by {}",
                                  people.size(), method.words)};
    add_people(people, each, weighing);
    return weighing;
}

/// Who left pairs out may not be weighed alone; the group still is.
bool complete(const Judgements& judgements) {
    return std::ranges::none_of(judgements, [](const auto& row) {
        return std::ranges::any_of(row, [](double judgement) { return std::isnan(judgement); });
    });
}

Weighing by_judgements(std::vector<Person> people, Members members, const MethodName& method) {
    Weighing weighing = of_one(mean_judgements(people, members.size()), members, method);
    weighing.summary = fmt::format("AHP of {} people, geometric mean of their judgements (Forman and Peniwati 1998){}",
                                   people.size(), weighing.summary.substr(3));
    std::erase_if(people, [](const Person& person) { return !complete(person.judgements); });
    add_people(people, weigh_each(people, members, method), weighing);
    return weighing;
}

Weighing of_people(const Node& people_node, Node rest, Members members, const MethodName& method) {
    const std::optional<Node> by = taken(rest, "by"), importance = taken(rest, "importance");
    if (!rest.entries.empty())
        throw Error("'{}' does not go together with 'people'", rest.entries.front().first);
    std::vector<Person> people = in_context("'people'", [&] { return read_people(people_node, members); });
    share_importance(people, importance);
    const std::vector<std::string> words{"judgements", "priorities"};
    const bool priorities = by && in_context("'by'", [&] { return one_of(*by, "way", words); }) == 1;
    return priorities ? by_priorities(people, members, method) : by_judgements(std::move(people), members, method);
}

} // namespace

Weighing ahp_weights(const Node& body, Members members) {
    Node rest = body;
    const MethodName& method = method_of(taken(rest, "method"));
    if (const std::optional<Node> people = taken(rest, "people"))
        return of_people(*people, std::move(rest), members, method);
    return of_one(read_judgements(rest, members), members, method);
}

} // namespace zonerank::engine
