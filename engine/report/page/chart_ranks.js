// SPDX-License-Identifier: Apache-2.0

/** Who gets which rank under how many of the weights, and how far one weight alone may move before another is
 *  first. */
zonerank.chartRanks = (() => {
    const { svg, chart, words, chartSites } = zonerank;
    const rowHeight = 26,
        top = 34,
        most = 20;

    // "all weights that keep the order of the study's" -> "the weights that keep the order of the study's"
    const space = (stability) =>
        (stability.weights && stability.weights.which ? stability.weights.which : "all weights").replace(
            /^all /,
            "the ",
        );

    // A line for each site: shares of its ranks up to `ranks`, and what is left for later ones.
    function lines(store, stability) {
        const find = chartSites.finder(store.data),
            all = stability.sites.slice().sort((a, b) => a.rank - b.rank);
        const chosen = (site) => chartSites.isChosen(store, find(site.id, site.site));
        const kept = all.filter((site, i) => i < most || chosen(site)),
            ranks = Math.min(most, all.length);
        return {
            kept,
            ranks,
            of: stability.cut?.sites ?? all.length, // the engine may leave the last ones out
            rows: kept.map((site) => {
                const shares = site.rank_acceptability.slice(0, ranks).map((s) => s || 0);
                const later = all.length > ranks ? Math.max(0, 1 - shares.reduce((a, b) => a + b, 0)) : null;
                return {
                    site: find(site.id, site.site),
                    rank: site.rank,
                    name: words.isolated(site.site),
                    shares,
                    later: later !== null && later > 1e-6 ? later : 0,
                };
            }),
        };
    }

    function says(stability) {
        const first = stability.sites.filter((site) => site.rank === 1),
            of = space(stability);
        if (!first.length) return "";
        const share = first[0].rank_acceptability[0] || 0,
            name = words.isolated(first[0].site);
        const rivals = stability.sites
            .filter((site) => site.rank !== 1 && site.rank_acceptability[0] > 0)
            .sort((a, b) => b.rank_acceptability[0] - a.rank_acceptability[0]);
        if (share === 1) return `${name} stays first under ${of}, whatever they are.`;
        const told = rivals
            .slice(0, 2)
            .map((site) => `${words.isolated(site.site)} under ${words.share(site.rank_acceptability[0])}`);
        return `${name} is first under ${words.share(share)} of ${of}${told.length ? `; ${words.list(told)}` : ""}.`;
    }

    // The darker the greater the share, never so dark that the figure on it is hard to read.
    function heat(share, x, y, width, site, rank) {
        const text = share >= 0.005 ? zonerank.number(share * 100, 0) : share > 0 ? "<1" : "";
        return svg(
            "g",
            {},
            svg("title", {}, `rank ${rank}: ${words.share(share)}`),
            svg("rect", {
                class: "mark heat",
                x: x + 1,
                y: y + 2,
                width: Math.max(width - 2, 1),
                height: rowHeight - 4,
                rx: 2,
                "fill-opacity": share > 0 ? (0.06 + 0.44 * share).toFixed(3) : 0,
                "data-site": site,
                "data-rank": rank,
                "data-share": share,
            }),
            text && width >= 22
                ? chart.label(text, x + width / 2, y + rowHeight / 2 + 4, {
                      anchor: "middle",
                      size: 11,
                      weight: share >= 0.5 ? "600" : "",
                  })
                : null,
        );
    }

    function draw({ rows, ranks, of }, width, told) {
        const left = Math.min(230, width * 0.4),
            later = of > ranks,
            step = Math.min(64, (width - left - 4) / (ranks + (later ? 1 : 0)));
        const heads = Array.from({ length: ranks }, (x, r) =>
            chart.label(String(r + 1), left + (r + 0.5) * step, top - 8, { anchor: "middle", size: 11, tone: "faint" }),
        );
        return chart.drawing(
            width,
            top + rows.length * rowHeight + 4,
            { title: "Shares of the weights that give a site each rank", says: told },
            chart.label("rank", left + 2, 12, { size: 11, tone: "faint" }),
            ...heads,
            later
                ? chart.label("later", left + (ranks + 0.5) * step, top - 8, {
                      anchor: "middle",
                      size: 11,
                      tone: "faint",
                  })
                : null,
            ...rows.map((row, i) => {
                const y = top + i * rowHeight;
                return svg(
                    "g",
                    { class: row.site >= 0 ? null : "unknown" },
                    chart.line(0, y, left + step * (ranks + (later ? 1 : 0)), y, "grid"),
                    chart.label(String(row.rank), 16, y + 17, { anchor: "end", size: 11, weight: "600" }),
                    chart.label(row.name, 24, y + 17, { width: left - 32 }),
                    ...row.shares.map((share, r) => heat(share, left + r * step, y, step, row.site, r + 1)),
                    later ? heat(row.later, left + ranks * step, y, step, row.site, "later") : null,
                );
            }),
        );
    }

    function acceptability(store) {
        const stability = store.data.analyses && store.data.analyses.stability;
        if (!stability || !stability.sites || !stability.sites.length) return null;
        const found = lines(store, stability),
            told = says(stability);
        const cut = found.of > found.rows.length ? ` The first ${most} of ${found.of} sites.` : "";
        return {
            title: "How sure the ranks are",
            term: "rank acceptability, SMAA-2",
            says: told,
            note: `Percent of ${space(stability)} that give a site the rank; found by ${words.plural(stability.draws, "draw")} when the study ran, so moved weights change nothing here.${cut}`,
            draw: (width) => draw(found, width, told),
            table: {
                head: [
                    "Site",
                    ...Array.from({ length: found.ranks }, (x, r) => zonerank.ordinal(r + 1)),
                    ...(found.of > found.ranks ? ["later"] : []),
                ],
                rows: found.rows.map((row) => [
                    `${row.rank} ${row.name}`,
                    ...row.shares.map((s) => words.share(s)),
                    ...(found.of > found.ranks ? [words.share(row.later)] : []),
                ]),
            },
        };
    }

    // One weight alone, the others keeping their proportions: from where to where the first stays first.
    function drawRanges(ranges, width, told) {
        const left = Math.min(230, width * 0.4),
            line = 22,
            head = 4,
            x = chart.linear(0, 1, left, width - 16),
            bottom = head + ranges.length * line;
        return chart.drawing(
            width,
            bottom + 36,
            { title: "How far one weight can move", says: told },
            chart.bottomAxis(x, width < 480 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1], head, bottom, {
                text: (v) => zonerank.percent(v),
                caption: "weight of the criterion",
                left,
                right: width,
            }),
            ...ranges.map((range, i) => {
                const y = head + i * line + line / 2;
                return svg(
                    "g",
                    {},
                    svg(
                        "title",
                        {},
                        `${range.name}: ${zonerank.percent(range.from, 1)} to ${zonerank.percent(range.to, 1)}`,
                    ),
                    chart.label(range.name, 0, y + 4, { width: left - 10 }),
                    svg("rect", {
                        class: "mark range",
                        x: x(range.from),
                        y: y - 5,
                        width: Math.max(1, x(range.to) - x(range.from)),
                        height: 10,
                        rx: 3,
                        "data-criterion": range.criterion,
                    }),
                    svg("circle", { class: "dot", cx: x(range.weight), cy: y, r: 4 }),
                );
            }),
        );
    }

    function closest(ranges) {
        const room = (range) =>
            Math.min(
                range.first_below ? range.weight - range.from : 1,
                range.first_above ? range.to - range.weight : 1,
            );
        const least = ranges.reduce((a, b) => (room(b) < room(a) ? b : a));
        if (room(least) >= 1) return "Whatever one weight alone becomes, the first stays first.";
        const up = least.first_above && (!least.first_below || least.to - least.weight <= least.weight - least.from);
        const [to, rival] = up ? [least.to, least.first_above] : [least.from, least.first_below];
        return `The nearest turn: with ${least.name} at ${zonerank.percent(to, 1)} in place of ${zonerank.percent(least.weight, 1)}, ${words.isolated(rival)} comes first.`;
    }

    function ranges(store) {
        const stability = store.data.analyses && store.data.analyses.stability,
            given = stability && stability.first_stays_while_one_weight_is;
        if (!given || !given.length) return null;
        const named = new Map(store.data.criteria.map((criterion) => [criterion.name, words.criterionName(criterion)]));
        const list = given
            .filter((range) => range.from !== null && range.to !== null)
            .map((range) => ({ ...range, name: named.get(range.criterion) || words.isolated(range.criterion) }));
        if (!list.length) return null;
        const told = closest(list);
        return {
            title: "How far one weight can move",
            term: "weight stability intervals",
            says: told,
            note: "Bars: where the study's first site stays first while this weight alone moves and the others keep their proportions. Dots: the study's weights.",
            draw: (width) => drawRanges(list, width, told),
            table: {
                head: ["Criterion", "Weight", "From", "To", "First below", "First above"],
                numeric: [1, 2, 3],
                rows: list.map((range) => [
                    range.name,
                    zonerank.percent(range.weight, 1),
                    zonerank.percent(range.from, 1),
                    zonerank.percent(range.to, 1),
                    range.first_below ? words.isolated(range.first_below) : "–",
                    range.first_above ? words.isolated(range.first_above) : "–",
                ]),
            },
        };
    }

    return { acceptability, ranges };
})();
