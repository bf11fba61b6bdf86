// SPDX-License-Identifier: Apache-2.0

/** The sites on the map: outlines, and labels with their ranks that can be pressed. */
zonerank.addSites = (store, map, toMap) => {
    const { el, name, number } = zonerank;
    const { sites } = store.data;
    const many = 150; // labels of more than these would hide the map
    const drawn = {
        color: "#111",
        weight: sites.length > many ? 1 : 2,
        fillColor: "#fff",
        fillOpacity: 0.12,
        className: "site-shape",
    };
    if (sites.length > 1000) drawn.renderer = L.canvas(); // as many elements would be slow

    const outlineOf = (site, i) => {
        const rings = site.outline.map((ring) => ring.map(toMap));
        const shape =
            site.point || rings.length === 0
                ? L.circleMarker(toMap(site.centre), { radius: 7, ...drawn })
                : L.polygon(rings, drawn);
        shape.on("click", () => store.select(i));
        shape.bindTooltip(() => tip(i), { className: "site-tip", sticky: true, direction: "top", offset: [0, -6] });
        return shape.addTo(map);
    };

    const tip = (i) => {
        const row = store.rowOf(i);
        const place = row.rank === null ? "not ranked" : `rank ${row.rank}, score ${number(row.score)}`;
        return el("span", {}, name(sites[i].name), ` · ${place}`);
    };

    const labelOf = (site, i) => {
        const text = el("span", { class: "site-rank" });
        const marker = L.marker(toMap(site.centre), {
            icon: L.divIcon({ className: "site-label", html: text, iconSize: [26, 22] }),
            keyboard: true,
            riseOnHover: true,
        });
        marker.on("click", () => store.select(i));
        marker.bindTooltip(() => tip(i), { className: "site-tip", direction: "top", offset: [0, -12] });
        marker.addTo(map);
        return { marker, text };
    };

    const shapes = sites.map(outlineOf);
    const labelled = sites.length <= many;
    const labels = labelled ? sites.map(labelOf) : [];

    const relabel = () => {
        for (const { site, rank } of store.ranking) {
            const words = `${sites[site].name}: ${rank === null ? "not ranked" : `rank ${rank}`}`;
            shapes[site].getElement()?.classList.toggle("unranked", rank === null);
            if (!labelled) continue;
            const { marker, text } = labels[site];
            text.textContent = rank ?? "–";
            text.classList.toggle("unranked", rank === null);
            marker.setZIndexOffset(rank === null ? 0 : 1000 - rank);
            marker.getElement().setAttribute("role", "button");
            marker.getElement().setAttribute("aria-label", words);
        }
    };

    const mark = () => {
        shapes.forEach((shape, i) => shape.getElement()?.classList.toggle("selected", i === store.selection));
        labels.forEach(({ text }, i) => text.classList.toggle("selected", i === store.selection));
        if (store.selection === null) return;
        shapes[store.selection].bringToFront();
        const where = L.latLng(toMap(sites[store.selection].centre));
        if (!map.getBounds().contains(where)) map.panTo(where);
    };

    store.on("ranking", relabel);
    store.on("selection", mark);
    relabel();
};
