// SPDX-License-Identifier: Apache-2.0

/** How the scores of all usable ground are spread, and where the sites lie among them. */
zonerank.chartScores = (() => {
    const { svg, chart, words, chartSites } = zonerank;
    const height = 236,
        left = 44,
        right = 12,
        top = 40,
        bottom = 38;

    // The share of the cells below a score; within a bin they are taken as spread evenly.
    function below(scores, score) {
        const total = scores.counts.reduce((a, b) => a + b, 0),
            at = Math.min(scores.bins, Math.max(0, score * scores.bins));
        const bin = Math.min(scores.bins - 1, Math.floor(at));
        const sum = scores.counts.slice(0, bin).reduce((a, b) => a + b, 0) + scores.counts[bin] * (at - bin);
        return total ? sum / total : 0;
    }

    const all = (share) => (share > 0.995 ? "nearly all" : words.share(share));
    const onMap = (site) => site.map_score ?? site.score;

    function span(scores, marks) {
        const filled = scores.counts.map((n, i) => (n ? i : -1)).filter((i) => i >= 0);
        const values = [
            ...marks.map((m) => m.score),
            filled[0] / scores.bins,
            (filled[filled.length - 1] + 1) / scores.bins,
        ];
        return [
            Math.max(0, Math.floor(Math.min(...values) * 20) / 20),
            Math.min(1, Math.ceil(Math.max(...values) * 20) / 20),
        ];
    }

    function sites(store, marks, x, floor, width) {
        const drop = (group) =>
            group.marks.map((m) =>
                svg(
                    "g",
                    { "data-site": m.site, "data-score": m.score },
                    svg("title", {}, `${chartSites.name(store, m.site)}: ${zonerank.number(m.score, 3)}`),
                    chart.line(m.x, top - 4, m.x, floor, "site-line"),
                ),
            );
        const placed = marks.map((m) => ({ ...m, x: x(m.score), y: top - 4 }));
        return chartSites.ledRanks(store, placed, { low: left - 8, high: width, height: top - 20, foot: drop });
    }

    function draw(store, marks, width, told) {
        const { scores } = store.data,
            [low, high] = span(scores, marks),
            most = Math.max(...scores.counts, 1),
            floor = height - bottom;
        const inside = chart.linear(low, high, left, width - right),
            x = (s) => Math.min(width - right, inside(s)),
            y = chart.linear(0, most, floor, top);
        const total = scores.counts.reduce((a, b) => a + b, 0),
            shares = chart.ticks(0, most / total, 4);
        return chart.drawing(
            width,
            height,
            { title: "Distribution of the scores", says: told },
            chart.bottomAxis(x, chart.ticks(low, high, Math.floor(width / 80)), top, floor, {
                caption: "score",
                left,
                right: width - right,
            }),
            ...shares.flatMap((s) => [
                chart.line(left, y(s * total), width - right, y(s * total), "grid"),
                chart.label(zonerank.percent(s, shares[1] < 0.01 ? 1 : 0), left - 6, y(s * total) + 4, {
                    anchor: "end",
                    size: 10,
                    tone: "faint",
                }),
            ]),
            ...scores.counts.map((count, i) =>
                count
                    ? svg("rect", {
                          class: "mark histogram",
                          x: x(i / scores.bins) + 0.5,
                          y: y(count),
                          height: floor - y(count),
                          width: Math.max(0.5, x((i + 1) / scores.bins) - x(i / scores.bins) - 1),
                          "data-count": count,
                      })
                    : null,
            ),
            chart.line(left, floor, width - right, floor, "base"),
            ...sites(store, marks, x, floor, width),
        );
    }

    return (store) => {
        const { scores } = store.data;
        if (!scores || !scores.counts.some((count) => count > 0)) return null;
        const { rows, note } = chartSites.shown(store);
        const marks = rows
            .map((row) => ({
                site: row.site,
                rank: store.data.sites[row.site].rank ?? row.rank,
                score: onMap(store.data.sites[row.site]),
            }))
            .filter((m) => m.score !== null);
        const first = marks.find((m) => m.rank === 1);
        const told = first
            ? `${chartSites.name(store, first.site)} scores higher than ${all(below(scores, first.score))} of the usable ground of the area.`
            : "How the scores of the area's usable ground are spread.";
        return {
            title: "Scores of all usable ground",
            term: "distribution",
            says: told,
            note: [
                "Bars: share of the ground by score, at the study's weights. Numbers: the sites' ranks in the study, at the mean of their ground.",
                note,
            ].join(" "),
            draw: (width) => draw(store, marks, width, told),
            table: {
                head: ["Site", "Mean score of its ground", "Higher than so much of the area's ground"],
                rows: marks.map((m) => [
                    `${m.rank} ${chartSites.name(store, m.site)}`,
                    zonerank.number(m.score, 3),
                    words.share(below(scores, m.score)),
                ]),
            },
        };
    };
})();
