// The page of a call as an analyst uses it: hear it, go from finding to finding, filter, follow the words. Controls are
// found by role and name, as a screen reader finds them; findings by their ids.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { allPages, closeBrowser, reportOf, urlOf, until, withPage } from "./harness.mjs";

after(closeBrowser);
const pages = allPages();
const report = reportOf(pages.call);
const timed = report.findings.filter((f) => f.start_s !== null);

/** What issue 7 asks of a seek, seconds. */
const SEEK_WITHIN_S = 0.2;
/** From so long before its start a finding is played. */
const LEAD_S = 2;
const placeOf = (finding) => Math.max(0, finding.start_s - LEAD_S);

const sound = (page) => page.evaluate(() => {
  const a = document.querySelector("audio");
  return { time_s: a.currentTime, paused: a.paused, rate: a.playbackRate, volume: a.volume, muted: a.muted, seeking: a.seeking, duration_s: a.duration };
});
const isNear = (actual, expected) => Math.abs(actual - expected) <= SEEK_WITHIN_S;
/** Opens a call and waits until its sound is known. */
async function open(page, path = pages.call, address = "") {
  await page.goto(urlOf(path) + address);
  await until(() => page.evaluate(() => document.querySelector("audio").readyState >= 1), "the sound");
}
const item = (page, finding) => page.locator(`[id="f-${finding.id}"]`);
const current = (page) => page.locator("[id^='f-'][aria-current='true']");
/** Where the next seek lands, noted by the page itself: by the time that a test asks, playing has gone on. */
const noteSeeks = (page) => page.evaluate(() => {
  window.__seeks = [];
  document.querySelector("audio").addEventListener("seeked", (event) => window.__seeks.push(event.target.currentTime));
});
const lastSeek = async (page) => (await until(() => page.evaluate(() => window.__seeks.slice(-1)).then((s) => s.length && s), "a seek"))[0];

// ---- Hearing ----

for (const [name, kind] of [["call", "WAV copy of A-law"], ["call-ru", "Ogg Vorbis"], ["call-good", "FLAC"]]) {
  test(`the sound plays and stops: ${kind}`, async () => {
    await withPage({}, async (page) => {
      await open(page, pages[name]);
      await page.getByRole("button", { name: "Play", exact: true }).click();
      await until(async () => (await sound(page)).time_s > 0.4, "0.4 s of sound");
      await page.getByRole("button", { name: "Pause", exact: true }).click();
      const { time_s, paused } = await sound(page);
      assert.equal(paused, true);
      await page.waitForTimeout(200);
      assert.equal((await sound(page)).time_s, time_s, "it stays where it is");
      const { recording } = reportOf(pages[name]);
      // The copy is of whole samples, and a codec's frames may add a little at the end.
      assert.ok(Math.abs((await sound(page)).duration_s - recording.duration_s) < 0.1);
    });
  });
}

test("the volume can be taken to nothing, by key too", async () => {
  await withPage({}, async (page) => {
    await open(page);
    const volume = page.getByRole("slider", { name: "Volume" });
    await volume.fill("0");
    assert.ok((await sound(page)).volume === 0 || (await sound(page)).muted);
    await volume.press("ArrowUp");
    assert.ok((await sound(page)).volume > 0);
    assert.equal((await sound(page)).time_s, 0, "the key was the volume's, not the player's");
  });
});

test("a click on any finding plays it from 2 s before, within 0.2 s", async () => {
  await withPage({}, async (page) => {
    await open(page);
    await noteSeeks(page);
    for (const finding of timed) {
      await page.evaluate(() => { document.querySelector("audio").pause(); window.__seeks.length = 0; });
      await item(page, finding).scrollIntoViewIfNeeded();
      await item(page, finding).click({ position: { x: 60, y: 12 } });
      const at_s = await lastSeek(page);
      assert.ok(isNear(at_s, placeOf(finding)), `${finding.id} at ${finding.start_s} s: landed at ${at_s} s`);
      await until(async () => !(await sound(page)).paused, "playing");
      assert.equal(await current(page).getAttribute("id"), `f-${finding.id}`);
    }
  });
});

