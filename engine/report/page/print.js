// SPDX-License-Identifier: Apache-2.0

/** Before the page is printed: the map is fitted to the paper, lists are opened, and the study's title and the
 *  number of the page are put into the margins of every page. */
zonerank.print = (() => {
    // Text within a string of CSS: whatever is not a letter or a digit becomes a number.
    const quoted = (text) =>
        `"${Array.from(text.replace(/\s+/g, " "), (c) => (/[\p{L}\p{N} ]/u.test(c) ? c : `\\${c.codePointAt(0).toString(16)} `)).join("")}"`;

    function marginTexts(data) {
        const rule = `@page { @top-left { content: ${quoted(zonerank.chart.fitted(data.title, 480, 11))}; font: 8.5pt sans-serif; color: #44515e; }
      @top-right { content: ${quoted(`zonerank ${data.version}`)}; font: 8.5pt sans-serif; color: #44515e; }
      @bottom-right { content: "page " counter(page) " of " counter(pages); font: 8.5pt sans-serif; color: #44515e; } }`;
        const sheet = document.styleSheets[document.styleSheets.length - 1];
        // Where margins can't hold text, the page prints without.
        try {
            sheet.insertRule(rule, sheet.cssRules.length);
        } catch {
            return;
        }
    }

    // The map keeps its ground when its frame changes: the whole study.
    function fitMap() {
        const { map, store } = zonerank,
            grid = store.data.grid;
        if (!map || !map.leaflet) return;
        map.leaflet.invalidateSize({ animate: false });
        map.leaflet.fitBounds(
            [
                [-grid.rows * grid.cell, 0],
                [0, grid.cols * grid.cell],
            ],
            { animate: false },
        );
    }

    // What was closed on the screen and is read on paper: the methods, and the sheet of a site that is selected.
    const undo = [];
    function before(store) {
        document.documentElement.classList.add("printing");
        document.querySelectorAll("#done details.methods:not([open])").forEach((details) => {
            details.open = true;
            undo.push(() => {
                details.open = false;
            });
        });
        const sheet = document.getElementById("sheet");
        if (store.selection !== null && sheet && sheet.hidden) {
            sheet.hidden = false;
            undo.push(() => {
                sheet.hidden = true;
            });
        }
        fitMap();
    }

    function after() {
        document.documentElement.classList.remove("printing");
        undo.splice(0).forEach((step) => step());
        fitMap();
    }

    // A printed page must not pass for the study's ranking when it is not.
    function movedNote(store) {
        const note = zonerank.el(
            "p",
            { class: "note warn on-paper" },
            "Printed with weights that were moved in the page: scores and ranks are not those of the study. The chart “What counts, and how much” shows both.",
        );
        const show = () => {
            note.hidden = !store.moved;
        };
        store.on("ranking", show);
        show();
        document.querySelector("main").prepend(note);
    }

    function render(store) {
        marginTexts(store.data);
        movedNote(store);
        window.addEventListener("beforeprint", () => before(store));
        window.addEventListener("afterprint", after);
    }

    zonerank.sections.push({ id: "done", render });
    return { quoted };
})();
