// SPDX-License-Identifier: Apache-2.0
// report.html of the Mirpur example in Chromium, as people use it: looked at, moved, clicked, taken along.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import {
    chromium,
    exactRanking,
    folderWithMirpur,
    launched,
    opened,
    ranking,
    run,
    shownRanking,
} from "./report_page.mjs";

const shots = process.env.ZONERANK_SHOTS; // a folder for screenshots, when somebody wants to look
const shot = async (page, name, options = {}) => {
    if (shots) await page.screenshot({ path: path.join(shots, `${name}.png`), ...options });
};

const browser = await launched(chromium());
const folder = folderWithMirpur();
const results = run(folder, "study.yaml", "out");
const table = ranking(results);
const two = (page) =>
    page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

const asTable = (rows) =>
    rows.map(({ rank, name, score, reason }) => ({
        rank: rank || "–",
        name,
        score: reason ? "" : Number(score).toFixed(3),
    }));

async function showsTheEnginesRanking(page) {
    assert.deepEqual(await shownRanking(page), asTable(table));
    assert.equal(await page.locator("#warning").isVisible(), false, "the page agrees with the run");
    for (const [i, { score }] of (await exactRanking(page)).entries())
        if (table[i].rank) assert.ok(Math.abs(score - Number(table[i].score)) < 1e-8, `${table[i].name}: ${score}`);
}

/** What a theme's weight makes of the scores, from the table's own parts: by whole weights, nothing of the page's. */
function scoresWith(theme, share, themeOf) {
    const criteria = Object.keys(table[0])
        .filter((key) => key.endsWith("_part"))
        .map((key) => key.slice(0, -5));
    const weight = (criterion) => {
        const row = table.find((one) => Number(one[`${criterion}_value`]) > 0);
        return Number(row[`${criterion}_part`]) / Number(row[`${criterion}_value`]);
    };
    const own = criteria
        .filter((criterion) => themeOf(criterion) === theme)
        .reduce((sum, criterion) => sum + weight(criterion), 0);
    const factor = (criterion) => (themeOf(criterion) === theme ? share / own : (1 - share) / (1 - own));
    const score = (row) =>
        criteria.reduce(
            (sum, criterion) => sum + weight(criterion) * factor(criterion) * Number(row[`${criterion}_value`]),
            0,
        );
    return table
        .filter(({ rank }) => rank)
        .map((row) => ({ name: row.name, score: score(row) }))
        .sort((a, b) => b.score - a.score);
}

const mirpurThemes = {
    infrastructure: ["power", "water", "local_roads"],
    location: ["slope", "ruggedness", "pumping_head", "land_cover", "flood"],
    labor: ["workers", "training", "literacy"],
};
const themeOf = (criterion) =>
    Object.keys(mirpurThemes).find((theme) => mirpurThemes[theme].includes(criterion)) ?? "connectivity";

async function movesAWeightByKeyboard(page) {
    const slider = page.getByRole("slider", { name: "Weight of theme Location, percent" });
    await slider.focus();
    for (let i = 0; i < 90; ++i) await page.keyboard.press("ArrowRight");
    await two(page);
    const share = Number(await slider.inputValue()) / 100;
    assert.ok(share > 0.55, `${share}: the keys moved it`);
    const expected = scoresWith("location", share, themeOf);
    const shown = (await shownRanking(page)).filter(({ rank }) => rank !== "–");
    assert.deepEqual(
        shown.map(({ name }) => name),
        expected.map(({ name }) => name),
    );
    shown.forEach(({ score }, i) =>
        assert.ok(Math.abs(Number(score) - expected[i].score) < 0.0008, `${score}, not ${expected[i].score}`),
    );
    assert.notDeepEqual(
        shown.map(({ name }) => name),
        table.slice(0, shown.length).map(({ name }) => name),
        "another order than the study's",
    );
    assert.match(await page.locator(".outcome").innerText(), /sites? changes? (its )?places?/);
    await shot(page, "moved");
}

async function yamlRunsToTheSame(page) {
    await page.getByText("5 criteria").click();
    const box = page.getByRole("spinbutton", { name: "Weight of Slope within Location, percent, as a number" });
    await box.fill("12.5");
    await box.press("Enter");
    await page.getByRole("button", { name: "Copy as YAML" }).click();
    await page.getByText("Weights as YAML: copied.").waitFor();
    const yaml = await page.evaluate(() => navigator.clipboard.readText());
    fs.writeFileSync(path.join(folder, "moved.yaml"), yaml);
    const run2 = ranking(run(folder, "moved.yaml", "moved"));
    const page2 = await exactRanking(page);
    assert.deepEqual(
        page2.map(({ id, rank }) => [id, rank === null ? "" : String(rank)]),
        run2.map(({ id, rank }) => [id, rank]),
    );
    page2.forEach(
        ({ score }, i) =>
            score === null ||
            assert.ok(Math.abs(score - Number(run2[i].score)) < 1e-8, `${score}, not ${run2[i].score}`),
    );
}

