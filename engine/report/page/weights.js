// SPDX-License-Identifier: Apache-2.0

/** The weights as sliders: of the themes, and of the criteria within each; the others follow in proportion. */
zonerank.weights = (() => {
    const round = (percent) => Math.round(percent * 100) / 100;

    /**
     * Percentages of a group of which member `at` gets `wanted`: locked ones keep theirs, the others share
     * what is left as they did in `base`, equally when they had none.
     */
    const rebalanced = (base, at, wanted, locked) => {
        const free = base.map((_, m) => m).filter((m) => m !== at && !locked[m]);
        const kept = base.reduce((sum, percent, m) => sum + (m !== at && locked[m] ? percent : 0), 0);
        const room = Math.max(0, 100 - kept);
        const own = free.length === 0 ? room : Math.min(room, Math.max(0, wanted));
        const before = free.reduce((sum, m) => sum + base[m], 0);
        return base.map((percent, m) => {
            if (m === at) return round(own);
            if (locked[m]) return round(percent);
            return round((room - own) * (before > 0 ? percent / before : 1 / free.length));
        });
    };

    return { rebalanced };
})();

/** One group of sliders. `theme`: its index, or null for the themes themselves. Gives {rows: [elements], update}. */
zonerank.makeSliders = (store, theme) => {
    const { el, title, name, number, percent } = zonerank;
    const { data } = store;
    const members = theme === null ? data.themes : data.themes[theme].members.map((i) => data.criteria[i]);
    const sharesIn = (weights) =>
        theme === null ? weights.themes : data.themes[theme].members.map((i) => weights.criteria[i]);
    const study = sharesIn(store.studyWeights);
    const locked = members.map(() => false);
    const fixed = store.fixed !== "" || members.length < 2;
    let hold = null; // what the others had when this member was taken hold of

    const move = (at, wanted) => {
        if (!Number.isFinite(wanted)) return;
        if (hold?.at !== at) hold = { at, base: sharesIn(store.weights).map((share) => share * 100) };
        const weights = zonerank.weights.rebalanced(hold.base, at, wanted, locked);
        if (weights.some((weight) => weight > 0)) store.setGroup(theme, weights);
    };
    const letGo = () => {
        hold = null;
    };

    const rowOf = (member, at) => {
        const what = theme === null ? `theme ${title(member)}` : `${title(member)} within ${title(data.themes[theme])}`;
        const slider = el("input", {
            type: "range",
            min: 0,
            max: 100,
            step: 0.5,
            "aria-label": `Weight of ${what}, percent`,
            disabled: fixed,
            on: { input: () => move(at, Number(slider.value)), blur: letGo, pointerup: letGo },
        });
        const box = el("input", {
            type: "number",
            min: 0,
            max: 100,
            step: 0.1,
            class: "num",
            "aria-label": `Weight of ${what}, percent, as a number`,
            disabled: fixed,
            on: { change: () => move(at, Number(box.value)), blur: letGo },
        });
        const lock = el("button", {
            type: "button",
            class: "lock",
            "aria-pressed": "false",
            "aria-label": `Keep the weight of ${what}`,
            title: "Keep this weight while others move",
            disabled: fixed,
            on: { click: () => toggle(at) },
        });
        const mark = el("span", {
            class: "study-mark",
            style: { left: `calc(8px + (100% - 16px) * ${study[at]})` },
            title: `study: ${percent(study[at], 1)}`,
        });
        const ofAll = el("span", { class: "of-all muted num" });
        const colour = zonerank.themeColour(theme ?? at);
        const row = el(
            "div",
            { class: theme === null ? "slider-row theme-row" : "slider-row", style: { "--own": colour } },
            el("span", { class: "slider-name" }, name(title(member)), ofAll),
            el("span", { class: "slider-number" }, box, " %"),
            lock,
            el("span", { class: "slider-track" }, slider, mark),
        );
        return { row, slider, box, lock, ofAll };
    };

    const controls = members.map(rowOf);

    const toggle = (at) => {
        locked[at] = !locked[at];
        hold = null;
        controls[at].lock.setAttribute("aria-pressed", String(locked[at]));
    };

    const showOne = ({ slider, box, ofAll, row }, share, m) => {
        const whole = theme === null ? null : store.weights.whole[data.themes[theme].members[m]];
        slider.value = share * 100;
        slider.style.setProperty("--share", `${share * 100}%`);
        slider.setAttribute(
            "aria-valuetext",
            percent(share, 1) + (whole === null ? "" : `, ${percent(whole, 1)} of all`),
        );
        if (document.activeElement !== box) box.value = number(share * 100, 1);
        ofAll.textContent = whole === null ? "" : `${percent(whole, 1)} of all`;
        row.classList.toggle("moved", Math.abs(share - study[m]) > 5e-5);
    };

    const update = () => sharesIn(store.weights).forEach((share, m) => showOne(controls[m], share, m));
    return { rows: controls.map(({ row }) => row), update, letGo };
};
