// SPDX-License-Identifier: Apache-2.0
#include "engine/model/mask.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::Criterion;
using engine::Decision;
using engine::Mask;
using engine::MaskCode;
using engine::Missing;
using engine::State;

namespace {

Criterion criterion(Missing::Policy policy, double weight) {
    Criterion made;
    made.missing.policy = policy;
    made.weight = weight;
    return made;
}

Decision decision(std::vector<Criterion> criteria, double known = 0.7) {
    Decision made;
    made.criteria = std::move(criteria);
    made.known = known;
    return made;
}

using enum Missing::Policy;

} // namespace

TEST_CASE("the state follows from the reasons, the weightier first") {
    const MaskCode code(decision({criterion(unknown, 0.5), criterion(worst, 0.5)}), 2);
    const Mask out = MaskCode::outside, untested = MaskCode::untested;
    const Mask gap = code.no_data(0), assumed = code.no_data(1), excluded = code.excluded_by(1);
    struct Row {
        Mask mask;
        State state;
    };
    for (const Row& row : {
             Row{0, State::valid},
             {assumed, State::assumed},
             {gap, State::unknown},
             {untested, State::unknown},
             {excluded, State::excluded},
             {out, State::outside},
             {assumed | gap, State::unknown},
             {assumed | untested, State::unknown},
             {assumed | excluded, State::excluded},
             {gap | excluded, State::excluded},
             {untested | excluded, State::excluded}, // what one constraint says is certain
             {out | excluded, State::outside},
             {out | gap, State::outside},
             {out | untested | excluded | gap | assumed, State::outside},
         }) {
        CAPTURE(row.mask);
        CHECK(code.state(row.mask) == row.state);
    }
}

TEST_CASE("usable is valid or assumed") {
    CHECK(engine::usable(State::valid));
    CHECK(engine::usable(State::assumed));
    CHECK_FALSE(engine::usable(State::unknown));
    CHECK_FALSE(engine::usable(State::excluded));
    CHECK_FALSE(engine::usable(State::outside));
}

TEST_CASE("each policy of missing data") {
    const MaskCode code(decision({criterion(unknown, 0.1), criterion(worst, 0.1), criterion(value, 0.1),
                                  criterion(leave_out, 0.1), criterion(unknown, 0.6)}),
                        0);
    CHECK(code.state(code.no_data(0)) == State::unknown);
    CHECK(code.state(code.no_data(1)) == State::assumed);
    CHECK(code.state(code.no_data(2)) == State::assumed);
    CHECK(code.state(code.no_data(3)) == State::assumed);
    CHECK(code.state(code.no_data(3) | code.no_data(0)) == State::unknown);
}

TEST_CASE("leaving out needs a share of the weight to be known") {
    const MaskCode code(decision({criterion(leave_out, 0.2), criterion(leave_out, 0.1), criterion(leave_out, 0.05),
                                  criterion(unknown, 0.65)}),
                        0);
    const Mask a = code.no_data(0), b = code.no_data(1), c = code.no_data(2);
    CHECK(code.state(a) == State::assumed);         // 80 % known
    CHECK(code.state(a | b) == State::assumed);     // 70 %: exactly enough, whatever 0.2 + 0.1 is in binary
    CHECK(code.state(a | c) == State::assumed);     // 75 %
    CHECK(code.state(a | b | c) == State::unknown); // 65 %
}

TEST_CASE("what is assumed counts as known") {
    const MaskCode code(decision({criterion(worst, 0.5), criterion(leave_out, 0.3), criterion(unknown, 0.2)}), 0);
    CHECK(code.state(code.no_data(0) | code.no_data(1)) == State::assumed); // 70 % known or assumed
}

TEST_CASE("the share is of the weight on the map") {
    // Half of the weight is a field of the sites: 0.2 is 40 % of what the map has.
    Criterion field = criterion(unknown, 0.5);
    field.site_field = "price";
    const MaskCode code(decision({field, criterion(leave_out, 0.2), criterion(unknown, 0.3)}), 0);
    CHECK(code.state(code.no_data(1)) == State::unknown);
    CHECK(code.state(code.no_data(0)) == State::unknown);
    const MaskCode lenient(decision({field, criterion(leave_out, 0.2), criterion(unknown, 0.3)}, 0.6), 0);
    CHECK(lenient.state(lenient.no_data(1)) == State::assumed);
}

TEST_CASE("nothing known is never enough") {
    const MaskCode code(decision({criterion(leave_out, 0.5), criterion(leave_out, 0.5)}, 0), 0);
    CHECK(code.state(code.no_data(0)) == State::assumed);
    CHECK(code.state(code.no_data(0) | code.no_data(1)) == State::unknown);
}

TEST_CASE("the first constraint that excludes, in the study's order") {
    const MaskCode code(decision({criterion(unknown, 0.5), criterion(unknown, 0.5)}), 3);
    CHECK(code.first_excluding(code.excluded_by(2)) == 2);
    CHECK(code.first_excluding(code.excluded_by(2) | code.excluded_by(1)) == 1);
    CHECK(code.first_excluding(code.excluded_by(0) | code.excluded_by(2) | code.no_data(0) | code.no_data(1)) == 0);
    CHECK(code.first_excluding(code.excluded_by(1) | MaskCode::untested) == 1);
}

TEST_CASE("sixty reasons fit and none is taken for another") {
    std::vector<Criterion> forty(40, criterion(unknown, 1.0 / 40));
    const MaskCode code(decision(std::move(forty)), 20);
    Mask all = MaskCode::outside | MaskCode::untested;
    for (std::size_t i = 0; i < 40; ++i) {
        CHECK((all & code.no_data(i)) == 0);
        all |= code.no_data(i);
        CHECK(code.state(code.no_data(i)) == State::unknown);
    }
    for (std::size_t i = 0; i < 20; ++i) {
        CHECK((all & code.excluded_by(i)) == 0);
        all |= code.excluded_by(i);
        CHECK(code.state(code.excluded_by(i)) == State::excluded);
        CHECK(code.first_excluding(code.excluded_by(i)) == i);
    }
    CHECK((code.any_no_data() | code.any_excluded() | MaskCode::outside | MaskCode::untested) == all);
    CHECK((code.any_no_data() & code.any_excluded()) == 0);
}

TEST_CASE("a study without constraints excludes nothing") {
    const MaskCode code(decision({criterion(unknown, 1)}), 0);
    CHECK(code.any_excluded() == 0);
    CHECK(code.state(0) == State::valid);
}
