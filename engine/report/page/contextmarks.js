// SPDX-License-Identifier: Apache-2.0

/**
 * How the study's own layers are drawn over the map: dark with a white edge, which reads on every colour of the map and
 * in grey, and roads the other way round, as on most maps. Layers are told apart by width, dashes, hatching and the
 * shape of their points.
 */
zonerank.contextMarks = (() => {
    const dark = "#16242e",
        light = "rgba(255, 255, 255, 0.8)";
    // A line is drawn twice: the edge, then, narrower, the core.
    const lines = [[], [6, 3], [1.5, 3], [9, 3, 2, 3]].map((dash) => ({
        dash,
        edge: { colour: light, width: 2.6 },
        core: { colour: dark, width: 1.1 },
    }));
    const roads = [3, 2.2, 1.7].map((width) => ({
        dash: [],
        edge: { colour: dark, width },
        core: { colour: "#fff", width: width - 1.2 },
    }));
    const isRoad = ({ name }) => /road|street|highway|motorway/i.test(name);
    // Across a square of 8 pixels, to be repeated.
    const hatches = ["M-2 10 10 -2M-2 2 2 -2M6 10 10 6", "M-2 -2 10 10M6 -2 10 2M-2 6 2 10", "M0 4H8", "M4 0V8"];
    const points = [
        "M3.4 0A3.4 3.4 0 1 1 -3.4 0A3.4 3.4 0 1 1 3.4 0Z",
        "M-3 -3H3V3H-3Z",
        "M0 -4L3.8 3H-3.8Z",
        "M0 -4.4L4.4 0L0 4.4L-4.4 0Z",
    ];
    const pick = (all, i) => all[i % all.length];

    /** The marks of all layers: the first with lines has the first kind of line, and so on. */
    const of = (layers) => {
        const count = { roads: 0, lines: 0, polygons: 0, points: 0 };
        const lineOf = (layer) => (isRoad(layer) ? pick(roads, count.roads++) : pick(lines, count.lines++));
        return layers.map((layer) => ({
            line: layer.lines ? lineOf(layer) : null,
            hatch: layer.polygons ? pick(hatches, count.polygons++) : null,
            point: layer.points ? pick(points, count.points++) : null,
        }));
    };

    /** Of polygons: their outlines. */
    const outline = { dash: [], edge: { colour: light, width: 1.8 }, core: { colour: dark, width: 0.9 } };

    /** A layer's mark for its name in the legend. */
    const swatch = ({ line, hatch, point }) => {
        const { svg } = zonerank;
        const path = (d, attributes) => svg("path", { d, fill: "none", ...attributes });
        const drawn = (d, { dash, edge, core }) => [
            path(d, { stroke: edge.colour, "stroke-width": edge.width }),
            path(d, { stroke: core.colour, "stroke-width": core.width, "stroke-dasharray": dash.join(" ") || null }),
        ];
        return svg(
            "svg",
            { class: "context-swatch", width: 22, height: 12, viewBox: "0 0 22 12", "aria-hidden": "true" },
            hatch && [
                path(hatch, { stroke: dark, "stroke-width": 0.8, transform: "translate(7 2)" }),
                drawn("M3 1.5H19V10.5H3Z", outline),
            ],
            line && drawn("M1 6H21", line),
            point && path(point, { fill: dark, stroke: "#fff", transform: "translate(11 6)" }),
        );
    };

    return { of, swatch, outline, dark };
})();
