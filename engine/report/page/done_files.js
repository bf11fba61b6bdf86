// SPDX-License-Identifier: Apache-2.0

/** What each file of a run is, so that a reader knows which to open. */
zonerank.doneFiles = (() => {
    const known = [
        [/^report\.html$/, "this page"],
        [/^study\.qgz$/, "a QGIS project of all maps, styled"],
        [/^suitability\.tif$/, "the map of scores, 0 to 1"],
        [/^constraints\.tif$/, "the state of each cell, and what rules it out"],
        [/^reasons\.tif$/, "all reasons of each cell, as bits"],
        [/^ranking\.tif$/, "each site's rank, as a map"],
        [/^ranking\.csv$/, "the ranking with every figure, as a table"],
        [/^sites\.(geojson|gpkg)$/, "the sites with every figure, for a GIS"],
        [/^manifest\.json$/, "what was read and done, with checksums"],
        [/^criteria\/.*\.measurement\.tif$/, "measurements of the criteria"],
        [/^criteria\/.*\.tif$/, "values of the criteria"],
        [/^stability\/.*\.tif$/, "maps of how the score hangs on the weights"],
        [/^stability\//, "how sure the ranks are"],
        [/^comparison\//, "the ranks by other methods"],
        [/^industries\//, "which industry suits which site"],
        [/^validation\//, "the scores held against known zones"],
        [/^weights\//, "how the weights were found"],
        [/\.qml$/, "styles for QGIS"],
        [/\.aux\.xml$/, "statistics and classes of a map"],
    ];
    const later = /\.(qml|aux\.xml)$/;

    const meaning = (file) =>
        (known.find(
            ([pattern]) => (later.test(file) ? pattern.source.startsWith("\\.") : true) && pattern.test(file),
        ) || [null, "other results"])[1];

    // Files of one meaning together, in the order of the table above: [[meaning, [files]]].
    return (files) => {
        const groups = new Map();
        for (const file of files) groups.set(meaning(file), [...(groups.get(meaning(file)) || []), file]);
        const order = known.map((entry) => entry[1]);
        return [...groups].sort((a, b) => (order.indexOf(a[0]) + 1 || 99) - (order.indexOf(b[0]) + 1 || 99));
    };
})();
