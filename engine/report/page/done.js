// SPDX-License-Identifier: Apache-2.0

/** What was done: where, with what data, how it was measured, weighed and put together, and what is not known. */
zonerank.done = (() => {
    const { el, words, doneWords, doneTable, doneSources } = zonerank;
    const { user, km2, table, block, wide, facts } = doneTable;

    function area({ area: ground, grid, map, sites, criteria }) {
        const crs = grid.crs || {},
            cells = grid.cols * grid.rows;
        return block(
            "Area and grid",
            facts([
                ["Area", km2(ground && ground.km2)],
                [
                    "Cells",
                    `${zonerank.number(cells, 0)} of ${zonerank.quantity(grid.cell, "m")} (${zonerank.number(grid.cols, 0)} × ${zonerank.number(grid.rows, 0)})`,
                ],
                [
                    "Coordinates",
                    [
                        user([...new Set([crs.label, crs.name])].filter(Boolean).join(", ")),
                        crs.chosen ? " (chosen by the program)" : "",
                    ],
                ],
                ["Error of lengths", `${doneWords.scale(grid.scale_error)} (scale error of the projection)`],
                [
                    "Sites",
                    `${zonerank.number(sites.length, 0)}, by ${words.plural(criteria.length, "criterion", "criteria")}`,
                ],
                map
                    ? [
                          "Map in this page",
                          `${map.step > 1 ? `one cell of ${map.step} × ${map.step} shown, ` : ""}values to within ${zonerank.number(map.error ? Math.min(map.error, 1 / 508) : 1 / 508, 4)}; tables and ranking are exact`,
                      ]
                    : null,
            ]),
        );
    }

    const stateTold = {
        valid: "usable",
        assumed: "usable, with an assumption where data are missing",
        unknown: "not scored: data are missing",
        excluded: "ruled out",
    };

    function states(data) {
        const rows = data.states.filter((state) => state.km2 > 0),
            whole = rows.reduce((sum, state) => sum + state.km2, 0);
        if (!rows.length) return null;
        return block(
            "What the ground is",
            table(
                ["State", "#Area", "#Share"],
                rows.map((state) => [
                    [
                        el("span", { class: "swatch", style: { background: state.colour } }),
                        user(
                            state.kind === "excluded"
                                ? zonerank.title(data.constraints[state.constraint] || state)
                                : state.name,
                        ),
                        el("span", { class: "muted small" }, ` ${stateTold[state.kind] || ""}`),
                    ],
                    km2(state.km2),
                    words.share(whole ? state.km2 / whole : null),
                ]),
            ),
            el(
                "p",
                { class: "muted small" },
                "Ground that several constraints rule out is shown under the first of them.",
            ),
        );
    }

    function constraints({ constraints: list }) {
        const rows = list.map((c) => [
            user(zonerank.title(c)),
            el("code", { class: "small" }, c.text),
            km2(c.km2),
            km2(c.alone_km2),
        ]);
        return list.length
            ? wide(
                  "What rules ground out",
                  table(["Constraint", "As the study says it", "#Rules out", "#It alone"], rows),
                  el(
                      "p",
                      { class: "muted small" },
                      "“It alone”: ground that would be usable without this one constraint.",
                  ),
              )
            : null;
    }

    function missing({ criteria }) {
        const without = criteria.filter((criterion) => criterion.no_data_km2 > 0);
        return without.length
            ? block(
                  "Where data are missing",
                  table(
                      ["Criterion", "#Without data", "Such ground"],
                      without.map((c) => [user(zonerank.title(c)), km2(c.no_data_km2), doneWords.missing(c.missing)]),
                  ),
              )
            : null;
    }

    function choice(text, told) {
        return [told ? `${told} ` : "", el("code", { class: "small" }, text || "–")];
    }

    function methods(data) {
        const rows = data.criteria.map((c) => [
            [user(zonerank.title(c)), c.source ? el("span", { class: "muted small" }, ` ${c.source}`) : null],
            choice(c.measure, doneWords.measure(c.measure)),
            choice(c.value, doneWords.value(c.value)),
            doneWords.missing(c.missing),
            zonerank.percent(c.weight, 1),
        ]);
        return wide(
            "How it was measured and valued",
            table(["Criterion", "Measured: what", "Valued: how", "Ground without data", "#Weight"], rows, "methods"),
            el(
                "p",
                { class: "muted small" },
                "In small type: the study's own words, from which the program can repeat each step.",
            ),
        );
    }

    function together({ aggregation, themes, weighing }) {
        const own = themes.filter((theme) => theme.aggregation && theme.aggregation.summary !== aggregation.summary);
        return block(
            "How weights and scores were found",
            facts([
                themes.length > 1 && weighing ? ["Weights of the themes", doneWords.weighing(weighing)] : null,
                ...themes
                    .filter((theme) => theme.weighing)
                    .map((theme) => [user(zonerank.title(theme)), doneWords.weighing(theme.weighing)]),
                [
                    "Score",
                    [
                        doneWords.aggregation(aggregation),
                        " ",
                        el("span", { class: "term" }, `(${aggregation.summary || aggregation.kind})`),
                    ],
                ],
                ...own.map((theme) => [
                    user(zonerank.title(theme)),
                    [
                        doneWords.aggregation(theme.aggregation),
                        ` (${theme.aggregation.summary || theme.aggregation.kind})`,
                    ],
                ]),
            ]),
        );
    }

    const also = ({ done }) =>
        done.methods && done.methods.length
            ? wide(
                  "The methods and where they come from",
                  el(
                      "details",
                      { class: "methods" },
                      el("summary", {}, words.plural(done.methods.length, "method")),
                      facts(done.methods.map(({ what, text }) => [user(what), user(text)])),
                  ),
              )
            : null;

    function warnings({ done }) {
        return done.warnings && done.warnings.length
            ? wide(
                  "Warnings",
                  el(
                      "ul",
                      { class: "plain" },
                      ...done.warnings.map((text) => el("li", { class: "note warn", dir: "auto" }, text)),
                  ),
              )
            : null;
    }

    function summary({ sites, criteria, constraints: list, area: ground }) {
        const unranked = sites.filter((site) => site.rank === null).length;
        return (
            `${words.plural(sites.length, "site")}${ground ? ` in ${km2(ground.km2)}` : ""} ${sites.length === 1 ? "was" : "were"} measured by ${words.plural(criteria.length, "criterion", "criteria")}; ` +
            `${list.length ? `ground ruled out by ${words.plural(list.length, "constraint")} does not count` : "no ground was ruled out"}.` +
            `${unranked ? ` ${words.plural(unranked, "site")} ${unranked === 1 ? "has" : "have"} no rank.` : ""}`
        );
    }

    function render(store, element) {
        const { data } = store,
            done = { ...data, done: data.done || {} };
        zonerank.fill(
            element,
            el("p", { class: "says" }, summary(data)),
            warnings(done),
            el(
                "div",
                { class: "done-blocks" },
                area(data),
                states(data),
                together(data),
                missing(data),
                constraints(data),
                methods(data),
                also(done),
                doneSources.sources(done),
                doneSources.outputs(data),
            ),
        );
    }

    zonerank.sections.push({ id: "done", render });
    return { render };
})();