async function linkOpensTheSame(page) {
    const { hash } = new URL(page.url());
    assert.notEqual(hash, "");
    const other = await opened(browser, results, { hash });
    assert.deepEqual(await exactRanking(other.page), await exactRanking(page));
    await other.close();
}

async function resets(page) {
    await page.getByRole("button", { name: "Reset" }).click();
    await two(page);
    await showsTheEnginesRanking(page);
    assert.equal(new URL(page.url()).hash, "");
}

async function mapIsTheEnginesMap(page) {
    const script =
        "import json, sys\nfrom osgeo import gdal\ngdal.UseExceptions()\nraster = gdal.Open(sys.argv[1]); band = raster.GetRasterBand(1)\n" +
        "print(json.dumps([[c, r, band.ReadAsArray(c, r, 1, 1)[0][0].item()] for r in range(5, band.YSize, 23) for c in range(5, band.XSize, 19)]))";
    const cells = JSON.parse(
        execFileSync("/usr/bin/python3", ["-c", script, path.join(results, "suitability.tif")], { encoding: "utf8" }),
    );
    const { step, error, found } = await page.evaluate(
        (places) => {
            const { map, store } = zonerank;
            const { step, error } = store.data.map;
            return { step, error, found: places.map(([c, r]) => map.layer.at(c, r)?.score ?? null) };
        },
        cells.map(([c, r]) => [c, r]),
    );
    assert.equal(step, 1, "Mirpur is shown cell by cell");
    let usable = 0;
    cells.forEach(([c, r, score], i) => {
        const here = Number.isNaN(found[i]) ? null : found[i];
        assert.equal(here === null, score === -9999, `${c}, ${r}: ${here} and ${score}`);
        if (here === null) return;
        ++usable;
        assert.ok(Math.abs(here - score) <= error + 1e-6, `${c}, ${r}: ${here} and ${score}`);
    });
    assert.ok(usable > 100, `${usable} cells compared`);
}

async function canvasShowsTheScores(page) {
    const off = await page.evaluate(() => {
        const { map, store, viridis } = zonerank;
        const { cols, rows } = store.data.map;
        const { data } = map.layer.canvas.getContext("2d").getImageData(0, 0, cols, rows);
        let most = 0;
        for (let row = 3; row < rows; row += 17)
            for (let col = 3; col < cols; col += 17) {
                const { score } = map.layer.at(col, row);
                if (Number.isNaN(score)) continue;
                const hex = viridis(score);
                [1, 3, 5].forEach((at, i) => {
                    most = Math.max(
                        most,
                        Math.abs(parseInt(hex.slice(at, at + 2), 16) - data[(row * cols + col) * 4 + i]),
                    );
                });
            }
        return most;
    });
    assert.ok(off <= 2, `colours are off by ${off}`);
}

async function readsACellAndClicksASite(page) {
    const box = await page.locator(".map-box").boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.72);
    assert.match(await page.locator(".readout").innerText(), /score 0\.\d{3}/);
    await shot(page, "cell");
    await page.getByRole("button", { name: /^Khaliqabad: rank/ }).click();
    assert.equal(await page.getByRole("tab", { name: "Site sheet" }).getAttribute("aria-selected"), "true");
    assert.ok(await page.locator("#sheet").isVisible());
    assert.match(await page.locator("#ranking tr.selected").innerText(), /Khaliqabad/);
    await shot(page, "sheet");
    await page.getByRole("tab", { name: "Site sheet" }).press("ArrowLeft");
    assert.ok(await page.locator("#weights").isVisible());
}

/** How many pixels of the lines over the map are drawn. */
const drawnPixels = (page) =>
    page.evaluate(() => {
        const canvas = document.querySelector("canvas.context-lines");
        const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
        copy.drawImage(canvas, 0, 0);
        const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
        let count = 0;
        for (let i = 3; i < data.length; i += 4) if (data[i] > 0) ++count;
        return count;
    });

async function showsTheStudysLayers(page) {
    const onTheMap = page.getByRole("group", { name: "On the map" });
    const ticked = () =>
        onTheMap
            .locator("label:has(:checked)")
            .allInnerTexts()
            .then((texts) => texts.map((text) => text.trim()));
    assert.deepEqual(await ticked(), ["Rivers", "Reservoir", "Roads", "Rail"]);
    const all = await drawnPixels(page);
    const roads = onTheMap.getByRole("checkbox", { name: "Roads", exact: true });
    await roads.focus();
    await page.keyboard.press("Space");
    const without = await drawnPixels(page);
    assert.ok(without < all - 500, `${without} of ${all} pixels without roads`);
    await page.keyboard.press("Space");
    assert.equal(await drawnPixels(page), all);
    const more = onTheMap.getByRole("button", { name: /more/ });
    await more.press("Enter");
    await onTheMap.getByRole("checkbox", { name: "Towns" }).check();
    assert.ok((await drawnPixels(page)) > all, "towns are drawn");
    await shot(page, "layers");
    await page.keyboard.press("Escape");
    assert.equal(await onTheMap.getByRole("checkbox", { name: "Towns" }).isVisible(), false);
    await more.press("Enter");
    await onTheMap.getByRole("checkbox", { name: "Towns" }).uncheck();
    await page.keyboard.press("Escape");
}

