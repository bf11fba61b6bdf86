// SPDX-License-Identifier: Apache-2.0

/** A site's criteria: what was measured, what that is worth, and how far it is from the leader and from the mean. */
zonerank.sheetCriteria = (() => {
    const { el, svg, chart, words } = zonerank;
    const width = 58,
        height = 30;

    // The value function, small, with the site's place on it.
    function mark(criterion, entry) {
        const y = chart.linear(0, 1, height - 3, 3),
            hasValue = entry.value !== null && entry.measurement !== null;
        const says = hasValue ? `value ${zonerank.number(entry.value, 2)}` : "no value";
        const colour = zonerank.themeColour(criterion.theme);
        if (criterion.classes || !criterion.curve)
            return chart.drawing(
                width,
                height,
                { title: "Value", says },
                chart.line(2, height - 3, width - 2, height - 3, "base"),
                hasValue
                    ? svg("rect", {
                          class: "mark",
                          x: width / 2 - 8,
                          y: y(entry.value),
                          width: 16,
                          height: height - 3 - y(entry.value),
                          fill: colour,
                      })
                    : null,
            );
        const at = criterion.curve.map((p) => p[0]),
            x = chart.linear(Math.min(...at), Math.max(...at), 3, width - 3),
            held = (m) => Math.min(width - 3, Math.max(3, x(m)));
        return chart.drawing(
            width,
            height,
            { title: "Value function", says },
            chart.line(2, height - 3, width - 2, height - 3, "base"),
            svg("polyline", {
                class: "curve",
                points: chart.points(criterion.curve.map(([m, v]) => [x(m), y(v)])),
                stroke: colour,
            }),
            hasValue ? svg("circle", { class: "dot", cx: held(entry.measurement), cy: y(entry.value), r: 3.5 }) : null,
        );
    }

    // What counts of a criterion: its part of the score, or where scores have no parts, its value.
    const counted = (store, row, c) => (row.parts ? row.parts[c] : store.data.sites[row.site].entries[c].value);
    const minus = (a, b) => (a === null || a === undefined || b === null || b === undefined ? null : a - b);

    function mean(store, rows, c) {
        const known = rows
            .map((row) => counted(store, row, c))
            .filter((value) => value !== null && value !== undefined);
        return known.length ? known.reduce((a, b) => a + b, 0) / known.length : null;
    }

    // Who the site is held against: the first, or for the first the second.
    function rival(store, row) {
        const ranked = store.ranking.filter((other) => other.rank !== null);
        return ranked.find((other) => other.site !== row.site) || null;
    }

    const tone = (value) => (value === null || Math.abs(value) < 5e-4 ? "num" : value > 0 ? "num up" : "num down");

    function line(store, row, rows, other, c) {
        const criterion = store.data.criteria[c],
            entry = store.data.sites[row.site].entries[c],
            own = counted(store, row, c);
        const toRival = other ? minus(own, counted(store, other, c)) : null,
            toMean = minus(own, mean(store, rows, c));
        const assumed = entry.known < 1 ? `data for ${words.share(entry.known)} of it` : "";
        return el(
            "tr",
            { dataset: { criterion: String(c) } },
            el(
                "th",
                { scope: "row" },
                el("span", { class: "name", dir: "auto" }, zonerank.title(criterion)),
                el(
                    "span",
                    { class: "measured" },
                    words.measured(entry, criterion),
                    assumed ? el("span", { class: "muted" }, `, ${assumed}`) : null,
                ),
            ),
            el("td", { class: "mini" }, mark(criterion, entry)),
            el("td", { class: "num" }, zonerank.number(entry.value, 2)),
            el("td", { class: "num" }, row.parts ? zonerank.number(row.parts[c], 3) : "–"),
            el("td", { class: tone(toRival) }, words.signed(toRival)),
            el("td", { class: tone(toMean) }, words.signed(toMean)),
        );
    }

    // The table of a site's criteria, theme by theme.
    return (store, row) => {
        const rows = store.ranking.filter((other) => other.rank !== null),
            other = rival(store, row);
        const against = other ? `to ${zonerank.ordinal(other.rank)}` : "to 1st";
        const group = (theme, t) =>
            el(
                "tbody",
                {},
                el(
                    "tr",
                    { class: "theme" },
                    el(
                        "th",
                        { colspan: 6, scope: "rowgroup" },
                        el("span", { class: "swatch", style: { background: zonerank.themeColour(t) } }),
                        el("span", { class: "name", dir: "auto" }, zonerank.title(theme)),
                        el("span", { class: "muted" }, ` ${zonerank.percent(store.weights.themes[t])}`),
                    ),
                ),
                ...theme.members.map((c) => line(store, row, rows, other, c)),
            );
        return [
            el("h4", {}, "Criterion by criterion"),
            el(
                "div",
                { class: "table-scroll" },
                el(
                    "table",
                    { class: "sheet-table" },
                    el(
                        "thead",
                        {},
                        el(
                            "tr",
                            {},
                            ...["Measured", "Curve", "Value", "Part", against, "to mean"].map((text, i) =>
                                el("th", { scope: "col", class: i > 1 ? "num" : null }, text),
                            ),
                        ),
                    ),
                    ...store.data.themes.map(group),
                ),
            ),
            el(
                "p",
                { class: "muted small" },
                row.parts
                    ? "Part: value times weight. The last two columns: its part less that of the other, and less the mean of the ranked sites."
                    : "The last two columns: its value less that of the other, and less the mean of the ranked sites.",
            ),
        ];
    };
})();
