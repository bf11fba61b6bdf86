// SPDX-License-Identifier: Apache-2.0

/** What the section of what was done is written with: tables, lists of facts, blocks under a heading. */
zonerank.doneTable = (() => {
    const { el } = zonerank;

    const column = (text, numeric) => el("th", { scope: "col", class: numeric ? "num" : null }, text);
    const user = (text) => el("span", { class: "name", dir: "auto" }, text);
    const km2 = (value) => (value === null || value === undefined ? "–" : zonerank.quantity(value, "km²"));

    // `head`: texts, those that begin with "#" of columns of numbers.
    function table(head, rows, kind = "") {
        const numeric = head.map((text) => text.startsWith("#"));
        return el(
            "div",
            { class: "table-scroll" },
            el(
                "table",
                { class: `done-table ${kind}` },
                el("thead", {}, el("tr", {}, ...head.map((text, i) => column(text.replace(/^#/, ""), numeric[i])))),
                el(
                    "tbody",
                    {},
                    ...rows.map((row) =>
                        el(
                            "tr",
                            {},
                            ...row.map((cell, i) =>
                                el(
                                    i ? "td" : "th",
                                    { class: numeric[i] ? "num" : null, scope: i ? null : "row" },
                                    cell,
                                ),
                            ),
                        ),
                    ),
                ),
            ),
        );
    }

    const block = (title, ...content) => el("div", { class: "done-block" }, el("h3", {}, title), ...content);
    const wide = (title, ...content) => el("div", { class: "done-block wide" }, el("h3", {}, title), ...content);
    const facts = (pairs) =>
        el(
            "dl",
            { class: "facts" },
            ...pairs.filter(Boolean).flatMap(([term, told]) => [el("dt", {}, term), el("dd", {}, told)]),
        );

    return { user, km2, table, block, wide, facts };
})();
