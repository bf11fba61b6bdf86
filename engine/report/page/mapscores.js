// SPDX-License-Identifier: Apache-2.0

/**
 * Scores of the display map from the criteria's bytes, by the map's own weights: criteria that exist
 * for sites alone are left out and the rest rescaled. Themes whose weights did not change are kept.
 */
zonerank.mapScores = (() => {
    const none = 255,
        stretch = 4096; // cells that stay in the nearest cache

    /** Weights of a theme's members on the map and of the themes, as the engine's map has them. */
    const onMap = (data, weights) => {
        const { normalised } = zonerank.scores;
        const themes = data.themes.map(({ members }, t) => {
            const kept = members.map((i) => (data.criteria[i].on_map ? weights.criteria[i] : 0));
            const share = kept.reduce((sum, weight) => sum + weight, 0);
            return { weights: share > 0 ? normalised(kept) : kept, outer: weights.themes[t] * share };
        });
        const total = themes.reduce((sum, { outer }) => sum + outer, 0);
        return {
            inner: themes.map(({ weights: own }) => own),
            outer: total > 0 ? normalised(themes.map(({ outer }) => outer)) : [],
        };
    };

    const values = (levels) => Float64Array.from({ length: 256 }, (_, byte) => (byte === none ? NaN : byte / levels));

    // A weighted mean as a sum of looked-up terms; a byte without value adds nothing to both sums.
    const meanOfBytes = function* (columns, weights, terms, result, score) {
        const tables = columns.map((_, m) =>
            terms.map((term, byte) => (byte === none || weights[m] === 0 ? 0 : weights[m] * term)),
        );
        const sums = new Float64Array(stretch),
            known = new Float64Array(stretch);
        for (let begin = 0; begin < score.length; begin += stretch) {
            const count = Math.min(stretch, score.length - begin);
            sums.fill(0);
            known.fill(0);
            columns.forEach(({ bytes, gaps }, m) => {
                if (!bytes || weights[m] === 0) return;
                const table = tables[m],
                    weight = weights[m];
                for (let c = 0; c < count; ++c) sums[c] += table[bytes[begin + c]];
                if (gaps) for (let c = 0; c < count; ++c) known[c] += bytes[begin + c] === none ? 0 : weight;
                else for (let c = 0; c < count; ++c) known[c] += weight;
            });
            for (let c = 0; c < count; ++c) score[begin + c] = known[c] > 0 ? result(sums[c] / known[c]) : NaN;
            yield;
        }
    };

    const cellByCell = function* (prepared, members, at, score) {
        const row = new Float64Array(members);
        for (let begin = 0; begin < score.length; begin += 1024) {
            const end = Math.min(begin + 1024, score.length);
            for (let c = begin; c < end; ++c) {
                for (let m = 0; m < members; ++m) row[m] = at(m, c);
                score[c] = prepared(row);
            }
            yield;
        }
    };

    const foldTheme = (fold, columns, weights, decoded, score) => {
        const { exponential, logarithm } = zonerank.elementary;
        if (fold.kind === "weighted sum") return meanOfBytes(columns, weights, decoded, (mean) => mean, score);
        if (fold.kind === "weighted product")
            return meanOfBytes(columns, weights, decoded.map(logarithm), exponential, score);
        const at = (m, c) => (columns[m].bytes ? decoded[columns[m].bytes[c]] : NaN);
        return cellByCell(fold.prepared(weights), columns.length, at, score);
    };

    const foldSum = function* (themes, weights, score) {
        for (let begin = 0; begin < score.length; begin += stretch) {
            const end = Math.min(begin + stretch, score.length);
            for (let c = begin; c < end; ++c) {
                let sum = 0,
                    known = 0;
                for (let t = 0; t < themes.length; ++t) {
                    const value = themes[t][c],
                        weight = weights[t];
                    if (value !== value || weight === 0) continue;
                    sum += weight * value;
                    known += weight;
                }
                score[c] = known > 0 ? sum / known : NaN;
            }
            yield;
        }
    };

    const foldThemes = (fold, themes, weights, score) => {
        if (fold.kind === "weighted sum") return foldSum(themes, weights, score);
        return cellByCell(fold.prepared(weights), themes.length, (t, c) => themes[t][c], score);
    };

    /**
     * `bytes` of each criterion at the cells to score, null where it is not on the map. steps(weights) is a
     * generator whose rests may be put off; when it is through, `score` holds 0..1 or NaN of each cell.
     */
    const make = ({ data, model }, bytes, cells) => {
        const columns = bytes.map((own) => ({ bytes: own, gaps: own !== null && own.includes(none) }));
        const decoded = values(data.map.levels);
        const themes = data.themes.map(() => new Float32Array(cells));
        const done = data.themes.map(() => "");
        const score = new Float32Array(cells);

        const leaveOut = data.criteria.flatMap(({ missing }, i) =>
            missing === "leave out" && columns[i].gaps ? [i] : [],
        );
        // As the engine: too little known weight is no score.
        const dropThin = (inner, outer) => {
            const weight = (i) =>
                outer[data.criteria[i].theme] *
                inner[data.criteria[i].theme][data.themes[data.criteria[i].theme].members.indexOf(i)];
            const weights = leaveOut.map(weight);
            for (let c = 0; c < cells && leaveOut.length > 0; ++c) {
                let known = 1;
                for (let k = 0; k < leaveOut.length; ++k) known -= bytes[leaveOut[k]][c] === none ? weights[k] : 0;
                if (known + 1e-9 < data.known) score[c] = NaN;
            }
        };

        const steps = function* (weights) {
            const { inner, outer } = onMap(data, weights);
            if (outer.length === 0) return void score.fill(NaN);
            for (let t = 0; t < themes.length; ++t) {
                const key = inner[t].join();
                if (outer[t] === 0 || done[t] === key) continue;
                done[t] = "";
                const own = data.themes[t].members.map((i) => columns[i]);
                yield* foldTheme(model.themes[t].fold, own, inner[t], decoded, themes[t]);
                done[t] = key;
            }
            yield* foldThemes(model.fold, themes, outer, score);
            dropThin(inner, outer);
        };
        return { score, steps };
    };

    return { make, onMap };
})();
