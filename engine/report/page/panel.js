// SPDX-License-Identifier: Apache-2.0

/** The two tabs beside the map. A site that is selected opens its sheet. */
zonerank.makePanel = (store) => {
    const tabs = ["weights", "sheet"].map((id) => ({
        tab: document.getElementById(`tab-${id}`),
        section: document.getElementById(id),
    }));

    if (store.data.sites.length === 0) tabs[1].tab.hidden = true;

    const open = (at, focus) => {
        tabs.forEach(({ tab, section }, i) => {
            tab.setAttribute("aria-selected", String(i === at));
            tab.tabIndex = i === at ? 0 : -1;
            section.hidden = i !== at;
        });
        if (focus) tabs[at].tab.focus();
    };

    tabs.forEach(({ tab }, i) => {
        tab.addEventListener("click", () => open(i, false));
        tab.addEventListener("keydown", ({ key }) => {
            if (key === "ArrowRight" || key === "ArrowLeft") open(1 - i, true);
        });
    });
    store.on("selection", () => {
        if (store.selection === null) return;
        open(1, false);
        document.querySelector(".panel").scrollTop = 0;
        zonerank.announce(`${store.data.sites[store.selection].name}: its sheet is open.`);
    });
};
