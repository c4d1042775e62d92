// Reviewing on a page that was opened from a folder: verdicts stay in the browser, leave it as one file, and the program
// takes that file.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { after, test } from "node:test";
import { DEMO, TARGET, allPages, binary, closeBrowser, reportOf, urlOf, until, withPage } from "./harness.mjs";
import { answerWho, entriesOf, findingItem, judge, shownReview, verdictButton, writeNote } from "./reviews.mjs";

after(closeBrowser);
const path = allPages().call;
const report = reportOf(path);
const [one, two, three, four] = report.findings;
const NOTE = "said in jest; „nie” – <b>not</b> =1+1\u202e";

async function exported(page) {
  const [download] = await Promise.all([
    page.waitForEvent("download"), page.getByRole("button", { name: "Export reviews" }).click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

/** Reviews three findings as AK. */
async function reviewThree(page) {
  await judge(page, one, "Agree", "AK");
  await judge(page, two, "Disagree");
  await writeNote(page, two, NOTE);
  await judge(page, three, "Unsure");
}

test("verdicts and notes are kept over a reload, and a verdict can be changed", async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(path));
    await reviewThree(page);
    await judge(page, three, "Disagree");
    await page.reload();
    assert.deepEqual(await shownReview(page, one), { verdict: "Agree", note: "" });
    const second = await shownReview(page, two);
    assert.equal(second.verdict, "Disagree");
    assert.equal(second.note, NOTE);
    assert.equal((await shownReview(page, three)).verdict, "Disagree");
    assert.equal((await shownReview(page, four)).verdict, null);
    assert.ok(await page.getByText(new RegExp(`^3 of ${report.findings.length}\\b`)).first().isVisible(), "how far one is");
  });
});

test("who reviews is asked once; who does not say keeps nothing", async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(path));
    await verdictButton(page, one, "Agree").click();
    const dialog = page.getByRole("dialog", { name: "Who reviews?" });
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    assert.equal((await shownReview(page, one)).verdict, null);
    await judge(page, one, "Agree", "AK");
    await judge(page, two, "Agree");
    assert.equal(await dialog.isVisible(), false);
  });
});

test("the keys a, d, u and n review the chosen finding", async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(path));
    await page.keyboard.press("j");
    const chosen = { id: (await page.locator("[aria-current='true'][id^='f-']").getAttribute("id")).slice(2) };
    await page.keyboard.press("a");
    await answerWho(page, "AK");
    await until(async () => (await shownReview(page, chosen)).verdict === "Agree", "agree by key");
    await page.keyboard.press("d");
    await until(async () => (await shownReview(page, chosen)).verdict === "Disagree", "disagree by key");
    await page.keyboard.press("n");
    await page.keyboard.type("a note, not a key");
    await page.keyboard.press("Tab");
    assert.deepEqual(await shownReview(page, chosen), { verdict: "Disagree", note: "a note, not a key" });
  });
});

test("the export is one file of the shape callvet.reviews/1, and callvet takes it", async () => {
  await withPage({ acceptDownloads: true }, async (page) => {
    await page.goto(urlOf(path));
    await reviewThree(page);
    const { name, text } = await exported(page);
    assert.match(name, /^[\w.-]+\.json$/);
    const entries = entriesOf(JSON.parse(text), { reviewer: "AK", sha256: report.recording.sha256 });
    assert.equal(entries.size, 3);
    assert.deepEqual([...entries.values()].map((e) => e.verdict).sort(), ["agree", "disagree", "unsure"]);
    assert.equal(entries.get(two.id).note, NOTE);
    assert.equal(entries.get(two.id).rule, two.rule);
    assert.equal(entries.get(one.id).source, report.recording.source);

    const folder = join(TARGET, "tmp/browser-reviewed");
    rmSync(folder, { recursive: true, force: true });
    cpSync(DEMO, folder, { recursive: true });
    const file = join(TARGET, "tmp/browser-reviews.json");
    writeFileSync(file, text);
    const run = () => spawnSync(binary(), ["review", "import", "--into", folder, file], { encoding: "utf8" });
    const first = run();
    assert.equal(first.status, 0, first.stderr);
    assert.match(first.stdout + first.stderr, /\b3\b/, "it says that it took three");
    assert.equal(run().status, 0, "the same file once more does no harm");
  });
});

test("a file that was exported is taken into another browser", async () => {
  let text;
  await withPage({ acceptDownloads: true }, async (page) => {
    await page.goto(urlOf(path));
    await reviewThree(page);
    text = (await exported(page)).text;
  });
  await withPage({}, async (page) => {
    await page.goto(urlOf(path));
    assert.equal((await shownReview(page, one)).verdict, null, "a fresh browser");
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"), page.getByRole("button", { name: "Import reviews" }).click()]);
    await chooser.setFiles({ name: "reviews.json", mimeType: "application/json", buffer: Buffer.from(text) });
    await page.getByText("3 new reviews of this call").waitFor();
    // They are AK's; who has not said a name sees them beside the finding.
    await until(async () => (await findingItem(page, two).innerText()).includes("AK: disagree"), "whose verdict it is");
    assert.ok((await findingItem(page, two).innerText()).includes("<b>not</b>"), "a note is text");
  });
});

test("a file that holds no reviews, or somebody else's call, changes nothing", async () => {
  const entry = { source: "x", sha256: "0".repeat(64), finding: one.id, rule: one.rule, verdict: "agree", note: "", at: "2026-11-02T09:00:00Z" };
  const file = (reviews, schema = "callvet.reviews/1") => JSON.stringify({ schema, reviewer: "XX", reviews });
  const own = { ...entry, sha256: report.recording.sha256 };
  for (const text of [
    "", "no JSON", "[]", "null", "{}", file([own], "callvet.reviews/9"), file("x"), file([null, 7, "x"]), file([entry]),
    file([{ ...own, finding: "<img src=x onerror=alert(1)>" }]), file([{ ...own, verdict: "<script>alert(1)</script>" }]),
    file([{ ...own, at: "yesterday" }]), file([{ ...own, finding: "__proto__" }]),
  ]) {
    await withPage({}, async (page) => {
      await page.goto(urlOf(path));
      const [chooser] = await Promise.all([
        page.waitForEvent("filechooser"), page.getByRole("button", { name: "Import reviews" }).click()]);
      await chooser.setFiles({ name: "reviews.json", mimeType: "application/json", buffer: Buffer.from(text) });
      await page.waitForTimeout(100);
      assert.deepEqual(await shownReview(page, one), { verdict: null, note: "" }, text);
      assert.ok(!(await findingItem(page, one).innerText()).includes("XX"), text);
    });
  }
});

test("reviews follow the recording into another folder", async () => {
  const moved = join(TARGET, "tmp/browser-moved");
  rmSync(moved, { recursive: true, force: true });
  cpSync(dirname(dirname(path)), moved, { recursive: true });
  await withPage({}, async (page) => {
    await page.goto(urlOf(path));
    await judge(page, one, "Agree", "AK");
    await page.goto(urlOf(join(moved, "calls", basename(path))));
    assert.equal((await shownReview(page, one)).verdict, "Agree");
  });
});

test("where the browser keeps nothing the page says so and can still export", async () => {
  await withPage({ acceptDownloads: true }, async (page) => {
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
    });
    await page.goto(urlOf(path));
    await judge(page, one, "Agree", "AK");
    await page.getByText("does not let the page keep anything").waitFor();
    assert.equal(JSON.parse((await exported(page)).text).reviews.length, 1);
  });
});
