// The comparison of vendors, as somebody uses it who has five demo files and a decision: the answer first, each doubt
// with its place, like places of both to hear.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { allPages, closeBrowser, urlOf, until, withPage } from "./harness.mjs";

after(closeBrowser);
const path = allPages().vendors;

test("the answer comes first, then a verdict on each vendor", async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(path));
    const headings = await page.locator("h1, h2").allInnerTexts();
    assert.match(headings[1], /Who is better/);
    assert.deepEqual(headings.slice(2, 4).sort(), ["northgate", "sunbeam"]);
    const answer = await page.getByRole("region", { name: /Who is better/ }).innerText();
    assert.match(answer, /northgate/);
    assert.match(answer, /more calls|would show/, "how many more calls it takes");
    // Two calls against one: whatever the numbers say, nothing is sure.
    assert.doesNotMatch(answer, /For sure better/);
    const verdict = page.getByRole("region", { name: "sunbeam", exact: true });
    assert.match(await verdict.innerText(), /Red flag/, "a draw, threats and pressure are more than a note");
  });
});

test("every doubt leads to a place that is there", async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(path));
    const hrefs = await page.locator("main a[href*='calls/']").evaluateAll((all) => all.map((a) => a.href));
    assert.ok(hrefs.length >= 3);
    for (const href of new Set(hrefs)) {
      const [file, place = ""] = href.split("#");
      assert.ok(existsSync(fileURLToPath(file)), href);
      if (place.startsWith("f-")) assert.ok(readFileSync(fileURLToPath(file), "utf8").includes(`id="${place}"`), href);
      else assert.match(place, /^(t=\d+(\.\d+)?)?$/, href);
    }
    await page.locator("main a[href*='#f-'], main a[href*='#t=']").first().click();
    await page.waitForURL(/calls\/.*#/);
    await until(() => page.evaluate(() => (document.querySelector("audio")?.currentTime ?? 0) > 0 || /t=0|#f-/.test(location.hash)), "the place");
  });
});

test("clips play their stretch of the call, and both one after the other", async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(path));
    const players = page.locator("audio");
    assert.ok(await players.count() >= 2, "places to hear");
    const spans = await players.evaluateAll((all) => all.map((a) => [Number(a.dataset.from), Number(a.dataset.to)]));
    assert.ok(spans.every(([from, to]) => from >= 0 && to > from && to - from < 60), JSON.stringify(spans));
    assert.ok((await players.evaluateAll((all) => all.map((a) => a.getAttribute("aria-label")))).every((name) => name.length > 5));
    const both = page.getByRole("button", { name: /Play both/ }).first();
    await both.click();
    await until(() => page.evaluate(() => [...document.querySelectorAll("audio")].some((a) => !a.paused)), "the first clip");
    const [from_s, to_s] = spans[0];
    const at_s = await players.first().evaluate((a) => a.currentTime);
    assert.ok(at_s >= from_s - 0.2 && at_s <= to_s + 0.2, `${at_s} s of ${from_s} to ${to_s} s`);
    // To its end, without waiting for it.
    await players.first().evaluate((a) => { a.currentTime = Number(a.dataset.to) - 0.3; });
    await until(() => players.nth(1).evaluate((a) => !a.paused), "the second clip");
    assert.equal(await players.first().evaluate((a) => a.paused), true, "one at a time");
  });
});

test("every figure has its interval beside it, or says why there is none", async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(path));
    const table = page.getByRole("region", { name: "Side by side" }).getByRole("table");
    const cells = await table.locator("tbody td").allInnerTexts();
    assert.ok(cells.length >= 10);
    for (const cell of cells) assert.match(cell, /\d.*\bto\b.*\d|not measured|no interval/s, cell);
  });
});

test("without JavaScript the answer, the doubts and the clips are there", async () => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(urlOf(path));
    assert.match(await page.getByRole("region", { name: /Who is better/ }).innerText(), /northgate/);
    assert.ok(await page.locator("audio[controls]").count() >= 2);
    assert.equal(await page.getByRole("button", { name: /Play both/ }).count(), 0, "what needs the script is not offered");
  });
});
