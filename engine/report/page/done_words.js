// SPDX-License-Identifier: Apache-2.0

/** The study's methods in words that need no knowledge of them. Where there are none, the study's own text stands
 *  alone. */
zonerank.doneWords = (() => {
    const { words } = zonerank;

    const measures = {
        distance: "straight distance to the nearest",
        sample: "what the map says at the place",
        slope: "steepness of the ground",
        aspect: "the direction the ground faces",
        ruggedness: "how rough the ground is",
        attribute: "a figure of the area the place lies in",
        cover: "share of the ground that is covered",
        density: "how much there is within a radius",
        category: "the class of the ground",
        focal: "a figure of the ground around",
        "travel time": "minutes of travel to the nearest",
        "people within": "how many can get there in a given time",
        gravity: "how many there are, those farther away counting less",
        "two-step": "workers for each job",
        "network time": "minutes along roads to the nearest",
        "hot spots": "whether high figures lie together",
        "hot spot class": "whether high figures lie together, as a class",
        "nearest by time": "which is the nearest by travel time",
        "site field": "a figure given with each site",
    };

    const values = {
        linear: "in a straight line between worst and best",
        piecewise: "in straight lines between given points",
        categories: "a value for each class",
        logistic: "S-shaped, half at the midpoint",
        gaussian: "best at an ideal, falling on both sides",
        near: "best at an ideal, falling slowly on both sides",
        step: "one value up to a limit, another beyond",
        power: "as a power, between two limits",
        exponential: "slowly first, then fast",
        logarithm: "fast first, then slowly",
        large: "S-shaped, more is better",
        small: "S-shaped, less is better",
        "symmetric linear": "best halfway, straight down to both ends",
        stretch: "from the map's lowest to its highest",
        expression: "by a formula",
    };

    const aggregations = {
        "weighted sum":
            "Each value times its weight, added up: what a site lacks on one criterion, others make good in full.",
        "weighted product":
            "Values to the power of their weights, multiplied: one very bad value pulls the whole down, a 0 to 0.",
        minimum: "A score is as good as the worst value: nothing makes it good.",
        maximum: "A score is as good as the best value.",
        waspas: "Between adding and multiplying: what a site lacks is made good only in part.",
        owa: "Values are weighed by their order as well: how cautious the score is, is set by the order's weights.",
        topsis: "How near to the ideal a place is, and how far from the worst.",
        compromise: "How far a place is from the ideal.",
    };

    // "distance {to: substations}" -> ["distance", "{to: substations}"]
    function choice(text) {
        const at = (text || "").indexOf("{");
        return at < 0 ? [(text || "").trim(), ""] : [text.slice(0, at).trim(), text.slice(at).trim()];
    }

    const told = (table, text) => table[choice(text)[0]] || "";

    function missing(policy) {
        if (policy === "unknown") return "stays unscored";
        if (policy === "worst") return "counts as the worst (0), an assumption";
        if (policy === "leave out") return "is left out there; the other weights count more";
        return `counts as ${policy}, an assumption`;
    }

    const weighings = {
        direct: "given directly by the study",
        equal: "all the same",
        points: "points shared out",
        swing: "by what going from worst to best is worth",
    };
    const weighing = (summary) => weighings[summary] || summary;

    // What of 10,000 m is how much off: "at most 2.8 m in 10 km"
    const scale = (error) => (error > 0 ? `at most ${zonerank.quantity(error * 10000, "m")} in 10 km` : "none");

    return {
        measure: (text) => told(measures, text),
        value: (text) => told(values, text),
        choice,
        missing,
        scale,
        weighing,
        aggregation: ({ kind, help }) => aggregations[kind] || help || "",
        count: (n, one, many) => words.plural(n, one, many),
    };
})();
