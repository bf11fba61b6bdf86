// SPDX-License-Identifier: Apache-2.0

/** The map: a canvas of cells under the sites' outlines, in the grid's own coordinates. */
(() => {
    const { el, fill } = zonerank;

    /** Leaflet's numbers stay small, and exact, when counted from the map's corner. */
    function planeOf({ grid }) {
        return {
            toMap: ([x, y]) => [y - grid.north, x - grid.west],
            fromMap: ({ lat, lng }) => [lng + grid.west, lat + grid.north],
            bounds: L.latLngBounds([-grid.rows * grid.cell, 0], [0, grid.cols * grid.cell]),
        };
    }

    /** The elements: the map's box in its frame, and what is shown while cells are read. */
    function parts(readout) {
        const box = el("div", {
            class: "map-box",
            "aria-label": "Map of the study area. Arrow keys move it, plus and minus zoom.",
        });
        const busy = el("span", { class: "map-busy", hidden: true }, "Reading the map …");
        const crosshair = el("span", { class: "crosshair", "aria-hidden": "true" });
        return { box, busy, frame: el("div", { class: "map-frame" }, box, busy, crosshair, readout) };
    }

    function leafletMap(box, data, plane) {
        const map = L.map(box, {
            crs: L.CRS.Simple,
            zoomSnap: 0.1,
            zoomDelta: 0.5,
            wheelPxPerZoomLevel: 90,
            attributionControl: false,
            minZoom: -20,
            maxZoom: Math.log2(40 / data.grid.cell),
            maxBoundsViscosity: 0.8,
        });
        map.fitBounds(plane.bounds, { animate: false });
        map.setMaxBounds(plane.bounds.pad(0.6));
        map.setMinZoom(map.getZoom() - 1);
        L.control.scale({ imperial: false, maxWidth: 140 }).addTo(map);
        return map;
    }

    function addOutline(map, data, plane) {
        const rings = (data.area?.outline ?? []).map((ring) => ring.map(plane.toMap));
        L.polyline(rings, { className: "area-line", interactive: false, weight: 1.5 }).addTo(map);
    }

    function addCells(map, { map: { west, north, rows, cols, pixel } }, plane, canvas) {
        const extent = [
            plane.toMap([west, north - rows * pixel]),
            plane.toMap([west + cols * pixel, north]),
        ];
        // Any element does: Leaflet only places it.
        L.svgOverlay(canvas, extent, { className: "cells", interactive: false }).addTo(map).bringToBack();
    }

    /** The cell under the pointer is told; with the keyboard, the one in the middle. */
    function tellCells(map, box, plane, readout) {
        map.on("mousemove click", ({ latlng, containerPoint }) =>
            readout.read(plane.fromMap(latlng), containerPoint.x > map.getSize().x / 2),
        );
        map.on("mouseout", readout.hide);
        const middle = () => {
            if (box.matches(":focus-visible")) readout.read(plane.fromMap(map.getCenter()), false);
        };
        map.on("moveend", middle);
        box.addEventListener("focus", middle);
        box.addEventListener("blur", readout.hide);
    }

    /** Reads the cells; the page has its first map then. */
    async function load(layer, busy, show) {
        busy.hidden = false;
        if (!zonerank.blobs.readable()) {
            fill(busy, "This browser is too old to read the map; the ranking and the weights work.");
            return;
        }
        await layer.load();
        show({ kind: "score" });
        busy.hidden = true;
        document.documentElement.dataset.firstMap = performance.now().toFixed(0);
    }

    zonerank.sections.push({
        id: "map",
        render(store, element) {
            const { data } = store;
            const plane = planeOf(data);
            const legend = zonerank.makeLegend(store);
            const layer = data.map ? zonerank.makeMapLayer(store, () => legend.update(layer)) : null;
            const show = (view) => {
                layer.show(view);
                legend.show(view, layer);
            };
            const readout = zonerank.makeReadout(store, layer);
            const context = zonerank.makeContext(store);
            const head = data.map ? [zonerank.makeViewChoice(store, show).element, legend.element] : [];
            const { box, busy, frame } = parts(data.map ? readout.element : "");
            fill(element, el("div", { class: "map-head" }, head, context.element), frame);

            const map = leafletMap(box, data, plane);
            addOutline(map, data, plane);
            zonerank.addSites(store, map, plane.toMap);
            if (layer) {
                addCells(map, data, plane, layer.canvas);
                tellCells(map, box, plane, readout);
            }
            context.addTo(map);
            const start = async () => layer && load(layer, busy, show);
            zonerank.map = { leaflet: map, layer, start };
            start().catch((error) => {
                fill(busy, `The map can't be read: ${error.message}.`);
            });
        },
    });
})();
