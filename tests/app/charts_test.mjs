// SPDX-License-Identifier: Apache-2.0
// The report's charts, site sheet, printed page and accessibility, held against the run's own files.
// ZONERANK_REPORT: a run's folder to look at in place of a new run of the Mirpur example.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { chromium, folderWithMirpur, launched, opened, ranking, run } from "./report_page.mjs";

const browser = await launched(chromium());
const folder = folderWithMirpur();
const results = process.env.ZONERANK_REPORT ?? run(folder, "study.yaml", "out");
const shots = process.env.ZONERANK_SHOTS;
const table = ranking(results).filter(({ rank }) => rank);
const readJson = (file) => JSON.parse(fs.readFileSync(path.join(results, file), "utf8"));
const column = (name) => name.replaceAll(/[ -]/g, "_");
const near = (a, b, within, what) => assert.ok(Math.abs(a - b) <= within, `${what}: ${a}, not ${b}`);
const dataOf = (page) => page.evaluate(() => {
    const { themes, criteria, sites } = zonerank.store.data;
    return { themes, criteria, sites: sites.map(({ id, name, rank, entries }) => ({ id, name, rank, entries })) };
});
const numbersOf = (locator, names) =>
    locator.evaluateAll((nodes, keys) => nodes.map((node) => Object.fromEntries(keys.map((key) => [key, Number(node.getAttribute(key))]))), names);

async function partsAreBars(page, data) {
    for (const byCriterion of [false, true]) {
        await page.getByRole("radio", { name: byCriterion ? "by criterion" : "by theme" }).check();
        const lines = page.locator("#chart-contributions svg > g[data-site]");
        assert.equal(await lines.count(), table.length);
        const first = (await numbersOf(lines.nth(0).locator("rect"), ["width"])).reduce((sum, { width }) => sum + width, 0);
        const scale = first / Number(table[0].score);
        for (let i = 0; i < table.length; ++i) {
            const bars = await numbersOf(lines.nth(i).locator("rect"), byCriterion ? ["width", "data-criterion"] : ["width", "data-theme"]);
            for (const { width, "data-criterion": criterion, "data-theme": theme } of bars) {
                const members = byCriterion ? [criterion] : data.themes[theme].members;
                const part = members.reduce((sum, c) => sum + Number(table[i][`${column(data.criteria[c].name)}_part`]), 0);
                near(width / scale, part, 1e-6, `${table[i].name}, ${members}`);
            }
        }
    }
    await page.getByRole("radio", { name: "by theme" }).check();
}

async function weightsAreBars(page, data) {
    const bars = await numbersOf(page.locator("#chart-weights rect[data-criterion]"), ["width", "data-criterion"]);
    assert.equal(bars.length, data.criteria.length);
    const scale = bars[0].width / data.criteria[bars[0]["data-criterion"]].weight;
    for (const { width, "data-criterion": c } of bars) near(width / scale, data.criteria[c].weight, 1e-9, data.criteria[c].name);
}

/** Dots lie where measurement and value say, on the scale that the curve's own ends give. */
async function dotsLieOnTheirScale(page, data) {
    const plots = await page.locator("#chart-values .small-multiple").evaluateAll((all) => all.map((plot) => ({
        criterion: Number(plot.dataset.criterion),
        curve: plot.querySelector("polyline")?.getAttribute("points").split(" ").map((pair) => pair.split(",").map(Number)),
        dots: [...plot.querySelectorAll("circle")].map((dot) => ({ site: Number(dot.dataset.site), x: Number(dot.getAttribute("cx")), y: Number(dot.getAttribute("cy")) })),
    })));
    assert.equal(plots.length, data.criteria.length);
    let held = 0;
    for (const { criterion, curve, dots } of plots.filter((plot) => plot.curve)) {
        const given = data.criteria[criterion].curve, last = given.length - 1;
        const high = given.findIndex(([, v]) => v === Math.max(...given.map((p) => p[1]))), low = given.findIndex(([, v]) => v === Math.min(...given.map((p) => p[1])));
        const x = (m) => curve[0][0] + (m - given[0][0]) / (given[last][0] - given[0][0]) * (curve[last][0] - curve[0][0]);
        const y = (v) => curve[low][1] + (v - given[low][1]) / (given[high][1] - given[low][1]) * (curve[high][1] - curve[low][1]);
        for (const dot of dots) {
            const row = table.find(({ id }) => id === data.sites[dot.site].id), name = column(data.criteria[criterion].name);
            near(dot.y, y(Number(row[`${name}_value`])), 0.1, `${name}, ${row.name}`);
            near(dot.x, x(data.sites[dot.site].entries[criterion].measurement), 0.1, `${name}, ${row.name}`);
            ++held;
        }
    }
    assert.ok(held > 50, `${held} dots`);
}

