// SPDX-License-Identifier: Apache-2.0

/** The exact part: scores and ranks of the sites from the decision matrix, as the engine has them. */
zonerank.scores = (() => {
    const rounding = 1e-9;

    /** The same shares as the engine makes of weights on any scale: a sum that is 1 to 1e-12 stays. */
    const normalised = (raw) => {
        const total = raw.reduce((sum, weight) => sum + weight, 0);
        return Math.abs(total - 1) > 1e-12 ? raw.map((weight) => weight / total) : [...raw];
    };

    const pick = (values, members) => members.map((i) => values[i]);

    /** How the study's groups fold: {themes: [{members, fold}], fold}. */
    const model = (data) => ({
        themes: data.themes.map(({ members, aggregation }) => ({
            members,
            fold: zonerank.aggregations.make(aggregation, members.length),
        })),
        fold: zonerank.aggregations.make(data.aggregation, data.themes.length),
    });

    /**
     * With these weights, a function of one row of values (one per criterion, NaN: left out): {themes: [value],
     * score}.
     */
    const scorer = (model, weights) => {
        const themes = model.themes.map(({ members, fold }) => ({
            members,
            score: fold.prepared(pick(weights.criteria, members)),
        }));
        const whole = model.fold.prepared(weights.themes);
        return (values) => {
            const found = themes.map(({ members, score }) => score(pick(values, members)));
            return { themes: found, score: whole(found) };
        };
    };

    // Weights of what is known, rescaled to 1.
    const rescaled = (weights, values) => {
        const known = weights.reduce((sum, weight, i) => sum + (Number.isNaN(values[i]) ? 0 : weight), 0);
        return weights.map((weight, i) => (Number.isNaN(values[i]) || known === 0 ? 0 : weight / known));
    };

    /** weight x value of each criterion in a weighted sum of weighted sums; they add up to the score. */
    const partsOf = (model, values, themes, weights) => {
        const parts = values.map(() => null);
        const outer = rescaled(weights.themes, themes);
        model.themes.forEach(({ members }, t) => {
            const own = pick(values, members);
            rescaled(pick(weights.criteria, members), own).forEach((share, m) => {
                parts[members[m]] = Number.isNaN(own[m]) ? null : outer[t] * share * own[m];
            });
        });
        return parts;
    };

    /** Why a site can't be scored with these weights; empty: it can. */
    const gapOf = (data, site, weights) => {
        let known = 0;
        for (let i = 0; i < data.criteria.length; ++i) {
            const leaveOut = data.criteria[i].missing === "leave out";
            const { value, known: share } = site.entries[i];
            if (!leaveOut && value === null) return `no data for '${data.criteria[i].name}'`;
            known += weights.whole[i] * (leaveOut ? (share ?? 0) : 1);
        }
        if (known > rounding && known + rounding >= data.known) return "";
        return `data for ${(known * 100).toFixed(1)} % of the weight, ${(data.known * 100).toFixed(1)} % needed`;
    };

    /**
     * Whether gaps may leave so much of the weight out that ground is unusable for them: then what is usable hangs
     * on weights.
     */
    const gapsMatter = (data, weights) => {
        const onMap = data.criteria.map((_, i) => i).filter((i) => data.criteria[i].on_map);
        const sum = (some) => some.reduce((total, i) => total + weights.whole[i], 0);
        const left = onMap.filter((i) => data.criteria[i].missing === "leave out");
        return sum(left) > (1 - data.known + rounding) * sum(onMap);
    };

    // Text is compared by code points, as UTF-8 by bytes.
    const before = (a, b) => {
        const left = Array.from(a),
            right = Array.from(b);
        for (let i = 0; i < Math.min(left.length, right.length); ++i)
            if (left[i] !== right[i]) return left[i].codePointAt(0) - right[i].codePointAt(0);
        return left.length - right.length;
    };

    /** Best first, then those without a rank; equal scores share a rank, and the next one skips. */
    const rank = (rows, sites) => {
        const name = ({ site }) => sites[site];
        const ranked = (row) => row.reason === "";
        rows.sort((a, b) => {
            if (ranked(a) !== ranked(b)) return ranked(a) ? -1 : 1;
            if (ranked(a) && a.score !== b.score) return b.score - a.score;
            return before(name(a).name, name(b).name) || before(name(a).id, name(b).id);
        });
        rows.forEach((row, i) => {
            const tied = i > 0 && ranked(row) && rows[i - 1].score === row.score;
            row.rank = !ranked(row) ? null : tied ? rows[i - 1].rank : i + 1;
        });
        return rows;
    };

    // What a site lacks of the study's needs does not hang on weights; data for too little of them does.
    const reasonOf = (site, gap, score) => {
        if (site.rank === null && !site.by_weights) return site.reason || "not ranked";
        return gap || (Number.isNaN(score) ? "its score is unknown" : "");
    };

    const rowOf = (data, model, index, scored, weights) => {
        const site = data.sites[index];
        const values = site.entries.map(({ value }) => value ?? NaN);
        const gap = gapOf(data, site, weights);
        const { themes, score } = scored(values);
        const known = gap === "" && site.usable_ha > 0 && !Number.isNaN(score);
        return {
            site: index,
            score: known ? score : null,
            reason: reasonOf(site, gap, score),
            parts: known && data.contributions ? partsOf(model, values, themes, weights) : null,
            themes: themes.map((value) => (Number.isNaN(value) ? null : value)),
            change: null,
        };
    };

    /** The ranking with these weights: rows as store.ranking has them. */
    const ranking = (data, model, weights) => {
        const scored = scorer(model, weights);
        const rows = data.sites.map((_, index) => rowOf(data, model, index, scored, weights));
        for (const row of rank(rows, data.sites)) {
            const was = data.sites[row.site].rank;
            row.change = row.rank === null || was === null ? null : was - row.rank;
        }
        return rows;
    };

    /** Where the page's ranking is not the engine's: words, or an empty text. */
    const differences = (data, rows) => {
        const off = rows.filter(({ site, rank, score }) => {
            const own = data.sites[site];
            const far =
                (own.score === null) !== (score === null) || Math.abs((own.score ?? 0) - (score ?? 0)) > rounding;
            return far || own.rank !== rank;
        });
        const names = off.slice(0, 3).map(({ site }) => data.sites[site].name);
        return off.length === 0
            ? ""
            : `${off.length} of ${rows.length} sites (${names.join(", ")}${off.length > 3 ? " …" : ""})`;
    };

    return { normalised, model, scorer, ranking, differences, gapsMatter };
})();
