// SPDX-License-Identifier: Apache-2.0

/** How much each theme and criterion counts: bars, and where the study had them once they are moved. */
zonerank.chartWeights = (() => {
    const { svg, chart, words } = zonerank;
    const rowHeight = 22,
        themeGap = 8;

    // A line for each theme with its criteria's below it.
    function rows(store) {
        const { data, weights, studyWeights } = store;
        return data.themes.flatMap((theme, t) => [
            {
                theme: t,
                name: words.themeName(theme),
                weight: weights.themes[t],
                study: studyWeights.themes[t],
                top: true,
            },
            ...theme.members.map((c) => ({
                theme: t,
                criterion: c,
                name: words.criterionName(data.criteria[c]),
                weight: weights.whole[c],
                study: studyWeights.whole[c],
            })),
        ]);
    }

    const heaviest = (list) => list.reduce((best, row) => (row.weight > best.weight ? row : best));

    function says(store, list) {
        const themes = list.filter((row) => row.top),
            criteria = list.filter((row) => !row.top);
        const told = (row) => `${row.name} (${words.share(row.weight)})`;
        const most = `Of the criteria, ${told(heaviest(criteria))} counts most.`;
        const text = themes.length > 1 ? `${told(heaviest(themes))} is the weightiest theme. ${most}` : most;
        const moved = store.moved
            ? criteria.reduce((far, row) =>
                  Math.abs(row.weight - row.study) > Math.abs(far.weight - far.study) ? row : far,
              )
            : null;
        return moved
            ? `${text} You moved ${moved.name} the farthest: from ${words.share(moved.study)} to ${words.share(moved.weight)}.`
            : text;
    }

    function bar(row, y, x, left, moved) {
        const height = row.top ? 14 : 10,
            middle = y + rowHeight / 2;
        return svg(
            "g",
            { class: row.top ? "weight-row top" : "weight-row" },
            chart.label(row.name, row.top ? 0 : 12, middle + 4, {
                width: left - (row.top ? 8 : 20),
                weight: row.top ? "600" : "",
            }),
            svg("rect", {
                class: "mark",
                x: left,
                y: middle - height / 2,
                width: Math.max(0, x(row.weight) - left),
                height,
                rx: 2,
                fill: zonerank.themeColour(row.theme),
                "data-theme": row.top ? row.theme : null,
                "data-criterion": row.top ? null : row.criterion,
            }),
            moved ? chart.line(x(row.study), middle - 9, x(row.study), middle + 9, "was") : null,
            chart.label(words.share(row.weight), x(Math.max(row.weight, moved ? row.study : 0)) + 6, middle + 4, {
                size: 11,
                weight: row.top ? "600" : "",
                tone: "figure",
            }),
        );
    }

    function draw(store, list, width, told) {
        const left = Math.min(230, width * 0.42),
            high = Math.max(...list.flatMap((row) => [row.weight, row.study]), 1e-9);
        const x = chart.linear(0, high, left, width - 46);
        let y = -themeGap;
        const marks = list.map((row) => {
            if (row.top) y += themeGap;
            y += rowHeight;
            return bar(row, y - rowHeight, x, left, store.moved);
        });
        return chart.drawing(
            width,
            y + 6,
            { title: "Weights", says: told },
            chart.line(left - 0.5, 0, left - 0.5, y + 4, "base"),
            ...marks,
        );
    }

    return (store) => {
        const list = rows(store);
        if (!store.data.criteria.length) return null;
        const told = says(store, list);
        return {
            title: "What counts, and how much",
            term: "weights",
            says: told,
            note: store.moved
                ? "Bars: the weights as moved. Upright lines: the study's."
                : "A criterion's share of the whole; a theme's is the sum of its criteria's.",
            draw: (width) => draw(store, list, width, told),
            table: {
                head: ["", "Weight now", "Weight in the study"],
                rows: list.map((row) => [row.name, zonerank.percent(row.weight, 1), zonerank.percent(row.study, 1)]),
            },
        };
    };
})();
