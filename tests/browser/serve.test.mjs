// The same pages over `callvet serve`: who has no key sees nothing, the sound seeks by ranges of bytes and the place
// that is heard is the place that was asked for, and a review is saved on the server, where another browser finds it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { DEMO, TARGET, allPages, binary, closeBrowser, reportOf, until, watched, withPage } from "./harness.mjs";
import { judge, shownReview, writeNote } from "./reviews.mjs";

const path = allPages().call;
const report = reportOf(path);
const [one, two] = report.findings;
let server;
let entrance;
let origin;

before(async () => {
  // A copy: reviews are written into its store. Beside the original, so that the links to the recordings hold.
  const folder = join(TARGET, "tmp/browser-served");
  rmSync(folder, { recursive: true, force: true });
  cpSync(DEMO, folder, { recursive: true });
  server = spawn(binary(), ["serve", folder], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await Promise.race([
    new Promise((done) => { createInterface(server.stdout).once("line", (text) => done([text])); }),
    new Promise((_, fail) => { server.once("exit", (code) => fail(new Error(`callvet serve: exit code ${code}`))); }),
  ]);
  entrance = line.trim();
  origin = new URL(entrance).origin;
  assert.match(origin, /^http:\/\/127\.0\.0\.1:\d+$/);
});
after(async () => {
  server?.kill("SIGTERM");
  await closeBrowser();
});

const callUrl = (page = path) => `${origin}/calls/${basename(page)}`;

/** A watched page in a browser that has come in with the key. */
const served = (options, run) => withPage({ origin, ...options }, async (page, context) => {
  await page.goto(entrance);
  await run(page, context);
});

test("the address that is printed opens the list of calls, and the list leads to a call", async () => {
  await served({}, async (page) => {
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    assert.equal(new URL(page.url()).search, "", "the key does not stay in the address");
    await page.getByRole("link", { name: "sale.wav" }).first().click();
    await page.waitForURL(/\/calls\//);
    await page.locator(`[id="f-${one.id}"]`).waitFor();
  });
});

test("who has no key sees nothing", async () => {
  const { context, page } = await watched({ origin });
  for (const url of [`${origin}/`, `${origin}/index.html`, callUrl(), `${origin}/batch.json`, `${origin}/api/reviews`]) {
    const answer = await page.goto(url);
    assert.ok([401, 403].includes(answer.status()), `${url}: ${answer.status()}`);
    assert.ok(!(await page.content()).includes("sale.wav"), url);
  }
  await context.close();
});

for (const name of ["call", "call-ru", "call-good"]) {
  test(`the sound of ${name} seeks by ranges of bytes`, async () => {
    await served({}, async (page) => {
      const ranges = [];
      page.on("response", (answer) => {
        if (/\.(wav|ogg|flac)$/.test(new URL(answer.url()).pathname)) ranges.push(answer.status());
      });
      const target = allPages()[name];
      await page.goto(callUrl(target));
      const { duration_s } = reportOf(target).recording;
      await until(() => page.evaluate(() => document.querySelector("audio").readyState >= 1), "the sound");
      const at_s = duration_s * 0.8;
      await page.evaluate((t) => { location.hash = `#t=${t.toFixed(1)}`; }, at_s);
      await until(() => page.evaluate((t) => {
        const a = document.querySelector("audio");
        return !a.seeking && a.readyState >= 2 && Math.abs(a.currentTime - t) <= 0.2;
      }, at_s), `the place ${at_s} s`);
      assert.ok(ranges.length > 0 && ranges.every((status) => status === 206), JSON.stringify(ranges));
    });
  });

  test(`what is heard after a seek in ${name} is what lies there in the recording, within 0.2 s`, async () => {
    await served({}, async (page) => {
      const target = allPages()[name];
      await page.goto(callUrl(target));
      const finding = reportOf(target).findings.find((f) => f.start_s > 20);
      // The browser's own clock may be wrong about the place. So the sound that comes out is compared with the sound of
      // the whole file, decoded from its first byte.
      const found = await page.evaluate(heardAt, finding.id);
      assert.ok(found.similarity > 0.9, `the sound is found again: ${JSON.stringify(found)}`);
      assert.ok(Math.abs(found.heard_s - found.clock_s) <= 0.2, JSON.stringify(found));
    });
  });
}

/**
 * Runs in the page: plays a finding, listens for half a second, and searches what it heard in the whole recording,
 * within 3 s around. Similarity is the normalised correlation, 1 for the same sound.
 */
async function heardAt(id) {
  const RATE_HZ = 8000;
  const audio = document.querySelector("audio");
  const context = new AudioContext();
  const bytes = await (await fetch(audio.currentSrc, { credentials: "same-origin" }).catch(() => null))?.arrayBuffer();
  const whole = await context.decodeAudioData(bytes);
  const analyser = new AnalyserNode(context, { fftSize: 32768 });
  context.createMediaElementSource(audio).connect(analyser).connect(context.destination);
  await context.resume();
  location.hash = `#f-${id}`;
  await new Promise((done) => { setTimeout(done, 300); });
  await audio.play();
  await new Promise((done) => { setTimeout(done, 1500); });
  const heard = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(heard);
  const clock_s = audio.currentTime;
  audio.pause();
  // Down to 8 kHz by means: speech is all below, and the search is short.
  const mixed = Float32Array.from({ length: whole.length }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < whole.numberOfChannels; c += 1) sum += whole.getChannelData(c)[i];
    return sum / whole.numberOfChannels;
  });
  const down = (x) => {
    const step = context.sampleRate / RATE_HZ;
    return Float32Array.from({ length: Math.floor(x.length / step) }, (_, i) => {
      const [from, to] = [Math.floor(i * step), Math.floor((i + 1) * step)];
      let sum = 0;
      for (let j = from; j < to; j += 1) sum += x[j];
      return sum / (to - from);
    });
  };
  const [needle, hay] = [down(heard), down(mixed)];
  const end = Math.round(clock_s * RATE_HZ) - needle.length;
  let best = { similarity: -1, at: 0 };
  const power = needle.reduce((sum, v) => sum + v * v, 1e-12);
  for (let at = Math.max(0, end - 3 * RATE_HZ); at <= Math.min(hay.length - needle.length, end + 3 * RATE_HZ); at += 1) {
    let [product, own] = [0, 1e-12];
    for (let i = 0; i < needle.length; i += 1) {
      product += needle[i] * hay[at + i];
      own += hay[at + i] * hay[at + i];
    }
    const similarity = product / Math.sqrt(power * own);
    if (similarity > best.similarity) best = { similarity, at };
  }
  return { similarity: best.similarity, heard_s: (best.at + needle.length) / RATE_HZ, clock_s };
}

