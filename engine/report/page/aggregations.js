// SPDX-License-Identifier: Apache-2.0

/**
 * The engine's aggregations (engine/decision: means, owa, fuzzy_operators, ideal_distance), by the
 * same operations in the same order, so that scores have the same bits.
 * make(choice, members) gives {prepared(weights)}, and that a function of one row of values, a
 * number or NaN per member: NaN is left out and the rest rescaled, weight 0 is not looked at,
 * NaN where nothing is left.
 */
zonerank.aggregations = (() => {
    const { exponential, logarithm } = zonerank.elementary;
    const leastNormal = 2.2250738585072014e-308;
    const same = (x) => x;
    const sumOf = (numbers) => numbers.reduce((sum, x) => sum + x, 0);

    const mean = (term, result) => (weights) => (values) => {
        let sum = 0,
            known = 0;
        for (let m = 0; m < values.length; ++m) {
            if (weights[m] === 0 || values[m] !== values[m]) continue;
            sum += weights[m] * term(values[m]);
            known += weights[m];
        }
        return known > 0 ? result(sum / known) : NaN;
    };

    /**
     * A rule takes values in one after the other: {start, member(m, share), add(numbers, value, member),
     * result(numbers, known)}.
     */
    const cellwise = (rule) => (weights) => {
        const total = sumOf(weights);
        const counted = Array.from(weights, (weight, m) => ({ m, share: weight / total })).filter(
            ({ share }) => share > 0,
        );
        const members = counted.map(({ m, share }) => (rule.member ? rule.member(m, share) : share));
        const numbers = [0, 0];
        return (values) => {
            numbers[0] = rule.start[0];
            numbers[1] = rule.start[1];
            let known = 0;
            for (let k = 0; k < counted.length; ++k) {
                const value = values[counted[k].m];
                if (value !== value) continue;
                rule.add(numbers, value, members[k]);
                known += counted[k].share;
            }
            return known > 0 ? rule.result(numbers, known) : NaN;
        };
    };

    const running = (neutral, of) =>
        cellwise({
            start: [neutral, 0],
            add: (all, value) => {
                all[0] = of(all[0], value);
            },
            result: (all) => all[0],
        });

    const least = () => running(Infinity, (a, b) => (b < a ? b : a));
    const greatest = () => running(-Infinity, (a, b) => (b > a ? b : a));

    const waspas = (lambda) =>
        cellwise({
            start: [0, 0],
            add: (sums, value, share) => {
                sums[0] += share * value;
                sums[1] += share * logarithm(value);
            },
            result: (sums, known) => lambda * (sums[0] / known) + (1 - lambda) * exponential(sums[1] / known),
        });

    const hamacherAnd = (a, b) => (a + b > 0 ? (a * b) / (a + b - a * b) : 0);
    const ands = {
        product: (a, b) => a * b,
        lukasiewicz: (a, b) => (a === 1 ? b : b === 1 ? a : Math.max(a + b - 1, 0)),
        drastic: (a, b) => (a === 1 ? b : b === 1 ? a : 0),
        fodor: (a, b) => (a === 1 || b === 1 || a + b > 1 ? (a < b ? a : b) : 0),
        hamacher: hamacherAnd,
    };
    const ors = {
        product: (a, b) => a + b * (1 - a),
        lukasiewicz: (a, b) => (a + b < 1 ? a + b : 1),
        drastic: (a, b) => (a === 0 ? b : b === 0 ? a : 1),
        fodor: (a, b) => (a === 0 || b === 0 || a + b < 1 ? (a > b ? a : b) : 1),
        hamacher: (a, b) => (a === 0 ? b : b === 0 ? a : 1 - hamacherAnd(1 - a, 1 - b)),
    };

    const norm = ({ family, of = "and" }) => {
        if (family === "zadeh") return of === "or" ? greatest() : least();
        return of === "or" ? running(0, ors[family]) : running(1, ands[family]);
    };

    // An exponent of 0 silences even the logarithm of 0.
    const finiteLog = (x) => (x < leastNormal ? -1e300 : logarithm(x));
    const gamma = (exponent) =>
        cellwise({
            start: [1, 0],
            add: (both, value) => {
                both[0] = ands.product(both[0], value);
                both[1] = ors.product(both[1], value);
            },
            result: (both) => exponential((1 - exponent) * finiteLog(both[0]) + exponent * finiteLog(both[1])),
        });

    const pointsOf = (parameters, count) => {
        const ideal = parameters.ideal ?? [],
            anti = parameters["anti-ideal"] ?? [];
        return Array.from({ length: count }, (_, m) => ({ ideal: ideal[m] ?? 1, anti: anti[m] ?? 0 }));
    };
    const held = (value, { ideal, anti }) => (value < anti ? anti : value > ideal ? ideal : value);

    const topsis = (points) =>
        cellwise({
            start: [0, 0],
            member: (m, share) => ({ ...points[m], share }),
            add: (squares, value, member) => {
                const v = held(value, member);
                const below = member.share * (member.ideal - v),
                    above = member.share * (v - member.anti);
                squares[0] += below * below;
                squares[1] += above * above;
            },
            result: (squares) => {
                const toIdeal = Math.sqrt(squares[0]),
                    toAnti = Math.sqrt(squares[1]);
                return toAnti / (toAnti + toIdeal);
            },
        });

    const add = (a, b) => a + b;
    const power = (x, exponent) => (x < leastNormal ? 0 : exponential(exponent * logarithm(x)));
    const metricOf = (p) => {
        if (p === Infinity) return { raise: same, join: (a, b) => (a > b ? a : b), root: same };
        if (p === 1) return { raise: same, join: add, root: same };
        if (p === 2) return { raise: (x) => x * x, join: add, root: Math.sqrt };
        return { raise: (x) => power(x, p), join: add, root: (sum) => power(sum, 1 / p) };
    };

    const compromise = (points, { raise, join, root }) =>
        cellwise({
            start: [0, 0],
            member: (m, share) => ({ ...points[m], range: points[m].ideal - points[m].anti, weight: raise(share) }),
            add: (sums, value, member) => {
                const shortfall = (member.ideal - held(value, member)) / member.range;
                sums[0] = join(sums[0], member.weight * raise(shortfall));
                sums[1] = join(sums[1], member.weight);
            },
            result: (sums) => 1 - root(sums[0] / sums[1]),
        });

    const powerOf = (p) => (p === "inf" ? Infinity : Number(p ?? 2));

    const makers = {
        "weighted sum": () => mean(same, same),
        "weighted product": () => mean(logarithm, exponential),
        waspas: (p) => waspas(Number(p.lambda ?? 0.5)),
        minimum: least,
        maximum: greatest,
        owa: (p, members) => zonerank.owa("product", p, members),
        "owa quantifier": (p, members) => zonerank.owa("quantifier", p, members),
        "owa terrset": (p, members) => zonerank.owa("relaxed", p, members),
        "fuzzy and": least,
        "fuzzy or": greatest,
        "fuzzy product": () => running(1, ands.product),
        "fuzzy sum": () => running(0, ors.product),
        "fuzzy gamma": (p) => gamma(Number(p.gamma ?? 0.9)),
        "t-norm": norm,
        topsis: (p, members) => topsis(pointsOf(p, members)),
        compromise: (p, members) => compromise(pointsOf(p, members), metricOf(powerOf(p.p))),
    };

    /** Whether the page can recompute it. */
    const known = (choice) => choice.kind in makers;

    /** See above. REQUIRES known(choice). */
    const make = (choice, members) => ({
        kind: choice.kind,
        prepared: makers[choice.kind](choice.parameters ?? {}, members),
    });

    return { make, known };
})();
