// SPDX-License-Identifier: Apache-2.0

/** What the map says at one place: under the pointer, or at the middle while the keyboard moves the map. */
zonerank.makeReadout = (store, layer) => {
    const { el, number, fill, title, name } = zonerank;
    const { data } = store;
    const { map } = data;
    const states = new Map(data.states.map((state) => [state.code, state]));
    const head = el("p", { class: "readout-head" });
    const list = el("ul", { class: "readout-values" });
    const element = el(
        "div",
        { class: "readout", role: "group", "aria-label": "Values at a place of the map", hidden: true },
        head,
        list,
    );
    const meters = data.criteria.map((criterion, i) => (map?.criteria[i] ? meterOf(criterion) : null));

    function meterOf(criterion) {
        const fillBar = el("span", {
            class: "meter-fill",
            style: { background: zonerank.themeColour(criterion.theme) },
        });
        const value = el("span", { class: "num" });
        const item = el(
            "li",
            {},
            el("span", { class: "meter-name" }, name(title(criterion))),
            el("span", { class: "meter" }, fillBar),
            value,
        );
        list.append(item);
        return { fillBar, value };
    }

    const words = (code) => {
        const state = states.get(code);
        if (!state) return [el("span", { class: "muted" }, "outside the study area")];
        const constraint = data.constraints[state.constraint];
        return state.kind === "excluded" && constraint ? ["excluded: ", name(title(constraint))] : [name(state.name)];
    };

    const place = ([x, y]) => `${number(x, 0)} E ${number(y, 0)} N`;

    const scored = ({ score, before }) => {
        if (Number.isNaN(score)) return [];
        const moved = store.moved && Math.abs(score - before) >= 0.0005;
        return [
            "score ",
            el("strong", { class: "num" }, number(score)),
            moved ? ` (study ${number(before)})` : "",
            " · ",
        ];
    };

    const hide = () => {
        element.hidden = true;
    };

    const show = (meter, value) => {
        if (!meter) return;
        meter.fillBar.style.width = Number.isNaN(value) ? "0" : `${value * 100}%`;
        meter.value.textContent = Number.isNaN(value) ? "–" : number(value, 2);
    };

    /**
     * Shows the cell at [x, y] in the grid's CRS, out of the way of what is read: `left` says on which side of the
     * map.
     */
    const read = ([x, y], left) => {
        const cell = layer?.at(Math.floor((x - map.west) / map.pixel), Math.floor((map.north - y) / map.pixel));
        if (!cell) return hide();
        fill(
            head,
            el("span", {}, scored(cell), words(cell.code)),
            el("span", { class: "readout-place num" }, place([x, y])),
        );
        meters.forEach((meter, i) => show(meter, cell.values[i]));
        element.classList.toggle("left", left);
        element.hidden = false;
    };

    return { element, read, hide };
};
