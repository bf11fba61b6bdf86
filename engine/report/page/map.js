// SPDX-License-Identifier: Apache-2.0

/** The map: a canvas of cells under the sites' outlines, in the grid's own coordinates. */
zonerank.sections.push({
    id: "map",
    render(store, element) {
        const { el, fill } = zonerank;
        const { data } = store;
        // Leaflet's numbers stay small, and exact, when counted from the map's corner.
        const origin = [data.grid.west, data.grid.north];
        const toMap = ([x, y]) => [y - origin[1], x - origin[0]];
        const fromMap = ({ lat, lng }) => [lng + origin[0], lat + origin[1]];

        const frame = el("div", { class: "map-frame" });
        const box = el("div", {
            class: "map-box",
            "aria-label": "Map of the study area. Arrow keys move it, plus and minus zoom.",
        });
        const legend = zonerank.makeLegend(store);
        const busy = el("span", { class: "map-busy", hidden: true }, "Reading the map …");
        const layer = data.map ? zonerank.makeMapLayer(store, () => legend.update(layer)) : null;
        const readout = zonerank.makeReadout(store, layer);
        const choice = data.map ? zonerank.makeViewChoice(store, (view) => show(view)) : null;
        frame.append(
            box,
            busy,
            el("span", { class: "crosshair", "aria-hidden": "true" }),
            data.map ? readout.element : "",
        );
        fill(element, data.map ? el("div", { class: "map-head" }, choice.element, legend.element) : null, frame);

        const width = data.grid.cols * data.grid.cell,
            height = data.grid.rows * data.grid.cell;
        const bounds = L.latLngBounds([-height, 0], [0, width]);
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
        map.fitBounds(bounds, { animate: false });
        map.setMaxBounds(bounds.pad(0.6));
        map.setMinZoom(map.getZoom() - 1);
        L.control.scale({ imperial: false, maxWidth: 140 }).addTo(map);

        const outline = data.area?.outline ?? [];
        L.polyline(
            outline.map((ring) => ring.map(toMap)),
            { className: "area-line", interactive: false, weight: 1.5 },
        ).addTo(map);
        zonerank.addSites(store, map, toMap);

        const show = (view) => {
            layer.show(view);
            legend.show(view, layer);
        };

        if (layer) {
            const west = data.map.west - origin[0],
                north = data.map.north - origin[1];
            const extent = [
                [north - data.map.rows * data.map.pixel, west],
                [north, west + data.map.cols * data.map.pixel],
            ];
            // Any element does: Leaflet only places it.
            L.svgOverlay(layer.canvas, extent, { className: "cells", interactive: false }).addTo(map).bringToBack();
            const pointed = ({ latlng, containerPoint }) =>
                readout.read(fromMap(latlng), containerPoint.x > map.getSize().x / 2);
            map.on("mousemove click", pointed);
            map.on("mouseout", readout.hide);
            const middle = () => {
                if (box.matches(":focus-visible")) readout.read(fromMap(map.getCenter()), false);
            };
            map.on("moveend", middle);
            box.addEventListener("focus", middle);
            box.addEventListener("blur", readout.hide);
        }

        const start = async () => {
            if (!layer) return;
            if (!zonerank.blobs.readable()) {
                fill(busy, "This browser is too old to read the map; the ranking and the weights work.");
                busy.hidden = false;
                return;
            }
            busy.hidden = false;
            await layer.load();
            show({ kind: "score" });
            busy.hidden = true;
            document.documentElement.dataset.firstMap = performance.now().toFixed(0);
        };
        zonerank.map = { leaflet: map, layer, start };
        start().catch((error) => {
            fill(busy, `The map can't be read: ${error.message}.`);
        });
    },
});
