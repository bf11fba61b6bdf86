// SPDX-License-Identifier: Apache-2.0

/**
 * The map's cells: read from the page, scored in slices that leave the page usable, and painted.
 * A view is {kind: "score" | "difference" | "state"} or {kind: "criterion", criterion}.
 */
zonerank.makeMapLayer = (() => {
    const none = 255,
        unknownCode = 3,
        usableCodes = new Set([1, 2]),
        shades = 1023; // of a ramp's table

    const usableCells = (state) => {
        const found = new Uint32Array(state.length);
        let count = 0;
        for (let p = 0; p < state.length; ++p) if (usableCodes.has(state[p])) found[count++] = p;
        return found.slice(0, count);
    };

    /** The place of each pixel among the cells; -1: it is none. */
    const placesOf = (cells, pixels) => {
        const placeOf = new Int32Array(pixels).fill(-1);
        cells.forEach((p, k) => {
            placeOf[p] = k;
        });
        return placeOf;
    };

    const differenceRange = (after, before) => {
        let most = 0;
        for (let k = 0; k < after.length; ++k) most = Math.max(most, Math.abs(after[k] - before[k]) || 0);
        return [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5].find((step) => most <= step) ?? 1;
    };

    const coloursOf = (states) => {
        const { ramps } = zonerank;
        const stateColours = Uint32Array.from({ length: 256 }, () => 0);
        for (const { code, colour } of states) stateColours[code] = ramps.packed(ramps.rgb(colour.slice(1)));
        return {
            states: stateColours,
            viridis: ramps.table(ramps.viridis),
            diverging: ramps.table(ramps.difference),
            excluded: [ramps.packed([132, 136, 140]), ramps.packed([120, 124, 128])],
            unknown: [ramps.packed([226, 226, 224]), ramps.packed([150, 150, 150])],
        };
    };

    /** A canvas of a pixel for each of the map's, and what paints them. */
    class Painter {
        constructor({ map, states }) {
            this.cols = map.cols;
            this.levels = map.levels;
            this.colours = coloursOf(states);
            this.canvas = document.createElement("canvas");
            this.canvas.width = map.cols;
            this.canvas.height = map.rows;
            this.context = this.canvas.getContext("2d");
            this.image = this.context.createImageData(map.cols, map.rows);
            this.pixels = new Uint32Array(this.image.data.buffer);
        }

        // Lines across the cells tell unknown from excluded ground without colour.
        ground(code, p) {
            if (code === 0) return 0;
            const line = (Math.floor(p / this.cols) + p) % 4 === 0 ? 1 : 0;
            return (code === unknownCode ? this.colours.unknown : this.colours.excluded)[line];
        }

        cells(state, cells, colour) {
            for (let p = 0; p < this.pixels.length; ++p) this.pixels[p] = this.ground(state[p], p);
            for (let k = 0; k < cells.length; ++k)
                this.pixels[cells[k]] = colour(k) ?? this.ground(unknownCode, cells[k]);
        }

        criterion(state, bytes) {
            const { viridis } = this.colours;
            for (let p = 0; p < this.pixels.length; ++p) {
                const byte = bytes[p];
                if (state[p] === 0) this.pixels[p] = 0;
                else if (byte === none) this.pixels[p] = this.ground(unknownCode, p);
                else this.pixels[p] = viridis[Math.round((byte / this.levels) * shades)];
            }
        }

        states(state) {
            for (let p = 0; p < this.pixels.length; ++p) this.pixels[p] = this.colours.states[state[p]];
        }

        show() {
            this.context.putImageData(this.image, 0, 0);
        }
    }

    class MapLayer {
        constructor(store, onChange) {
            this.store = store;
            this.onChange = onChange;
            this.map = store.data.map;
            this.painter = new Painter(store.data);
            this.canvas = this.painter.canvas;
            this.milliseconds = 0; ///< that the last scoring took
            this.view = { kind: "score" };
            this.run = 0;
            this.greatest = 0.1;
            this.state = null; ///< of each pixel; null until all is read
            this.scored = null; ///< zonerank.mapScores of the usable cells
        }

        /** Reads all maps; then the layer can be shown. */
        async load() {
            const [state, ...criteria] = await Promise.all(
                [this.map.state, ...this.map.criteria].map((blob) => zonerank.blobs.decode(blob, this.map)),
            );
            this.state = state;
            this.criteria = criteria;
            this.cells = usableCells(state);
            this.placeOf = placesOf(this.cells, state.length);
            const picked = criteria.map((bytes) => bytes && Uint8Array.from(this.cells, (p) => bytes[p]));
            this.scored = zonerank.mapScores.make(this.store, picked, this.cells.length);
            // The study's own scores first: differences are to them.
            for (const step of this.scored.steps(this.store.studyWeights)) void step;
            this.before = this.scored.score.slice();
            this.recompute();
            this.store.on("weights", () => this.recompute());
        }

        recompute() {
            const started = performance.now();
            this.inSlices(this.scored.steps(this.store.weights), () => {
                this.milliseconds = performance.now() - started;
                this.paint();
                this.onChange();
            });
        }

        // Slices of 40 ms first, so that most studies are drawn at once, then of 12.
        inSlices(steps, finished) {
            const own = ++this.run;
            const slice = (milliseconds) => {
                if (own !== this.run) return;
                const end = performance.now() + milliseconds;
                while (performance.now() < end) if (steps.next().done) return finished();
                requestAnimationFrame(() => slice(12));
            };
            slice(40);
        }

        show(wanted) {
            this.view = wanted;
            if (this.state !== null) this.paint();
        }

        paint() {
            if (this.view.kind === "score") this.paintScores();
            else if (this.view.kind === "difference") this.paintDifferences();
            else if (this.view.kind === "state") this.painter.states(this.state);
            else this.painter.criterion(this.state, this.criteria[this.view.criterion]);
            this.painter.show();
        }

        paintScores() {
            const { score } = this.scored,
                { viridis } = this.painter.colours;
            this.painter.cells(this.state, this.cells, (k) => viridis[Math.round(score[k] * shades)]);
        }

        paintDifferences() {
            const { before } = this,
                { score } = this.scored,
                { diverging } = this.painter.colours;
            const range = (this.greatest = differenceRange(score, before));
            this.painter.cells(
                this.state,
                this.cells,
                (k) => diverging[Math.round((0.5 + (score[k] - before[k]) / (2 * range)) * shades)],
            );
        }

        /** The greatest difference that the colours tell, either way. */
        range() {
            return this.greatest;
        }

        /**
         * What is known of a display pixel: {code, score, before, values: [0..1 or NaN per criterion]}; null off the
         * map.
         */
        at(col, row) {
            const { map } = this;
            if (this.state === null || col < 0 || row < 0 || col >= map.cols || row >= map.rows) return null;
            const p = row * map.cols + col,
                k = this.placeOf[p];
            const value = (bytes) => (!bytes || bytes[p] === none ? NaN : bytes[p] / map.levels);
            return {
                code: this.state[p],
                score: k < 0 ? NaN : this.scored.score[k],
                before: k < 0 ? NaN : this.before[k],
                values: this.criteria.map(value),
            };
        }
    }

    return (store, onChange) => new MapLayer(store, onChange);
})();
