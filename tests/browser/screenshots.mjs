// Pictures of every page, in light and dark, as wide as a desk and as narrow as a phone, in each language:
//   node screenshots.mjs OUT [FOLDER]
// FOLDER is an output folder of callvet; without it the pages of the tests are shown. The pages are written again by
// the program in each language, into a copy. For eyes: nothing here compares pictures.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { DEMO, MADE, binary, browser, closeBrowser, urlOf } from "./harness.mjs";

const [out, given, only = ""] = process.argv.slice(2);
const folder = given || DEMO;
if (!out) {
  console.error("usage: node screenshots.mjs OUT [FOLDER [PATTERN]]");
  process.exit(2);
}
const LANGUAGES = ["en", "pl", "ru", "el", "hu"];
const VIEWPORTS = [{ width: 1400, height: 900 }, { width: 390, height: 844 }];
const pattern = new RegExp(only);

async function shoot(name, path, options = {}, before = null) {
  if (!pattern.test(name) || !existsSync(path)) return;
  const context = await (await browser()).newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  await page.goto(urlOf(path));
  if (before) await before(page);
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(out, `${name}.png`), fullPage: true, animations: "disabled" });
  await context.close();
}

mkdirSync(out, { recursive: true });
// Beside the original, so that the links to the recordings hold.
const copy = join(dirname(resolve(folder)), `${basename(resolve(folder))}-shown`);
rmSync(copy, { recursive: true, force: true });
cpSync(folder, copy, { recursive: true });
const batch = JSON.parse(readFileSync(join(copy, "batch.json"), "utf8"));
const call = batch.calls.find((c) => c.report && /sale|02-en/.test(c.source)) ?? batch.calls.find((c) => c.report);
for (const language of LANGUAGES) {
  const made = spawnSync(binary(), ["report", copy, "--report-language", language], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(made.stderr);
  const pages = {
    index: join(copy, "index.html"),
    call: join(copy, call.report.replace(/\.json$/, ".html")),
    vendors: join(copy, "vendors.html"),
  };
  for (const [name, path] of Object.entries(pages)) {
    for (const colorScheme of ["light", "dark"]) {
      for (const viewport of VIEWPORTS) {
        await shoot(`${name}-${language}-${colorScheme}-${viewport.width}`, path, { colorScheme, viewport });
      }
    }
  }
}
// What the data of samples does not show.
const [wide, phone] = VIEWPORTS;
for (const [name, file] of [["batch-5000", "index.html"], ["hostile", "calls/hostile.html"], ["hostile-index", "hostile.html"], ["long", "calls/long.html"]]) {
  await shoot(`${name}-en-light-1400`, join(MADE, file), { viewport: wide });
  await shoot(`${name}-en-dark-390`, join(MADE, file), { viewport: phone, colorScheme: "dark" });
}
spawnSync(binary(), ["report", copy, "--report-language", "en"]);
for (const [name, file] of [["index", "index.html"], ["call", call.report.replace(/\.json$/, ".html")], ["vendors", "vendors.html"]]) {
  const path = join(copy, file);
  await shoot(`${name}-en-forced-colors`, path, { viewport: wide, forcedColors: "active" });
  await shoot(`${name}-en-print`, path, { viewport: { width: 800, height: 1100 } }, (page) => page.emulateMedia({ media: "print" }));
}
rmSync(copy, { recursive: true, force: true });
await closeBrowser();
