// SPDX-License-Identifier: Apache-2.0

/** The ranking as a table that can be sorted by any column; sites without a rank stand below, with the reason. */
zonerank.sections.push({
    id: "ranking",
    render(store, element) {
        const { data } = store;
        if (data.sites.length === 0) return false;
        const { el, fill, name, title } = zonerank;
        const columns = zonerank.rankingColumns(store);
        const few = 500;
        let by = columns[0],
            descending = false,
            all = false,
            waiting = false;

        const heads = columns.map((column) =>
            el(
                "th",
                { scope: "col", class: headClass(column), title: column.title },
                el(
                    "button",
                    { type: "button", on: { click: () => sortBy(column) } },
                    column.label,
                    el("span", { class: "arrow", "aria-hidden": "true" }),
                ),
            ),
        );
        const body = el("tbody"),
            unranked = el("tbody", { class: "without-rank" });
        const more = el("p", {});
        const compareHead = el(
            "th",
            { scope: "col", class: "col-compare", title: "Choose up to four sites to see side by side" },
            "Compare",
        );
        const caption = el(
            "caption",
            { class: "visually-hidden" },
            "Sites from the best to the least suited. The heads sort.",
        );
        const legend = el(
            "ul",
            { class: "key" },
            data.contributions
                ? data.themes.map((theme, t) =>
                      el(
                          "li",
                          {},
                          el("span", { class: "swatch", style: { background: zonerank.themeColour(t) } }),
                          name(title(theme)),
                      ),
                  )
                : null,
        );

        function headClass(column) {
            return `col-${column.key}${column.numeric ? " num" : ""}`;
        }

        const sortBy = (column) => {
            descending = by === column ? !descending : column.best === "high";
            by = column;
            draw();
        };

        // What is not known stands last, whichever way.
        const compared = (a, b) => {
            const left = by.sort(a),
                right = by.sort(b);
            if (left === null || right === null) return (left === null) - (right === null);
            const order = typeof left === "string" ? left.localeCompare(right) : left - right;
            return descending ? -order : order;
        };

        const compareBox = ({ site }) => {
            const box = el("input", {
                type: "checkbox",
                "aria-label": `Compare ${data.sites[site].name}`,
                on: { change: () => choose(site, box) },
            });
            box.checked = store.compared.includes(site);
            return el("td", { class: "col-compare" }, box);
        };
        const choose = (site, box) => {
            if (box.checked && store.compared.length >= 4) {
                box.checked = false;
                zonerank.announce("Four sites are compared already; take one out first.");
                return;
            }
            store.compare(box.checked ? [...store.compared, site] : store.compared.filter((other) => other !== site));
        };

        const cellOf = (column, row) =>
            el(
                column.header ? "th" : "td",
                { scope: column.header ? "row" : null, class: headClass(column) },
                column.cell(row),
            );

        const rowOf = (row) =>
            el(
                "tr",
                { dataset: { site: row.site }, class: row.site === store.selection ? "selected" : null },
                columns.map((column) => cellOf(column, row)),
                compareBox(row),
            );

        const unrankedRow = (row) => {
            const named = columns.findIndex(({ key }) => key === "site");
            return el(
                "tr",
                { dataset: { site: row.site }, class: row.site === store.selection ? "selected" : null },
                columns.slice(0, named + 1).map((column) => cellOf(column, row)),
                el("td", { colspan: columns.length - named - 1, class: "reason" }, "Not ranked: ", name(row.reason)),
                compareBox(row),
            );
        };

        const draw = () => {
            const focused = document.activeElement?.closest?.("#ranking tr")?.dataset.site;
            const ranked = store.ranking.filter(({ rank }) => rank !== null).sort(compared);
            fill(body, (all ? ranked : ranked.slice(0, few)).map(rowOf));
            fill(
                unranked,
                store.ranking
                    .filter(({ rank }) => rank === null)
                    .slice(0, all ? undefined : few)
                    .map(unrankedRow),
            );
            heads.forEach((head, i) => {
                const own = columns[i] === by;
                if (own) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
                else head.removeAttribute("aria-sort");
            });
            const hidden = store.ranking.length > few && !all;
            fill(
                more,
                hidden
                    ? el(
                          "button",
                          {
                              type: "button",
                              class: "button quiet",
                              on: {
                                  click: () => {
                                      all = true;
                                      draw();
                                  },
                              },
                          },
                          `Show all ${store.ranking.length} sites`,
                      )
                    : null,
            );
            if (focused !== undefined) element.querySelector(`tr[data-site="${focused}"] .site-link`)?.focus();
        };

        // Many moves of a slider between two frames are one table.
        const later = () => {
            if (waiting) return;
            waiting = true;
            requestAnimationFrame(() => {
                waiting = false;
                draw();
            });
        };
        const mark = () =>
            element
                .querySelectorAll("tr[data-site]")
                .forEach((row) => row.classList.toggle("selected", Number(row.dataset.site) === store.selection));
        const tick = () =>
            element.querySelectorAll("tr[data-site]").forEach((row) => {
                row.querySelector("input").checked = store.compared.includes(Number(row.dataset.site));
            });

        fill(
            element,
            legend,
            el(
                "div",
                { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Ranking table" },
                el(
                    "table",
                    { class: "ranking-table" },
                    caption,
                    el("thead", {}, el("tr", {}, heads, compareHead)),
                    body,
                    unranked,
                ),
            ),
            more,
        );
        draw();
        store.on("ranking", later);
        store.on("selection", mark);
        store.on("compared", tick);
    },
});