test("an address names a time or a finding", async () => {
  const finding = timed.at(-1);
  const check = async (address, expected_s) => withPage({}, async (page) => {
    await open(page, pages.call, address);
    await until(async () => isNear((await sound(page)).time_s, expected_s), `${address}: ${expected_s} s`);
    assert.equal((await sound(page)).paused, true, "nothing plays before somebody asked for it");
  });
  await check("#t=12.3", 12.3);
  await check("#t=0", 0);
  await check(`#f-${finding.id}`, placeOf(finding));
  await check("#t=12,3", 0);
  await check("#t=-5", 0);
  await check("#t=NaN", 0);
  await check("#f-ffffffffffff", 0);
  await check("#f-%3Cimg%20src=x%3E", 0);
  await check("#t=99999", report.recording.duration_s);
});

test("an address that changes moves the page that is open", async () => {
  await withPage({}, async (page) => {
    await open(page);
    for (const time_s of [30.5, 7.25]) {
      await page.evaluate((t) => { location.hash = `#t=${t}`; }, time_s);
      await until(async () => isNear((await sound(page)).time_s, time_s), `${time_s} s`);
    }
    await page.evaluate((id) => { location.hash = `#f-${id}`; }, timed[1].id);
    await until(async () => await current(page).getAttribute("id") === `f-${timed[1].id}`, "the finding");
    assert.ok(await item(page, timed[1]).isVisible());
  });
});

test("speed changes the speed, and the loop stays on the finding", async () => {
  await withPage({}, async (page) => {
    // Long enough to be played into, short enough to come round soon.
    const finding = timed.find((f) => f.end_s - f.start_s > 0.5 && f.end_s - f.start_s < 4 && f.start_s > 3);
    await open(page, pages.call, `#f-${finding.id}`);
    await page.getByRole("combobox", { name: "Speed" }).selectOption("1.5");
    assert.equal((await sound(page)).rate, 1.5);
    const loop = page.getByRole("button", { name: /^\W*Loop$/ });
    await loop.click();
    assert.equal(await loop.getAttribute("aria-pressed"), "true");
    await page.getByRole("button", { name: "Play", exact: true }).click();
    let turns = 0;
    let last = -1;
    await until(async () => {
      const { time_s } = await sound(page);
      // A finding shorter than a second is looped with what is around it.
      assert.ok(time_s > finding.start_s - 1 && time_s < finding.end_s + 1, `${time_s} s is out of the loop`);
      if (time_s < last) turns += 1;
      last = time_s;
      return turns >= 2;
    }, "the second turn of the loop", 15_000);
    await loop.click();
    assert.equal(await loop.getAttribute("aria-pressed"), "false");
  });
});

// ---- From finding to finding ----

test("j and k walk through the findings as they are listed, and Enter plays", async () => {
  await withPage({}, async (page) => {
    await open(page);
    const ids = await page.locator("li[id^='f-']").evaluateAll((all) => all.map((e) => e.id));
    assert.equal(ids.length, report.findings.length);
    for (const id of ids.slice(0, 4)) {
      await page.keyboard.press("j");
      assert.equal(await current(page).getAttribute("id"), id);
      const finding = report.findings.find((f) => `f-${f.id}` === id);
      if (finding.start_s !== null) {
        await until(async () => isNear((await sound(page)).time_s, placeOf(finding)), `the place of ${id}`);
      }
      assert.equal((await sound(page)).paused, true, "going there does not play yet");
    }
    await page.keyboard.press("k");
    assert.equal(await current(page).getAttribute("id"), ids[2]);
    for (let i = 0; i < 5; i += 1) await page.keyboard.press("k");
    assert.equal(await current(page).getAttribute("id"), ids[0], "k at the first stays there");
    await page.keyboard.press("Enter");
    await until(async () => !(await sound(page)).paused, "playing");
    await page.keyboard.press(" ");
    await until(async () => (await sound(page)).paused, "the pause");
    const before = (await sound(page)).time_s;
    await page.keyboard.press("ArrowRight");
    // A person waits for the first step before the next.
    await until(async () => isNear((await sound(page)).time_s, before + 5) && !(await sound(page)).seeking, "5 s on");
    await page.keyboard.press("ArrowLeft");
    await until(async () => isNear((await sound(page)).time_s, before), "5 s back");
  });
});

test("letters can be switched off as keys, and that is remembered", async () => {
  await withPage({}, async (page) => {
    await open(page);
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keys" });
    await help.waitFor();
    await help.getByRole("checkbox").uncheck();
    await help.getByRole("button", { name: "Close" }).click();
    await page.keyboard.press("j");
    assert.equal(await current(page).count(), 0);
    await page.reload();
    await page.keyboard.press("j");
    assert.equal(await current(page).count(), 0, "after the reload");
  });
});

