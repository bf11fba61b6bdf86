// SPDX-License-Identifier: Apache-2.0

/** What a site's sheet tells in words: its place, what its ground is, what would take its place away. */
zonerank.sheetFacts = (() => {
    const { el, words, chartSites } = zonerank;

    const stateNames = {
        valid: "usable",
        assumed: "usable, with an assumption",
        unknown: "not known",
        excluded: "ruled out",
        outside: "outside the area",
    };
    const pair = (term, ...told) => [el("dt", {}, term), el("dd", {}, ...told)];

    const analysis = (store, name) => (store.data.analyses || {})[name];

    function stabilityOf(store, index) {
        const stability = analysis(store, "stability");
        if (!stability || !stability.sites) return null;
        const find = chartSites.finder(store.data);
        return stability.sites.find((site) => find(site.id, site.site) === index) || null;
    }

    function ranksByMethods(store, index) {
        const comparison = analysis(store, "comparison");
        if (!comparison || !comparison.methods) return null;
        const at = comparison.sites.indexOf(store.data.sites[index].name);
        const ranks = comparison.methods
            .filter((m) => m.ranks)
            .map((m) => m.ranks[at])
            .filter((rank) => rank !== undefined && rank !== null);
        return ranks.length ? [Math.min(...ranks), Math.max(...ranks), ranks.length] : null;
    }

    const span = (low, high) =>
        low === high ? zonerank.ordinal(low) : `${zonerank.ordinal(low)} to ${zonerank.ordinal(high)}`;

    function industriesAt(store, index) {
        const industries = analysis(store, "industries"),
            site = store.data.sites[index];
        if (!industries || !industries.assignment) return [];
        const labels = new Map(industries.industries.map((i) => [i.name, i.label || i.name]));
        return industries.assignment
            .filter((a) => a.site_id === site.id && a.site === site.name)
            .map((a) => labels.get(a.industry) || a.industry);
    }

    function facts(store, index) {
        const site = store.data.sites[index],
            stable = stabilityOf(store, index),
            methods = ranksByMethods(store, index),
            assigned = industriesAt(store, index);
        const mapDiffers =
            site.map_score !== null && site.score !== null && Math.abs(site.map_score - site.score) > 5e-4;
        return el(
            "dl",
            { class: "facts" },
            store.moved && site.score !== null
                ? pair(
                      "In the study",
                      `${zonerank.number(site.score, 3)}${site.rank ? `, ${zonerank.ordinal(site.rank)}` : ""}`,
                  )
                : null,
            stable
                ? pair(
                      "Rank range",
                      `${span(stable.best_rank, stable.worst_rank)}; first under ${words.share(stable.rank_acceptability[0])} of the weights tried`,
                  )
                : null,
            methods
                ? pair("Other methods", `${span(methods[0], methods[1])} by ${words.plural(methods[2], "method")}`)
                : null,
            mapDiffers ? pair("Mean of the map", zonerank.number(site.map_score, 3)) : null,
            site.p10 !== null && site.p10 !== undefined
                ? pair(
                      "Score of its ground",
                      `${zonerank.number(site.min, 2)} to ${zonerank.number(site.max, 2)}; nine tenths above ${zonerank.number(site.p10, 2)}`,
                  )
                : null,
            pair("Area", `${zonerank.area(site.area_ha)}, of it usable ${zonerank.area(site.usable_ha)}`),
            assigned.length ? pair("Assigned to", words.list(assigned.map(words.isolated))) : null,
        );
    }

    // What its ground is: a bar and the shares in words.
    function ground(store, index) {
        const site = store.data.sites[index],
            kinds = Object.keys(stateNames).filter((kind) => site.shares[kind] > 0);
        const parts = kinds.map((kind) => ({
            share: site.shares[kind],
            colour: `var(--ground-${kind})`,
            label: stateNames[kind],
        }));
        const by = store.data.constraints.find((constraint) => constraint.name === site.excluded_by);
        const told = kinds.map(
            (kind) =>
                `${words.share(site.shares[kind])} ${stateNames[kind]}` +
                (kind === "excluded" && site.excluded_by
                    ? `, most by ${words.isolated(by ? zonerank.title(by) : site.excluded_by)}`
                    : ""),
        );
        return [
            el("h4", {}, "Its ground"),
            parts.length ? zonerank.bar(parts) : null,
            el("p", { class: "small" }, told.length ? `${told.join("; ")}.` : "Nothing is known of its ground."),
        ];
    }

    // "2.1 points from Workers to Training": weights in percentage points.
    function moves(store, change) {
        const named = new Map(store.data.criteria.map((criterion) => [criterion.name, words.criterionName(criterion)]));
        const name = (text) => named.get(text) || words.isolated(text);
        return words.listed(
            change.moves.map(
                (move) => `${zonerank.number(move.weight * 100, 1)} from ${name(move.from)} to ${name(move.to)}`,
            ),
            4,
        );
    }

    const rank = (value) => (value > 1 ? `${zonerank.ordinal(value)} place` : "first place");

    function changes(store, stable) {
        const lines = [],
            points = (change) => `${zonerank.number(change.moved * 100, 1)} of 100 points of weight`;
        if (stable.to_lose_its_place)
            lines.push(
                `It loses ${rank(stable.rank)}${stable.to_lose_its_place.rival ? ` to ${words.isolated(stable.to_lose_its_place.rival)}` : ""} when ${points(stable.to_lose_its_place)} move: ${moves(store, stable.to_lose_its_place)}.`,
            );
        if (stable.to_rise_by_one)
            lines.push(
                `It rises by one${stable.to_rise_by_one.rival ? `, past ${words.isolated(stable.to_rise_by_one.rival)},` : ""} when ${points(stable.to_rise_by_one)} move: ${moves(store, stable.to_rise_by_one)}.`,
            );
        if (stable.to_be_first && stable.rank > 2)
            lines.push(`To be first takes ${points(stable.to_be_first)}: ${moves(store, stable.to_be_first)}.`);
        if (stable.dominated_by)
            lines.push(
                `${words.isolated(stable.dominated_by)} is at least as good on every criterion: no weights put this site ahead of it.`,
            );
        return lines;
    }

    function stability(store, index) {
        const stable = stabilityOf(store, index),
            lines = stable ? changes(store, stable) : [];
        return lines.length
            ? [
                  el(
                      "h4",
                      {},
                      "What would change its place ",
                      el("span", { class: "term" }, "(least change of the study's weights)"),
                  ),
                  el("ul", { class: "small plain" }, ...lines.map((line) => el("li", {}, line))),
              ]
            : [];
    }

    function kept(store, index) {
        const fields = Object.entries(store.data.sites[index].kept || {}).filter(
            ([name, value]) => value !== null && value !== "",
        );
        return fields.length
            ? [
                  el("h4", {}, "From the file of the sites"),
                  el(
                      "dl",
                      { class: "facts" },
                      ...fields.flatMap(([name, value]) => [
                          el("dt", { class: "name", dir: "auto" }, name),
                          el("dd", { class: "name", dir: "auto" }, String(value)),
                      ]),
                  ),
              ]
            : [];
    }

    return { facts, ground, stability, kept };
})();
