// SPDX-License-Identifier: Apache-2.0

/** Moved weights as a study that is laid on the page's own, and as a part of the page's address. */
zonerank.yaml = (() => {
    // Words that YAML reads as something else than text.
    const special = /^(true|false|yes|no|on|off|null|y|n|~)$/i;
    const plain = /^[a-z][a-z0-9 _-]*[a-z0-9_]$|^[a-z]$/;
    const quoted = (text) => (plain.test(text) && !special.test(text) ? text : JSON.stringify(text));

    const comment = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]+/g, " ");

    const direct = (members, weights) => {
        const pairs = members.map(({ name }, m) => `${quoted(name)}: ${weights[m]}`);
        return `weights: {direct: {${pairs.join(", ")}}}`;
    };
    const indent = (depth, lines) => lines.map((line) => " ".repeat(depth) + line);

    // `weight:` beside a member and `weights:` above it say the same; null takes the former away.
    const themeLines = (store, theme, t) => {
        const weights = store.givenTo(t);
        const members = theme.members.map((i) => store.data.criteria[i]);
        const beside = store.givenTo(null) ? ["weight: null"] : [];
        const own = weights
            ? [direct(members, weights), ...members.map(({ name }) => `${quoted(name)}: {weight: null}`)]
            : [];
        const lines = [...beside, ...own];
        return lines.length === 0 ? [] : [`${quoted(theme.name)}:`, ...indent(2, lines)];
    };

    /** A study that runs: the page's own with the weights as they stand. */
    const studyWith = (store) => {
        const { data } = store;
        const outer = store.givenTo(null);
        const criteria = [
            ...(outer ? [direct(data.themes, outer)] : []),
            ...data.themes.flatMap((theme, t) => themeLines(store, theme, t)),
        ];
        const head = [
            `# ${comment(data.title)}: with weights moved in report.html.`,
            "# Save it beside the study as moved.yaml, then: zonerank run moved.yaml",
            `extends: ${quoted(data.study_file ?? "study.yaml")}`,
        ];
        return [...head, ...(criteria.length > 0 ? ["criteria:", ...indent(2, criteria)] : [])].join("\n") + "\n";
    };

    /** "themes=40,20,20,20&1=50,50": groups that were moved. */
    const toHash = (store) => {
        const groups = [null, ...store.data.themes.keys()].filter((theme) => store.givenTo(theme));
        return groups.map((theme) => `${theme ?? "themes"}=${store.givenTo(theme).join()}`).join("&");
    };

    /** The groups that an address names, for store.setGroups; what does not fit the study is passed over. */
    const fromHash = (hash, data) =>
        [...new URLSearchParams(hash.replace(/^#/, ""))].flatMap(([key, list]) => {
            const theme = key === "themes" ? null : Number(key);
            const count = theme === null ? data.themes.length : data.themes[theme]?.members.length;
            const weights = list.split(",").map(Number);
            return weights.length === count && weights.every((weight) => weight >= 0) ? [[theme, weights]] : [];
        });

    return { studyWith, toHash, fromHash };
})();
