// SPDX-License-Identifier: Apache-2.0

/** The same sites ranked by other methods: a column for each method, a line for each site. */
zonerank.chartMethods = (() => {
    const { svg, chart, words, chartSites } = zonerank;
    const rowHeight = 28,
        top = 40,
        most = 20;

    // Places from above, ties in the order of the sites; sites that are not among the first `most` anywhere are left out.
    function columns(comparison) {
        const methods = comparison.methods.filter((method) => method.ranks);
        const shown = comparison.sites.map((name, i) => i).filter((i) => i < most);
        return {
            shown,
            methods: methods.map((method) => {
                const order = [...shown].sort((a, b) => (method.ranks[a] ?? 1e9) - (method.ranks[b] ?? 1e9) || a - b);
                return { label: method.label, ranks: method.ranks, slot: new Map(order.map((site, k) => [site, k])) };
            }),
        };
    }

    function says(comparison, methods) {
        const firsts = new Map();
        methods.forEach((method) =>
            method.ranks.forEach((rank, i) => {
                if (rank === 1) firsts.set(i, [...(firsts.get(i) || []), method.label]);
            }),
        );
        const told = [...firsts].sort((a, b) => b[1].length - a[1].length),
            name = (i) => words.isolated(comparison.sites[i]);
        if (!told.length) return "";
        if (told.length === 1) return `${name(told[0][0])} is first by all ${methods.length} methods.`;
        return (
            `${name(told[0][0])} is first by ${told[0][1].length} of ${methods.length} methods; ` +
            `${words.listed(
                told.slice(1).map(([i, labels]) => `${name(i)} by ${labels.length} (${words.listed(labels)})`),
                3,
            )}.`
        );
    }

    function path(site, { methods }, x, y) {
        const at = methods.map((method, m) => [x(m), y(method.slot.get(site))]);
        return svg("polyline", { class: "way", points: chart.points(at) });
    }

    // Equal ranks stand below each other, held together by a bracket.
    function ties(method, m, shown, x, y) {
        return shown
            .filter((site) =>
                shown.some(
                    (other) =>
                        other !== site &&
                        method.ranks[other] === method.ranks[site] &&
                        method.slot.get(other) === method.slot.get(site) + 1,
                ),
            )
            .map((site) =>
                chart.line(x(m) + 13, y(method.slot.get(site)) - 4, x(m) + 13, y(method.slot.get(site) + 1) + 4, "tie"),
            );
    }

    function draw(store, comparison, found, width, told) {
        const { shown, methods } = found,
            left = Math.min(200, width * 0.36),
            last = methods.length - 1;
        const x = (m) => (last ? left + 24 + (m / last) * (width - left - 24 - 34) : left + 40),
            y = (slot) => top + slot * rowHeight + rowHeight / 2;
        const find = chartSites.finder(store.data),
            column = last ? x(1) - x(0) : width - left;
        const chosen = (site) => chartSites.isChosen(store, find("", comparison.sites[site]));
        const study = methods[0];
        return chart.drawing(
            width,
            top + shown.length * rowHeight + 6,
            { title: "Ranks by method", says: told },
            ...methods.map((method, m) =>
                chart.label(words.isolated(method.label), x(m), m % 2 && column < 84 ? 12 : 26, {
                    anchor: "middle",
                    size: 11,
                    tone: "faint",
                    width: column < 84 ? 2 * column - 6 : column - 6,
                }),
            ),
            ...shown.map((site) =>
                svg(
                    "g",
                    { class: chosen(site) || study.ranks[site] === 1 ? "line chosen" : "line", "data-site": site },
                    svg("title", {}, words.isolated(comparison.sites[site])),
                    path(site, found, x, y),
                    chart.label(words.isolated(comparison.sites[site]), left - 2, y(study.slot.get(site)) + 4, {
                        anchor: "end",
                        width: left - 4,
                    }),
                ),
            ),
            ...methods.map((method, m) =>
                svg(
                    "g",
                    {},
                    ...ties(method, m, shown, x, y),
                    ...shown.map((site) =>
                        chartSites.badge(x(m), y(method.slot.get(site)), study.ranks[site], {
                            radius: 9,
                            chosen: chosen(site) || study.ranks[site] === 1,
                        }),
                    ),
                ),
            ),
        );
    }

    return (store) => {
        const comparison = store.data.analyses && store.data.analyses.comparison;
        if (!comparison || !comparison.methods) return null;
        const found = columns(comparison);
        if (!found.methods.length || !found.shown.length) return null;
        const told = says(comparison, found.methods),
            left = comparison.methods.filter((method) => !method.ranks).map((method) => method.label);
        return {
            title: "The same sites by other methods",
            term: "comparison of methods",
            says: told,
            note: [
                "From above: each method's order. The number is the rank in the study; lines that cross are places that change; a bracket holds equal ranks. At the study's weights.",
                left.length ? `Could not be used: ${words.list(left)}.` : "",
                comparison.sites.length > most
                    ? `The first ${most} of ${comparison.cut?.sites ?? comparison.sites.length} sites.`
                    : "",
            ]
                .filter(Boolean)
                .join(" "),
            draw: (width) => draw(store, comparison, found, width, told),
            table: {
                head: ["Site", ...found.methods.map((method) => words.isolated(method.label))],
                rows: found.shown.map((site) => [
                    words.isolated(comparison.sites[site]),
                    ...found.methods.map((method) => String(method.ranks[site] ?? "–")),
                ]),
            },
        };
    };
})();
