// What every test here needs: the browser, a page that is watched, and where the pages lie.
//
// A watched page fails its test when anything happens that no page of callvet may do: an error on the console, a
// violation of its Content-Security-Policy, a dialog, a request to anything but its own files or its own server.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");

/** Pages that `callvet analyze` made of three sample calls. */
export const DEMO = join(TARGET, "tmp/browser-demo");
/** Pages that tests/it/browser.rs made: a hostile call, ten minutes, five thousand calls. */
export const MADE = join(TARGET, "tmp/browser-pages");

/** The program under test. */
export function binary() {
  const found = [process.env.CALLVET_BIN, join(TARGET, "debug/callvet"), join(TARGET, "release/callvet")]
    .find((path) => path && existsSync(path));
  assert.ok(found, "no callvet: `cargo build`, or name it in CALLVET_BIN");
  return resolve(found);
}

export const urlOf = (path) => pathToFileURL(path).href;

/** The page of the sample call whose source contains `part`, as a path. */
export function demoCall(part) {
  const batch = JSON.parse(readFileSync(join(DEMO, "batch.json"), "utf8"));
  const line = batch.calls.find((call) => call.source.includes(part));
  assert.ok(line?.report, `no analysed call of ${part} in ${DEMO}`);
  return join(DEMO, line.report.replace(/\.json$/, ".html"));
}

/** The report (JSON) beside the page of a call. */
export const reportOf = (page) => JSON.parse(readFileSync(page.replace(/\.html$/, ".json"), "utf8"));

let running;
/** One browser a test file; `node --test` runs each file in its own process. */
export async function browser() {
  running ??= await chromium.launch({
    executablePath: process.env.CALLVET_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
  });
  return running;
}
export async function closeBrowser() {
  await running?.close();
  running = undefined;
}

const DESKTOP = { width: 1400, height: 900 };

/**
 * A new context (its own storage) with an empty page that is watched. `origin` is the server whose requests are allowed.
 */
export async function watched({ origin = null, ...options } = {}) {
  const context = await (await browser()).newContext({ viewport: DESKTOP, locale: "en-GB", ...options });
  context.setDefaultTimeout(10_000);
  const troubles = [];
  await context.exposeBinding("__violated", (_, what) => { troubles.push(`policy violated: ${what}`); });
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      window.__violated(`${event.violatedDirective} by ${event.blockedURI} ${event.sample}`);
    });
  });
  context.on("page", (page) => watch(page, origin, troubles));
  const page = await context.newPage();
  return { context, page, troubles };
}

function watch(page, origin, troubles) {
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => { troubles.push(`exception: ${error.stack ?? error}`); });
  page.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    const isOwn = ["file:", "data:", "blob:", "about:"].includes(url.protocol) || (origin && url.origin === origin);
    if (!isOwn) troubles.push(`request: ${request.method()} ${request.url()}`);
  });
}

/** Runs `test` with a watched page and demands that nothing was wrong with it. */
export async function withPage(options, test) {
  const { context, page, troubles } = await watched(options);
  try {
    await test(page, context);
    assert.deepEqual(troubles, []);
  } finally {
    await context.close();
  }
}

/** Waits until `probe` gives something true, and returns it; the last value stands in the message. */
export async function until(probe, what, timeout_ms = 5000) {
  const deadline = Date.now() + timeout_ms;
  let last;
  do {
    last = await probe();
    if (last) return last;
    await new Promise((done) => { setTimeout(done, 25); });
  } while (Date.now() < deadline);
  assert.fail(`waited in vain for ${what}; last: ${JSON.stringify(last)}`);
}

/** Every page that the fixture has, by a short name; those of a folder that other versions do not make are left out. */
export function allPages() {
  const pages = {
    index: join(DEMO, "index.html"),
    vendors: join(DEMO, "vendors.html"),
    selftest: join(DEMO, "selftest.html"),
    call: demoCall("sale.wav"),
    "call-ru": demoCall("overtalk.ogg"),
    "call-good": demoCall("support.flac"),
    "index-5000": join(MADE, "index.html"),
    "index-hostile": join(MADE, "hostile.html"),
    "vendors-hostile": join(MADE, "vendors.html"),
    "call-long": join(MADE, "calls/long.html"),
    "call-hostile": join(MADE, "calls/hostile.html"),
  };
  return Object.fromEntries(Object.entries(pages).filter(([, path]) => existsSync(path)));
}