test("keys typed into a field are text", async () => {
  await withPage({}, async (page) => {
    await open(page);
    const search = page.getByRole("searchbox", { name: "Search in the transcript" });
    await search.click();
    await page.keyboard.type("jkl ad");
    assert.equal(await search.inputValue(), "jkl ad");
    assert.equal(await current(page).count(), 0);
    assert.equal((await sound(page)).paused, true);
  });
});

/** Ids of the findings that show. */
const shown = (page) => page.locator("li[id^='f-']").evaluateAll((all) =>
  all.filter((e) => e.checkVisibility()).map((e) => e.id.slice(2)));

test("findings are filtered by severity, category and party, and all come back", async () => {
  await withPage({}, async (page) => {
    await open(page);
    const idsOf = (wanted) => report.findings.filter(wanted).map((f) => f.id).sort();
    const check = async (wanted, what) => assert.deepEqual((await shown(page)).sort(), idsOf(wanted), what);
    await check(() => true, "all");

    const critical = page.getByRole("button", { name: /critical/, pressed: true });
    await critical.click();
    await check((f) => f.severity !== "critical", "without critical");
    await page.getByRole("button", { name: /critical/, pressed: false }).click();
    await check(() => true, "with critical again");

    const category = page.getByRole("combobox", { name: "Category" });
    const party = page.getByRole("combobox", { name: "Party" });
    const partyOf = (f) => report.speakers.find((s) => s.id === f.speaker)?.party;
    await party.selectOption("customer");
    await check((f) => partyOf(f) === "customer", "of the customer");
    await party.selectOption("");
    // Categories go by their titles; a finding says its own.
    const titles = new Map(await page.locator("li[id^='f-']").evaluateAll((all) => all.map((e) => [e.id.slice(2), e.dataset.category])));
    const wanted = titles.get(timed[0].id);
    await category.selectOption({ label: wanted });
    await check((f) => titles.get(f.id) === wanted, wanted);
    const n_wanted = report.findings.filter((f) => titles.get(f.id) === wanted).length;
    assert.ok(await page.getByText(`${n_wanted} of ${report.findings.length} findings shown`).isVisible(), "how many are left");

    // Nothing is left: the page says so and offers the way back.
    const on = page.getByRole("group", { name: "Severity" }).getByRole("button", { pressed: true });
    while (await on.count() > 0) await on.first().click();
    assert.deepEqual(await shown(page), []);
    await page.getByRole("button", { name: "Show all" }).click();
    await check(() => true, "all again");
  });
});

test("findings are ordered worst first or as in the call", async () => {
  await withPage({}, async (page) => {
    await open(page);
    const rank = { critical: 0, major: 1, minor: 2, info: 3 };
    const of = (id) => report.findings.find((f) => f.id === id);
    const isSorted = (values) => values.every((v, i) => i === 0 || values[i - 1] <= v);
    assert.ok(isSorted((await shown(page)).map((id) => rank[of(id).severity])), "worst first");
    await page.getByRole("combobox", { name: "Order" }).selectOption("time");
    const starts = (await shown(page)).map((id) => of(id).start_s).filter((s) => s !== null);
    assert.ok(isSorted(starts), "as in the call");
    await page.getByRole("combobox", { name: "Order" }).selectOption("worst");
    assert.ok(isSorted((await shown(page)).map((id) => rank[of(id).severity])), "worst first again");
  });
});

test("the score leads to the findings that cost it", async () => {
  await withPage({}, async (page) => {
    await open(page);
    await noteSeeks(page);
    const cited = new Set(report.score.parts.flatMap((p) => p.because).filter((id) => report.findings.some((f) => f.id === id)));
    const links = page.locator("main a[href^='#f-']");
    const linked = new Set(await links.evaluateAll((all) => all.map((a) => a.hash.slice(3))));
    assert.deepEqual([...cited].filter((id) => !linked.has(id)), [], "every cited finding is linked");
    const first = await links.first().getAttribute("href");
    await links.first().click();
    await until(async () => await current(page).getAttribute("id") === first.slice(1), "the finding");
    assert.ok(await page.locator(`[id="${first.slice(1)}"]`).isVisible());
  });
});

// ---- Words and picture ----

