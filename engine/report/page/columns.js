// SPDX-License-Identifier: Apache-2.0

/**
 * The columns of the ranking: {key, label, title, sort(row) -> number, text or null, cell(row), best: "low" |
 * "high"}.
 */
zonerank.rankingColumns = (store) => {
    const { el, name, title, number, percent, bar } = zonerank;
    const { data } = store;
    const stability = new Map((data.analyses?.stability?.sites ?? []).map((site) => [site.id, site]));
    const siteOf = (row) => data.sites[row.site];
    const ranked = data.sites.filter(({ rank }) => rank !== null);
    const means = data.criteria.map((_, i) => {
        const values = ranked.map(({ entries }) => entries[i].value).filter((value) => value !== null);
        return values.reduce((sum, value) => sum + value, 0) / values.length;
    });

    const changed = ({ change }) => {
        if (!store.moved || change === null) return el("span", { class: "muted" }, "");
        if (change === 0) return el("span", { class: "muted" }, "=");
        const words = `${Math.abs(change)} ${change > 0 ? "up" : "down"}`;
        return el(
            "span",
            { class: change > 0 ? "up" : "down", role: "img", "aria-label": words, title: words },
            `${change > 0 ? "▲" : "▼"}${Math.abs(change)}`,
        );
    };

    /** Parts of the score by theme; without contributions the themes' own values say what they can. */
    const partsBar = (row) => {
        if (row.parts === null) return el("span", { class: "muted" }, "–");
        const sums = data.themes.map(({ members }) => members.reduce((sum, i) => sum + (row.parts[i] ?? 0), 0));
        const label = data.themes.map((theme, t) => `${title(theme)} ${number(sums[t])}`).join(", ");
        return bar(
            sums.map((share, t) => ({ share, colour: zonerank.themeColour(t) })),
            `${number(row.score)} of 1: ${label}`,
        );
    };
    const scoreBar = (row) =>
        row.score === null
            ? "–"
            : bar([{ share: row.score, colour: "var(--accent)", label: "score" }], `score ${number(row.score)} of 1`);

    const kinds = ["valid", "assumed", "unknown", "excluded", "outside"];
    const ground = (row) =>
        bar(
            kinds.map((kind) => ({
                share: siteOf(row).shares[kind] ?? 0,
                colour: `var(--ground-${kind})`,
                label: kind,
            })),
        );
    const usable = (row) => (siteOf(row).shares.valid ?? 0) + (siteOf(row).shares.assumed ?? 0);

    const rankRange = (row) => {
        const found = stability.get(siteOf(row).id);
        if (!found || store.moved || row.rank === null) return el("span", { class: "muted" }, store.moved ? "·" : "–");
        const first = found.rank_acceptability?.[0];
        const words = `between rank ${found.best_rank} and ${found.worst_rank} in all draws${first === undefined ? "" : `; first in ${percent(first)}`}`;
        const range =
            found.best_rank === found.worst_rank ? `${found.best_rank}` : `${found.best_rank}–${found.worst_rank}`;
        return el("span", { title: words, "aria-label": words, role: "img" }, range);
    };

    /** Where a site is furthest ahead of the mean of the ranked sites, and furthest behind it, by weight x value. */
    const ends = (row) => {
        const lead = siteOf(row).entries.map(({ value }, i) =>
            value === null ? NaN : store.weights.whole[i] * (value - means[i]),
        );
        const known = lead.map((_, i) => i).filter((i) => Number.isFinite(lead[i]));
        if (known.length === 0 || ranked.length < 2) return null;
        const best = known.reduce((a, b) => (lead[b] > lead[a] ? b : a)),
            worst = known.reduce((a, b) => (lead[b] < lead[a] ? b : a));
        return { strongest: lead[best] > 0 ? best : null, weakest: lead[worst] < 0 ? worst : null };
    };
    const criterionOf = (row, end) => {
        const found = ends(row)?.[end] ?? null;
        return found === null ? null : title(data.criteria[found]);
    };
    const endsCell = (row) => {
        const line = (end, sign, word) => {
            const text = criterionOf(row, end);
            return text === null
                ? null
                : el(
                      "span",
                      { class: "clip", title: `${word}: ${text}` },
                      el("span", { class: "visually-hidden" }, `${word}: `),
                      el("span", { class: end, "aria-hidden": "true" }, sign),
                      name(text),
                  );
        };
        const lines = [line("strongest", "+", "ahead"), line("weakest", "\u2212", "behind")].filter(
            (one) => one !== null,
        );
        return lines.length > 0 ? lines : "–";
    };

    const siteButton = (row) =>
        el(
            "button",
            { type: "button", class: "site-link", on: { click: () => store.select(row.site) } },
            name(siteOf(row).name || siteOf(row).id),
        );

    const columns = [
        {
            key: "rank",
            label: "Rank",
            best: "low",
            numeric: true,
            sort: (row) => row.rank,
            cell: (row) => row.rank ?? "–",
        },
        {
            key: "change",
            label: "±",
            title: "Places won or lost against the study",
            best: "high",
            sort: (row) => row.change,
            cell: changed,
        },
        { key: "site", label: "Site", best: "low", header: true, sort: (row) => siteOf(row).name, cell: siteButton },
        {
            key: "score",
            label: "Score",
            best: "high",
            numeric: true,
            sort: (row) => row.score,
            cell: (row) => number(row.score),
        },
        {
            key: "parts",
            label: data.contributions ? "Made up of" : "Of 1",
            title: "What each theme adds to the score",
            best: "high",
            sort: (row) => row.score,
            cell: data.contributions ? partsBar : scoreBar,
            wide: true,
        },
        {
            key: "ground",
            label: "Ground",
            title: "Shares of the site's ground that are usable, unknown, excluded",
            best: "high",
            sort: usable,
            cell: ground,
        },
        {
            key: "range",
            label: "Range",
            title: "Least and greatest rank when weights vary (stability analysis, at the study's weights)",
            best: "low",
            sort: (row) => stability.get(siteOf(row).id)?.worst_rank ?? null,
            cell: rankRange,
            absent: stability.size === 0,
        },
        {
            key: "ends",
            label: "Ahead by, behind by",
            title: "Where the site is furthest ahead of the mean of the ranked sites, and furthest behind it, by weight × value",
            best: "low",
            sort: (row) => criterionOf(row, "strongest"),
            cell: endsCell,
        },
    ];
    return columns.filter(({ absent }) => !absent);
};
