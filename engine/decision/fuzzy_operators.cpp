// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/fuzzy_operators.hpp"

#include "engine/decision/cellwise.hpp"
#include "engine/decision/means.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/exponential.hpp"

namespace zonerank::engine {

namespace {

/// A rule of one running number that no weight enters.
template <typename Norm>
struct Running {
    static constexpr std::size_t sums = 1;
    static constexpr std::array<double, sums> start{Norm::neutral};
    ZONERANK_INLINE static double member(std::size_t, double share) { return share; }
    ZONERANK_INLINE static void add(std::array<double, sums>& all, double value, double) {
        all[0] = Norm::of(all[0], value);
    }
    ZONERANK_INLINE static double result(const std::array<double, sums>& all, double) { return all[0]; }
};

struct ProductAnd {
    static constexpr double neutral = 1;
    ZONERANK_INLINE static double of(double a, double b) { return a * b; }
};
struct LukasiewiczAnd {
    static constexpr double neutral = 1;
    ZONERANK_INLINE static double of(double a, double b) {
        const double excess = a + b - 1;
        return a == 1 ? b : b == 1 ? a : excess > 0 ? excess : 0; // 1 + b - 1 would round b
    }
};
struct DrasticAnd {
    static constexpr double neutral = 1;
    ZONERANK_INLINE static double of(double a, double b) { return a == 1 ? b : b == 1 ? a : 0; }
};
struct FodorAnd {
    static constexpr double neutral = 1;
    ZONERANK_INLINE static double of(double a, double b) {
        const double least = a < b ? a : b;
        return a == 1 || b == 1 || a + b > 1 ? least : 0;
    }
};
struct HamacherAnd {
    static constexpr double neutral = 1;
    ZONERANK_INLINE static double of(double a, double b) {
        const double both = a * b / (a + b - a * b);
        return a + b > 0 ? both : 0;
    }
};

struct ProductOr {
    static constexpr double neutral = 0;
    ZONERANK_INLINE static double of(double a, double b) { return a + b * (1 - a); }
};
struct LukasiewiczOr {
    static constexpr double neutral = 0;
    ZONERANK_INLINE static double of(double a, double b) { return a + b < 1 ? a + b : 1; }
};
struct DrasticOr {
    static constexpr double neutral = 0;
    ZONERANK_INLINE static double of(double a, double b) { return a == 0 ? b : b == 0 ? a : 1; }
};
struct FodorOr {
    static constexpr double neutral = 0;
    ZONERANK_INLINE static double of(double a, double b) {
        const double greatest = a > b ? a : b;
        return a == 0 || b == 0 || a + b < 1 ? greatest : 1;
    }
};
struct HamacherOr {
    static constexpr double neutral = 0;
    ZONERANK_INLINE static double of(double a, double b) {
        const double either = 1 - HamacherAnd::of(1 - a, 1 - b);
        return a == 0 ? b : b == 0 ? a : either;
    }
};

/// Product and sum at once.
struct Gamma {
    double gamma;

    static constexpr std::size_t sums = 2;
    static constexpr std::array<double, sums> start{1, 0};
    ZONERANK_INLINE static double member(std::size_t, double share) { return share; }
    ZONERANK_INLINE static void add(std::array<double, sums>& both, double value, double) {
        both[0] = ProductAnd::of(both[0], value);
        both[1] = ProductOr::of(both[1], value);
    }
    // A product of many values may be subnormal, which logarithm() does not take: 0 to any purpose.
    // Its logarithm stays finite, so that an exponent of 0 silences it.
    ZONERANK_INLINE static double log_of(double x) {
        const double found = rasters::logarithm(x);
        return x < std::numeric_limits<double>::min() ? -1e300 : found;
    }
    ZONERANK_INLINE double result(const std::array<double, sums>& both, double) const {
        return rasters::exponential((1 - gamma) * log_of(both[0]) + gamma * log_of(both[1]));
    }
};

} // namespace

template <typename Norm>
static Aggregation running() {
    Aggregation aggregation = cellwise(Running<Norm>{});
    aggregation.by_weight = false;
    return aggregation;
}

Aggregation fuzzy_product() {
    return t_norm(NormFamily::product);
}

Aggregation fuzzy_sum() {
    return t_conorm(NormFamily::product);
}

Aggregation fuzzy_gamma(double gamma) {
    if (!(gamma >= 0 && gamma <= 1))
        throw Error("gamma: from 0 (fuzzy product) to 1 (fuzzy sum), found {:g}", gamma);
    Aggregation aggregation = cellwise(Gamma{gamma});
    aggregation.summary = fmt::format(
        "fuzzy gamma, fuzzy sum ^ {:g} x fuzzy product ^ {:g} (Zimmermann and Zysno 1980)", gamma, 1 - gamma);
    aggregation.by_weight = false;
    aggregation.numbers = {{"gamma", gamma}};
    return aggregation;
}

NormFamily norm_family(std::string_view name) {
    constexpr std::array<std::string_view, 6> words{"zadeh", "product", "lukasiewicz", "drastic", "fodor", "hamacher"};
    const auto found = std::ranges::find(words, name);
    if (found == words.end())
        throw Error("no family of t-norms is called '{}'", name);
    return static_cast<NormFamily>(found - words.begin());
}

Aggregation t_norm(NormFamily family) {
    switch (family) {
    case NormFamily::zadeh:
        return minimum();
    case NormFamily::product:
        return running<ProductAnd>();
    case NormFamily::lukasiewicz:
        return running<LukasiewiczAnd>();
    case NormFamily::drastic:
        return running<DrasticAnd>();
    case NormFamily::fodor:
        return running<FodorAnd>();
    case NormFamily::hamacher:
        return running<HamacherAnd>();
    }
    return {};
}

Aggregation t_conorm(NormFamily family) {
    switch (family) {
    case NormFamily::zadeh:
        return maximum();
    case NormFamily::product:
        return running<ProductOr>();
    case NormFamily::lukasiewicz:
        return running<LukasiewiczOr>();
    case NormFamily::drastic:
        return running<DrasticOr>();
    case NormFamily::fodor:
        return running<FodorOr>();
    case NormFamily::hamacher:
        return running<HamacherOr>();
    }
    return {};
}

} // namespace zonerank::engine