async function ranksAreShares(page) {
    const stability = readJson("stability/stability.json");
    const cells = await numbersOf(page.locator("#chart-acceptability rect.heat"), ["data-site", "data-rank", "data-share", "fill-opacity"]);
    const shares = stability.sites.flatMap((site) => site.rank_acceptability);
    assert.deepEqual(cells.map((cell) => cell["data-share"]), shares);
    const shown = cells.filter((cell) => cell["data-share"] > 0).sort((a, b) => a["data-share"] - b["data-share"]);
    shown.forEach((cell, i) => i && assert.ok(cell["fill-opacity"] >= shown[i - 1]["fill-opacity"], "darker where the share is greater"));
    const says = await page.locator("#chart-acceptability .says").innerText();
    assert.match(says, new RegExp(`${stability.sites[0].site}.* is first under ${Math.round(stability.sites[0].rank_acceptability[0] * 100)}.%`));
}

async function methodsKeepTheirOrder(page) {
    const comparison = readJson("comparison/comparison.json"), methods = comparison.methods.filter(({ ranks }) => ranks);
    const columns = await page.locator("#chart-methods svg > g:not(.line)").evaluateAll((all) =>
        all.map((g) => [...g.querySelectorAll(".badge")].map((badge) => ({ study: Number(badge.textContent), y: Number(badge.querySelector("circle").getAttribute("cy")) }))));
    assert.equal(columns.length, methods.length);
    columns.forEach((badges, m) => badges.forEach((a, i) => badges.forEach((b, k) => {
        if (methods[m].ranks[i] < methods[m].ranks[k]) assert.ok(a.y < b.y, `${methods[m].label}: ${comparison.sites[i]} stands above ${comparison.sites[k]}`);
    })));
    columns[0].forEach(({ study }, i) => assert.equal(study, methods[0].ranks[i]));
}

async function industriesAreTheFiles(page) {
    const industries = readJson("industries/industries.json");
    const assigned = await page.locator("#chart-industries tr:has(.assigned)").evaluateAll((rows) => rows.flatMap((row) =>
        [...row.querySelectorAll(".assigned")].map((cell) => [row.cells[0].textContent, row.closest("table").rows[0].cells[cell.cellIndex].textContent, Number(cell.dataset.score)])));
    const labels = Object.fromEntries(industries.industries.map(({ name, label }) => [name, label]));
    const expected = industries.assignment.map(({ industry, site, score }) => [site, labels[industry], score]);
    assert.deepEqual(assigned.sort(), expected.sort());
}

async function histogramIsInProportion(page) {
    const bars = await numbersOf(page.locator("#chart-scores .histogram"), ["height", "data-count"]);
    const scale = Math.max(...bars.map((bar) => bar.height)) / Math.max(...bars.map((bar) => bar["data-count"]));
    for (const bar of bars) near(bar.height, bar["data-count"] * scale, 1e-6, "a bar");
}

async function tablesHoldTheNumbers(page) {
    const details = page.locator("#chart-contributions details");
    await details.locator("summary").press("Enter");
    await details.locator("tbody tr").first().waitFor();
    const scores = await details.locator("tbody tr td:last-child").allInnerTexts();
    assert.deepEqual(scores, table.map(({ score }) => Number(score).toFixed(3)));
}

