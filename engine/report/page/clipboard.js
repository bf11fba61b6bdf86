// SPDX-License-Identifier: Apache-2.0

/** Puts a text on the clipboard and says so in `place`; where that is not allowed, shows the text to copy by hand. */
zonerank.copy = async (text, what, place) => {
    const { el, fill } = zonerank;
    const done = () => fill(place, el("p", { class: "small", role: "status" }, `${what}: copied.`));
    try {
        await navigator.clipboard.writeText(text);
        done();
    } catch {
        const area = el("textarea", { rows: 6, readonly: true, "aria-label": what });
        area.value = text;
        fill(place, area);
        area.select();
        if (document.execCommand("copy")) done();
        else area.focus();
    }
};
