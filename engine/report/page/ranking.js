// SPDX-License-Identifier: Apache-2.0

/** The ranking as a table that can be sorted by any column; sites without a rank stand below, with the reason. */
(() => {
    const { el, fill, name, title } = zonerank;
    const few = 500, // rows that are drawn unasked
        mostCompared = 4;

    const headClass = (column) => `col-${column.key}${column.numeric ? " num" : ""}`;

    const cellOf = (column, row) =>
        el(
            column.header ? "th" : "td",
            { scope: column.header ? "row" : null, class: headClass(column) },
            column.cell(row),
        );

    const compareHead = () =>
        el(
            "th",
            { scope: "col", class: "col-compare", title: "Choose up to four sites to see side by side" },
            "Compare",
        );

    const caption = () =>
        el(
            "caption",
            { class: "visually-hidden" },
            "Sites from the best to the least suited. The heads sort.",
        );

    const legendOf = ({ contributions, themes }) =>
        el(
            "ul",
            { class: "key" },
            contributions
                ? themes.map((theme, t) =>
                      el(
                          "li",
                          {},
                          el("span", { class: "swatch", style: { background: zonerank.themeColour(t) } }),
                          name(title(theme)),
                      ),
                  )
                : null,
        );

    class RankingTable {
        constructor(store, element) {
            this.store = store;
            this.element = element;
            this.columns = zonerank.rankingColumns(store);
            this.by = this.columns[0];
            this.descending = false;
            this.all = false;
            this.waiting = false;
            this.heads = this.columns.map((column) => this.headOf(column));
            this.body = el("tbody");
            this.unranked = el("tbody", { class: "without-rank" });
            this.more = el("p", {});
            fill(element, legendOf(store.data), this.table(), this.more);
            this.draw();
            store.on("ranking", () => this.drawLater());
            store.on("selection", () => this.mark());
            store.on("compared", () => this.tick());
        }

        table() {
            return el(
                "div",
                { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Ranking table" },
                el(
                    "table",
                    { class: "ranking-table" },
                    caption(),
                    el("thead", {}, el("tr", {}, this.heads, compareHead())),
                    this.body,
                    this.unranked,
                ),
            );
        }

        headOf(column) {
            return el(
                "th",
                { scope: "col", class: headClass(column), title: column.title },
                el(
                    "button",
                    { type: "button", on: { click: () => this.sortBy(column) } },
                    column.label,
                    el("span", { class: "arrow", "aria-hidden": "true" }),
                ),
            );
        }

        sortBy(column) {
            this.descending = this.by === column ? !this.descending : column.best === "high";
            this.by = column;
            this.draw();
        }

        // What is not known stands last, whichever way.
        compared(a, b) {
            const left = this.by.sort(a),
                right = this.by.sort(b);
            if (left === null || right === null) return (left === null) - (right === null);
            const order = typeof left === "string" ? left.localeCompare(right) : left - right;
            return this.descending ? -order : order;
        }

        compareBox({ site }) {
            const box = el("input", {
                type: "checkbox",
                "aria-label": `Compare ${this.store.data.sites[site].name}`,
                on: { change: () => this.choose(site, box) },
            });
            box.checked = this.store.compared.includes(site);
            return el("td", { class: "col-compare" }, box);
        }

        choose(site, box) {
            const { compared } = this.store;
            if (box.checked && compared.length >= mostCompared) {
                box.checked = false;
                zonerank.announce("Four sites are compared already; take one out first.");
                return;
            }
            this.store.compare(box.checked ? [...compared, site] : compared.filter((other) => other !== site));
        }

        rowWith(row, ...cells) {
            const selected = row.site === this.store.selection ? "selected" : null;
            return el("tr", { dataset: { site: row.site }, class: selected }, ...cells, this.compareBox(row));
        }

        rankedRow(row) {
            return this.rowWith(
                row,
                this.columns.map((column) => cellOf(column, row)),
            );
        }

        unrankedRow(row) {
            const named = this.columns.findIndex(({ key }) => key === "site");
            return this.rowWith(
                row,
                this.columns.slice(0, named + 1).map((column) => cellOf(column, row)),
                el(
                    "td",
                    { colspan: this.columns.length - named - 1, class: "reason" },
                    "Not ranked: ",
                    name(row.reason),
                ),
            );
        }

        draw() {
            const focused = document.activeElement?.closest?.("#ranking tr")?.dataset.site;
            const { ranking } = this.store,
                end = this.all ? undefined : few;
            const ranked = ranking.filter(({ rank }) => rank !== null).sort((a, b) => this.compared(a, b));
            const unranked = ranking.filter(({ rank }) => rank === null);
            fill(
                this.body,
                ranked.slice(0, end).map((row) => this.rankedRow(row)),
            );
            fill(
                this.unranked,
                unranked.slice(0, end).map((row) => this.unrankedRow(row)),
            );
            this.drawHeads();
            fill(this.more, ranking.length > few && !this.all ? this.moreButton() : null);
            if (focused !== undefined) this.element.querySelector(`tr[data-site="${focused}"] .site-link`)?.focus();
        }

        drawHeads() {
            this.heads.forEach((head, i) => {
                if (this.columns[i] === this.by)
                    head.setAttribute("aria-sort", this.descending ? "descending" : "ascending");
                else head.removeAttribute("aria-sort");
            });
        }

        moreButton() {
            const drawAll = () => {
                this.all = true;
                this.draw();
            };
            return el(
                "button",
                { type: "button", class: "button quiet", on: { click: drawAll } },
                `Show all ${this.store.ranking.length} sites`,
            );
        }

        // Many moves of a slider between two frames are one table.
        drawLater() {
            if (this.waiting) return;
            this.waiting = true;
            requestAnimationFrame(() => {
                this.waiting = false;
                this.draw();
            });
        }

        rows() {
            return this.element.querySelectorAll("tr[data-site]");
        }

        mark() {
            this.rows().forEach((row) =>
                row.classList.toggle("selected", Number(row.dataset.site) === this.store.selection),
            );
        }

        tick() {
            this.rows().forEach((row) => {
                row.querySelector("input").checked = this.store.compared.includes(Number(row.dataset.site));
            });
        }
    }

    zonerank.sections.push({
        id: "ranking",
        render(store, element) {
            if (store.data.sites.length === 0) return false;
            return new RankingTable(store, element);
        },
    });
})();
