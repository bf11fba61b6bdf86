// SPDX-License-Identifier: Apache-2.0

/** Names and figures as words. A name a user wrote is put between U+2068 and U+2069, so that right-to-left text, or
 *  a direction left open in it, changes nothing around it. */
zonerank.words = (() => {
    const isolated = (text) => "\u2068" + text + "\u2069";
    const siteName = (site) => isolated(site.name || site.id || "unnamed site");
    const criterionName = (criterion) => isolated(zonerank.title(criterion));
    const themeName = (theme) => isolated(zonerank.title(theme));
    const plural = (count, one, many = one + "s") => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

    // "a, b and c"
    function list(items) {
        return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;
    }

    // At most `most` of them: "a, b and 7 more"
    function listed(items, most = 4) {
        return items.length <= most
            ? list(items)
            : list([...items.slice(0, most - 1), `${items.length - most + 1} more`]);
    }

    // A share that is not quite all or nothing is never told as all or nothing.
    function share(value) {
        if (value === null || value === undefined) return "–";
        if (value > 0 && value < 0.005) return "less than 1 %";
        if (value < 1 && value > 0.995) return "more than 99 %";
        return zonerank.percent(value);
    }

    // With its sign, the minus as long as the plus: "+0.012", "−0.040"
    function signed(value, digits = 3) {
        if (value === null || value === undefined) return "–";
        const text = Math.abs(value).toFixed(digits);
        return Number(text) === 0 ? text : (value < 0 ? "−" : "+") + text;
    }

    // Ranks, in order: "1–5, 7"; of equal ones how many: "1 ×20"
    function ranks(list) {
        const runs = [];
        for (const rank of [...new Set(list)].sort((a, b) => a - b)) {
            const last = runs[runs.length - 1];
            if (last && rank === last[1] + 1) last[1] = rank;
            else runs.push([rank, rank]);
        }
        const told = runs
            .map(([from, to]) => (from === to ? `${from}` : to === from + 1 ? `${from}, ${to}` : `${from}–${to}`))
            .join(", ");
        return list.length > 1 && runs.length === 1 && runs[0][0] === runs[0][1] ? `${told} ×${list.length}` : told;
    }

    const measured = (entry, criterion) => {
        if (entry.measurement === null || entry.measurement === undefined) return "no data";
        if (typeof entry.measurement === "string") return isolated(entry.measurement);
        const beyond = entry.beyond === "all" || entry.beyond === "part" ? "≥ " : "";
        return beyond + zonerank.quantity(entry.measurement, criterion.unit);
    };

    return { isolated, siteName, criterionName, themeName, plural, list, listed, share, signed, ranks, measured };
})();