async function sheetOpensByKeyboard(page) {
    const title = page.locator(".sheet-title"), opener = page.locator("#ranking .site-link").nth(1);
    await opener.focus();
    await page.keyboard.press("Enter");
    assert.equal(await title.innerText(), table[1].name);
    assert.ok(await title.evaluate((node) => node === document.activeElement), "the sheet's title has the focus");
    const next = page.getByRole("button", { name: "Next site of the ranking" });
    await next.focus();
    await page.keyboard.press("Enter");
    assert.equal(await title.innerText(), table[2].name);
    assert.ok(await next.evaluate((node) => node === document.activeElement), "focus stays on the button");
    const rows = await page.locator(".sheet-table tbody tr[data-criterion]").evaluateAll((all) => all.map((row) => [...row.cells].slice(2).map((cell) => cell.textContent)));
    const first = table[0], own = table[2], data = await dataOf(page);
    rows.forEach(([value, part, toFirst], i) => {
        const key = column(data.criteria[i].name);
        near(Number(value), Number(own[`${key}_value`]), 0.0051, `${key}: value`);
        near(Number(part), Number(own[`${key}_part`]), 0.00051, `${key}: part`);
        near(Number(toFirst.replace("−", "-")), Number(own[`${key}_part`]) - Number(first[`${key}_part`]), 0.00051, `${key}: to the first`);
    });
    assert.equal(rows.length, data.criteria.length);
    await page.keyboard.press("Escape");
    assert.equal(await title.count(), 0, "Escape closes");
    assert.ok(await page.evaluate(() => document.activeElement.closest("#ranking") !== null), "back in the ranking");
}

async function comparesTwo(page) {
    await page.evaluate(() => zonerank.store.compare([0, 3]));
    const marks = await numbersOf(page.locator("#chart-profiles g[data-value]"), ["data-site", "data-value"]);
    assert.deepEqual([...new Set(marks.map((mark) => mark["data-site"]))].sort(), [0, 3]);
    await page.locator("#compare select").nth(1).selectOption("5");
    assert.deepEqual(await page.evaluate(() => zonerank.store.compared), [0, 5]);
    await page.evaluate(() => zonerank.store.compare([]));
}

async function movedWeightsShow(page) {
    await page.locator("#chart-weights").evaluate((chart) => chart.scrollIntoView({ block: "center" }));
    await page.evaluate(() => zonerank.store.setGroup(null, zonerank.store.data.themes.map((_, t) => (t === 1 ? 3 : 1))));
    await page.locator("#chart-weights .was").first().waitFor({ state: "attached" });
    const shares = await numbersOf(page.locator("#chart-weights rect[data-theme]"), ["width"]);
    near(shares[1].width / shares[0].width, 3, 1e-6, "the moved theme's bar");
    await page.locator("#chart-weights").evaluate((chart) => chart.scrollIntoView({ block: "center" }));
    await page.evaluate(() => zonerank.store.reset());
    await page.locator("#chart-weights .was").first().waitFor({ state: "detached" });
}

async function isInOrder(page) {
    const { levels, unnamed } = await page.evaluate(() => ({
        levels: [...document.querySelectorAll("h1, h2, h3, h4")].map((heading) => Number(heading.tagName[1])),
        unnamed: [...document.querySelectorAll("svg[role=img]")].filter((svg) => !svg.querySelector("title")?.textContent || !svg.querySelector("desc")).length,
    }));
    assert.equal(levels.filter((level) => level === 1).length, 1);
    levels.forEach((level, i) => i && assert.ok(level <= levels[i - 1] + 1, `a heading ${level} follows ${levels[i - 1]}`));
    assert.equal(unnamed, 0, "each drawing has a title and a description");
}

async function prints(page) {
    await page.getByRole("tab", { name: "Weights" }).click();
    const slider = page.locator("input[type=range]").first();
    assert.ok(await slider.isVisible());
    await page.evaluate(() => scrollTo(0, 0));
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    const pages = pdf.toString("latin1").match(/\/Type\s*\/Page(?![s\w])/g)?.length ?? 0;
    assert.ok(pages >= 5 && pages <= 16, `${pages} pages`);
    if (shots) fs.writeFileSync(path.join(shots, "report.pdf"), pdf);
    await page.emulateMedia({ media: "print" });
    assert.equal(await slider.isVisible(), false, "no sliders on paper");
    for (const shown of [".map-box", "#ranking table", "#chart-weights svg", "#done table"])
        assert.ok(await page.locator(shown).first().isVisible(), `${shown} is printed`);
    await page.emulateMedia({ media: null });
    return pages;
}