test("a review is saved on the server, and another browser sees it", async () => {
  await served({}, async (page) => {
    await page.goto(callUrl());
    const answers = [];
    page.on("response", (answer) => {
      if (answer.url() === `${origin}/api/reviews` && answer.request().method() === "POST") answers.push(answer.status());
    });
    await judge(page, one, "Agree", "AK");
    await judge(page, two, "Disagree");
    await writeNote(page, two, "heard otherwise");
    await until(() => answers.length >= 3 && answers.every((status) => status >= 200 && status < 300), "three answers");
  });
  await served({}, async (page) => {
    await page.goto(callUrl());
    // A fresh context: nothing is kept in this browser. AK says who they are, and sees what they said.
    await until(async () => (await page.locator(`[id="f-${two.id}"]`).innerText()).includes("heard otherwise"), "AK's note");
    await page.getByRole("textbox", { name: "Your initials" }).fill("AK");
    await page.keyboard.press("Tab");
    await until(async () => (await shownReview(page, one)).verdict === "Agree", "AK's verdict");
    assert.deepEqual(await shownReview(page, two), { verdict: "Disagree", note: "heard otherwise" });
  });
});

test("what a server did not take is sent when the page is opened again; what others said is not stored", async () => {
  const api = `${origin}/api/reviews`;
  const kept = async (page) => page.evaluate(async ({ url, id }) => {
    const files = await (await fetch(url)).json();
    return files.flatMap((file) => file.reviews.filter((r) => r.finding === id).map((r) => `${file.reviewer}: ${r.verdict}`));
  }, { url: api, id: one.id });
  await served({}, async (page) => {
    await page.goto(callUrl());
    // Another reviewer has said something, with a note; the server takes nothing of this one for a while.
    await page.evaluate(({ url, id, sha256 }) => fetch(url, {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ schema: "callvet.reviews/1", reviewer: "BW", reviews: [
        { source: "x", sha256, finding: id, rule: "x", verdict: "unsure", note: "a word of BW", at: "2026-01-01T00:00:00Z" },
      ] }),
    }), { url: api, id: one.id, sha256: report.recording.sha256 });
    await page.reload();
    await until(async () => (await page.locator(`[id="f-${one.id}"]`).innerText()).includes("a word of BW"), "BW's note");
    // An answer that is no success without the console's error, which a watched page may not have.
    await page.route(api, (route) => (route.request().method() === "POST" ? route.fulfill({ status: 302 }) : route.continue()));
    await judge(page, one, "Disagree", "CD");
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    assert.ok(stored.includes("CD") && !stored.includes("a word of BW"), stored);
    assert.ok(!(await kept(page)).includes("CD: disagree"));
    await page.unroute(api);
    await page.reload();
    await until(async () => (await kept(page)).includes("CD: disagree"), "CD's verdict");
  });
});

test("a page of another site cannot read nor write", async () => {
  const { context, page } = await watched({ origin });
  await page.goto(entrance);
  // The browser has the cookie now. A page of another origin asks with it.
  await page.goto("about:blank");
  const results = await page.evaluate(async (api) => {
    const attempt = async (init) => { try { return (await fetch(api, init)).status; } catch { return "refused"; } };
    return [
      await attempt({ credentials: "include" }),
      await attempt({ method: "POST", credentials: "include", body: "{}" }),
      await attempt({ method: "POST", credentials: "include", body: "{}", headers: { "Content-Type": "application/json" } }),
    ];
  }, `${origin}/api/reviews`);
  assert.deepEqual(results, ["refused", "refused", "refused"]);
  await context.close();
});
