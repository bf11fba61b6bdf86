// SPDX-License-Identifier: Apache-2.0

/** Starts the page: data, weights of the address, sections, and the check against the engine's own ranking. */
(() => {
    const { el, fill, number, name, quantity } = zonerank;

    const headline = (data) => {
        const ranked = data.sites.filter(({ rank }) => rank !== null);
        const usable = data.cells ? (data.cells.valid + data.cells.assumed) * (data.grid.cell / 1000) ** 2 : null;
        const fact = (term, ...value) => el("div", {}, el("dt", {}, term), el("dd", {}, value));
        fill(
            document.getElementById("headline"),
            ranked.length > 0 ? fact("First by the study", name(ranked[0].name), ` ${number(ranked[0].score)}`) : null,
            data.sites.length > 0 ? fact("Ranked", `${ranked.length} of ${data.sites.length} sites`) : null,
            fact("Area", quantity(data.area.km2, "km²")),
            usable === null ? null : fact("Usable", zonerank.percent(usable / data.area.km2)),
            fact("Criteria", String(data.criteria.length)),
            fact("Cell", quantity(data.grid.cell, "m")),
        );
    };

    const warn = (data, store) => {
        const off = zonerank.scores.differences(data, store.ranking);
        if (off === "") return;
        const box = document.getElementById("warning");
        fill(
            box,
            el("strong", {}, "This page does not reproduce the run: "),
            `${off} have another score or rank in it. Trust ranking.csv, not this page.`,
        );
        box.hidden = false;
    };

    const followAddress = (store) => {
        let own = "";
        const read = () => {
            if (location.hash === own) return;
            const groups = zonerank.yaml.fromHash(location.hash, store.data);
            if (groups.length > 0) store.setGroups(groups);
        };
        store.on("weights", () => {
            own = store.moved ? `#${zonerank.yaml.toHash(store)}` : "";
            history.replaceState(null, "", own || location.pathname + location.search);
        });
        read();
        window.addEventListener("hashchange", read);
    };

    const foot = (data) =>
        fill(
            document.getElementById("foot"),
            el("p", {}, `Made by zonerank ${data.version}. `, zonerank.exactness(data)),
            el(
                "p",
                {},
                `Coordinates: ${data.grid.crs.name} (${data.grid.crs.label}). Nothing on this page is loaded from a network.`,
            ),
        );

    // Where there are too many sites for plain text.
    const unpack = async (data) => {
        for (const [member, packed] of Object.entries(data.packed))
            data[member] = JSON.parse(await zonerank.blobs.text(packed));
    };

    const refuse = (error) => {
        const box = document.getElementById("warning");
        fill(box, el("strong", {}, "This browser can't unpack the sites: "), `${error.message}. ranking.csv has them.`);
        box.hidden = false;
    };

    const begin = (data) => {
        const store = zonerank.makeStore(data);
        zonerank.store = store;
        headline(data);
        warn(data, store);
        zonerank.makePanel(store);
        for (const { id, render } of zonerank.sections) {
            const section = document.getElementById(id);
            if (section && render(store, section.querySelector(".body")) === false) section.hidden = true;
        }
        followAddress(store);
        foot(data);
    };

    const start = () => {
        const data = JSON.parse(document.getElementById("study-data").textContent);
        if (data.packed) unpack(data).then(() => begin(data), refuse);
        else begin(data);
    };
    start();
})();
