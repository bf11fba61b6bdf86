// SPDX-License-Identifier: Apache-2.0
// What the report's tests share: runs of the program, their tables, and a page that tells on itself.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const examples = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../examples");
const program = process.env.ZONERANK ?? "zonerank";
const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** playwright-core's Chromium; ends the test with 77 where it, or Chromium itself, is missing. */
export function chromium() {
    const missing = (what) => {
        console.log(`report_test: skipped, ${what} is missing`);
        process.exit(process.env.ZONERANK_REQUIRE_APPS === "1" ? 1 : 77);
    };
    if (!fs.existsSync(chromiumPath)) missing(chromiumPath);
    try {
        return createRequire(import.meta.url)("playwright-core").chromium;
    } catch {
        return missing("playwright-core");
    }
}

export const launched = (browser) =>
    browser.launch({ executablePath: chromiumPath, args: ["--no-sandbox", "--disable-gpu"] });

/** A folder of its own with the Mirpur example's data, gone when the program ends. */
export function folderWithMirpur() {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "zonerank-report-"));
    process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
    fs.cpSync(path.join(examples, "mirpur", "data"), path.join(folder, "data"), { recursive: true });
    fs.copyFileSync(path.join(examples, "mirpur", "study.yaml"), path.join(folder, "study.yaml"));
    return folder;
}

/** Runs a study of a folder; gives the folder of its results. */
export function run(folder, study, output) {
    const target = path.join(folder, output);
    execFileSync(program, ["run", path.join(folder, study), "--output", target, "--no-sync"], {
        stdio: ["ignore", "ignore", "pipe"],
    });
    return target;
}

function fieldsOf(line) {
    const fields = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, text]) => text);
    return fields.slice(0, -1).map((text) => (text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text));
}

/** ranking.csv as objects of texts. */
export function ranking(results) {
    const [head, ...lines] = fs.readFileSync(path.join(results, "ranking.csv"), "utf8").trimEnd().split(/\r?\n/);
    const names = fieldsOf(head);
    return lines.map((line) => Object.fromEntries(fieldsOf(`${line},`).map((text, i) => [names[i], text])));
}

/** A page on a report that notes whatever should not happen: errors, refusals by its policy, requests, dialogs. */
export async function opened(browser, results, { hash = "", ...options } = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await context.addInitScript(() => {
        globalThis.refused = [];
        document.addEventListener("securitypolicyviolation", (event) =>
            globalThis.refused.push(event.violatedDirective),
        );
    });
    const page = await context.newPage();
    const wrong = [];
    page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) wrong.push(message.text());
    });
    page.on("pageerror", (error) => wrong.push(error.stack));
    page.on("dialog", (dialog) => {
        wrong.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
    });
    const address = pathToFileURL(path.join(results, "report.html")).href;
    page.on("request", (request) => {
        const own = request.url().split("#")[0] === address || /^(data|blob):/.test(request.url());
        if (!own) wrong.push(`request: ${request.url()}`);
    });
    await page.goto(address + hash, { timeout: 60000 });
    await page.waitForFunction(() => document.documentElement.dataset.firstMap !== undefined, null, { timeout: 60000 });
    return {
        page,
        async close() {
            wrong.push(...(await page.evaluate(() => globalThis.refused)));
            assert.deepEqual(wrong, [], "the page should do nothing but show");
            await context.close();
        },
    };
}

/** The ranking that the table shows: [{rank, name, score}]; not ranked: rank "–". */
export const shownRanking = (page) =>
    page.locator("#ranking tbody tr").evaluateAll((rows) =>
        rows.map((row) => ({
            rank: row.querySelector(".col-rank").textContent,
            name: row.querySelector(".col-site").textContent,
            score: row.querySelector(".col-score")?.textContent ?? "",
        })),
    );

/** The page's own numbers, exact: [{id, rank, score}]. */
export const exactRanking = (page) =>
    page.evaluate(() => {
        const { data, ranking: rows } = zonerank.store;
        return rows.map(({ site, rank, score }) => ({ id: data.sites[site].id, rank, score }));
    });
