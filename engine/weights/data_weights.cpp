// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/data_weights.hpp"

#include "engine/decision/linear_equations.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace zonerank::engine {

namespace {

using Column = std::vector<double>;

double total(const Column& column) {
    return std::accumulate(column.begin(), column.end(), 0.0);
}

bool is_constant(const Column& column) {
    const auto [least, most] = std::ranges::minmax(column);
    return least == most;
}

/// Refuses the first number that is below 0, or 0 where it must not be.
void require_numbers(const DataTable& table, std::size_t c, bool above_zero, std::string_view method) {
    for (std::size_t s = 0; s < table.sites.size(); ++s)
        if (const double number = table.columns[c][s]; number < 0 || (above_zero && number == 0))
            throw Error("{} needs numbers {}, and '{}' is {:g} at site '{}'; weigh the other of "
                        "measurements and values, or by critic or standard deviation",
                        method, above_zero ? "above 0" : "of 0 or more", table.criteria[c], number, table.sites[s]);
}

/// 0 at the worst site, 1 at the best.
Column scaled(const DataTable& table, std::size_t c) {
    const auto [least, most] = std::ranges::minmax(table.columns[c]);
    Column result;
    for (const double number : table.columns[c])
        result.push_back((table.less[c] ? most - number : number - least) / (most - least));
    return result;
}

double deviation(const Column& column) {
    const auto n = static_cast<double>(column.size());
    const double mean = total(column) / n;
    double squares = 0;
    for (const double number : column)
        squares += (number - mean) * (number - mean);
    return std::sqrt(squares / n);
}

double correlation(const Column& a, const Column& b) {
    const auto n = static_cast<double>(a.size());
    const double mean_a = total(a) / n, mean_b = total(b) / n;
    double products = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        products += (a[i] - mean_a) * (b[i] - mean_b);
    return std::clamp(products / n / (deviation(a) * deviation(b)), -1.0, 1.0);
}

Column to_sum_one(Column column) {
    const double sum = total(column);
    for (double& entry : column)
        entry /= sum;
    return column;
}

/// The table of those criteria alone that tell sites apart, and their places.
struct Varying {
    DataTable table;
    std::vector<std::size_t> places;
};

Varying varying(const DataTable& table) {
    Varying result{{table.sites, {}, {}, {}}, {}};
    for (std::size_t c = 0; c < table.criteria.size(); ++c)
        if (!is_constant(table.columns[c])) {
            result.places.push_back(c);
            result.table.criteria.push_back(table.criteria[c]);
            result.table.less.push_back(table.less[c]);
            result.table.columns.push_back(table.columns[c]);
        }
    return result;
}

Column spread_out(const Column& column, const std::vector<std::size_t>& places, std::size_t size, double elsewhere) {
    Column result(size, elsewhere);
    for (std::size_t i = 0; i < places.size(); ++i)
        result[places[i]] = column[i];
    return result;
}

/// Weighs the criteria that tell sites apart; the others get 0, and a note.
DataWeights weigh_varying(const DataTable& table, const std::function<DataWeights(const DataTable&)>& method) {
    const std::size_t size = table.criteria.size();
    if (size == 1)
        return {{1}, {}};
    const Varying rest = varying(table);
    if (rest.places.empty())
        throw Error("every criterion is the same at all {} sites, so none can weigh more by them", table.sites.size());
    DataWeights result = rest.places.size() == 1 ? DataWeights{{1}, {}} : method(rest.table);
    result.weights = spread_out(result.weights, rest.places, size, 0);
    for (auto& [name, figure] : result.figures)
        figure = spread_out(figure, rest.places, size, std::numeric_limits<double>::quiet_NaN());
    for (std::size_t c = 0; c < size; ++c)
        if (is_constant(table.columns[c]))
            result.notes.push_back(fmt::format("'{}' is the same at all sites and gets no weight", table.criteria[c]));
    return result;
}

/// What entropy leaves of 1.
Column diversities(const DataTable& table) {
    Column result;
    for (std::size_t c = 0; c < table.criteria.size(); ++c) {
        require_numbers(table, c, false, "entropy");
        const double sum = total(table.columns[c]);
        double entropy = 0;
        for (const double number : table.columns[c])
            if (number > 0)
                entropy -= number / sum * std::log(number / sum);
        result.push_back(std::max(0.0, 1 - entropy / std::log(static_cast<double>(table.sites.size()))));
    }
    return result;
}

DataWeights by_entropy(const DataTable& table) {
    const Column diversity = diversities(table);
    if (!(total(diversity) > 0))
        throw Error("the criteria differ too little between sites for entropy to weigh them");
    Column entropy = diversity;
    for (double& entry : entropy)
        entry = 1 - entry;
    return {to_sum_one(diversity), {{"entropy", entropy}, {"diversity", diversity}}};
}

Column deviations(const DataTable& table) {
    Column result;
    for (std::size_t c = 0; c < table.criteria.size(); ++c)
        result.push_back(deviation(scaled(table, c)));
    return result;
}

DataWeights by_deviation(const DataTable& table) {
    const Column each = deviations(table);
    return {to_sum_one(each), {{"standard deviation", each}}};
}

DataWeights by_critic(const DataTable& table) {
    std::vector<Column> columns;
    for (std::size_t c = 0; c < table.criteria.size(); ++c)
        columns.push_back(scaled(table, c));
    const Column sd = deviations(table);
    Column conflict(columns.size()), information(columns.size());
    for (std::size_t c = 0; c < columns.size(); ++c) {
        for (std::size_t other = 0; other < columns.size(); ++other)
            conflict[c] += other == c ? 0 : 1 - correlation(columns[c], columns[other]);
        information[c] = sd[c] * conflict[c];
    }
    if (!(total(information) > 1e-12))
        throw Error("all criteria rise and fall together from site to site; critic weighs by their conflict, "
                    "and there is none");
    return {to_sum_one(information),
            {{"standard deviation", sd}, {"conflict", conflict}, {"information", information}}};
}

/// Absolute logarithms of the numbers, scaled so that 1 is the worst of more and 1 the
/// worst of less, by sites.
std::vector<Column> merec_logarithms(const DataTable& table) {
    std::vector<Column> result(table.sites.size());
    for (std::size_t c = 0; c < table.criteria.size(); ++c) {
        require_numbers(table, c, true, "merec");
        const auto [least, most] = std::ranges::minmax(table.columns[c]);
        for (std::size_t s = 0; s < table.sites.size(); ++s) {
            const double number = table.columns[c][s];
            result[s].push_back(std::abs(std::log(table.less[c] ? number / most : least / number)));
        }
    }
    return result;
}

DataWeights by_merec(const DataTable& table) {
    Column effects(table.criteria.size());
    for (const Column& site : merec_logarithms(table)) {
        const auto m = static_cast<double>(site.size());
        const double sum = total(site), overall = std::log1p(sum / m);
        for (std::size_t c = 0; c < site.size(); ++c)
            effects[c] += std::abs(std::log1p(std::max(0.0, sum - site[c]) / m) - overall);
    }
    return {to_sum_one(effects), {{"effect of leaving it out", effects}}};
}

/// Shares of sums in which more is better.
std::vector<Column> cilos_shares(const DataTable& table) {
    std::vector<Column> columns;
    for (std::size_t c = 0; c < table.criteria.size(); ++c) {
        require_numbers(table, c, table.less[c], "cilos");
        Column column = table.columns[c];
        const double least = std::ranges::min(column);
        if (table.less[c])
            for (double& number : column)
                number = least / number;
        columns.push_back(to_sum_one(std::move(column)));
    }
    return columns;
}

/// Share of criterion `lost` that is gone at the best sites of `best`.
double loss(const Column& best, const Column& lost) {
    const double top = std::ranges::max(best), most = std::ranges::max(lost);
    double sum = 0;
    int count = 0;
    for (std::size_t s = 0; s < best.size(); ++s)
        if (best[s] == top) {
            sum += (most - lost[s]) / most;
            ++count;
        }
    return sum / count;
}

DataWeights by_cilos(const DataTable& table) {
    const std::vector<Column> columns = cilos_shares(table);
    const std::size_t size = columns.size();
    SquareMatrix equations(size, Column(size));
    Column losses(size), right(size);
    for (std::size_t i = 0; i < size; ++i)
        for (std::size_t j = 0; j < size; ++j)
            if (i != j) {
                equations[i][j] = loss(columns[i], columns[j]);
                losses[j] += equations[i][j];
            }
    for (std::size_t j = 0; j < size; ++j)
        equations[j][j] = -losses[j];
    equations.back().assign(size, 1); // the rows sum to 0, so one says nothing
    right.back() = 1;
    const auto weights = solve(std::move(equations), std::move(right));
    if (!weights)
        throw Error("several criteria lose nothing where the others are at their best, so cilos can't tell their "
                    "weights apart");
    Column kept = *weights;
    for (double& weight : kept)
        weight = std::max(0.0, weight);
    return {to_sum_one(std::move(kept)), {{"loss", losses}}};
}

DataWeights by_idocriw(const DataTable& table) {
    const DataWeights entropy = by_entropy(table), cilos = by_cilos(table);
    Column both;
    for (std::size_t c = 0; c < table.criteria.size(); ++c)
        both.push_back(entropy.weights[c] * cilos.weights[c]);
    if (!(total(both) > 0))
        throw Error("what entropy weighs cilos does not, so idocriw has no weights");
    return {to_sum_one(std::move(both)), {{"entropy", entropy.weights}, {"cilos", cilos.weights}}};
}

} // namespace

DataWeights entropy_weights(const DataTable& table) {
    return weigh_varying(table, by_entropy);
}

DataWeights deviation_weights(const DataTable& table) {
    return weigh_varying(table, by_deviation);
}

DataWeights critic_weights(const DataTable& table) {
    return weigh_varying(table, by_critic);
}

DataWeights merec_weights(const DataTable& table) {
    return weigh_varying(table, by_merec);
}

DataWeights cilos_weights(const DataTable& table) {
    return weigh_varying(table, by_cilos);
}

DataWeights idocriw_weights(const DataTable& table) {
    return weigh_varying(table, by_idocriw);
}

} // namespace zonerank::engine
