// SPDX-License-Identifier: Apache-2.0

/** Which sites a chart shows: the first of the ranking, and those that the reader chose. */
zonerank.chartSites = (() => {
    const { words } = zonerank;
    const most = 20;

    // Rows of the ranking that `keep` lets through, best first, and what to say where some are left out.
    function shown(store, keep = () => true) {
        const rows = store.ranking.filter((row) => row.score !== null && row.rank !== null && keep(row));
        const wanted = (row) => row.site === store.selection || store.compared.includes(row.site);
        const kept = rows.filter((row, i) => i < most || wanted(row));
        const note =
            kept.length === rows.length
                ? ""
                : `The first ${most} of ${words.plural(rows.length, "ranked site")}${kept.length > most ? ", and those chosen" : ""}; the ranking above has all.`;
        return { rows: kept, of: rows.length, note };
    }

    const name = (store, index) => words.siteName(store.data.sites[index]);

    // Figures of an analysis, which name sites by id, or by name where ids repeat: index into the study's sites, or -1.
    function finder(data) {
        const seen = new Map();
        data.sites.forEach((site, i) => {
            for (const key of [`${site.id}\n${site.name}`, `\n${site.name}`, `${site.id}\n`])
                if (!seen.has(key)) seen.set(key, i);
        });
        return (id, named) => seen.get(`${id}\n${named}`) ?? seen.get(`\n${named}`) ?? seen.get(`${id}\n`) ?? -1;
    }

    // Marks with a site's rank in them, by which charts without room for names tell sites apart.
    function badge(x, y, rank, { radius = 8, chosen = false } = {}) {
        const { svg, chart } = zonerank;
        return svg(
            "g",
            { class: chosen ? "badge chosen" : "badge" },
            svg("circle", { cx: x, cy: y, r: radius }),
            chart.label(String(rank), x, y + 3.5, { anchor: "middle", size: rank > 99 ? 8 : 10, weight: "600" }),
        );
    }

    // Marks {x, y, rank, site} that lie on each other, as one: [{x, y, text, marks}].
    function together(marks, near = 1.5) {
        const groups = [];
        for (const mark of marks) {
            const group = groups.find((g) => Math.abs(g.x - mark.x) < near && Math.abs(g.y - mark.y) < near);
            if (group) group.marks.push(mark);
            else groups.push({ x: mark.x, y: mark.y, marks: [mark] });
        }
        return groups.map((group) => ({ ...group, text: zonerank.words.ranks(group.marks.map((mark) => mark.rank)) }));
    }

    // Ranks in a line at `height`, apart from each other, each led down to its mark. `foot(group)` draws the mark itself.
    function ledRanks(store, marks, { low, high, height, foot }) {
        const { svg, chart } = zonerank,
            groups = together(marks),
            size = 10.5;
        const at = chart.apart(
            groups.map((g) => g.x),
            groups.map((g) => chart.textWidth(g.text, size, "600") + 7),
            low,
            high,
        );
        return groups.map((group, i) =>
            svg(
                "g",
                { class: group.marks.some((mark) => isChosen(store, mark.site)) ? "led chosen" : "led" },
                chart.line(at[i], height + 4, group.x, group.y, "lead"),
                chart.label(group.text, at[i], height, { anchor: "middle", size, weight: "600", width: high - low }),
                foot(group),
            ),
        );
    }

    const isChosen = (store, index) => index === store.selection || store.compared.includes(index);

    return { shown, name, finder, badge, ledRanks, isChosen };
})();