test("the transcript follows the sound", async () => {
  await withPage({}, async (page) => {
    await open(page);
    const utterances = report.transcript.utterances.filter((u) => u.end_s - u.start_s > 1);
    for (const utterance of [utterances[2], utterances.at(-2), utterances[0]]) {
      const middle = (utterance.start_s + utterance.end_s) / 2;
      await page.evaluate((t) => { document.querySelector("audio").currentTime = t; }, middle);
      const line = page.locator(".utterance.now");
      // Both may speak: then the line is one of those that are spoken at this time.
      await until(async () => {
        if (await line.count() !== 1) return false;
        const [start, end] = await line.evaluate((e) => [Number(e.dataset.start), Number(e.dataset.end)]);
        return start <= middle && middle <= end;
      }, `the line at ${middle} s`);
    }
  });
});

test("while it plays, the line that is spoken comes into view", async () => {
  await withPage({}, async (page) => {
    await open(page);
    const last = report.transcript.utterances.filter((u) => u.end_s - u.start_s > 1.5).at(-1);
    await page.evaluate((t) => { document.querySelector("audio").currentTime = t; }, last.start_s + 0.1);
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await until(() => page.evaluate(() => {
      const line = document.querySelector(".utterance.now");
      const box = document.querySelector("#transcript")?.getBoundingClientRect();
      const at = line?.getBoundingClientRect();
      return at && at.bottom > box.top && at.top < box.bottom;
    }), "the line within its box");
  });
});

test("a click on a word plays from it", async () => {
  await withPage({}, async (page) => {
    await open(page);
    await noteSeeks(page);
    const word = page.locator("[data-w]").nth(40);
    const start_s = Number(await word.getAttribute("data-w"));
    await word.click();
    assert.ok(isNear(await lastSeek(page), start_s));
    await until(async () => !(await sound(page)).paused, "playing");
  });
});

test("the transcript can be searched, accents or not", async () => {
  await withPage({}, async (page) => {
    await open(page);
    const search = page.getByRole("searchbox", { name: "Search in the transcript" });
    const word = report.transcript.utterances[0].text.match(/\p{L}{5,}/u)[0];
    await search.fill(word.toUpperCase());
    await until(async () => /1.*\d/.test(await page.locator("#hits, [id*=hit]").allInnerTexts().then((t) => t.join(" "))), "a hit");
    await search.fill("qqqq no such words");
    await until(async () => (await page.getByText("not found").count()) > 0, "no hit");
  });
});

test("the picture is a place to click, and a list says the same", async () => {
  await withPage({}, async (page) => {
    await open(page);
    const view = page.locator("#view");
    await view.scrollIntoViewIfNeeded();
    const box = await view.boundingBox();
    // On the ruler, where no lane's mark and no finding draws the click to its start.
    await page.mouse.click(box.x + box.width / 2, box.y + 6);
    await until(async () => isNear((await sound(page)).time_s, report.recording.duration_s / 2), "the middle");
    await page.mouse.move(box.x + box.width * 0.25, box.y + 6);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + 6, { steps: 4 });
    await page.mouse.up();
    await until(async () => isNear((await sound(page)).time_s, report.recording.duration_s / 4), "the start of the selection");
    await page.getByText("The lanes as lists").click();
    const n_overtalk = report.conversation.overtalk.events.length;
    const lists = await page.locator("details:has(summary:text('The lanes as lists')) li").count();
    assert.ok(lists >= n_overtalk, `${lists} lines for ${n_overtalk} overlaps and all else`);
  });
});

test("a call of ten minutes can be zoomed, and what plays stays in view", async () => {
  await withPage({}, async (page) => {
    await open(page, pages["call-long"], "#t=300");
    for (const zoom of await page.getByRole("group", { name: "Zoom" }).getByRole("button").all()) {
      await zoom.click();
      assert.equal(await zoom.getAttribute("aria-pressed"), "true");
      const head = await page.locator("#playhead").boundingBox();
      const view = await page.locator("#view").boundingBox();
      assert.ok(head && head.x >= view.x - 1 && head.x <= view.x + view.width + 1, "the playhead is in the picture");
    }
  });
});

test("the position can be set by keys alone", async () => {
  await withPage({}, async (page) => {
    await open(page);
    const slider = page.getByRole("slider", { name: "Position in the call" });
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await until(async () => (await sound(page)).time_s > 0, "a step on");
    assert.match(await slider.getAttribute("aria-valuetext"), /^0:0\d of 1:2\d$/);
  });
});
