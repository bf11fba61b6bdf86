// SPDX-License-Identifier: Apache-2.0

/** How well each site suits each industry, and which site is assigned to which: a table that reads as a chart. */
zonerank.chartIndustries = (() => {
    const { el, words, chartSites } = zonerank;
    const most = 30;

    const key = (id, name) => `${id}\n${name}`;

    // A cell's ground is as dark as its score is high; what is assigned is framed and says so.
    function cell(score, assigned) {
        if (score === undefined) return el("td", { class: "num unsuited" }, "–");
        const shade = Math.round(Math.max(0, Math.min(1, score)) * 50);
        return el(
            "td",
            {
                class: `num heat-cell${assigned ? " assigned" : ""}`,
                dataset: { score: String(score) },
                style: { "--shade": `${shade}%` },
            },
            assigned ? "✓ " : null,
            zonerank.number(score, 2),
            assigned ? el("span", { class: "visually-hidden" }, " assigned") : null,
        );
    }

    function body(industries, sites) {
        const scores = industries.industries.map(
            (industry) => new Map(industry.suited_sites.map((site) => [key(site.id, site.name), site.score])),
        );
        const assigned = new Set((industries.assignment || []).map((a) => `${a.industry}\n${key(a.site_id, a.site)}`));
        return sites.map((site) =>
            el(
                "tr",
                {},
                el("th", { scope: "row", class: "name", dir: "auto" }, site.name),
                ...industries.industries.map((industry, i) =>
                    cell(
                        scores[i].get(key(site.id, site.name)),
                        assigned.has(`${industry.name}\n${key(site.id, site.name)}`),
                    ),
                ),
            ),
        );
    }

    function says(industries) {
        const assigned = industries.assignment || [],
            name = (i) => words.isolated(i.label || i.name);
        const by = new Map(industries.industries.map((industry) => [industry.name, name(industry)]));
        const told = assigned
            .filter((a) => a.site)
            .map((a) => `${by.get(a.industry) || words.isolated(a.industry)} at ${words.isolated(a.site)}`);
        const without = industries.industries.filter((i) => i.sites_without > 0).map(name);
        const rest = without.length ? ` ${words.listed(without)}: no site left that suits.` : "";
        return told.length
            ? `Best shared out: ${words.listed(told, 8)}.${rest}`
            : `No industry is assigned to a site.${rest}`;
    }

    return (store) => {
        const industries = store.data.analyses && store.data.analyses.industries;
        if (!industries || !industries.industries || !industries.industries.length || !industries.sites) return null;
        const sites = industries.sites.slice(0, most);
        return {
            title: "Which industry suits which site",
            term: "assignment",
            says: says(industries),
            note: [
                `Scores by each industry's own weights; – where a need is not met. Framed, with ✓: the assignment, which has the greatest ${words.isolated(industries.aim || "total score")}.`,
                sites.length < industries.sites.length ? `The first ${most} of ${industries.cut?.sites ?? industries.sites.length} sites.` : "",
            ].join(" "),
            content: el(
                "div",
                { class: "table-scroll" },
                el(
                    "table",
                    { class: "heat-table" },
                    el(
                        "thead",
                        {},
                        el(
                            "tr",
                            {},
                            el("th", { scope: "col" }, "Site"),
                            ...industries.industries.map((i) =>
                                el("th", { scope: "col", class: "num name", dir: "auto" }, i.label || i.name),
                            ),
                        ),
                    ),
                    el("tbody", {}, ...body(industries, sites)),
                ),
            ),
        };
    };
})();
