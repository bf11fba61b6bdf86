// SPDX-License-Identifier: Apache-2.0

/** What moving weights did to the ranking, in words that follow it. */
zonerank.makeOutcome = (store) => {
    const { el, fill, name } = zonerank;
    const most = 6; // places told one by one
    const element = el("div", { class: "outcome", "aria-live": "polite" });

    const moveOf = ({ site, change, rank }) =>
        el(
            "li",
            {},
            el("span", { class: change > 0 ? "up" : "down", "aria-hidden": "true" }, change > 0 ? "▲" : "▼"),
            " ",
            name(store.data.sites[site].name),
            el("span", { class: "num" }, ` ${rank + change} → ${rank}`),
        );

    const lead = () => {
        const [first, second] = store.ranking.filter(({ rank }) => rank !== null);
        if (!second) return null;
        const named = ({ site }) => name(store.data.sites[site].name);
        return el(
            "p",
            {},
            named(first),
            ` is ${zonerank.number(first.score - second.score)} ahead of `,
            named(second),
            ".",
        );
    };

    const words = () => {
        const follows = store.data.sites.length > 0 ? "the map and the ranking follow" : "the map follows";
        if (!store.moved)
            return [el("p", {}, el("strong", {}, "The study's weights."), ` Move one and ${follows}.`), lead()];
        if (store.data.sites.length === 0)
            return el("p", {}, el("strong", {}, "Weights moved."), " The map shows what they make of it.");
        const moved = store.ranking.filter(({ change }) => change !== null && change !== 0);
        if (moved.length === 0)
            return [el("p", {}, el("strong", {}, "Weights moved."), " No site changes its place."), lead()];
        const count = moved.length === 1 ? "1 site changes its place" : `${moved.length} sites change places`;
        const rest = moved.length > most ? el("li", { class: "muted" }, `and ${moved.length - most} more`) : null;
        return [
            el("p", {}, el("strong", {}, "Weights moved."), ` ${count}:`),
            el("ul", { class: "moves" }, moved.slice(0, most).map(moveOf), rest),
        ];
    };

    const caution = () =>
        !store.otherGround
            ? null
            : el(
                  "p",
                  { class: "small caution" },
                  "Ground that lacks data of left-out criteria may be usable, or not, by these weights; the page keeps the study's. Run the copied YAML to be exact.",
              );

    return { element, update: () => fill(element, caution(), words()) };
};

/** Reset, copy and link of the weights as they stand. */
zonerank.makeTakeAlong = (store, letGo) => {
    const { el, clear, copy } = zonerank;
    const copied = el("div", { class: "copied" });
    const button = (text, kind, title, click) =>
        el("button", { type: "button", class: `button${kind}`, title, on: { click } }, text);
    const reset = button("Reset", "", "Back to the study's weights", () => {
        letGo();
        store.reset();
    });
    const yaml = button("Copy as YAML", " quiet", "A study with these weights, to run", () =>
        copy(zonerank.yaml.studyWith(store), "Weights as YAML", copied),
    );
    const link = button("Copy link", " quiet", "The address of this page with these weights", () =>
        copy(location.href, "Link to these weights", copied),
    );
    const update = () => {
        reset.disabled = link.disabled = !store.moved;
        clear(copied);
    };
    return { element: el("div", {}, el("div", { class: "actions" }, reset, yaml, link), copied), update };
};

/** How exact the page is, in words: the ranking always is, the map within its quantisation. */
zonerank.exactness = (data) => {
    if (!data.map) return "The ranking is computed from the exact decision matrix.";
    const within = zonerank.number(data.map.error, 4);
    const even = new Set(["weighted sum", "minimum", "maximum", "fuzzy and", "fuzzy or", "owa quantifier"]);
    const bounded = [data.aggregation, ...data.themes.map(({ aggregation }) => aggregation)].every(({ kind }) =>
        even.has(kind),
    );
    const map = bounded
        ? `so a cell's score is off by at most ${within}`
        : "a cell's score may be off by more where this aggregation magnifies small differences";
    const step = data.map.step > 1 ? ` The map shows one cell of each ${data.map.step} × ${data.map.step}.` : "";
    return `The ranking is computed from the exact decision matrix. The map's values are rounded to 1/${data.map.levels} (each off by at most ${within}); ${map}.${step}`;
};

/** The panel of weights: what moving them did, ways to take them along, and the sliders. */
zonerank.sections.push({
    id: "weights",
    render(store, element) {
        const { el, fill, name, title } = zonerank;
        const { data } = store;
        const themes = zonerank.makeSliders(store, null);
        const inner = data.themes.map((_, t) => zonerank.makeSliders(store, t));
        const groups = [themes, ...inner];
        const outcome = zonerank.makeOutcome(store);
        const along = zonerank.makeTakeAlong(store, () => groups.forEach(({ letGo }) => letGo()));
        const single = data.themes.length < 2;

        const onlyCounts = ({ kind, movable }) =>
            movable !== false
                ? null
                : el(
                      "p",
                      { class: "small muted" },
                      `By ${kind}, a weight only says whether something counts (above 0) or not (0).`,
                  );
        const members = (theme) => `${theme.members.length} ${theme.members.length === 1 ? "criterion" : "criteria"}`;
        const way = ({ aggregation }) =>
            aggregation.kind === data.aggregation.kind
                ? null
                : el("span", { class: "muted" }, ` by ${aggregation.kind}`);
        const card = (theme, t) =>
            el(
                "div",
                { class: "theme-card" },
                single ? null : themes.rows[t],
                el(
                    "details",
                    { open: single || t === 0 },
                    el("summary", {}, single ? name(title(theme)) : members(theme), way(theme)),
                    onlyCounts(theme.aggregation),
                    inner[t].rows,
                ),
            );

        fill(
            element,
            outcome.element,
            along.element,
            store.fixed ? el("p", { class: "note warn" }, store.fixed) : null,
            onlyCounts(data.aggregation),
            el("div", { class: "cards" }, data.themes.map(card)),
            el(
                "div",
                { class: "small muted about" },
                el(
                    "p",
                    {},
                    "Moving one weight scales the others of its group; a locked one stays. The mark under a slider is the study's weight.",
                ),
                el("p", {}, zonerank.exactness(data)),
            ),
        );

        const update = () => [...groups, outcome, along].forEach((part) => part.update());
        store.on("ranking", update);
        update();
    },
});
