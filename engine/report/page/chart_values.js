// SPDX-License-Identifier: Apache-2.0

/** What a measurement is worth: each criterion's value function, and where the sites lie on it. */
zonerank.chartValues = (() => {
    const { el, svg, chart, words, chartSites } = zonerank;
    const height = 168,
        left = 30,
        right = 10,
        top = 24,
        bottom = 34;

    // Dots of the sites that have a value: a number that lies off the curve is a mean over the site's ground.
    function dots(store, c, rows) {
        return rows
            .map((row) => ({ rank: row.rank, site: row.site, entry: store.data.sites[row.site].entries[c] }))
            .filter((dot) => dot.entry && dot.entry.value !== null && dot.entry.measurement !== null);
    }

    // The ranks in a line above the plot, each led down to its dot.
    function ranks(store, marks, width) {
        const dot = (m) =>
            svg("circle", { class: m.beyond ? "dot hollow" : "dot", cx: m.x, cy: m.y, r: 3.5, "data-site": m.site });
        return chartSites.ledRanks(store, marks, {
            low: left - 8,
            high: width,
            height: top - 11,
            foot: (group) => group.marks.map(dot),
        });
    }

    const valueAxis = (y, width) =>
        svg(
            "g",
            { class: "axis", "aria-hidden": "true" },
            ...[0, 0.5, 1].flatMap((v) => [
                chart.line(left, y(v), width - right, y(v), "grid"),
                chart.label(String(v), left - 5, y(v) + 4, { anchor: "end", size: 10, tone: "faint" }),
            ]),
        );

    function span(curve, found) {
        const all = [...curve.map((p) => p[0]), ...found.map((d) => d.entry.measurement)];
        return [Math.min(...all), Math.max(...all)];
    }

    const short = (x) =>
        Math.abs(x) >= 10000 ? `${Number((x / 1000).toPrecision(4)).toLocaleString("en")}k` : x.toLocaleString("en");

    function curvePlot(store, c, found, width, y) {
        const criterion = store.data.criteria[c],
            [low, high] = span(criterion.curve, found);
        const x = chart.linear(low, high, left, width - right);
        const at = chart.ticks(low, high, Math.max(2, Math.floor((width - left) / 60)));
        const path = criterion.curve.map(([m, v]) => [x(m), y(v)]);
        const marks = found.map((d) => ({
            ...d,
            x: x(d.entry.measurement),
            y: y(d.entry.value),
            beyond: d.entry.beyond === "all",
        }));
        return [
            chart.bottomAxis(x, at, top, height - bottom, {
                text: short,
                caption: criterion.unit,
                left,
                right: width - right,
            }),
            svg("polyline", {
                class: "curve",
                points: chart.points(path),
                stroke: zonerank.themeColour(criterion.theme),
            }),
            ...ranks(store, marks, width),
        ];
    }

    // Classes that a site has come first among those shown; ten at most have room.
    function shownClasses(classes, found) {
        const used = new Set(found.map((d) => String(d.entry.measurement)));
        const by = classes.map((entry, i) => ({ ...entry, i, used: used.has(String(entry.name)) }));
        return by
            .filter((e) => e.used)
            .concat(by.filter((e) => !e.used))
            .slice(0, 10)
            .sort((a, b) => a.i - b.i);
    }

    function classPlot(store, c, found, width, y) {
        const criterion = store.data.criteria[c],
            list = shownClasses(criterion.classes, found);
        const step = (width - right - left) / Math.max(list.length, 1),
            middle = (i) => left + (i + 0.5) * step;
        const marks = found
            .map((d) => ({ ...d, at: list.findIndex((e) => String(e.name) === String(d.entry.measurement)) }))
            .filter((d) => d.at >= 0)
            .map((d) => ({ ...d, x: middle(d.at), y: y(d.entry.value) }));
        return [
            ...list.map((entry, i) =>
                svg(
                    "g",
                    {},
                    svg("rect", {
                        class: "mark class-bar",
                        x: middle(i) - Math.min(step * 0.36, 22),
                        y: y(entry.value),
                        width: Math.min(step * 0.72, 44),
                        height: y(0) - y(entry.value),
                        fill: zonerank.themeColour(criterion.theme),
                    }),
                    chart.label(words.isolated(String(entry.name)), middle(i), height - bottom + 14, {
                        anchor: "middle",
                        size: 11,
                        tone: "faint",
                        width: step - 4,
                    }),
                ),
            ),
            chart.label("class", (left + width - right) / 2, height - bottom + 29, {
                anchor: "middle",
                size: 11,
                tone: "faint",
            }),
            ...ranks(store, marks, width),
        ];
    }

    function says(store, c, found) {
        const criterion = store.data.criteria[c];
        if (!found.length) return `${words.criterionName(criterion)}: no site has a value.`;
        const by = [...found].sort((a, b) => b.entry.value - a.entry.value),
            best = by[0],
            worst = by[by.length - 1];
        const told = (d) =>
            `${chartSites.name(store, d.site)} (${words.measured(d.entry, criterion)}: ${zonerank.number(d.entry.value, 2)})`;
        return `${words.criterionName(criterion)}: best ${told(best)}, worst ${told(worst)}.`;
    }

    function plot(store, c, rows, width) {
        const criterion = store.data.criteria[c],
            found = dots(store, c, rows),
            y = chart.linear(0, 1, height - bottom, top + 4);
        const missing = rows.length - found.length;
        const body = criterion.classes
            ? classPlot(store, c, found, width, y)
            : criterion.curve
              ? curvePlot(store, c, found, width, y)
              : [];
        return el(
            "div",
            { class: "small-multiple", dataset: { criterion: String(c) } },
            el(
                "h4",
                {},
                el("span", { class: "name", dir: "auto", title: zonerank.title(criterion) }, zonerank.title(criterion)),
                el("span", { class: "muted" }, zonerank.percent(store.weights.whole[c])),
            ),
            chart.drawing(
                width,
                height,
                { title: zonerank.title(criterion), says: says(store, c, found) },
                valueAxis(y, width),
                ...body,
            ),
            missing ? el("p", { class: "muted small" }, `${words.plural(missing, "site")} without data`) : null,
        );
    }

    // The criterion on which the sites differ most, in parts of the score.
    function widest(store, rows) {
        const spread = store.data.criteria.map((criterion, c) => {
            const values = dots(store, c, rows).map((d) => d.entry.value);
            return values.length ? (Math.max(...values) - Math.min(...values)) * store.weights.whole[c] : 0;
        });
        const c = spread.indexOf(Math.max(...spread));
        return spread[c] > 0
            ? `The sites shown differ most on ${words.criterionName(store.data.criteria[c])}: it can move a score by up to ${zonerank.number(spread[c], 2)}.`
            : "";
    }

    return (store) => {
        const { data } = store,
            { rows, note } = chartSites.shown(store);
        if (!data.criteria.length) return null;
        const width = 250;
        return {
            title: "What a measurement is worth",
            term: "value functions",
            says: `Each curve turns a measurement into a value from 0 (worst) to 1 (best); the numbers are the sites' ranks. ${widest(store, rows)}`,
            note: [
                "A dot off its curve is the mean over ground that differs; a hollow one lies beyond the distance that was searched.",
                note,
            ].join(" "),
            content: el(
                "div",
                { class: "small-multiples" },
                ...data.criteria.map((criterion, c) => plot(store, c, rows, width)),
            ),
            table: {
                head: ["Site", ...data.criteria.map(words.criterionName)],
                rows: rows.map((row) => [
                    `${row.rank} ${chartSites.name(store, row.site)}`,
                    ...data.criteria.map((criterion, c) => {
                        const entry = data.sites[row.site].entries[c];
                        return `${words.measured(entry, criterion)} → ${zonerank.number(entry.value, 3)}`;
                    }),
                ]),
            },
        };
    };
})();
