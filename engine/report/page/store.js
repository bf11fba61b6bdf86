// SPDX-License-Identifier: Apache-2.0

/** What the page shows and what has been moved; who wants to know is told. */
zonerank.makeStore = (data) => {
    const { scores, aggregations } = zonerank;
    const listeners = {};
    const groups = [data.aggregation, ...data.themes.map(({ aggregation }) => aggregation)];
    const fixed = groups.find((choice) => !aggregations.known(choice));
    const model = fixed ? null : scores.model(data);

    const whole = ({ themes, criteria }) => criteria.map((share, i) => share * themes[data.criteria[i].theme]);
    const complete = (weights) => ({ ...weights, whole: whole(weights) });
    const studyWeights = complete({
        themes: data.themes.map(({ weight }) => weight),
        criteria: data.criteria.map(({ share }) => share),
    });
    const asGiven = () =>
        data.sites.map(({ rank, score, reason, entries }, site) => ({
            site,
            rank,
            score,
            reason,
            change: rank === null ? null : 0,
            themes: data.themes.map(() => null),
            parts: data.contributions ? entries.map(({ part }) => part) : null,
        }));

    const tell = (event) => (listeners[event] ?? []).forEach((listener) => listener());
    const given = new Map(); // weights as they were set, by theme; null: of the themes

    const shares = (theme) => {
        const members = theme === null ? data.themes.map((_, t) => t) : data.themes[theme].members;
        const own = theme === null ? studyWeights.themes : studyWeights.criteria;
        return given.has(theme) ? scores.normalised(given.get(theme)) : members.map((i) => own[i]);
    };

    const store = {
        data,
        model,
        studyWeights,
        weights: studyWeights,
        moved: false,
        /** Whether the run might find other ground usable with these weights than with the study's. */
        otherGround: false,
        selection: null,
        compared: [],
        ranking: [],

        /** Why weights can't be moved; empty: they can. */
        fixed: fixed
            ? `The aggregation '${fixed.kind}' can't be recomputed in a page: its weights stay the study's.`
            : "",

        on(event, listener) {
            (listeners[event] ??= []).push(listener);
        },

        /** Weights as they were set for a theme, or null for the themes; undefined: the study's. */
        givenTo(theme) {
            return given.get(theme);
        },

        rowOf(site) {
            return store.ranking.find((row) => row.site === site);
        },

        /**
         * Sets several groups at once: [[theme or null, weights on any scale]]; one that is no weights at all is
         * passed over.
         */
        setGroups(changes) {
            for (const [theme, weights] of changes) {
                const sum = weights.reduce((total, weight) => total + weight, 0);
                if (weights.every((weight) => weight >= 0) && sum > 0 && Number.isFinite(sum))
                    given.set(theme, weights);
            }
            apply();
        },

        setGroup(theme, weights) {
            store.setGroups([[theme, weights]]);
        },

        /** Back to the study's weights, all or those of one group. */
        reset(theme) {
            if (theme === undefined) given.clear();
            else given.delete(theme);
            apply();
        },

        select(site) {
            store.selection = site;
            tell("selection");
        },

        compare(sites) {
            store.compared = sites.slice(0, 4);
            tell("compared");
        },
    };

    const apply = () => {
        const criteria = new Array(data.criteria.length);
        data.themes.forEach(({ members }, t) =>
            shares(t).forEach((share, m) => {
                criteria[members[m]] = share;
            }),
        );
        store.weights = complete({ themes: shares(null), criteria });
        store.moved = given.size > 0;
        store.otherGround =
            store.moved && [studyWeights, store.weights].some((weights) => scores.gapsMatter(data, weights));
        tell("weights");
        store.ranking = model ? scores.ranking(data, model, store.weights) : asGiven();
        tell("ranking");
    };

    apply();
    return store;
};
