// SPDX-License-Identifier: Apache-2.0

/** Which map is shown, as a choice by name. */
zonerank.makeViewChoice = (store, onChoice) => {
    const { el, title } = zonerank;
    const { data } = store;
    const views = [];
    const option = (view, text) => el("option", { value: views.push(view) - 1 }, text);

    const score = option({ kind: "score" }, "Suitability");
    const difference = option({ kind: "difference" }, "Change against the study's weights");
    const state = option({ kind: "state" }, "Usable and excluded ground");
    const themes = data.themes.map((theme) => {
        const members = theme.members.filter((i) => data.map.criteria[i]);
        const options = members.map((criterion) =>
            option({ kind: "criterion", criterion }, title(data.criteria[criterion])),
        );
        return options.length > 0 ? el("optgroup", { label: `Value: ${title(theme)}` }, options) : null;
    });
    const select = el(
        "select",
        { id: "view", on: { change: () => onChoice(views[select.value]) } },
        score,
        difference,
        state,
        themes,
    );

    // The change is there to see once something is moved.
    const update = () => {
        difference.disabled = !store.moved;
        if (store.moved || views[select.value].kind !== "difference") return;
        select.value = score.value;
        onChoice(views[score.value]);
    };
    store.on("ranking", update);
    difference.disabled = !store.moved;
    return { element: el("div", { class: "view-choice" }, el("label", { for: "view" }, "Map of"), select) };
};

/** The legend of the map that is shown. */
zonerank.makeLegend = (store) => {
    const { el, fill, title, number, name, ramps } = zonerank;
    const { data } = store;
    const element = el("div", { class: "legend", role: "group", "aria-label": "Legend" });
    let shown = { kind: "score" };

    const ramp = (stops, ticks) => [
        el(
            "span",
            { class: "ramp-box" },
            el("span", { class: "ramp", style: { background: ramps.gradient(stops) } }),
            el(
                "span",
                { class: "ramp-ticks num" },
                ticks.map((tick) => el("span", {}, tick)),
            ),
        ),
    ];
    const swatch = (kind, text) => el("li", {}, el("span", { class: `swatch ${kind}` }), text);
    const grounds = (kinds) => {
        const there = new Set(data.states.filter(({ cells }) => cells !== 0).map(({ kind }) => kind));
        return el(
            "ul",
            { class: "key" },
            kinds.filter(([kind]) => there.has(kind)).map(([kind, text]) => swatch(kind, text)),
        );
    };

    const legends = {
        score: () => [
            ramp(ramps.viridis, ["0", "0.5", "1 best"]),
            grounds([
                ["excluded", "excluded"],
                ["unknown", "unknown"],
            ]),
        ],
        difference: (layer) => {
            const most = number(layer.range(), 2);
            return [
                ramp(ramps.difference, [`\u2212${most}`, "0", `+${most}`]),
                grounds([
                    ["excluded", "excluded"],
                    ["unknown", "unknown"],
                ]),
            ];
        },
        state: () => [
            el(
                "ul",
                { class: "key" },
                data.states
                    .filter(({ cells }) => cells !== 0)
                    .map((state) => {
                        const constraint = data.constraints[state.constraint];
                        return el(
                            "li",
                            {},
                            el("span", { class: "swatch", style: { background: state.colour } }),
                            name(constraint ? title(constraint) : state.name),
                        );
                    }),
            ),
        ],
        criterion: () => {
            const criterion = data.criteria[shown.criterion];
            return [ramp(ramps.viridis, ends(criterion)), grounds([["unknown", "no data"]])];
        },
    };

    // What the ends of the ramp are in the criterion's unit, where it has one.
    const ends = ({ curve, unit }) => {
        if (!curve?.length) return ["value 0", "1"];
        const pick = (better) => curve.reduce((best, point) => (better(point[1], best[1]) ? point : best))[0];
        const at = (value) => ` (${zonerank.quantity(value, unit)})`;
        return [`0${at(pick((a, b) => a < b))}`, `1${at(pick((a, b) => a > b))}`];
    };

    const show = (view, layer) => {
        shown = view;
        fill(element, legends[view.kind](layer));
    };
    return {
        element,
        show,
        update: (layer) => {
            if (shown.kind === "difference") show(shown, layer);
        },
    };
};