/** The first town's mark is where the page's map has its place. */
async function layersLieWhereTheyAre(page) {
    const dark = await page.evaluate(() => {
        const { map, store } = zonerank;
        const { grid, context } = store.data;
        const [x, y] = context.layers.find(({ name }) => name === "towns").points;
        const place = [context.north - y * context.unit - grid.north, x * context.unit + context.west - grid.west];
        const canvas = document.querySelector("canvas.context-lines");
        const box = canvas.getBoundingClientRect();
        const frame = document.querySelector(".map-box").getBoundingClientRect();
        const at = map.leaflet.latLngToContainerPoint(place);
        const input = [...document.querySelectorAll(".context-choice label")].find((label) =>
            label.textContent.includes("Towns"),
        ).control;
        const around = () => {
            const copy = new OffscreenCanvas(3, 3).getContext("2d", { willReadFrequently: true });
            const x0 = Math.round(((frame.left + at.x - box.left) * canvas.width) / box.width) - 1,
                y0 = Math.round(((frame.top + at.y - box.top) * canvas.height) / box.height) - 1;
            copy.drawImage(canvas, -x0, -y0);
            return copy.getImageData(0, 0, 3, 3).data;
        };
        input.click();
        const dark = [...around()].filter((value, i) => i % 4 === 0 && value < 60).length;
        input.click();
        return dark;
    });
    assert.ok(dark >= 6, `${dark} of 9 pixels are dark where the town lies`);
}

async function sortsByHeads(page) {
    const head = (name) => page.locator("#ranking thead").getByRole("button", { name });
    const order = async () => (await shownRanking(page)).filter(({ rank }) => rank !== "–");
    await head("Site").click();
    const names = (await order()).map(({ name }) => name);
    assert.deepEqual(
        names,
        [...names].sort((a, b) => a.localeCompare(b)),
    );
    assert.equal(await page.locator("#ranking th[aria-sort]").getAttribute("aria-sort"), "ascending");
    await head("Score").press("Enter");
    await head("Score").press("Enter");
    const scores = (await order()).map(({ score }) => Number(score));
    assert.deepEqual(
        scores,
        [...scores].sort((a, b) => a - b),
    );
    assert.equal(
        await page
            .locator("#ranking th[aria-sort]")
            .innerText()
            .then((text) => text.trim().slice(0, 5)),
        "Score",
    );
    await head("Rank").click();
}

async function everythingHasAName(page) {
    const nameless = await page
        .locator("button, input, select, textarea, [role=button], [role=img]")
        .evaluateAll((all) => {
            const named = (node) =>
                node.getAttribute("aria-label") ||
                node.getAttribute("title") ||
                node.textContent.trim() ||
                node.labels?.length > 0;
            return all.filter((node) => !named(node)).map((node) => node.outerHTML.slice(0, 120));
        });
    assert.deepEqual(nameless, []);
    const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map(({ id }) => id));
    assert.equal(new Set(ids).size, ids.length, "no id twice");
}

async function tabsThroughInOrder(page) {
    await page.evaluate(() => {
        document.activeElement?.blur();
        scrollTo(0, 0);
    });
    const seen = [];
    for (let i = 0; i < 14; ++i) {
        await page.keyboard.press("Tab");
        seen.push(
            await page.evaluate(() => {
                const { outlineStyle } = getComputedStyle(document.activeElement);
                return {
                    what: document.activeElement.className || document.activeElement.id,
                    visible: outlineStyle !== "none",
                };
            }),
        );
    }
    assert.deepEqual(
        seen.filter(({ visible }) => !visible),
        [],
        "focus shows",
    );
    const places = seen.map(({ what }) => what);
    const at = (part) => places.findIndex((what) => what.includes(part));
    assert.ok(at("skip") === 0 && at("view") > 0 && at("map-box") > at("view"), places.join(" | "));
}

async function fitsAPhone() {
    const phone = await opened(browser, results, { viewport: { width: 360, height: 740 }, colorScheme: "dark" });
    const width = await phone.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${width} pixels wide`);
    await shot(phone.page, "phone", { fullPage: true });
    await phone.close();
}

const { page, close } = await opened(browser, results);
const firstMap = Number(await page.evaluate(() => document.documentElement.dataset.firstMap));
await shot(page, "start");
await showsTheEnginesRanking(page);
await mapIsTheEnginesMap(page);
await canvasShowsTheScores(page);
await everythingHasAName(page);
await tabsThroughInOrder(page);
await showsTheStudysLayers(page);
await layersLieWhereTheyAre(page);
await movesAWeightByKeyboard(page);
await yamlRunsToTheSame(page);
await linkOpensTheSame(page);
await resets(page);
await readsACellAndClicksASite(page);
await sortsByHeads(page);
await shot(page, "whole", { fullPage: true });
await close();
await fitsAPhone();
await browser.close();
const kilobytes = Math.round(fs.statSync(path.join(results, "report.html")).size / 1000);
console.log(`report_test: passed; report.html ${kilobytes} kB, first map after ${firstMap} ms`);
