// SPDX-License-Identifier: Apache-2.0

/** How well scores tell the zones known to be good from the rest: the curve of hits against false alarms. */
zonerank.chartValidation = (() => {
    const { svg, chart, words } = zonerank;
    const left = 48,
        top = 10,
        bottom = 40,
        right = 14;

    function draw(roc, width, told) {
        const side = Math.min(width - left - right, 320),
            x = chart.linear(0, 1, left, left + side),
            y = chart.linear(0, 1, top + side, top);
        const at = [0, 0.25, 0.5, 0.75, 1],
            curve = roc.map(([cut, hits, alarms]) => [x(alarms), y(hits)]);
        return chart.drawing(
            width,
            top + side + bottom,
            { title: "Hits against false alarms", says: told },
            chart.bottomAxis(x, at, top, top + side, {
                text: (v) => zonerank.percent(v),
                caption: "of the rest lies above the cut",
                left,
                right: left + side,
            }),
            ...at.flatMap((v) => [
                chart.line(left, y(v), left + side, y(v), "grid"),
                chart.label(zonerank.percent(v), left - 6, y(v) + 4, { anchor: "end", size: 10, tone: "faint" }),
            ]),
            chart.line(x(0), y(0), x(1), y(1), "chance"),
            svg("polyline", { class: "curve roc", points: chart.points(curve) }),
            chart.label("chance", x(0.72), y(0.68), { size: 11, tone: "faint" }),
        );
    }

    // In order of the false alarms, with both ends.
    const whole = (roc) => [[null, 0, 0], ...[...roc].sort((a, b) => a[2] - b[2] || a[1] - b[1]), [null, 1, 1]];

    return (store) => {
        const validation = store.data.analyses && store.data.analyses.validation;
        if (!validation || !validation.roc || !validation.roc.length || validation.auc === null) return null;
        const told =
            `Of 100 pairs of a zone known to be good and one of the rest, the good one scores higher in ${zonerank.number(validation.auc * 100, 0)}` +
            ` (area under the curve ${zonerank.number(validation.auc, 2)}; 0.5 is chance, 1 perfect).`;
        return {
            title: "Held against zones that are known",
            term: "validation, ROC",
            says: told,
            note: `The rest: ${validation.against}.${validation.standard_error !== null ? ` Standard error ${zonerank.number(validation.standard_error, 2)}.` : ""}`,
            draw: (width) => draw(whole(validation.roc), width, told),
            table: {
                head: ["Zone", "Known as", "Score", "Higher than", ""],
                numeric: [2, 3],
                rows: validation.known.map((zone) => [
                    words.isolated(zone.name),
                    zone.known,
                    zonerank.number(zone.score, 3),
                    words.share(zone.higher_than),
                    zone.reason || "",
                ]),
            },
        };
    };
})();
