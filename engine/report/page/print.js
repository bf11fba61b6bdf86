// Before the page is printed: the map is fitted to the paper, lists are opened, and the study's title and the number of
// the page are put into the margins of every page.
zonerank.print = (() => {
  // Text within a string of CSS: whatever is not a letter or a digit becomes a number.
  const quoted = text => `"${Array.from(text.replace(/\s+/g, " "), c => /[\p{L}\p{N} ]/u.test(c) ? c : `\\${c.codePointAt(0).toString(16)} `).join("")}"`;

  function marginTexts(data) {
    const rule = `@page { @top-left { content: ${quoted(zonerank.chart.fitted(data.title, 480, 11))}; font: 8.5pt sans-serif; color: #44515e; }
      @top-right { content: ${quoted(`zonerank ${data.version}`)}; font: 8.5pt sans-serif; color: #44515e; }
      @bottom-right { content: "page " counter(page) " of " counter(pages); font: 8.5pt sans-serif; color: #44515e; } }`;
    const sheet = document.styleSheets[document.styleSheets.length - 1];
    // Where margins can't hold text, the page prints without.
    try { sheet.insertRule(rule, sheet.cssRules.length); } catch { return; }
  }

  // The map keeps its ground when its frame changes: the whole study.
  function fitMap() {
    const { map, store } = zonerank, grid = store.data.grid;
    if (!map || !map.leaflet) return;
    map.leaflet.invalidateSize({ animate: false });
    map.leaflet.fitBounds([[-grid.rows * grid.cell, 0], [0, grid.cols * grid.cell]], { animate: false });
  }

  const opened = [];
  function before() {
    document.documentElement.classList.add("printing");
    document.querySelectorAll("#done details:not([open])").forEach(details => { opened.push(details); details.open = true; });
    fitMap();
  }

  function after() {
    document.documentElement.classList.remove("printing");
    opened.splice(0).forEach(details => { details.open = false; });
    fitMap();
  }

  function render(store) {
    marginTexts(store.data);
    window.addEventListener("beforeprint", before);
    window.addEventListener("afterprint", after);
  }

  zonerank.sections.push({ id: "done", render });
  return { quoted };
})();
