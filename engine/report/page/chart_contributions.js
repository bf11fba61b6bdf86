// SPDX-License-Identifier: Apache-2.0

/** What each site's score is made of: one bar a site, a part for each theme or for each criterion. */
zonerank.chartContributions = (() => {
    const { svg, chart, words, chartSites } = zonerank;
    const rowHeight = 26,
        top = 4;

    // The parts of a row in the order drawn: {theme, criterion, name, part}.
    function pieces(store, row, byCriterion) {
        const { themes, criteria } = store.data,
            part = (c) => row.parts[c] || 0;
        return themes.flatMap((theme, t) =>
            byCriterion
                ? theme.members.map((c) => ({
                      theme: t,
                      criterion: c,
                      name: words.criterionName(criteria[c]),
                      part: part(c),
                  }))
                : [
                      {
                          theme: t,
                          name: words.themeName(theme),
                          part: theme.members.reduce((sum, c) => sum + part(c), 0),
                      },
                  ],
        );
    }

    function segments(list, x, y) {
        let sum = 0;
        return list
            .filter((piece) => piece.part > 0)
            .map((piece) => {
                const from = x(sum),
                    to = x((sum += piece.part)),
                    figure = zonerank.number(piece.part, 2);
                const roomy = to - from > chart.textWidth(figure, 10) + 8;
                return svg(
                    "g",
                    {},
                    svg("title", {}, `${piece.name}: ${zonerank.number(piece.part, 3)}`),
                    svg("rect", {
                        class: "mark part",
                        x: from,
                        y: y + 4,
                        width: to - from,
                        height: rowHeight - 8,
                        fill: zonerank.themeColour(piece.theme),
                        "data-theme": piece.theme,
                        "data-criterion": piece.criterion ?? null,
                    }),
                    roomy
                        ? chart.label(figure, (from + to) / 2, y + rowHeight / 2 + 4, {
                              anchor: "middle",
                              size: 10,
                              tone: `on-theme-${piece.theme % 8}`,
                          })
                        : null,
                );
            });
    }

    function draw(store, rows, byCriterion, width, told) {
        const left = Math.min(230, width * 0.4),
            high = Math.max(...rows.map((row) => row.score), 1e-9),
            x = chart.linear(0, high, left, width - 44);
        const lines = rows.map((row, i) => {
            const y = top + i * rowHeight,
                middle = y + rowHeight / 2 + 4;
            return svg(
                "g",
                { "data-site": row.site, class: chartSites.isChosen(store, row.site) ? "chosen" : null },
                chart.label(String(row.rank), 16, middle, { anchor: "end", size: 11, weight: "600" }),
                chart.label(chartSites.name(store, row.site), 24, middle, { width: left - 32 }),
                ...segments(pieces(store, row, byCriterion), x, y),
                chart.label(zonerank.number(row.score, 3), x(row.score) + 6, middle, {
                    size: 11,
                    weight: "600",
                    tone: "figure",
                }),
            );
        });
        return chart.drawing(
            width,
            top + rows.length * rowHeight + 4,
            { title: "Parts of the scores", says: told },
            ...lines,
        );
    }

    function says(store, rows) {
        const [first, second] = rows,
            sum = (row) => pieces(store, row, false);
        if (!second) return `The score of ${chartSites.name(store, first.site)} is ${zonerank.number(first.score, 3)}.`;
        const level = store.ranking.filter((row) => row.rank === first.rank);
        if (level.length > 1)
            return `${words.plural(level.length, "site")} share the first place: ${words.listed(level.map((row) => chartSites.name(store, row.site)))}.`;
        const lead = sum(first).map((piece, t) => ({ ...piece, lead: piece.part - sum(second)[t].part }));
        const best = lead.reduce((a, b) => (b.lead > a.lead ? b : a)),
            worst = lead.reduce((a, b) => (b.lead < a.lead ? b : a));
        const ahead = `${chartSites.name(store, first.site)} is ${zonerank.number(first.score - second.score, 3)} ahead of ${chartSites.name(store, second.site)}`;
        if (!(best.lead > 0)) return `${ahead}.`;
        return `${ahead}: ${best.name} gives it ${words.signed(best.lead)}${worst.lead < 0 ? `, ${worst.name} takes ${words.signed(worst.lead)}` : ""}.`;
    }

    const table = (store, rows, byCriterion) => ({
        head: ["Site", ...pieces(store, rows[0], byCriterion).map((piece) => piece.name), "Score"],
        rows: rows.map((row) => [
            `${row.rank} ${chartSites.name(store, row.site)}`,
            ...pieces(store, row, byCriterion).map((piece) => zonerank.number(piece.part, 3)),
            zonerank.number(row.score, 3),
        ]),
    });

    return (store, options) => {
        const { rows, note } = chartSites.shown(store, (row) => row.parts !== null);
        if (!rows.length || !store.data.contributions) return null;
        const told = says(store, rows);
        return {
            title: "What the scores are made of",
            term: "contributions",
            says: told,
            key: store.data.themes.map((theme, t) => ({
                colour: zonerank.themeColour(t),
                name: zonerank.title(theme),
            })),
            note: ["A part is value times weight; the parts stand in the order of the key and add up to the score.", note].join(" "),
            draw: (width) => draw(store, rows, options.byCriterion, width, told),
            table: table(store, rows, options.byCriterion),
        };
    };
})();
