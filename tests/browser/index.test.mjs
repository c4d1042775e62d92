// The page of a batch as somebody uses it who has two thousand calls and an hour: filter, sort, follow a finding to the
// place where it is said, send the address of a filtered list to a colleague.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { MADE, allPages, closeBrowser, reportOf, urlOf, until, withPage } from "./harness.mjs";

after(closeBrowser);
const pages = allPages();
const big = pages["index-5000"];
const N_BIG = 5000;

const table = (page) => page.getByRole("table", { name: /worst first/ });
const rows = (page) => table(page).locator("tbody tr");
// The sign of the order, which CSS draws, may be a part of the name.
const column = (page, name) => table(page).getByRole("columnheader", { name: new RegExp(`^${name}( \\W+)?$`) });
/** Texts of a column, by the place of its head; hidden columns have a place too. */
async function cells(page, name) {
  const at = await column(page, name).evaluate((th) => [...th.parentElement.cells].filter((c) => !c.hidden).indexOf(th));
  return rows(page).evaluateAll((all, i) => all.map((tr) => tr.cells[i].textContent.trim()), at);
}
/** How many calls pass the filters, as the page says. */
const said = async (page) => page.locator("#shown").innerText();
const saysShown = (page, n, of) => until(async () => (await said(page)) === `${n} of ${of} calls`, `${n} of ${of} calls`);
const filter = (page) => page.getByRole("search", { name: "Filter the calls" });

test("the worst call stands first, calls without a score after, and the failed ones are told with their reason", async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(pages.index));
    const names = await rows(page).evaluateAll((all) => all.map((tr) => tr.querySelector("th").textContent));
    assert.equal(names.length, 4);
    const places = ["sale.wav", "overtalk.ogg", "support.flac", "broken.wav"].map((name) => names.findIndex((n) => n.includes(name)));
    assert.deepEqual(places, [0, 1, 2, 3]);
    const failed = page.getByRole("region", { name: /could not be analysed/ }).first();
    assert.match(await failed.innerText(), /broken\.wav/);
    assert.match(await failed.innerText(), /header but no data/);
    assert.match(await page.locator("body").textContent(), /notes\.pdf/);
  });
});

test("a finding in the list leads to its place on the page of the call, and the sound waits there", async () => {
  const report = reportOf(pages.call);
  await withPage({}, async (page) => {
    await page.goto(urlOf(pages.index));
    const link = rows(page).first().locator("a[href*='#f-']").first();
    const id = (await link.getAttribute("href")).split("#f-")[1];
    const finding = report.findings.find((f) => f.id === id);
    assert.ok(finding, "the link names a finding of that call");
    await link.click();
    await page.waitForURL(/calls\/.*#f-/);
    assert.equal(await page.locator("[id^='f-'][aria-current='true']").getAttribute("id"), `f-${id}`);
    assert.ok(await page.locator(`[id="f-${id}"]`).isVisible());
    await until(() => page.evaluate((t) => Math.abs(document.querySelector("audio").currentTime - t) <= 0.2,
      Math.max(0, finding.start_s - 2)), "2 s before the finding");
  });
});

test("every moment that the queue and the questions name is there to be heard", async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(pages.index));
    const queue = page.getByRole("region", { name: "Listen to these first" });
    const links = await queue.locator("a[href^='calls/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    assert.ok(links.length >= 2, "there is something to hear");
    const moments = await page.locator("main a[href*='#f-'], main a[href*='#t=']").evaluateAll((all) => [...new Set(all.map((a) => a.getAttribute("href")))]);
    const byPage = new Map();
    for (const href of moments) {
      const [file, id] = href.split("#");
      byPage.set(file, [...(byPage.get(file) ?? []), id]);
    }
    for (const [file, ids] of byPage) {
      const text = readFileSync(new URL(file, urlOf(pages.index)), "utf8");
      const lost = ids.filter((id) => id.startsWith("f-") && !text.includes(`id="${id}"`));
      assert.deepEqual(lost, [], file);
    }
  });
});

