// SPDX-License-Identifier: Apache-2.0

/** Up to four sites side by side: a line for each criterion, a mark for each site, and the figures in a table. */
zonerank.compare = (() => {
    const { el, svg, chart, words, chartSites, fill } = zonerank;
    const most = 4,
        rowHeight = 22,
        top = 26;
    // Shapes as well as greys, so that no colour is needed to tell them apart.
    const shapes = [
        (x, y) => svg("circle", { cx: x, cy: y, r: 5.5 }),
        (x, y) => svg("rect", { x: x - 5, y: y - 5, width: 10, height: 10 }),
        (x, y) => svg("path", { d: `M${x} ${y - 6.5} L${x + 6.2} ${y + 5} L${x - 6.2} ${y + 5} Z` }),
        (x, y) => svg("path", { d: `M${x} ${y - 6.8} L${x + 6.8} ${y} L${x} ${y + 6.8} L${x - 6.8} ${y} Z` }),
    ];
    const mark = (k, x, y, more = {}) => svg("g", { class: `profile profile-${k}`, ...more }, shapes[k](x, y));

    const ranked = (store) => store.ranking.filter((row) => row.score !== null);
    // Those chosen; without a choice the first three.
    const chosen = (store) =>
        store.compared.length ? store.compared.map((i) => store.rowOf(i)) : ranked(store).slice(0, Math.min(3, most));

    function legend(store, rows) {
        return el(
            "ul",
            { class: "key" },
            ...rows.map((row, k) =>
                el(
                    "li",
                    {},
                    svg(
                        "svg",
                        {
                            class: "chart swatch-mark",
                            width: 16,
                            height: 16,
                            viewBox: "0 0 16 16",
                            "aria-hidden": "true",
                        },
                        mark(k, 8, 8),
                    ),
                    el("span", { class: "name", dir: "auto" }, store.data.sites[row.site].name),
                    el(
                        "span",
                        { class: "muted" },
                        row.rank === null
                            ? " not ranked"
                            : ` ${zonerank.ordinal(row.rank)}, ${zonerank.number(row.score, 3)}`,
                    ),
                ),
            ),
        );
    }

    function profileRow(store, rows, c, x, y) {
        const values = rows.map((row) => store.data.sites[row.site].entries[c].value),
            known = values.filter((v) => v !== null);
        const middle = y + rowHeight / 2;
        // Marks that would cover each other stand above each other.
        const covered = (k) =>
            values.some(
                (value, i) => i !== k && value !== null && values[k] !== null && Math.abs(x(value) - x(values[k])) < 9,
            );
        const shift = (k) => (covered(k) ? (k - (rows.length - 1) / 2) * 5 : 0);
        return svg(
            "g",
            { "data-criterion": c },
            known.length > 1
                ? chart.line(x(Math.min(...known)), middle, x(Math.max(...known)), middle, "between")
                : null,
            ...values
                .map((value, k) =>
                    value === null
                        ? null
                        : mark(k, x(value), middle + shift(k), { "data-site": rows[k].site, "data-value": value }),
                )
                .reverse(),
        );
    }

    function profiles(store, rows, width, told) {
        const { data } = store,
            left = Math.min(240, width * 0.44),
            x = chart.linear(0, 1, left + 8, width - 12),
            lines = [];
        let y = 4;
        data.themes.forEach((theme, t) => {
            lines.push(chart.label(words.themeName(theme), 0, y + 16, { weight: "600", width: left - 8 }));
            y += rowHeight;
            theme.members.forEach((c) => {
                lines.push(
                    chart.label(words.criterionName(data.criteria[c]), 12, y + 15, { width: left - 20 }),
                    profileRow(store, rows, c, x, y),
                );
                y += rowHeight;
            });
        });
        return chart.drawing(
            width,
            y + 34,
            { title: "Values of the sites by criterion", says: told },
            chart.bottomAxis(x, [0, 0.25, 0.5, 0.75, 1], 0, y, {
                caption: "value: 0 is worst, 1 is best",
                left,
                right: width,
            }),
            ...lines,
        );
    }

    // Where the first shown is ahead of the second, and where behind.
    function says(store, rows) {
        if (rows.length < 2) return rows.length ? "Choose a second site to hold beside it." : "No site has a score.";
        const [a, b] = rows,
            { criteria, sites } = store.data,
            counted = (row, c) => (row.parts ? row.parts[c] : sites[row.site].entries[c].value);
        const leads = criteria.map((criterion, c) => ({
            name: words.criterionName(criterion),
            by: (counted(a, c) ?? 0) - (counted(b, c) ?? 0),
        }));
        const ahead = leads.filter((l) => l.by > 1e-9).sort((p, q) => q.by - p.by),
            behind = leads.filter((l) => l.by < -1e-9).sort((p, q) => p.by - q.by);
        const told = `${chartSites.name(store, a.site)} is better than ${chartSites.name(store, b.site)} on ${ahead.length} of ${words.plural(criteria.length, "criterion", "criteria")}, worse on ${behind.length}`;
        const most = [
            ahead.length ? `most for it: ${ahead[0].name} (${words.signed(ahead[0].by)})` : "",
            behind.length ? `most against it: ${behind[0].name} (${words.signed(behind[0].by)})` : "",
        ];
        return `${[told, ...most.filter(Boolean)].join("; ")}.`;
    }

    // Measurements; the best value of a line stands out by weight, not by colour alone.
    function figures(store, rows) {
        const { data } = store,
            shown = rows.map((row) => data.sites[row.site]);
        const line = (c) => {
            const values = shown.map((site) => site.entries[c].value),
                best = Math.max(...values.filter((v) => v !== null));
            return el(
                "tr",
                {},
                el("th", { scope: "row", class: "name", dir: "auto" }, zonerank.title(data.criteria[c])),
                ...shown.map((site, k) =>
                    el(
                        "td",
                        { class: values[k] === best && rows.length > 1 ? "num best" : "num" },
                        words.measured(site.entries[c], data.criteria[c]),
                        el("span", { class: "muted value" }, ` ${zonerank.number(values[k], 2)}`),
                    ),
                ),
            );
        };
        const fact = (name, tell) =>
            el(
                "tr",
                {},
                el("th", { scope: "row" }, name),
                ...rows.map((row) => el("td", { class: "num" }, tell(row, data.sites[row.site]))),
            );
        return el(
            "div",
            { class: "table-scroll" },
            el(
                "table",
                { class: "compare-table" },
                el(
                    "thead",
                    {},
                    el(
                        "tr",
                        {},
                        el("th", { scope: "col" }, "Measured, and its value"),
                        ...shown.map((site) => el("th", { scope: "col", class: "num name", dir: "auto" }, site.name)),
                    ),
                ),
                el(
                    "tbody",
                    {},
                    fact("Rank", (row) => (row.rank === null ? "–" : String(row.rank))),
                    fact("Score", (row) => zonerank.number(row.score, 3)),
                    fact("Usable area", (row, site) => zonerank.area(site.usable_ha)),
                    ...data.themes.flatMap((theme) => theme.members.map(line)),
                ),
            ),
        );
    }

    // One list per place: empty ends the choice.
    function choices(store, rows) {
        const options = (at) => [
            el("option", { value: "" }, "none"),
            ...store.ranking.map((row) =>
                el(
                    "option",
                    { value: String(row.site), selected: rows[at] && rows[at].site === row.site },
                    `${row.rank === null ? "–" : row.rank} ${chartSites.name(store, row.site)}`,
                ),
            ),
        ];
        const pick = (at) => (event) => {
            const picked = rows.map((row) => row.site);
            if (event.target.value === "") picked.splice(at, 1);
            else picked[at] = Number(event.target.value);
            store.compare([...new Set(picked)]);
        };
        return el(
            "div",
            { class: "choices compare-choices" },
            ...Array.from({ length: Math.min(most, rows.length + 1, store.ranking.length) }, (_, at) =>
                el(
                    "label",
                    {},
                    el("span", { class: "visually-hidden" }, `Site ${at + 1}`),
                    el("select", { id: `compare-${at}`, on: { change: pick(at) } }, ...options(at)),
                ),
            ),
        );
    }

    function render(store, element) {
        if (!store.ranking.length || !store.data.criteria.length) return false;
        const bar = el("div", {}),
            said = el("p", { class: "says" }),
            key = el("div", {}),
            table = el("div", {}),
            figure = zonerank.chart.figure("profiles", false);
        const draw = () => {
            const rows = chosen(store),
                told = says(store, rows),
                focused = document.activeElement && document.activeElement.id;
            fill(bar, choices(store, rows));
            if (focused && focused.startsWith("compare-")) document.getElementById(focused)?.focus();
            said.textContent = told;
            fill(key, legend(store, rows));
            figure.show({
                title: "Values",
                term: "profiles",
                says: "",
                draw: (width) => profiles(store, rows, width, told),
            });
            fill(table, figures(store, rows));
        };
        fill(element, bar, said, key, el("div", { class: "charts" }, figure.root, table));
        store.on("compared", draw);
        store.on("ranking", zonerank.redrawn(draw));
        draw();
    }

    zonerank.sections.push({ id: "compare", render });
    return { render };
})();
