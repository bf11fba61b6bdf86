// SPDX-License-Identifier: Apache-2.0

/** What a run was made from, and what it left: layers with their files, and the files beside the page. */
zonerank.doneSources = (() => {
    const { el, words, doneTable } = zonerank;
    const { user, table, wide } = doneTable;

    // What a layer holds: features, or cells as columns by rows.
    const held = ({ features, cells }) =>
        Array.isArray(cells)
            ? cells.map((n) => zonerank.number(n, 0)).join(" × ")
            : zonerank.number(features ?? cells ?? null, 0);
    const checksum = (text) => el("code", { class: "small" }, text ? text.slice(0, 12) : "–");

    // A line for each file; the layer's name stands at its first.
    function sourceRows(input) {
        const files = (input.files || []).map((file) =>
            typeof file === "string" ? { name: file, sha256: input.sha256 } : file,
        );
        return (files.length ? files : [{ name: "–" }]).map((file, i) => [
            i
                ? ""
                : [
                      user(input.layer),
                      input.where ? el("span", { class: "muted small" }, " ", user(input.where)) : null,
                  ],
            user(file.name),
            i ? "" : held(input),
            i ? "" : user(input.crs || "–"),
            checksum(file.sha256),
        ]);
    }

    function sources({ done }) {
        const rows = (done.inputs || []).flatMap(sourceRows);
        return rows.length
            ? wide(
                  "Sources",
                  table(["Layer", "File", "#Features or cells", "Coordinates", "Checksum"], rows),
                  el(
                      "p",
                      { class: "muted small" },
                      "Checksum: the first 12 digits of the file's SHA-256. Who has the same file gets the same.",
                  ),
              )
            : null;
    }

    function outputs({ outputs: files, version }) {
        const groups = zonerank.doneFiles(files || []);
        const list = (group) =>
            group.length > 3
                ? el(
                      "details",
                      {},
                      el("summary", {}, words.plural(group.length, "file")),
                      el("ul", { class: "plain small" }, ...group.map((file) => el("li", {}, user(file)))),
                  )
                : group.map((file) => el("div", {}, user(file)));
        return wide(
            "Files beside this page",
            groups.length
                ? table(
                      ["What", "Files"],
                      groups.map(([meaning, group]) => [meaning, list(group)]),
                  )
                : null,
            el(
                "p",
                { class: "muted small" },
                `Made by zonerank ${version}. `,
                el("code", {}, "zonerank verify"),
                " finds out whether files were changed since.",
            ),
        );
    }

    return { sources, outputs };
})();
