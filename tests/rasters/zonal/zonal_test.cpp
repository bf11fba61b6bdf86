// SPDX-License-Identifier: Apache-2.0
#include "rasters/zonal/zonal.hpp"

#include "rasters/core/archive.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

using Sample = std::vector<std::pair<double, std::int64_t>>;

static Sample sample(std::uint64_t seed, int n, double low, double high) {
    Random random(seed);
    Sample result;
    for (int i = 0; i < n; ++i)
        result.emplace_back(static_cast<float>(random.in(low, high)), 1 + random.below(1 << 28));
    return result;
}

static void shuffle(Sample& s, Random& random) {
    for (std::size_t i = s.size(); i > 1; --i)
        std::swap(s[i - 1], s[static_cast<std::size_t>(random.below(static_cast<int>(i)))]);
}

static ExactSum sum_of(const Sample& s) {
    ExactSum sum;
    for (const auto& item : s)
        sum.add(item.first, item.second);
    return sum;
}

static bool same_bits(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

TEST_CASE("the weighted mean of a sample, by hand and by long double") {
    ExactSum sum;
    CHECK(std::isnan(sum.mean()));
    sum.add(0, 0);
    CHECK(std::isnan(sum.mean()));
    sum.add(3, 1);
    sum.add(-1, 3);
    CHECK(sum.mean() == 0);
    CHECK(sum.weight() == 4);

    for (const auto& range : std::vector<std::pair<double, double>>{{0, 1}, {-1e6, 1e6}, {1e9, 1e10}}) {
        const Sample s = sample(51, 20'000, range.first, range.second);
        long double total = 0, weight = 0;
        for (const auto& item : s) {
            total += static_cast<long double>(item.first) * item.second;
            weight += item.second;
        }
        CHECK(sum_of(s).mean() == doctest::Approx(static_cast<double>(total / weight)).epsilon(1e-10));
    }
}

TEST_CASE("the mean of equal values is that value") {
    for (const double value : {1.0, 0.1F + 0.0, 1234.5678F + 0.0, -3e9, 0x1p34 - 4}) {
        ExactSum sum;
        Random random(52);
        for (int i = 0; i < 1000; ++i)
            sum.add(value, random.below(1 << 28));
        CHECK(sum.mean() == std::nearbyint(value * 0x1p36) * 0x1p-36);
    }
}

TEST_CASE("values are rounded to 2^-36") {
    ExactSum sum;
    sum.add(0x1p-36 * 0.75, 1);
    CHECK(sum.mean() == 0x1p-36);
    sum.add(0x1p-36 * 0.25, 1);
    CHECK(sum.mean() == 0x1p-37);
}

TEST_CASE("a sum has no order and no parts") {
    Sample s = sample(53, 5000, -1e7, 1e7);
    const ExactSum expected = sum_of(s);
    Random random(54);
    for (int i = 0; i < 20; ++i) {
        shuffle(s, random);
        ExactSum parts[3];
        for (const auto& item : s)
            parts[random.below(3)].add(item.first, item.second);
        ExactSum together = parts[2];
        together.add(parts[0]);
        together.add(parts[1]);
        CHECK(same_bits(together.mean(), expected.mean()));
        CHECK(together.weight() == expected.weight());
    }
}

TEST_CASE("what can't be summed is refused") {
    ExactSum sum;
    CHECK_THROWS_AS(sum.add(std::numeric_limits<double>::quiet_NaN(), 1), Error);
    CHECK_THROWS_AS(sum.add(0x1p34, 1), Error);
    CHECK_THROWS_AS(sum.add(-std::numeric_limits<double>::infinity(), 1), Error);
    CHECK(sum.weight() == 0);
    sum.add(0x1p34 - 4, 1LL << 56); // 2^28 cells at once
    sum.add(0x1p34 - 4, 1LL << 56);
    CHECK(sum.mean() == 0x1p34 - 4);
    CHECK_THROWS_AS(sum.add(0x1p34 - 4, 1LL << 56), Error);
    ExactSum other = sum;
    CHECK_THROWS_AS(other.add(sum), Error);
}

static WeightedQuantile quantile_of(const Sample& s, std::int64_t limit = 32'000'000) {
    WeightedQuantile quantile(limit);
    for (const auto& item : s)
        quantile.add(static_cast<float>(item.first), item.second);
    return quantile;
}

// By the definition: sort, then add weights up to p of their total.
static double by_sorting(Sample s, long double p) {
    std::sort(s.begin(), s.end());
    long double total = 0, sum = 0;
    for (const auto& item : s)
        total += item.second;
    for (const auto& item : s)
        if ((sum += item.second) >= p * total)
            return item.first;
    return s.back().first;
}

TEST_CASE("quantiles of a handful of values") {
    CHECK(std::isnan(WeightedQuantile().at(0.5)));
    const WeightedQuantile one = quantile_of({{0.25, 7}});
    for (const double p : {0.0, 0.1, 1.0})
        CHECK(one.at(p) == 0.25);
    const WeightedQuantile four = quantile_of({{1, 1}, {0.5, 1}, {0, 1}, {0.25, 1}});
    struct Row {
        double p, expected;
    };
    for (const Row& row : {Row{0, 0}, {0.25, 0}, {0.26, 0.25}, {0.5, 0.25}, {0.75, 0.5}, {0.76, 1}, {1, 1}}) {
        CAPTURE(row.p);
        CHECK(four.at(row.p) == row.expected);
    }
    CHECK(quantile_of({{0.1F, 1}, {0.9F, 8}, {0.2F, 1}}).at(0.2) == static_cast<double>(0.2F));
    CHECK(quantile_of({{-0.0, 1}, {0.0, 1}}).at(0.5) == 0);
    CHECK_FALSE(std::signbit(quantile_of({{-0.0, 1}}).at(0.5)));
}

TEST_CASE("a share written in decimals reaches what it means") {
    Sample s;
    for (int i = 1; i <= 100; ++i)
        s.emplace_back(i / 128.0, 1 << 24);
    const WeightedQuantile quantile = quantile_of(s);
    for (int percent = 1; percent <= 100; ++percent)
        CHECK(quantile.at(percent / 100.0) == percent / 128.0);
}

TEST_CASE("quantiles are those of a sorted list") {
    Random random(55);
    for (const int n : {1, 2, 10, 1000, 30'000}) {
        Sample s = sample(56, n, 0, 1);
        for (std::size_t i = 1; i < s.size(); i += 3)
            s[i].first = s[i - 1].first; // equal values
        const WeightedQuantile quantile = quantile_of(s);
        CHECK(quantile.exact());
        for (int i = 0; i < 30; ++i) {
            const double p = random.in(0, 1);
            CHECK(quantile.at(p) == by_sorting(s, p));
        }
    }
}

TEST_CASE("quantiles beyond the limit are at most 1/16,384 too high, never too low") {
    const Sample s = sample(57, 20'000, 0, 1);
    CHECK(quantile_of(s, 20'000).exact());
    const WeightedQuantile rough = quantile_of(s, 19'999);
    CHECK_FALSE(rough.exact());
    for (double p = 0; p <= 1; p += 0.01) {
        const double error = rough.at(p) - by_sorting(s, p);
        CHECK(error >= 0);
        CHECK(error < 1.0 / 16'384);
    }
    const WeightedQuantile ends = quantile_of({{0, 1}, {1, 1}, {0, 1}}, 2);
    CHECK(ends.at(0.5) == 0);
    CHECK(ends.at(1) == 1);
}

TEST_CASE("a quantile has no order and no parts, exact or not") {
    Random random(58);
    for (const std::int64_t limit : {3000, 2999, 700, 1}) {
        Sample s = sample(59, 3000, 0, 1);
        const WeightedQuantile expected = quantile_of(s, limit);
        for (int i = 0; i < 10; ++i) {
            shuffle(s, random);
            std::vector<WeightedQuantile> parts(4, WeightedQuantile(limit));
            for (std::size_t k = 0; k < s.size(); ++k) // the last part stays small, and so exact
                parts[k < 100 ? 3 : static_cast<std::size_t>(random.below(3))].add(static_cast<float>(s[k].first),
                                                                                   s[k].second);
            WeightedQuantile together = parts[static_cast<std::size_t>(i % 4)];
            for (int k = 1; k < 4; ++k)
                together.add(parts[static_cast<std::size_t>((i + k) % 4)]);
            CHECK(together.exact() == expected.exact());
            CHECK(together.exact() == (limit == 3000));
            for (const double p : {0.0, 0.1, 0.5, 0.77, 1.0})
                CHECK(same_bits(together.at(p), expected.at(p)));
        }
    }
}

TEST_CASE("no quantile of what is not a number") {
    WeightedQuantile quantile;
    CHECK_THROWS_AS(quantile.add(std::numeric_limits<float>::quiet_NaN(), 1), Error);
    CHECK(std::isnan(quantile.at(0.5)));
}

namespace {

/// A sample's sum and quantiles, some of it in each of a few files.
struct InParts {
    explicit InParts(std::int64_t quantile_limit) : limit(quantile_limit) {}

    void put(int part, const Sample& s) {
        ArchiveOut out(folder / std::to_string(part));
        sum_of(s).put(out);
        quantile_of(s, limit).put(out);
        out.close();
    }
    void take(int part) {
        ArchiveIn in(folder / std::to_string(part));
        sum.take(in);
        quantile.take(in);
        in.close();
    }
    std::string bytes(int part) const { return tests::read_file(folder / std::to_string(part)); }

    tests::Folder folder;
    std::int64_t limit;
    ExactSum sum{};
    WeightedQuantile quantile{limit};
};

} // namespace

TEST_CASE("sums and quantiles put into files are those of the whole, taken in any order") {
    Random random(60);
    for (const std::int64_t limit : {3000, 2999, 700, 0}) {
        Sample s = sample(61, 3000, 0, 1);
        const WeightedQuantile expected = quantile_of(s, limit);
        for (int i = 0; i < 5; ++i) {
            shuffle(s, random);
            std::vector<Sample> parts(4);
            for (std::size_t k = 0; k < s.size(); ++k) // the last part stays small, and so exact; the third empty
                parts[k < 100 ? 3 : static_cast<std::size_t>(random.below(2))].push_back(s[k]);
            InParts found(limit);
            for (int k = 0; k < 4; ++k)
                found.put(k, parts[static_cast<std::size_t>(k)]);
            for (int k = 0; k < 4; ++k)
                found.take((i + k) % 4);
            CHECK(found.quantile.exact() == (limit == 3000));
            CHECK(same_bits(found.sum.mean(), sum_of(s).mean()));
            CHECK(found.sum.weight() == sum_of(s).weight());
            for (const double p : {0.0, 0.1, 0.5, 0.77, 1.0})
                CHECK(same_bits(found.quantile.at(p), expected.at(p)));
        }
    }
}

TEST_CASE("the same sample has the same bytes in a file, in whatever order it came") {
    Random random(62);
    for (const std::int64_t limit : {3000, 0}) {
        Sample s = sample(63, 3000, 0, 1);
        InParts files(limit);
        files.put(0, s);
        shuffle(s, random);
        files.put(1, s);
        CHECK((files.bytes(0) == files.bytes(1)));
    }
}

TEST_CASE("a damaged file of sums and quantiles is an Error that names it, or other numbers") {
    std::mt19937 bits(64);
    for (const std::int64_t limit : {3000, 0}) {
        InParts files(limit);
        files.put(0, sample(65, 50, 0, 1));
        const std::string whole = files.bytes(0);
        for (int i = 0; i < 500; ++i) {
            std::string damaged = whole;
            damaged[8 + bits() % (whole.size() - 8)] ^= static_cast<char>(1 << bits() % 8);
            InParts found(limit);
            tests::write_file(found.folder / "1", damaged);
            try {
                found.take(1);
                CHECK(std::isfinite(found.quantile.at(0.5)));
            } catch (const Error& error) {
                CHECK(std::string(error.what()).starts_with((found.folder / "1").string() + ": can't be used: "));
            }
        }
    }
}