test("words, severity, language, status and score filter, and clear brings all back", async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(big));
    await saysShown(page, N_BIG, N_BIG);
    // What the made calls hold stands in tests/it/browser.rs: call i has critical findings if i % 5 = 0, and so on.
    const n = (wanted) => Array.from({ length: N_BIG }, (_, i) => i).filter(wanted).length;
    const score = (i) => (i % 7 === 6 ? null : 40 + (i * 37) % 60);

    await filter(page).getByRole("searchbox").fill("call_0012");
    await saysShown(page, 10, N_BIG);
    await filter(page).getByRole("searchbox").fill("OGG call_0012");
    await saysShown(page, 10, N_BIG);
    await filter(page).getByRole("searchbox").fill("");
    await saysShown(page, N_BIG, N_BIG);

    await filter(page).getByRole("combobox", { name: "Findings" }).selectOption({ label: "critical" });
    await saysShown(page, n((i) => i % 5 === 0), N_BIG);
    assert.ok((await cells(page, "Language")).length > 0);
    await filter(page).getByRole("combobox", { name: "Language" }).selectOption("en");
    await saysShown(page, n((i) => i % 5 === 0), N_BIG);
    await filter(page).getByRole("combobox", { name: "Language" }).selectOption("pl");
    await saysNone(page);
    await page.getByRole("button", { name: "Clear filters" }).click();
    await saysShown(page, N_BIG, N_BIG);

    const from = filter(page).getByRole("spinbutton", { name: /^Score/ });
    await from.fill("90");
    await from.press("Tab");
    await saysShown(page, n((i) => score(i) !== null && score(i) >= 90), N_BIG);
    assert.ok((await cells(page, "Score")).every((s) => Number(s) >= 90));
    await page.getByRole("button", { name: "Clear filters" }).click();
    await filter(page).getByRole("combobox", { name: "Vendor" }).selectOption("Second Line");
    await saysShown(page, n((i) => i % 3 === 1), N_BIG);
    await filter(page).getByRole("combobox", { name: "Agent" }).selectOption("agent 01");
    await saysShown(page, n((i) => i % 3 === 1 && i % 40 === 1), N_BIG);
  });
});
const saysNone = (page) => until(async () => /No call/.test(await said(page)), "no call");

const isSorted = (values, by) => values.every((v, i) => i === 0 || by(values[i - 1], v) <= 0);

test("headings sort, say which way, and put empty cells last either way", async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(pages.index));
    const check = async (name, sign, direction) => {
      await column(page, name).getByRole("button").click();
      assert.equal(await column(page, name).getAttribute("aria-sort"), direction, name);
      const values = await cells(page, name);
      const filled = values.filter((v) => v !== "");
      assert.deepEqual(values.slice(0, filled.length), filled, `${name}: empty cells are last`);
      const key = (v) => (/^[\d.:-]+$/.test(v) ? v.split(":").reduce((sum, part) => sum * 60 + Number(part), 0) : v);
      const compare = (a, b) => sign * (typeof key(a) === "number" ? key(a) - key(b) : key(a).localeCompare(key(b)));
      assert.ok(isSorted(filled, compare), `${name} ${direction}: ${filled}`);
    };
    await check("Length, min:s", 1, "ascending");
    await check("Length, min:s", -1, "descending");
    await check("Agent", 1, "ascending");
    await check("Agent", -1, "descending");
    await check("Missing steps", -1, "descending");
    await check("Missing steps", 1, "ascending");
    await check("SNR, dB", 1, "ascending");
    await check("Score", 1, "ascending");
    await check("Score", -1, "descending");
  });
});

test("the state of the list is in the address: a reload, a copied link and the way back show the same", async () => {
  await withPage({}, async (page, context) => {
    await page.goto(urlOf(big));
    await filter(page).getByRole("combobox", { name: "Language" }).selectOption("ru");
    await column(page, "Length, min:s").getByRole("button").click();
    await filter(page).getByRole("searchbox").fill("2026-11-13");
    await until(async () => /11-13/.test(decodeURIComponent(page.url())), "the words in the address");
    const seen = async (p) => ({ said: await said(p), names: await rows(p).evaluateAll((all) => all.map((tr) => tr.textContent)) });
    const before = await seen(page);
    assert.ok(before.names.length > 3 && before.names.length < 100);
    await page.reload();
    assert.deepEqual(await seen(page), before, "after a reload");
    assert.equal(await filter(page).getByRole("searchbox").inputValue(), "2026-11-13");
    const other = await context.newPage();
    await other.goto(page.url());
    assert.deepEqual(await seen(other), before, "in another window");
    await page.evaluate(() => { location.hash = ""; });
    await saysShown(page, N_BIG, N_BIG);
    await page.goBack();
    await until(async () => (await said(page)) === before.said, "the way back");
  });
});

