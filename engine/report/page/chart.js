// SPDX-License-Identifier: Apache-2.0

/** What all charts are made of: scales, ticks, text that fits, a drawing with title and description, and the figure
 *  around it with a sentence on top and the numbers as a table below. */
zonerank.chart = (() => {
    const { el, svg, fill } = zonerank;
    const narrowest = 288;
    let drawings = 0;

    const linear = (from, to, start, end) => (x) =>
        to === from ? (start + end) / 2 : start + ((x - from) / (to - from)) * (end - start);

    // Round numbers within [low, high], about `count` of them.
    function ticks(low, high, count = 5) {
        if (!(high > low)) return [low];
        const rough = (high - low) / count,
            power = 10 ** Math.floor(Math.log10(rough));
        const step = [1, 2, 5, 10].map((f) => f * power).find((s) => s >= rough * 0.999);
        const found = [];
        for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; ++k)
            found.push(Number((k * step).toPrecision(12)));
        return found;
    }

    const pen = document.createElement("canvas").getContext("2d");
    function textWidth(text, size = 12, weight = "") {
        pen.font = `${weight} ${size}px system-ui, sans-serif`;
        return pen.measureText(text).width;
    }

    // The longest beginning of a text that fits, with "…" where it was cut; isolating marks stay in pairs.
    function fitted(text, width, size = 12, weight = "") {
        if (textWidth(text, size, weight) <= width) return text;
        const bare = Array.from(text.replace(/[\u2068\u2069]/g, ""));
        let low = 0,
            high = Math.min(bare.length, 200);
        while (low < high) {
            const middle = (low + high + 1) >> 1;
            if (textWidth(bare.slice(0, middle).join("") + "…", size, weight) <= width) low = middle;
            else high = middle - 1;
        }
        return "\u2068" + bare.slice(0, low).join("").trimEnd() + "…\u2069";
    }

    function label(text, x, y, { anchor = "start", size = 12, width = Infinity, weight = "", tone = "" } = {}) {
        const shown = Number.isFinite(width) ? fitted(text, width, size, weight) : text;
        return svg(
            "text",
            { x, y, "text-anchor": anchor, "font-size": size, "font-weight": weight || null, class: tone || null },
            shown === text ? null : svg("title", {}, text),
            shown,
        );
    }

    const line = (x1, y1, x2, y2, kind = "rule", more = {}) => svg("line", { x1, y1, x2, y2, class: kind, ...more });
    const points = (list) => list.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join(" ");

    // A drawing of its own width and height, named and described for those who don't see it.
    function drawing(width, height, { title, says }, ...children) {
        const id = `drawing-${++drawings}`;
        return svg(
            "svg",
            {
                class: "chart",
                viewBox: `0 0 ${width} ${height}`,
                width,
                height,
                role: "img",
                "aria-labelledby": `${id}-title ${id}-desc`,
            },
            svg("title", { id: `${id}-title` }, title),
            svg("desc", { id: `${id}-desc` }, says),
            ...children,
        );
    }

    // A horizontal axis below a plot, with light lines up through it.
    function bottomAxis(scale, at, top, bottom, { text = String, caption = "", left = 0, right = 0 } = {}) {
        return svg(
            "g",
            { class: "axis", "aria-hidden": "true" },
            ...at.map((x) => line(scale(x), top, scale(x), bottom, "grid")),
            ...at.map((x) => label(text(x), scale(x), bottom + 14, { anchor: "middle", size: 11, tone: "faint" })),
            caption
                ? label(caption, (left + right) / 2, bottom + 29, {
                      anchor: "middle",
                      size: 11,
                      tone: "faint",
                      width: right - left,
                  })
                : null,
        );
    }

    // Moves marks apart, so that none of these widths covers another, as little as it can within [low, high]; where there
    // is no room for all they overlap evenly. Positions come back in the order given.
    function apart(wanted, widths, low, high) {
        const order = wanted.map((x, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b),
            placed = [];
        const whole = widths.reduce((sum, width) => sum + width, 0),
            tight = Math.min(1, (high - low) / Math.max(whole, 1));
        const half = (i) => (widths[i] * tight) / 2;
        let edge = low;
        for (const i of order) {
            placed[i] = Math.max(wanted[i], edge + half(i));
            edge = placed[i] + half(i);
        }
        edge = high;
        for (const i of order.reverse()) {
            placed[i] = Math.min(placed[i], edge - half(i));
            edge = placed[i] - half(i);
        }
        return placed;
    }

    const cell = (text, numeric, header) =>
        el(header ? "th" : "td", { class: numeric ? "num" : null, scope: header || null, dir: "auto" }, text);

    function table({ head, rows, numeric }) {
        const isNumber = (column) => (numeric ? numeric.includes(column) : column > 0);
        return el(
            "table",
            {},
            el("thead", {}, el("tr", {}, ...head.map((text, c) => cell(text, isNumber(c), "col")))),
            el(
                "tbody",
                {},
                ...rows.map((row) => el("tr", {}, ...row.map((text, c) => cell(text, isNumber(c), c ? "" : "row")))),
            ),
        );
    }

    // The elements of a figure, from above: heading, sentence, switches, key, drawing, note, numbers.
    function figureParts(id, wide, controls) {
        const parts = {
            title: el("h3", { id: `${id}-heading` }),
            says: el("p", { class: "says" }),
            key: el("ul", { class: "key" }),
            holder: el("div", { class: "holder" }),
            note: el("p", { class: "muted small" }),
            numbers: el("div", { class: "table-scroll" }),
        };
        parts.details = el("details", { class: "numbers" }, el("summary", {}, "The numbers as a table"), parts.numbers);
        const kind = wide ? "chart-figure wide" : "chart-figure";
        const root = el("figure", { id: `chart-${id}`, class: kind, "aria-labelledby": `${id}-heading` });
        root.append(
            parts.title,
            parts.says,
            ...(controls ? [controls] : []),
            parts.key,
            parts.holder,
            parts.note,
            parts.details,
        );
        return { ...parts, root };
    }

    const keyEntry = ({ colour, name }) =>
        el(
            "li",
            {},
            el("span", { class: "swatch", style: { background: colour } }),
            el("span", { class: "name", dir: "auto" }, name),
        );

    function tellAround(parts, spec) {
        fill(parts.title, spec.title, spec.term ? el("span", { class: "term" }, ` (${spec.term})`) : null);
        fill(parts.key, (spec.key ?? []).map(keyEntry));
        parts.says.textContent = spec.says;
        parts.note.textContent = spec.note ?? "";
        parts.key.hidden = !spec.key;
        parts.note.hidden = !spec.note;
        parts.details.hidden = !spec.table;
    }

    // The figure of a chart; `show(spec)` draws it anew and keeps what the reader opened; null hides it. A spec holds
    // {title, term, says, key: [{colour, name}], note, table: {head, rows}, draw(width) -> svg, or content -> element}.
    function figure(id, wide, controls) {
        const parts = figureParts(id, wide, controls);
        const { root, holder, details, numbers } = parts;
        let spec = null;
        let drawn = 0;
        const fillNumbers = () => {
            if (details.open && spec?.table) fill(numbers, table(spec.table));
        };
        const draw = () => {
            drawn = Math.max(narrowest, Math.floor(holder.clientWidth));
            fill(holder, spec.draw ? spec.draw(drawn) : spec.content);
        };
        const resized = () => {
            if (spec?.draw && holder.clientWidth && Math.abs(holder.clientWidth - drawn) > 1) draw();
        };
        details.addEventListener("toggle", fillNumbers);
        new ResizeObserver(resized).observe(holder);
        const show = (next) => {
            spec = next;
            root.hidden = !spec;
            if (!spec) return;
            tellAround(parts, spec);
            draw();
            fillNumbers();
        };
        return { root, show };
    }

    return { linear, ticks, textWidth, fitted, label, line, points, drawing, bottomAxis, apart, table, figure };
})();

/** Draws a part of the page anew, however often it is asked for, at most 30 times a second, and before printing. */
zonerank.redrawn = (draw) => {
    let waiting = null;
    const refresh = () => {
        clearTimeout(waiting);
        waiting = null;
        draw();
    };
    window.addEventListener("beforeprint", () => {
        if (waiting !== null) refresh();
    });
    return () => {
        waiting ??= setTimeout(refresh, 33);
    };
};
