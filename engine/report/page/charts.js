// SPDX-License-Identifier: Apache-2.0

/** The section of charts: which there are, in what order, and what makes each draw itself anew. */
(() => {
    const { el } = zonerank;
    const moving = ["ranking", "selection", "compared"],
        still = ["selection", "compared"];

    function partsSwitch(options, change) {
        const choice = (value, text) =>
            el(
                "label",
                {},
                el("input", {
                    type: "radio",
                    name: "parts-by",
                    checked: value === options.byCriterion,
                    on: {
                        change: () => {
                            options.byCriterion = value;
                            change();
                        },
                    },
                }),
                ` ${text}`,
            );
        return el(
            "div",
            { class: "choices", role: "radiogroup", "aria-label": "Parts of the scores by" },
            choice(false, "by theme"),
            choice(true, "by criterion"),
        );
    }

    const kinds = () => [
        {
            id: "contributions",
            make: zonerank.chartContributions,
            on: moving,
            column: 0,
            options: { byCriterion: false },
        },
        { id: "acceptability", make: zonerank.chartRanks.acceptability, on: still, column: 0 },
        { id: "methods", make: zonerank.chartMethods, on: still, column: 0 },
        { id: "scores", make: zonerank.chartScores, on: still, column: 0 },
        { id: "weights", make: zonerank.chartWeights, on: ["ranking"], column: 1 },
        { id: "ranges", make: zonerank.chartRanks.ranges, on: [], column: 1 },
        { id: "validation", make: zonerank.chartValidation, on: [], column: 1 },
        { id: "industries", make: zonerank.chartIndustries, on: [], column: 1 },
        { id: "values", make: zonerank.chartValues, on: moving, wide: true },
    ];

    function place(store, kind) {
        const draw = () => figure.show(kind.make(store, kind.options));
        const figure = zonerank.chart.figure(kind.id, kind.wide, kind.options ? partsSwitch(kind.options, draw) : null);
        const later = zonerank.redrawn(draw);
        kind.on.forEach((event) => store.on(event, later));
        draw();
        return figure.root;
    }

    function render(store, element) {
        const all = kinds(),
            figures = all.map((kind) => place(store, kind));
        const column = (c) => el("div", { class: "column" }, ...figures.filter((figure, i) => all[i].column === c));
        element.append(
            el("div", { class: "charts" }, column(0), column(1), ...figures.filter((figure, i) => all[i].wide)),
        );
        return figures.some((figure) => !figure.hidden);
    }

    zonerank.sections.push({ id: "charts", render });
})();
