// SPDX-License-Identifier: Apache-2.0

/**
 * The study's own layers over the map, to know where one is: a canvas between the cells and the sites, and a box to
 * tick for each. {element: null without layers, addTo(map)}.
 */
zonerank.makeContext = (store) => {
    const { el, name, title, contextMarks } = zonerank;
    const { grid, context } = store.data;
    const layers = context?.layers ?? [];
    const marks = contextMarks.of(layers);
    const most = 6, // names that stand in a row
        linesAtFirst = 3,
        mostHatched = 0.4; // of the map; what covers more, such as districts, has outlines only
    const columns = (grid.cols * grid.cell) / context?.unit,
        rows = (grid.rows * grid.cell) / context?.unit; // in units
    const isWater = (layer) => layer.polygons && /water|lake|river|reservoir|lagoon|\bsea\b/i.test(layer.name);
    const lines = layers.filter((layer) => layer.lines);
    const shown = new Set(
        layers.filter((layer) => isWater(layer) || (layer.lines && lines.indexOf(layer) < linesAtFirst)),
    );
    let draw = () => {};

    // x, y, then steps; calls visit(x, y, index).
    const walk = (steps, visit) => {
        let x = 0,
            y = 0;
        for (let i = 0; i < steps.length; i += 2) visit((x += steps[i]), (y += steps[i + 1]), i);
    };
    const add = (path, steps) => walk(steps, (x, y, i) => (i === 0 ? path.moveTo(x, y) : path.lineTo(x, y)));

    // By the shoelace formula; holes are small beside their polygons, and count as well.
    const ringArea = (steps) => {
        let twice = 0,
            last = null;
        walk(steps, (x, y) => {
            if (last) twice += last[0] * y - x * last[1];
            last = [x, y];
        });
        return Math.abs(twice + last[0] * steps[1] - steps[0] * last[1]) / 2;
    };

    /** A layer's lines and areas in units of the context, made when it is shown for the first time. */
    const pathsOf = (layer) => {
        const paths = { lines: new Path2D(), areas: new Path2D(), covers: 0, points: [] };
        for (const steps of layer.lines ?? []) add(paths.lines, steps);
        for (const rings of layer.polygons ?? [])
            for (const steps of rings) {
                add(paths.areas, steps);
                paths.areas.closePath();
                paths.covers += ringArea(steps) / (columns * rows);
            }
        walk(layer.points ?? [], (x, y) => paths.points.push([x, y]));
        return paths;
    };
    const made = new Map();
    const paths = (layer) => made.get(layer) ?? made.set(layer, pathsOf(layer)).get(layer);

    const tile = (hatch) => {
        const canvas = el("canvas", { width: 16, height: 16 });
        const pen = canvas.getContext("2d");
        pen.scale(2, 2);
        pen.strokeStyle = contextMarks.dark;
        pen.lineWidth = 0.7;
        pen.stroke(new Path2D(hatch));
        return canvas;
    };

    const strokeTwice = (pen, path, { dash, edge, core }, scale) => {
        for (const { colour, width } of [edge, core]) {
            pen.setLineDash(colour === core.colour ? dash.map((length) => length / scale) : []);
            pen.strokeStyle = colour;
            pen.lineWidth = width / scale;
            pen.stroke(path);
        }
        pen.setLineDash([]);
    };

    // `scale`: pixels of a unit; everything but the places is in pixels.
    const drawLayer = (pen, layer, { line, hatch, point }, scale) => {
        const { lines: along, areas, covers, points } = paths(layer);
        pen.lineJoin = "round";
        if (hatch && covers < mostHatched) {
            const pattern = pen.createPattern(tile(hatch), "repeat");
            pattern.setTransform(new DOMMatrix().scale(0.5 / scale));
            pen.fillStyle = pattern;
            pen.fill(areas, "evenodd");
        }
        if (hatch) strokeTwice(pen, areas, contextMarks.outline, scale);
        if (line) strokeTwice(pen, along, line, scale);
        if (point) drawPoints(pen, points, new Path2D(point), scale);
    };

    const drawPoints = (pen, points, mark, scale) => {
        pen.fillStyle = contextMarks.dark;
        pen.strokeStyle = "#fff";
        pen.lineWidth = 1.2;
        for (const [x, y] of points) {
            pen.save();
            pen.translate(x, y);
            pen.scale(1 / scale, 1 / scale);
            pen.stroke(mark);
            pen.fill(mark);
            pen.restore();
        }
    };

    const toggle = (layer, on) => {
        if (on) shown.add(layer);
        else shown.delete(layer);
        draw();
    };

    const boxOf = (layer) => {
        const i = layers.indexOf(layer);
        return el(
            "label",
            { title: layer.tolerance > context.unit ? `Without what is smaller than ${layer.tolerance} m` : null },
            el("input", {
                type: "checkbox",
                checked: shown.has(layer),
                disabled: Boolean(layer.left_out),
                on: { change: ({ target }) => toggle(layer, target.checked) },
            }),
            contextMarks.swatch(marks[i]),
            name(title(layer)),
            layer.left_out ? `(${layer.left_out})` : null,
        );
    };

    const menuOf = (others) => {
        const menu = el("div", { class: "context-menu", id: "context-menu" }, others.map(boxOf));
        const open = (on) => {
            menu.classList.toggle("open", on);
            button.setAttribute("aria-expanded", String(on));
        };
        const button = el(
            "button",
            {
                type: "button",
                class: "button quiet",
                "aria-expanded": "false",
                "aria-controls": menu.id,
                on: { click: () => open(!menu.classList.contains("open")) },
            },
            `${others.length} more …`,
        );
        const close = (event) => {
            if (event.key !== "Escape" || !menu.classList.contains("open")) return;
            open(false);
            button.focus();
        };
        const box = el("span", { class: "context-more", on: { keydown: close } }, button, menu);
        document.addEventListener("pointerdown", ({ target }) => box.contains(target) || open(false));
        return box;
    };

    const choice = () => {
        const first = layers.length <= most ? layers : layers.filter((layer) => shown.has(layer));
        const others = layers.filter((layer) => !first.includes(layer));
        return el(
            "div",
            { class: "context-choice", role: "group", "aria-label": "On the map" },
            el("span", { class: "context-title" }, "On the map"),
            first.map(boxOf),
            others.length > 0 ? menuOf(others) : null,
        );
    };

    return {
        element: layers.length > 0 ? choice() : null,
        addTo(map) {
            if (layers.length === 0) return;
            const west = context.west - grid.west,
                north = context.north - grid.north;
            draw = zonerank.mapCanvas(map, (pen, place, perMetre) => {
                const corner = place([north, west]),
                    scale = perMetre * context.unit;
                pen.translate(corner.x, corner.y);
                pen.scale(scale, scale);
                pen.beginPath();
                pen.rect(0, 0, columns, rows);
                pen.clip();
                layers.forEach((layer, i) => shown.has(layer) && drawLayer(pen, layer, marks[i], scale));
            });
        },
    };
};
