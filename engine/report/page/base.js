// SPDX-License-Identifier: Apache-2.0

/** What the page's scripts share: one name, elements built without HTML text, and how numbers read. */
const zonerank = { sections: [] };

(() => {
    const give = (node, attributes) => {
        for (const [name, value] of Object.entries(attributes)) {
            if (value === null || value === undefined || value === false) continue;
            if (name === "text") node.textContent = value;
            else if (name === "style")
                Object.entries(value).forEach(([key, text]) => node.style.setProperty(key, text));
            else if (name === "dataset") Object.assign(node.dataset, value);
            else if (name === "on")
                Object.entries(value).forEach(([type, listener]) => node.addEventListener(type, listener));
            else node.setAttribute(name, value === true ? "" : value);
        }
    };

    const append = (node, children) => {
        for (const child of children.flat(Infinity))
            if (child !== null && child !== undefined && child !== false) node.append(child);
        return node;
    };

    const build = (node, attributes, children) => {
        give(node, attributes ?? {});
        return append(node, children);
    };

    /**
     * An HTML element. Attributes also: text, style {property: value}, dataset, on {event: listener}; null or false
     * is left out.
     */
    zonerank.el = (tag, attributes, ...children) => build(document.createElement(tag), attributes, children);

    /** The same in SVG. */
    zonerank.svg = (tag, attributes, ...children) =>
        build(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

    /** Empties an element. */
    zonerank.clear = (element) => element.replaceChildren();

    /** Replaces an element's children. */
    zonerank.fill = (element, ...children) => {
        element.replaceChildren();
        return append(element, children);
    };

    /** A name that a user gave, whatever its direction of writing. */
    zonerank.name = (text, attributes) => zonerank.el("bdi", { class: "name", text, ...attributes });

    /** What people read of a criterion, theme or constraint: its label, else its name with a capital. */
    zonerank.title = ({ label, name }) =>
        label && label !== name ? label : name.charAt(0).toUpperCase() + name.slice(1);

    const none = "–";
    const isNumber = (x) => typeof x === "number" && Number.isFinite(x);
    const signed = (text) => text.replace("-", "\u2212");
    const thousands = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, "\u202f");

    /** "0.706"; an en dash for what is not known. */
    zonerank.number = (x, digits = 3) => {
        if (!isNumber(x)) return none;
        const [whole, part] = x.toFixed(digits).split(".");
        return signed(thousands(whole) + (part ? `.${part}` : ""));
    };

    /** Three significant digits and a unit: "4.75 km"; a class's name as it is. */
    zonerank.quantity = (x, unit) => {
        if (typeof x === "string") return x;
        if (!isNumber(x)) return none;
        const digits = x === 0 ? 0 : Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(x)))));
        return zonerank.number(x, digits) + (unit ? `\u00a0${unit}` : "");
    };

    /** "40 %" of a share. A share that is not 0 does not read as if it were. */
    zonerank.percent = (share, digits = 0) => {
        if (!isNumber(share)) return none;
        const least = 10 ** -digits;
        const tiny = share > 0 && share * 100 < least / 2;
        return tiny ? `<\u00a0${least}\u00a0%` : `${zonerank.number(share * 100, digits)}\u00a0%`;
    };

    /** Hectares, or square kilometres when large. */
    zonerank.area = (ha) =>
        isNumber(ha) && ha >= 10000 ? zonerank.quantity(ha / 100, "km²") : zonerank.quantity(ha, "ha");

    /** "1st", "22nd". */
    zonerank.ordinal = (rank) => {
        const teen = rank % 100 > 10 && rank % 100 < 14;
        return rank + ((!teen && ["th", "st", "nd", "rd"][rank % 10]) || "th");
    };

    /** A theme's colour: after Okabe and Ito (2008), told apart by colour-blind people, too. */
    zonerank.themeColour = (theme) => `var(--theme-${theme % 8})`;

    /** A stacked bar of parts {share, colour, label}; what is missing to 1 stays empty. */
    zonerank.bar = (parts, label) => {
        const shown = parts.filter((part) => part.share > 0);
        const words = label ?? shown.map((part) => `${part.label} ${zonerank.percent(part.share)}`).join(", ");
        const pieces = shown.map(({ share, colour }) =>
            zonerank.el("span", { style: { width: `${share * 100}%`, background: colour } }),
        );
        return zonerank.el("span", { class: "bar", role: "img", "aria-label": words, title: words }, pieces);
    };

    /** Says something to people who listen to the page. */
    zonerank.announce = (text) => {
        document.getElementById("announcer").textContent = text;
    };
})();
