// SPDX-License-Identifier: Apache-2.0

/** Colours of the map: viridis for values, brown to teal for differences, both readable without red and green. */
zonerank.ramps = (() => {
    const viridis = [
        "440154",
        "482475",
        "414487",
        "355f8d",
        "2a788e",
        "21918c",
        "22a884",
        "44bf70",
        "7ad151",
        "bddf26",
        "fde725",
    ];
    const difference = ["8c510a", "bf812d", "dfc27d", "f6e8c3", "f5f5f5", "c7eae5", "80cdc1", "35978f", "01665e"];

    const rgb = (hex) => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
    const hexOf = (colour) => `#${colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

    const at = (stops, share) => {
        const place = Math.min(1, Math.max(0, share)) * (stops.length - 1);
        const below = Math.min(Math.floor(place), stops.length - 2),
            part = place - below;
        const from = rgb(stops[below]),
            to = rgb(stops[below + 1]);
        return from.map((value, i) => value + part * (to[i] - value));
    };

    /** A colour as ImageData holds it in 32 bits. */
    const packed = ([r, g, b], alpha = 255) => {
        const bytes = new Uint8Array([Math.round(r), Math.round(g), Math.round(b), alpha]);
        return new Uint32Array(bytes.buffer)[0];
    };

    /** 1024 packed colours over 0..1. */
    const table = (stops) => Uint32Array.from({ length: 1024 }, (_, i) => packed(at(stops, i / 1023)));

    /** A CSS gradient from left to right. */
    const gradient = (stops) => `linear-gradient(to right, ${stops.map((stop) => `#${stop}`).join(", ")})`;

    zonerank.viridis = (value) => hexOf(at(viridis, value));
    return { viridis, difference, table, packed, gradient, rgb };
})();