test("addresses that nobody made by clicking do no harm", async () => {
  for (const hash of ["#q=%", "#sort=nothing", "#sort=-", "#score=x..y", "#sev=99", "#page=1e9", "#page=-3", "#hide=score,call,zzz",
    "#agent=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "#__proto__=1", "#constructor=1&toString=2", "#cat=__proto__", "#=&=&&&", "#hour=25&weekday=9"]) {
    await withPage({}, async (page) => {
      await page.goto(urlOf(pages.index) + hash);
      await table(page).waitFor();
      assert.ok((await said(page)).length > 0, hash);
      assert.equal(await page.locator("img[src='x']").count(), 0, hash);
    });
  }
});

test("thousands of calls come a page at a time, and filters answer at once", async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(big));
    const shown = await rows(page).count();
    assert.ok(shown >= 50 && shown <= 500, `${shown} rows at once`);
    const first = await rows(page).first().innerText();
    const turn = page.getByRole("navigation", { name: "Pages of the list" });
    assert.ok(await turn.getByRole("button", { name: "Earlier" }).isDisabled());
    await turn.getByRole("button", { name: "Later" }).click();
    assert.notEqual(await rows(page).first().innerText(), first);
    assert.match(await turn.innerText(), new RegExp(`${shown + 1} to ${2 * shown}`));
    await page.reload();
    assert.match(await turn.innerText(), new RegExp(`${shown + 1} to ${2 * shown}`), "the page is in the address too");
    await turn.getByRole("button", { name: "Earlier" }).click();
    assert.equal(await rows(page).first().innerText(), first);

    const took = await page.evaluate(async () => {
      const select = document.querySelector("#f-language");
      const times = [];
      for (const value of ["pl", "hu", "", "el", ""]) {
        const start = performance.now();
        select.value = value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
        await new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); });
        times.push(Math.round(performance.now() - start));
      }
      return times;
    });
    console.log("a filter over 5000 calls until the next frame, ms:", took.join(" "));
  });
});

test("columns can be put away and come back", async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(pages.index));
    await page.getByText("Columns", { exact: true }).click();
    const box = page.getByRole("checkbox", { name: "SNR, dB" });
    await box.uncheck();
    assert.equal(await column(page, "SNR, dB").count(), 0);
    await page.reload();
    assert.equal(await column(page, "SNR, dB").count(), 0, "and stay so over a reload");
    await page.getByText("Columns", { exact: true }).click();
    await page.getByRole("checkbox", { name: "SNR, dB" }).check();
    assert.equal(await column(page, "SNR, dB").count(), 1);
  });
});

test("a number in a table below leads to the calls that it counts", async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(big));
    const groups = page.locator("#groups");
    const link = groups.locator("tbody tr a").first();
    await link.scrollIntoViewIfNeeded();
    const row = groups.locator("tbody tr").first();
    const n_calls = Number((await row.locator("td").first().innerText()).trim());
    await link.click();
    await saysShown(page, n_calls, N_BIG);
    await page.goBack();
    await saysShown(page, N_BIG, N_BIG);
    // The heat map: a cell is a category and a group.
    const cell = page.locator("#heat tbody td a").first();
    await cell.scrollIntoViewIfNeeded();
    await cell.click();
    await until(async () => !(await said(page)).startsWith(`${N_BIG} of`), "fewer calls");
  });
});

test("charts are drawn from numbers that stand in a table beside them", async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(big));
    const spread = page.locator("#spread");
    await spread.scrollIntoViewIfNeeded();
    const charts = spread.getByRole("img");
    const n_charts = await charts.count();
    assert.ok(n_charts >= 4);
    for (const chart of await charts.all()) {
      await chart.scrollIntoViewIfNeeded();
      await until(async () => (await chart.locator("canvas").count()) > 0, "a chart that came into view");
      assert.ok((await chart.getAttribute("aria-labelledby")) !== null);
    }
    assert.equal(await spread.locator("details table").count(), n_charts, "each has its table");
    // A line of the table leads to its calls, and there are as many as it says.
    await spread.getByText("As a table").first().click();
    const line = spread.locator("tbody tr").filter({ has: page.locator("a") }).first();
    const n = Number(await line.locator("td").innerText());
    await line.getByRole("link").click();
    await saysShown(page, n, N_BIG);
  });
});

test("a printed list is the whole list", async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(`${MADE}/index.html`));
    const n_before = await rows(page).count();
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    assert.equal(await rows(page).count(), N_BIG);
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    assert.equal(await rows(page).count(), n_before);
  });
});
