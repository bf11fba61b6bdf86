// SPDX-License-Identifier: Apache-2.0

/** The panel of weights: what moving them did, the sliders, and ways to take the weights along. */
zonerank.sections.push({
    id: "weights",
    render(store, element) {
        const { el, fill, name, title } = zonerank;
        const { data } = store;
        const outcome = el("div", { class: "outcome", "aria-live": "polite" });
        const reset = el("button", { type: "button", class: "button", title: "Back to the study's weights", on: { click: () => { groups.forEach(({ letGo }) => letGo()); store.reset(); } } }, "Reset");
        const yaml = el("button", { type: "button", class: "button quiet", on: { click: () => copy(zonerank.yaml.studyWith(store), "Weights as YAML") } }, "Copy as YAML");
        const link = el("button", { type: "button", class: "button quiet", on: { click: () => copy(location.href, "Link to these weights") } }, "Copy link");
        const copied = el("div", { class: "copied" });

        const themes = zonerank.makeSliders(store, null);
        const inner = data.themes.map((_, t) => zonerank.makeSliders(store, t));
        const groups = [themes, ...inner];
        const single = data.themes.length < 2;

        const card = (theme, t) => el("div", { class: "theme-card", style: { "--own": zonerank.themeColour(t) } },
            single ? null : themes.rows[t],
            el("details", { open: single || t === 0 },
                el("summary", {}, single ? name(title(theme)) : `${theme.members.length} ${theme.members.length === 1 ? "criterion" : "criteria"}`,
                    theme.aggregation.kind === data.aggregation.kind ? null : el("span", { class: "muted" }, ` by ${theme.aggregation.kind}`)),
                inner[t].rows));

        fill(element,
            outcome,
            el("div", { class: "actions" }, reset, yaml, link), copied,
            store.fixed ? el("p", { class: "note warn" }, store.fixed) : null,
            el("div", { class: "cards" }, data.themes.map(card)),
            el("div", { class: "small muted about" },
                el("p", {}, "Moving one weight scales the others of its group; a locked one stays. The mark under a slider is the study's weight."),
                el("p", {}, zonerank.exactness(data))));

        const copy = async (text, what) => {
            const done = () => fill(copied, el("p", { class: "small" }, `${what}: copied.`));
            try {
                await navigator.clipboard.writeText(text);
                done();
            } catch {
                offer(text, what, done); // no clipboard, as in some browsers for a file
            }
            zonerank.lastCopied = text;
        };

        const offer = (text, what, done) => {
            const area = el("textarea", { rows: 6, readonly: true, "aria-label": what });
            area.value = text;
            fill(copied, area);
            area.select();
            if (document.execCommand("copy")) done();
            else area.focus();
        };

        const moveOf = ({ site, change, rank }) => el("li", {},
            el("span", { class: change > 0 ? "up" : "down", "aria-hidden": "true" }, change > 0 ? "▲" : "▼"), " ",
            name(data.sites[site].name), el("span", { class: "num" }, ` ${rank + change} → ${rank}`));

        const outcomeWords = () => {
            if (!store.moved) return el("p", {}, el("strong", {}, "The study's weights."), " Move one and the map and the ranking follow.");
            const moved = store.ranking.filter(({ change }) => change !== null && change !== 0);
            if (moved.length === 0) return el("p", {}, el("strong", {}, "Weights moved."), " No site changes its place.");
            const words = moved.length === 1 ? "1 site changes its place" : `${moved.length} sites change places`;
            const rest = moved.length > 6 ? el("li", { class: "muted" }, `and ${moved.length - 6} more`) : null;
            return [el("p", {}, el("strong", {}, "Weights moved."), ` ${words}:`), el("ul", { class: "moves" }, moved.slice(0, 6).map(moveOf), rest)];
        };

        const update = () => {
            groups.forEach((group) => group.update());
            reset.disabled = !store.moved;
            link.disabled = !store.moved;
            fill(outcome, outcomeWords());
            outcome.classList.toggle("is-moved", store.moved);
        };
        store.on("weights", () => fill(copied));
        store.on("ranking", update);
        update();
    },
});

/** How exact the page is, in words: the ranking always is, the map within its quantisation. */
zonerank.exactness = (data) => {
    if (!data.map) return "The ranking is computed from the exact decision matrix.";
    const within = zonerank.number(data.map.error, 4);
    const even = new Set(["weighted sum", "minimum", "maximum", "fuzzy and", "fuzzy or", "owa quantifier"]);
    const bounded = [data.aggregation, ...data.themes.map(({ aggregation }) => aggregation)].every(({ kind }) => even.has(kind));
    const map = bounded
        ? `so a cell's score is off by at most ${within}`
        : "a cell's score may be off by more where this aggregation magnifies small differences";
    const step = data.map.step > 1 ? ` The map shows one cell of each ${data.map.step} × ${data.map.step}.` : "";
    return `The ranking is computed from the exact decision matrix. The map's values are rounded to 1/${data.map.levels} (each off by at most ${within}); ${map}.${step}`;
};
