// SPDX-License-Identifier: Apache-2.0
#include "engine/model/counts.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/archive.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>

using namespace zonerank;
using engine::CellCounts;
using engine::Criterion;
using engine::Decision;
using engine::Mask;
using engine::MaskCode;
using engine::Missing;
using rasters::Raster;

namespace {

using Numbers = std::vector<std::int64_t>;

/// Two criteria whose missing data make a cell unknown, one left out; two constraints.
MaskCode small_code() {
    Decision decision;
    decision.criteria.resize(3);
    decision.criteria[0].weight = decision.criteria[1].weight = 0.3;
    decision.criteria[2].weight = 0.4;
    decision.criteria[2].missing.policy = Missing::Policy::leave_out;
    decision.known = 0.5;
    return {decision, 2};
}

/// A drawing of cells: o outside, X and Y excluded by the one constraint or the
/// other, B by both, a and b without data for a criterion, c for both, l left
/// out, u untested, x excluded by X and without data for a, . valid.
Raster<Mask> picture(const MaskCode& code, const std::vector<std::string>& rows) {
    const Mask x = code.excluded_by(0), y = code.excluded_by(1), a = code.no_data(0), b = code.no_data(1);
    const std::map<char, Mask> legend{{'.', 0},
                                      {'o', MaskCode::outside},
                                      {'O', MaskCode::outside | x | a},
                                      {'X', x},
                                      {'Y', y},
                                      {'B', x | y},
                                      {'a', a},
                                      {'b', b},
                                      {'c', a | b},
                                      {'l', code.no_data(2)},
                                      {'u', MaskCode::untested},
                                      {'v', MaskCode::untested | a},
                                      {'x', x | a}};
    Raster<Mask> raster(rasters::Window{7, 3, static_cast<int>(rows[0].size()), static_cast<int>(rows.size())});
    std::size_t i = 0;
    for (const std::string& row : rows)
        for (const char c : row)
            raster.values()[i++] = legend.at(c);
    return raster;
}

bool equal(const CellCounts& a, const CellCounts& b) {
    return a.by_state == b.by_state && a.excluded == b.excluded && a.excluded_alone == b.excluded_alone &&
           a.no_data == b.no_data && a.unknown_alone == b.unknown_alone;
}

} // namespace

TEST_CASE("cells by state and reason") {
    const MaskCode code = small_code();
    CellCounts counts(3, 2);
    counts.add(code, picture(code, {"oO.....", "XXYBx..", "aabcluv"}));
    // outside 2; excluded XXYBx 5; unknown aabcuv 6; assumed l 1; valid 7.
    CHECK(counts.by_state == std::array<std::int64_t, 5>{2, 5, 6, 1, 7});
    CHECK(counts.excluded == Numbers{4, 2});         // X X B x, Y B: outside cells don't count
    CHECK(counts.excluded_alone == Numbers{3, 1});   // X X x, Y
    CHECK(counts.no_data == Numbers{5, 2, 1});       // x a a c v, b c, l
    CHECK(counts.unknown_alone == Numbers{2, 1, 0}); // a a, b; c needs both, v has an untested constraint too
}

TEST_CASE("a gap alone makes a cell unknown when too little weight is left") {
    Decision decision;
    decision.criteria.resize(2);
    decision.criteria[0].weight = 0.4;
    decision.criteria[1].weight = 0.6;
    for (Criterion& criterion : decision.criteria)
        criterion.missing.policy = Missing::Policy::leave_out;
    const MaskCode code(decision, 0); // 70 % must be known
    Raster<Mask> mask(rasters::Window{0, 0, 3, 1});
    mask.values()[0] = code.no_data(0);
    mask.values()[1] = code.no_data(1);
    mask.values()[2] = code.no_data(0) | code.no_data(1);
    CellCounts counts(2, 0);
    counts.add(code, mask);
    CHECK(counts.by_state == std::array<std::int64_t, 5>{0, 0, 3, 0, 0});
    CHECK(counts.no_data == Numbers{2, 2});
    CHECK(counts.unknown_alone == Numbers{1, 1});
}

TEST_CASE("merging has no order") {
    const MaskCode code = small_code();
    std::mt19937 random(7); // NOLINT: the same cells each time
    const std::string letters = "oOXYBabcluvx...";
    std::vector<std::string> rows(20, std::string(30, '.'));
    for (std::string& row : rows)
        for (char& c : row)
            c = letters[random() % letters.size()];
    CellCounts whole(3, 2);
    whole.add(code, picture(code, rows));

    CellCounts forward(3, 2), backward(3, 2), filed(3, 2);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CellCounts one(3, 2), other(3, 2);
        one.add(code, picture(code, {rows[i]}));
        other.add(code, picture(code, {rows[rows.size() - 1 - i]}));
        forward.add(one);
        backward.add(other);
        tests::hand_over(other, filed);
    }
    CHECK(equal(forward, whole));
    CHECK(equal(backward, whole));
    CHECK(equal(filed, whole));
    std::int64_t cells = 0;
    for (const std::int64_t state : whole.by_state)
        cells += state;
    CHECK(cells == 600);
}

TEST_CASE("counts of another study are not taken") {
    CellCounts of_more(3, 3);
    CHECK_THROWS_WITH_AS(tests::hand_over(CellCounts(3, 2), of_more), doctest::Contains("it is of another study"),
                         Error);
}
