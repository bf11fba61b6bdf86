// SPDX-License-Identifier: Apache-2.0

/** Ordered weighted averaging by the engine's three rules (engine/decision/owa.cpp). */
zonerank.owa = (() => {
    const { exponential, logarithm } = zonerank.elementary;
    const within = (x) => (x < 0 ? 0 : x > 1 ? 1 : x);

    const resized = (weights, members) => {
        const step = weights.length / members;
        return Array.from({ length: members }, (_, i) =>
            weights.reduce(
                (sum, weight, k) => sum + weight * Math.max(0, Math.min(step * (i + 1), k + 1) - Math.max(step * i, k)),
                0,
            ),
        );
    };

    const tradeoff = (weights) => {
        const n = weights.length;
        if (n < 2) return 1;
        let squares = 0;
        for (const weight of weights) squares += (weight - 1 / n) * (weight - 1 / n);
        return 1 - Math.sqrt((n * squares) / (n - 1));
    };

    // The sum of all shares may miss 1 by rounding, of which a large exponent would make much.
    const power = (share, exponent) => {
        if (share > 1 - 1e-12) return 1;
        return share > 0 ? exponential(exponent * logarithm(share)) : 0;
    };

    const orderOf = (parameters, members) => {
        const given = parameters["order weights"];
        return given.length === members ? given : resized(given, members);
    };

    /** The running sum of order weights from the best on, straight between its points. */
    const quantified = (fromBest, passed) => {
        let sum = 0;
        for (let k = 0; k < fromBest.length; ++k) sum += fromBest[k] * within(passed - k);
        return sum;
    };

    /** What stands before a member and beside it: importances, or members. */
    const place = (values, own, counts, found) => {
        found.ahead = found.level = 0;
        for (let b = 0; b < values.length; ++b) {
            found.ahead += values[b] > own ? counts[b] : 0;
            found.level += values[b] === own ? counts[b] : 0;
        }
    };

    /**
     * Parameters: order weights from the lowest value to the highest; exponent of the curve r^a instead of them, or
     * none.
     */
    return (rule, parameters, members) => {
        const order = orderOf(parameters, members);
        const fromBest = [...order].reverse();
        const tradeoffs = Array.from({ length: members + 1 }, (_, k) => (k === 0 ? 1 : tradeoff(resized(order, k))));
        const { exponent: written = null } = parameters;
        const exponent = written === "inf" ? Infinity : written;

        return (weights) => {
            const total = weights.reduce((sum, weight) => sum + weight, 0);
            const counted = Array.from(weights, (_, m) => m).filter((m) => weights[m] / total > 0);
            const shares = counted.map((m) => weights[m] / total);
            const counts = rule === "quantifier" ? shares : shares.map(() => 1);
            const picked = new Array(counted.length);
            const at = { ahead: 0, level: 0 };

            return (values) => {
                let known = 0,
                    importance = 0,
                    top = 0,
                    bottom = 0;
                for (let a = 0; a < counted.length; ++a) {
                    const value = (picked[a] = values[counted[a]]);
                    if (value !== value) continue;
                    known += 1;
                    importance += shares[a];
                }
                const whole = rule === "quantifier" ? importance : known;
                const scale = fromBest.length / whole;
                const trade = rule === "relaxed" ? tradeoffs[known] : 1;
                for (let a = 0; a < picked.length; ++a) {
                    if (picked[a] !== picked[a]) continue;
                    place(picked, picked[a], counts, at);
                    const through = at.ahead + at.level;
                    const taken =
                        exponent === null
                            ? quantified(fromBest, through * scale) - quantified(fromBest, at.ahead * scale)
                            : power(through / importance, exponent) - power(at.ahead / importance, exponent);
                    const counting =
                        rule === "quantifier" ? shares[a] : (trade * shares[a]) / importance + (1 - trade) / known;
                    const weight = counting * (taken / at.level);
                    top += weight * picked[a];
                    bottom += weight;
                }
                return top / bottom;
            };
        };
    };
})();
