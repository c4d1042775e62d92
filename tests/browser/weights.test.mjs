// What the pages weigh and how long they take. Weights are budgets, and asserted. Times are of this machine at this
// moment: printed, and written into docs/benchmarks.md by hand.

import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { after, test } from "node:test";
import { allPages, closeBrowser, urlOf, until, withPage } from "./harness.mjs";

after(closeBrowser);
const pages = allPages();
const kb = (path) => Math.round(statSync(path).size / 1000);

test("the page of a call of ten minutes is under 600 KB without its sound", () => {
  const folder = pages["call-long"].replace(/calls\/long\.html$/, "media/long");
  const parts = { page: kb(pages["call-long"]), spectrograms: kb(`${folder}.0.png`) + kb(`${folder}.1.png`) };
  console.log(`call of 10 min: page ${parts.page} KB, spectrograms beside it ${parts.spectrograms} KB`);
  assert.ok(parts.page + parts.spectrograms < 600, JSON.stringify(parts));
});

test("a page of thousands of calls weighs what a disk reads at once", () => {
  const weight = kb(pages["index-5000"]);
  console.log(`batch of 5000 calls: ${weight} KB`);
  // 2 KB a call; see also five_thousand_calls_make_a_page_of_a_few_megabytes in tests/it/report.rs.
  assert.ok(weight < 10_000, `${weight} KB`);
});

/** Milliseconds from the start of the navigation. */
const marks = (page) => page.evaluate(() => {
  const [navigation] = performance.getEntriesByType("navigation");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return { parsed: Math.round(navigation.domInteractive), scripted: Math.round(navigation.domContentLoadedEventEnd),
    loaded: Math.round(navigation.loadEventEnd), painted: Math.round(paint?.startTime ?? 0) };
});

for (const name of ["index-5000", "call-long", "call"]) {
  test(`how long ${name} takes to open`, async () => {
    const runs = [];
    for (let run = 0; run < 3; run += 1) {
      await withPage({}, async (page) => {
        await page.goto(urlOf(pages[name]), { waitUntil: "load" });
        await until(async () => (await marks(page)).painted > 0, "the first paint");
        // A frame after its script: then it answers.
        await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
        runs.push({ ...(await marks(page)), usable: Math.round(await page.evaluate(() => performance.now())) });
      });
    }
    runs.sort((a, b) => a.usable - b.usable);
    console.log(`${name}, median of 3, ms:`, JSON.stringify(runs[1]));
  });
}
