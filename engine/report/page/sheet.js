// SPDX-License-Identifier: Apache-2.0

/** The sheet of the site that is selected on the map or in a table: opened by the selection, closed by Escape. */
zonerank.sheet = (() => {
    const { el, fill, words, chartSites } = zonerank;

    // The site before or after it in the ranking, round to the other end.
    function neighbour(store, step) {
        const at = store.ranking.findIndex((row) => row.site === store.selection);
        return store.ranking[(at + step + store.ranking.length) % store.ranking.length].site;
    }

    const place = (row) => (row.rank !== null ? `${zonerank.ordinal(row.rank)} of ` : "not ranked, of ");

    // Name, place and score; the buttons stay the same elements, so that focus stays on them.
    function head(store, close) {
        const title = el("h3", { class: "sheet-title name", tabindex: "-1", dir: "auto" }),
            standing = el("p", { class: "standing" });
        const button = (text, name, click) =>
            el(
                "button",
                { type: "button", class: "button quiet", "aria-label": name, title: name, on: { click } },
                text,
            );
        const nav = el(
            "div",
            { class: "sheet-nav" },
            button("‹", "Previous site of the ranking", () => store.select(neighbour(store, -1))),
            button("›", "Next site of the ranking", () => store.select(neighbour(store, 1))),
            button("×", "Close the sheet (Escape)", close),
        );
        const update = (row) => {
            const site = store.data.sites[row.site],
                change = row.change > 0 ? `, up ${row.change}` : row.change < 0 ? `, down ${-row.change}` : "";
            title.textContent = site.name || site.id || "unnamed site";
            fill(
                standing,
                el("span", { class: "score" }, zonerank.number(row.score, 3)),
                ` ${place(row)}${words.plural(store.ranking.length, "site")}${change}`,
            );
        };
        return {
            root: el("div", { class: "sheet-head" }, el("div", { class: "sheet-line" }, title, nav), standing),
            title,
            update,
        };
    }

    // Puts the site beside the leader, or the leader beside the second, in the section of sites side by side.
    function compareButton(store, row) {
        const other = store.ranking.find((r) => r.rank !== null && r.site !== row.site);
        if (!other) return null;
        return el(
            "button",
            {
                type: "button",
                class: "button",
                on: {
                    click: () => {
                        store.compare(
                            [...new Set([...store.compared.filter((i) => i !== row.site), row.site])].length > 1
                                ? [...new Set([...store.compared, row.site])].slice(-4)
                                : [other.site, row.site],
                        );
                        document.getElementById("compare").scrollIntoView({ block: "start" });
                    },
                },
            },
            `Beside ${store.compared.some((i) => i !== row.site) ? "those chosen" : chartSites.name(store, other.site)}`,
        );
    }

    function body(store, row) {
        const site = store.data.sites[row.site],
            facts = zonerank.sheetFacts,
            reason = row.reason || site.reason;
        return [
            row.rank === null && reason ? el("p", { class: "note" }, `No rank: ${reason}`) : null,
            facts.facts(store, row.site),
            facts.ground(store, row.site),
            ...facts.stability(store, row.site),
            store.data.criteria.length ? zonerank.sheetCriteria(store, row) : null,
            facts.kept(store, row.site),
            compareButton(store, row),
        ];
    }

    // Where the reader came from, to go back to when the sheet closes; the ranking may have been drawn anew meanwhile.
    function remember(element, opener) {
        const active = document.activeElement;
        return active && active !== document.body && !element.contains(active) ? active : opener;
    }

    function goBack(opener, site) {
        const there =
            opener && opener.isConnected
                ? opener
                : document.querySelector(`#ranking tr[data-site="${site}"] button`) ||
                  document.getElementById("ranking");
        if (there) there.focus({ preventScroll: true });
    }

    function render(store, element) {
        let opener = null,
            shown = null;
        const close = () => store.select(null);
        const top = head(store, close),
            content = el("div", { class: "sheet-body" });
        const hint = el(
            "p",
            { class: "muted sheet-hint" },
            "Choose a site on the map or in the ranking: its sheet opens here.",
        );
        const draw = () => {
            const row = store.selection === null ? null : store.rowOf(store.selection);
            fill(element, row ? [top.root, content] : hint);
            if (!row) return;
            top.update(row);
            fill(content, body(store, row));
        };
        const changed = () => {
            const before = shown,
                inside = element.contains(document.activeElement);
            if (store.selection !== null && before === null) opener = remember(element, opener);
            shown = store.selection;
            if (shown !== null && before !== null) update(store, top, content);
            else draw();
            if (shown !== null && before === null) top.title.focus({ preventScroll: true });
            if (shown === null && before !== null && inside) goBack(opener, before);
        };
        store.on("selection", changed);
        const later = zonerank.redrawn(() => {
            if (store.selection !== null) update(store, top, content);
        });
        store.on("ranking", later);
        store.on("compared", later);
        closeOnEscape(store, close);
        draw();
    }

    function closeOnEscape(store, close) {
        document.addEventListener("keydown", (event) => {
            const elsewhere = event.defaultPrevented || event.target.closest?.("dialog, select");
            if (event.key === "Escape" && store.selection !== null && !elsewhere) close();
        });
    }

    function update(store, top, content) {
        const row = store.rowOf(store.selection);
        top.update(row);
        fill(content, body(store, row));
    }

    zonerank.sections.push({ id: "sheet", render });
    return { render };
})();
