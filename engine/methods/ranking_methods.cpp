// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/ranking_methods.hpp"

#include "engine/methods/method_params.hpp"
#include "engine/methods/method_rows.hpp"

namespace zonerank::engine {

Method method(const layers::Params& params, std::string variant, std::string assumes,
              std::function<Outcome(const MethodInput&)> rank) {
    return {.of = params.has("of") ? read_of(params) : Of::values,
            .variant = std::move(variant),
            .assumes = std::move(assumes),
            .parameters = stated(params),
            .rank = std::move(rank)};
}

RankingMethodKind row(std::string_view name, std::string_view summary, std::vector<layers::Parameter> parameters,
                      Method (*make)(const layers::Params&, std::span<const MatrixCriterion>), std::string_view source,
                      std::vector<std::string_view> properties) {
    RankingMethodKind kind;
    kind.name = name;
    kind.summary = summary;
    kind.parameters = std::move(parameters);
    kind.make = make;
    kind.source = source;
    kind.properties = std::move(properties);
    return kind;
}

layers::Parameter of_parameter() {
    return {.name = "of",
            .help = "the sites' measurements, each with its sense, or their values from 0 to 1",
            .type = layers::Type::choice,
            .fallback = "measurements",
            .choices = "measurements, values"};
}

layers::Parameter share(std::string_view name, std::string_view help, std::string_view fallback) {
    return {.name = name, .help = help, .type = layers::Type::number, .fallback = fallback};
}

std::span<const RankingMethodKind> ranking_methods() {
    static const std::vector<RankingMethodKind> table = [] {
        std::vector<RankingMethodKind> all = compensating_rows();
        for (RankingMethodKind& kind : outranking_rows())
            all.push_back(std::move(kind));
        return all;
    }();
    return table;
}

} // namespace zonerank::engine