/** The report with other data in it, as a folder: the same page, whatever it is given. */
function altered(name, change) {
    const html = fs.readFileSync(path.join(results, "report.html"), "utf8");
    const [, before, json, after] = html.match(/^([^]*<script type="application\/json" id="study-data">)([^]*?)(<\/script>[^]*)$/);
    const data = JSON.parse(json);
    change(data);
    const safe = JSON.stringify(data).replaceAll(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
    const target = path.join(folder, name);
    fs.mkdirSync(target);
    fs.writeFileSync(path.join(target, "report.html"), before + safe + after);
    return target;
}

const hostile = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "میرپور", "\u202eevil", "🏭 'a' \"b\" &amp;", "long ".repeat(60), "\u0007", ""];

function withHostileNames(data) {
    const named = new Map(data.sites.map((site, i) => [site.name, hostile[i % hostile.length]]));
    const renamed = (name) => named.get(name) ?? name;
    data.sites.forEach((site, i) => { site.name = renamed(site.name); site.kept = { [hostile[i % 8]]: hostile[(i + 1) % 8] }; });
    data.criteria.forEach((criterion, i) => { criterion.label = hostile[i % 7]; criterion.measure = hostile[0]; });
    data.themes.forEach((theme, i) => { theme.label = hostile[i]; });
    data.constraints.forEach((constraint, i) => { constraint.label = hostile[i]; });
    data.analyses.comparison.sites = data.analyses.comparison.sites.map(renamed);
    data.analyses.stability.sites.forEach((site) => { site.site = renamed(site.site); });
    data.done.warnings.push(hostile[0]);
}

const manySites = (data) => {
    const [first] = data.sites;
    data.sites = Array.from({ length: 1000 }, (_, i) => ({ ...structuredClone(first), id: String(i), name: `Site ${i}`, rank: 1 }));
    data.analyses = {};
};

const withoutValues = (data) => {
    data.analyses = {};
    data.sites.forEach((site) => site.entries.forEach((entry) => { Object.assign(entry, { measurement: null, value: null, part: null }); }));
};

async function survives(name, change, look = async () => {}) {
    const { page, close } = await opened(browser, altered(name, change), { viewport: { width: 1400, height: 900 } });
    const sites = await page.evaluate(() => zonerank.store.data.sites.length);
    if (sites) await page.evaluate(() => zonerank.store.select(0));
    await look(page);
    await close();
}

async function hostileNamesStayText(page) {
    assert.equal(await page.locator("#charts img, #sheet img, #compare img, #done img, #charts script, #sheet script, #done script").count(), 0);
    assert.equal(await page.locator(".sheet-title").innerText(), hostile[0]);
    assert.match(await page.locator("#done").innerText(), /<script>alert\(1\)<\/script>/);
    assert.ok((await page.locator("#chart-contributions text").allTextContents()).includes(`\u2068${hostile[2]}\u2069`), "names are isolated");
}

const { page, close } = await opened(browser, results, { viewport: { width: 1400, height: 900 }, reducedMotion: "reduce" });
const data = await dataOf(page);
await partsAreBars(page, data);
await weightsAreBars(page, data);
await dotsLieOnTheirScale(page, data);
await ranksAreShares(page);
await methodsKeepTheirOrder(page);
await industriesAreTheFiles(page);
await histogramIsInProportion(page);
await tablesHoldTheNumbers(page);
await sheetOpensByKeyboard(page);
await comparesTwo(page);
await movedWeightsShow(page);
await isInOrder(page);
const pages = await prints(page);
if (shots) for (const id of ["compare", "charts", "done"]) await page.locator(`#${id}`).screenshot({ path: path.join(shots, `${id}.png`) });
await page.setViewportSize({ width: 360, height: 740 });
assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 360, "charts fit a phone");
await close();
await survives("hostile", withHostileNames, hostileNamesStayText);
await survives("no-sites", (d) => { d.sites = []; d.analyses = {}; });
await survives("one-site", (d) => { d.sites.length = 1; d.analyses = {}; });
await survives("no-values", withoutValues);
await survives("thousand", manySites, async (p) => assert.match(await p.locator("#chart-contributions").innerText(), /first 20 of 1,000/));
await browser.close();
console.log(`charts_test: passed; ${data.criteria.length} value functions, ${pages} printed pages`);
