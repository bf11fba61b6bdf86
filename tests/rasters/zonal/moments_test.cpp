// SPDX-License-Identifier: Apache-2.0
#include "rasters/zonal/moments.hpp"

#include "rasters/core/archive.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

using zonerank::rasters::Moments;

namespace {

Moments of(const std::vector<float>& values) {
    Moments moments;
    for (const float value : values)
        moments.add(value);
    return moments;
}

} // namespace

TEST_CASE("moments: by hand") {
    const Moments moments = of({2, 4, 4, 4, 5, 5, 7, 9});
    CHECK(moments.count() == 8);
    CHECK(moments.min() == 2);
    CHECK(moments.max() == 9);
    CHECK(moments.mean() == 5);
    CHECK(moments.deviation() == 2);
    CHECK(of({-1, 1, -3, 3}).mean() == 0);
    CHECK(of({-1, 1, -3, 3}).deviation() == doctest::Approx(std::sqrt(5.0)).epsilon(1e-15));
}

TEST_CASE("moments: what is no finite number is left out") {
    const float inf = std::numeric_limits<float>::infinity();
    const Moments moments = of({std::nanf(""), 3, inf, -inf, 5});
    CHECK(moments.count() == 2);
    CHECK(moments.mean() == 4);
    CHECK(moments.max() == 5);
    CHECK(std::isnan(Moments().mean()));
    CHECK(std::isnan(Moments().deviation()));
    CHECK(Moments().min() > Moments().max());
}

TEST_CASE("moments: far from 0, tiny and huge, against sums about the mean") {
    std::mt19937 random(5);
    for (const double centre : {0.0, 1e6, -3e7, 1e-39, 1e30}) {
        std::vector<float> values(5000);
        for (float& value : values)
            value = static_cast<float>(centre + std::abs(centre) * 1e-4 * static_cast<double>(random() % 1000) +
                                       (centre == 0 ? static_cast<double>(random() % 77) : 0));
        long double mean = 0, squares = 0;
        for (const float value : values)
            mean += static_cast<long double>(value) / 5000;
        for (const float value : values)
            squares += (value - mean) * (value - mean) / 5000;
        const Moments moments = of(values);
        CAPTURE(centre);
        CHECK(moments.mean() == doctest::Approx(static_cast<double>(mean)).epsilon(1e-14));
        CHECK(moments.deviation() / static_cast<double>(std::sqrt(squares)) == doctest::Approx(1).epsilon(1e-9));
    }
}

TEST_CASE("moments: a constant has no deviation") {
    CHECK(of({0.1F, 0.1F, 0.1F}).deviation() == 0);
    CHECK(of({0.1F, 0.1F, 0.1F}).mean() == 0.1F);
}

TEST_CASE("moments: the same in any order and parts") {
    std::mt19937 random(6);
    std::vector<float> values(3000);
    for (float& value : values)
        value = std::ldexp(static_cast<float>(random() % 100000) - 50000.0F, static_cast<int>(random() % 60) - 30);
    const Moments all = of(values);
    std::ranges::shuffle(values, random);
    Moments parts;
    for (std::size_t first = 0; first < values.size(); first += 700)
        parts.add(of({values.begin() + static_cast<long>(first),
                      values.begin() + static_cast<long>(std::min(first + 700, values.size()))}));
    CHECK(parts.mean() == all.mean());
    CHECK(parts.deviation() == all.deviation());
    CHECK(parts.count() == all.count());
}

TEST_CASE("moments: parts put into files and taken in any order are those of the whole") {
    const zonerank::tests::Folder folder;
    std::mt19937 random(8);
    std::vector<float> values(3000);
    for (float& value : values)
        value = std::ldexp(static_cast<float>(random() % 2001) - 1000.0F, static_cast<int>(random() % 200) - 100);
    std::vector<int> parts{0, 1, 2, 3, 4, 5, 6};
    for (const int part : parts) {
        zonerank::rasters::ArchiveOut out(folder / std::to_string(part));
        Moments some;
        for (std::size_t i = static_cast<std::size_t>(part); i < values.size(); i += parts.size())
            some.add(values[i]);
        some.put(out);
        Moments().put(out);
        out.close();
    }
    std::shuffle(parts.begin(), parts.end(), random);
    Moments found;
    for (const int part : parts) {
        zonerank::rasters::ArchiveIn in(folder / std::to_string(part));
        found.take(in);
        found.take(in);
        in.close();
    }
    const Moments whole = of(values);
    CHECK(found.count() == 3000);
    CHECK(found.mean() == whole.mean());
    CHECK(found.deviation() == whole.deviation());
    CHECK(found.min() == whole.min());
    CHECK(found.max() == whole.max());
}
