// SPDX-License-Identifier: Apache-2.0

/**
 * The map's cells: read from the page, scored in slices that leave the page usable, and painted.
 * A view is {kind: "score" | "difference" | "state"} or {kind: "criterion", criterion}.
 */
zonerank.makeMapLayer = (store, onChange) => {
    const { data } = store;
    const { map } = data;
    const { ramps, blobs } = zonerank;
    const none = 255,
        unknownCode = 3,
        usableCodes = new Set([1, 2]);
    const viridis = ramps.table(ramps.viridis),
        diverging = ramps.table(ramps.difference);
    const excluded = [ramps.packed([132, 136, 140]), ramps.packed([120, 124, 128])];
    const unknown = [ramps.packed([226, 226, 224]), ramps.packed([150, 150, 150])];
    const stateColours = Uint32Array.from({ length: 256 }, () => 0);
    for (const { code, colour } of data.states) stateColours[code] = ramps.packed(ramps.rgb(colour.slice(1)));

    const canvas = document.createElement("canvas");
    canvas.width = map.cols;
    canvas.height = map.rows;
    const context = canvas.getContext("2d");
    const image = context.createImageData(map.cols, map.rows);
    const pixels = new Uint32Array(image.data.buffer);

    let state = null,
        criteria = [],
        cells = null,
        scores = null,
        before = null,
        placeOf = null;
    let view = { kind: "score" },
        run = 0,
        range = 0.1;

    const isUnknown = (code) => code === unknownCode;
    // Lines across the cells tell unknown from excluded ground without colour.
    const ground = (code, p) => {
        if (code === 0) return 0;
        const line = (Math.floor(p / map.cols) + p) % 4 === 0 ? 1 : 0;
        return (isUnknown(code) ? unknown : excluded)[line];
    };

    const paintGround = () => {
        for (let p = 0; p < pixels.length; ++p) pixels[p] = ground(state[p], p);
    };

    const paintCells = (colour) => {
        paintGround();
        for (let k = 0; k < cells.length; ++k) pixels[cells[k]] = colour(k) ?? ground(unknownCode, cells[k]);
    };

    const paintCriterion = (bytes) => {
        for (let p = 0; p < pixels.length; ++p) {
            const byte = bytes[p];
            if (state[p] === 0) pixels[p] = 0;
            else pixels[p] = byte === none ? ground(unknownCode, p) : viridis[Math.round((byte / map.levels) * 1023)];
        }
    };

    const differenceRange = () => {
        let most = 0;
        for (let k = 0; k < cells.length; ++k) most = Math.max(most, Math.abs(scores.score[k] - before[k]) || 0);
        return [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5].find((step) => most <= step) ?? 1;
    };

    const painters = {
        score: () => paintCells((k) => viridis[Math.round(scores.score[k] * 1023)]),
        difference: () => {
            range = differenceRange();
            paintCells((k) => diverging[Math.round((0.5 + (scores.score[k] - before[k]) / (2 * range)) * 1023)]);
        },
        state: () => {
            for (let p = 0; p < pixels.length; ++p) pixels[p] = stateColours[state[p]];
        },
        criterion: () => paintCriterion(criteria[view.criterion]),
    };

    const paint = () => {
        painters[view.kind]();
        context.putImageData(image, 0, 0);
    };

    // Slices of 40 ms first, so that most studies are drawn at once, then of 12.
    const inSlices = (steps, finished) => {
        const own = ++run;
        const slice = (milliseconds) => {
            if (own !== run) return;
            const end = performance.now() + milliseconds;
            while (performance.now() < end) if (steps.next().done) return finished();
            requestAnimationFrame(() => slice(12));
        };
        slice(40);
    };

    const recompute = () => {
        const started = performance.now();
        inSlices(scores.steps(store.weights), () => {
            if (before === null) before = scores.score.slice();
            layer.milliseconds = performance.now() - started;
            paint();
            onChange();
        });
    };

    const usableCells = () => {
        const found = new Uint32Array(state.length);
        let count = 0;
        for (let p = 0; p < state.length; ++p) if (usableCodes.has(state[p])) found[count++] = p;
        return found.slice(0, count);
    };
    const pickedBy = (bytes) => bytes && Uint8Array.from(cells, (p) => bytes[p]);

    const layer = {
        canvas,
        milliseconds: 0, ///< that the last scoring took

        /** Reads all maps; then the layer can be shown. */
        async load() {
            const [first, ...others] = await Promise.all(
                [map.state, ...map.criteria].map((blob) => blobs.decode(blob, map)),
            );
            state = first;
            criteria = others;
            cells = usableCells();
            placeOf = new Int32Array(state.length).fill(-1);
            cells.forEach((p, k) => {
                placeOf[p] = k;
            });
            scores = zonerank.mapScores.make(store, criteria.map(pickedBy), cells.length);
            // The study's own scores first: differences are to them.
            for (const step of scores.steps(store.studyWeights)) void step;
            before = scores.score.slice();
            recompute();
            store.on("weights", recompute);
        },

        show(wanted) {
            view = wanted;
            if (state !== null) paint();
        },

        /** The greatest difference that the colours tell, either way. */
        range: () => range,

        /**
         * What is known of a display pixel: {code, score, before, values: [0..1 or NaN per criterion]}; null off the
         * map.
         */
        at(col, row) {
            if (state === null || col < 0 || row < 0 || col >= map.cols || row >= map.rows) return null;
            const p = row * map.cols + col,
                k = placeOf[p];
            const value = (bytes) => (!bytes || bytes[p] === none ? NaN : bytes[p] / map.levels);
            return {
                code: state[p],
                score: k < 0 ? NaN : scores.score[k],
                before: k < 0 ? NaN : before[k],
                values: criteria.map(value),
            };
        },

        /** The least and greatest score now, over the usable ground. */
        scores: () => scores?.score ?? new Float32Array(0),
    };
    return layer;
};
