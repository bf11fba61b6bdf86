// SPDX-License-Identifier: Apache-2.0

/**
 * How the study's own layers are drawn over the map: one dark colour with a white edge, which reads on every colour of
 * the map and in grey; layers are told apart by dashes, hatching and the shape of their points.
 */
zonerank.contextMarks = (() => {
    const dark = "#16242e",
        light = "rgba(255, 255, 255, 0.8)";
    const dashes = [[], [6, 3], [1.5, 3], [9, 3, 2, 3]];
    // Across a square of 8 pixels, to be repeated.
    const hatches = ["M-2 10 10 -2M-2 2 2 -2M6 10 10 6", "M-2 -2 10 10M6 -2 10 2M-2 6 2 10", "M0 4H8", "M4 0V8"];
    const points = [
        "M3.4 0A3.4 3.4 0 1 1 -3.4 0A3.4 3.4 0 1 1 3.4 0Z",
        "M-3 -3H3V3H-3Z",
        "M0 -4L3.8 3H-3.8Z",
        "M0 -4.4L4.4 0L0 4.4L-4.4 0Z",
    ];
    const pick = (all, i) => all[i % all.length];

    /** The marks of all layers: the first with lines has the first dashes, and so on. */
    const of = (layers) => {
        const count = { lines: 0, polygons: 0, points: 0 };
        return layers.map((layer) => ({
            dash: layer.lines ? pick(dashes, count.lines++) : [],
            hatch: layer.polygons ? pick(hatches, count.polygons++) : null,
            point: layer.points ? pick(points, count.points++) : null,
        }));
    };

    /** A layer's mark for its name in the legend. */
    const swatch = (layer, { dash, hatch, point }) => {
        const { svg } = zonerank;
        const path = (d, attributes) => svg("path", { d, fill: "none", ...attributes });
        const along = layer.polygons ? "M2 1H20V11H2Z" : "M1 6H21";
        const shown = layer.lines || layer.polygons;
        return svg(
            "svg",
            { class: "context-swatch", width: 22, height: 12, viewBox: "0 0 22 12", "aria-hidden": "true" },
            shown && path(along, { stroke: light, "stroke-width": 4 }),
            shown && path(along, { stroke: dark, "stroke-width": 1.5, "stroke-dasharray": dash.join(" ") || null }),
            layer.polygons && path(hatch, { stroke: dark, "stroke-width": 0.8, transform: "translate(7 2)" }),
            layer.points && path(point, { fill: dark, stroke: "#fff", transform: "translate(11 6)" }),
        );
    };

    return { of, swatch, dark, light };
})();
