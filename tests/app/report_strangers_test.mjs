// SPDX-License-Identifier: Apache-2.0
// Names that would be markup, scripts or another direction of writing stay text, wherever the page shows them.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { chromium, folderWithMirpur, launched, opened, run, shownRanking } from "./report_page.mjs";

const names = [
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    `"><img src=x onerror=alert(3)>`,
    "&lt;b&gt; & 'quotes' \"too\"",
    "Zone 🏭🌊",
    "منطقة اقتصادية",
    "\u202Eesrever",
    "<!--title-->",
    "=HYPERLINK(1)",
];
const title = "<script>alert('title')</script> \"&amp;\" مير پور";
const label = "</style><svg onload=alert(4)>";

const folder = folderWithMirpur();
const sites = path.join(folder, "data", "candidates.geojson");
const collection = JSON.parse(fs.readFileSync(sites, "utf8"));
collection.features.forEach((feature, i) => {
    feature.properties.name = names[i % names.length];
    feature.properties.note = names[(i + 1) % names.length];
});
fs.writeFileSync(sites, JSON.stringify(collection));
fs.writeFileSync(
    path.join(folder, "strange.yaml"),
    `extends: study.yaml
study: ${JSON.stringify(title)}
stability: null
criteria: {location: {slope: {label: ${JSON.stringify(label)}}}}
constraints: {steep: {label: ${JSON.stringify(names[1])}}}
`,
);

const browser = await launched(chromium());
const results = run(folder, "strange.yaml", "out");
const { page, close } = await opened(browser, results);

assert.equal(await page.title(), title);
assert.equal(await page.locator("h1").textContent(), title);
const shown = (await shownRanking(page)).map(({ name }) => name).sort();
assert.deepEqual(shown, collection.features.map(({ properties }) => properties.name).sort());
assert.ok((await page.locator("#weights").textContent()).includes(label));
for (const { id } of await page.evaluate(() => zonerank.store.data.sites))
    await page.evaluate(
        (wanted) => zonerank.store.select(zonerank.store.data.sites.findIndex(({ id }) => id === wanted)),
        id,
    );
await page.evaluate(() =>
    document.querySelectorAll("details").forEach((details) => {
        details.open = true;
    }),
);
await page.locator("#view").selectOption({ label: "Usable and excluded ground" });
assert.equal(await page.locator("script").count(), 2, "the data and the page's own");
assert.equal(await page.locator("img, iframe, object, embed, [onerror], [onload]").count(), 0);
assert.equal(
    await page
        .locator("bdi", { hasText: "منطقة" })
        .first()
        .evaluate((node) => getComputedStyle(node).direction),
    "rtl",
);
if (process.env.ZONERANK_SHOTS)
    await page.screenshot({ path: path.join(process.env.ZONERANK_SHOTS, "strangers.png"), fullPage: true });
await close();
await browser.close();
console.log(`report_strangers_test: passed; ${names.length} names stay text`);
