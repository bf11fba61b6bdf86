// SPDX-License-Identifier: Apache-2.0
// Each aggregation: the page's ranking is the engine's, at the study's weights and at moved ones,
// which the engine runs from the YAML that the page gives.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { chromium, exactRanking, folderWithMirpur, launched, opened, ranking, run } from "./report_page.mjs";

// Large cells, and nothing written but what is looked at: each study is run twice.
const base =
    "extends: base.yaml\ngrid: {cell: 1 km}\nfriction: {cell: 1 km}\noutputs: {project: false}\n" +
    "stability: null\ncompare: null\nprofiles: null\nassign: null\n";
const leaveOut = "criteria: {labor: {literacy: {missing: leave out}}}\n";

/** What a study adds; the whole is folded so, and each theme. */
const studies = {
    "weighted sum": "aggregate: weighted sum\n",
    "weighted product": "aggregate: weighted product\n",
    waspas: "aggregate: {waspas: {lambda: 0.3}}\n",
    minimum: "aggregate: minimum\n",
    maximum: "aggregate: maximum\n",
    "owa of risk": "aggregate: {owa: {risk: 0.3}}\n",
    "owa of order weights":
        "aggregate: {owa: {order weights: [0.4, 0.3, 0.2, 0.1]}}\ncriteria:\n" +
        ["infrastructure", "location", "labor", "connectivity"]
            .map((theme) => `  ${theme}: {aggregate: weighted sum}\n`)
            .join(""),
    "owa quantifier of risk": "aggregate: {owa quantifier: {risk: 0.3}}\n",
    "owa quantifier without risk": "aggregate: {owa quantifier: {risk: 0}}\n",
    "owa quantifier of order weights":
        "criteria: {labor: {aggregate: {owa quantifier: {order weights: [0.6, 0.3, 0.1]}}}}\n",
    "owa terrset": "aggregate: {owa terrset: {risk: 0.7}}\n",
    "fuzzy and": "aggregate: fuzzy and\n",
    "fuzzy or": "aggregate: fuzzy or\n",
    "fuzzy product": "aggregate: fuzzy product\n",
    "fuzzy sum": "aggregate: fuzzy sum\n",
    "fuzzy gamma": "aggregate: {fuzzy gamma: {gamma: 0.8}}\n",
    topsis: "aggregate: {topsis: {ideal: {power: 2 km}, anti-ideal: {power: 12 km}}}\n",
    "compromise 1": "aggregate: {compromise: {p: 1}}\n",
    "compromise 2": "aggregate: {compromise: {ideal: {water: 1 km}}}\n",
    "compromise 3.5": "aggregate: {compromise: {p: 3.5}}\n",
    "compromise inf": "aggregate: {compromise: {p: inf}}\n",
    "gaps in a weighted sum": leaveOut,
    "gaps in a weighted product": `aggregate: weighted product\n${leaveOut}`,
};
for (const family of ["zadeh", "product", "lukasiewicz", "drastic", "fodor", "hamacher"])
    for (const of of ["and", "or"])
        studies[`t-norm ${family} ${of}`] = `aggregate: {t-norm: {family: ${family}, of: ${of}}}\n`;

const root = folderWithMirpur();
fs.renameSync(path.join(root, "study.yaml"), path.join(root, "base.yaml"));
let furthest = 0;

const same = (shown, run, what) => {
    assert.deepEqual(
        shown.map(({ id, rank }) => [id, rank === null ? "" : String(rank)]),
        run.map(({ id, rank }) => [id, rank]),
        what,
    );
    shown.forEach(({ score, rank }, i) => {
        if (rank === null) return;
        const off = Math.abs(score - Number(run[i].score));
        furthest = Math.max(furthest, off);
        assert.ok(off < 6e-10, `${what}: ${score}, not ${run[i].score}`); // ranking.csv has nine digits
    });
};

/** Of a study that adds this to the example: its results, in the place of those before it. */
function resultsOf(text) {
    fs.writeFileSync(path.join(root, "study.yaml"), base + text);
    return run(root, "study.yaml", "out");
}

async function pageAgrees(browser, text, what) {
    const results = resultsOf(text);
    const { page, close } = await opened(browser, results);
    same(await exactRanking(page), ranking(results), what);
    assert.equal(
        await page.evaluate(() => zonerank.scores.differences(zonerank.store.data, zonerank.store.ranking)),
        "",
        what,
    );
    const yaml = await page.evaluate(() => {
        zonerank.store.setGroups([
            [null, [31.5, 42.25, 6.25, 20]],
            [1, [10, 0, 30, 25.5, 34.5]],
        ]);
        return zonerank.yaml.studyWith(zonerank.store);
    });
    fs.writeFileSync(path.join(root, "moved.yaml"), `${yaml}\noutputs: {project: false, report: false}\n`);
    same(await exactRanking(page), ranking(run(root, "moved.yaml", "moved")), `${what}, moved`);
    await close();
}

/** Where gaps decide what ground is usable, moved weights may make it other ground: the page says so. */
async function pageWarnsOfOtherGround(browser) {
    const results = resultsOf(`${leaveOut}known: 98 %\n`);
    const { page, close } = await opened(browser, results);
    same(await exactRanking(page), ranking(results), "gaps that count");
    assert.equal(await page.locator(".caution").count(), 0);
    await page.evaluate(() => zonerank.store.setGroup(null, [30, 30, 10, 30]));
    assert.equal(await page.locator(".caution").count(), 1);
    await close();
}

const browser = await launched(chromium());
await pageWarnsOfOtherGround(browser);
for (const [what, text] of Object.entries(studies)) await pageAgrees(browser, text, what);
await browser.close();
console.log(
    `report_aggregations_test: passed; ${Object.keys(studies).length} studies, scores at most ${furthest.toExponential(1)} from ranking.csv`,
);
