// SPDX-License-Identifier: Apache-2.0

/**
 * A canvas over the map's cells and under its sites that is drawn anew whenever the map has moved:
 * paint(pen, place, perMetre), with a pen in pixels, place([y, x]) giving the pixel of a place of the map's and the
 * pixels of a metre. Gives the function that draws it.
 */
zonerank.mapCanvas = (map, paint) => {
    const around = 0.2; // of the map's size is drawn on every side, for the time while it is dragged
    const canvas = L.DomUtil.create("canvas", "context-lines leaflet-zoom-animated");
    const pane = map.getPane("overlayPane");
    const cells = pane.querySelector(".cells");
    pane.insertBefore(canvas, cells ? cells.nextSibling : pane.firstChild);
    let corner = null; // of the canvas, as a place of the map's
    let zoom = 0;

    const draw = () => {
        // Paper has finer pixels than any screen.
        const fine = document.documentElement.classList.contains("printing") ? 3 : window.devicePixelRatio || 1;
        const size = map.getSize(),
            margin = size.multiplyBy(around).round();
        const topLeft = map.containerPointToLayerPoint(margin.multiplyBy(-1)).round(),
            all = size.add(margin.multiplyBy(2));
        corner = map.layerPointToLatLng(topLeft);
        zoom = map.getZoom();
        canvas.width = Math.round(all.x * fine);
        canvas.height = Math.round(all.y * fine);
        canvas.style.width = `${all.x}px`;
        canvas.style.height = `${all.y}px`;
        L.DomUtil.setTransform(canvas, topLeft, 1);
        const pen = canvas.getContext("2d");
        pen.scale(fine, fine);
        const place = (latlng) => map.project(latlng).subtract(map.getPixelOrigin()).subtract(topLeft);
        paint(pen, place, map.getZoomScale(zoom, 0));
    };

    // Where the corner will be, as Leaflet reckons for its own canvases.
    const animate = ({ center, zoom: next }) => {
        const origin = map
            .project(center, next)
            .subtract(map.getSize().divideBy(2))
            .add(L.DomUtil.getPosition(map.getPane("mapPane")))
            .floor();
        L.DomUtil.setTransform(canvas, map.project(corner, next).subtract(origin), map.getZoomScale(next, zoom));
    };

    map.on("moveend resize viewreset", draw);
    map.on("zoomanim", animate);
    draw();
    return draw;
};
