// What holds for every page: it opens from a folder without a word of complaint, leads nowhere that is not there, says
// the same without its script, prints, and cannot be made to run what a stranger wrote.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { allPages, closeBrowser, reportOf, urlOf, until, watched, withPage } from "./harness.mjs";

after(closeBrowser);
const pages = allPages();
const own = Object.entries(pages).filter(([name]) => /^(index|call|call-ru|call-good|vendors|selftest)$/.test(name));

for (const [name, path] of Object.entries(pages)) {
  test(`${name} opens by double click, without an error, a violation of its policy or a request elsewhere`, async () => {
    await withPage({}, async (page) => {
      await page.goto(urlOf(path));
      assert.match(await page.title(), /callvet/);
      await page.locator("h1").first().waitFor();
      // What is loaded late would come now.
      await page.waitForTimeout(300);
    });
  });
}

for (const [name, path] of own) {
  test(`every link, picture and sound of ${name} is there`, async () => {
    await withPage({}, async (page) => {
      await page.goto(urlOf(path));
      const found = await page.evaluate(() => ({
        urls: [...document.querySelectorAll("a[href], img[src], audio[src], source[src]")].map((e) => e.href ?? e.src),
        lost: [...document.querySelectorAll("a[href^='#']")].map((a) => decodeURIComponent(a.hash.slice(1)))
          // A time or a filter is no place in the page.
          .filter((id) => id && !id.includes("=") && !document.getElementById(id)),
        broken: [...document.images].filter((i) => i.complete && i.naturalWidth === 0).map((i) => i.src),
      }));
      assert.deepEqual(found.lost, [], "places within the page");
      assert.deepEqual(found.broken, [], "pictures that do not show");
      const files = found.urls.filter((url) => url.startsWith("file:")).map((url) => fileURLToPath(url.replace(/[#?].*/, "")));
      assert.deepEqual(files.filter((file) => !existsSync(file)), []);
      assert.deepEqual(found.urls.filter((url) => !/^(file|data|blob):/.test(url)), [], "links out of the folder");
    });
  });
}

// ---- Without script ----

test("without JavaScript the list of calls is there, with links that work", async () => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(urlOf(pages.index));
    for (const name of ["sale.wav", "overtalk.ogg", "support.flac"]) {
      assert.ok(await page.getByRole("link", { name }).first().isVisible(), name);
    }
    assert.ok(await page.getByText("broken.wav").first().isVisible());
    await page.getByRole("link", { name: "sale.wav" }).first().click();
    await page.waitForURL(/calls\/.*\.html/);
    assert.match(await page.locator("h1").textContent(), /sale\.wav/);
  });
});

test("without JavaScript a call has its findings, its words and its measurements", async () => {
  const report = reportOf(pages.call);
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(urlOf(pages.call));
    const text = (await page.locator("body").innerText()).replace(/\s+/g, " ");
    for (const finding of report.findings) {
      assert.ok(await page.locator(`#f-${finding.id}`).count() === 1, finding.id);
    }
    for (const utterance of report.transcript.utterances) {
      const line = utterance.text.replace(/\s+/g, " ").trim();
      assert.ok(text.includes(line), line);
    }
    assert.ok(await page.locator("audio").isVisible(), "the browser's own player");
    assert.ok(await page.locator("table").count() >= 2, "measurements");
  });
});

// ---- On paper ----

for (const [name, path] of own) {
  test(`${name} prints: dark on white, all of it, no buttons`, async () => {
    await withPage({ colorScheme: "dark" }, async (page) => {
      await page.goto(urlOf(path));
      const pdf = await page.pdf({ format: "A4" });
      assert.ok(pdf.subarray(0, 5).toString() === "%PDF-" && pdf.length > 10_000);
      await page.emulateMedia({ media: "print", colorScheme: "light" });
      const shown = await page.evaluate(() => ({
        ground: getComputedStyle(document.body).backgroundColor,
        players: [...document.querySelectorAll("audio")].filter((e) => e.checkVisibility()).length,
        // A box with a bar to scroll by hides on paper what does not fit into it.
        cut: [...document.querySelectorAll("main *")].filter((e) => e.checkVisibility() && e.clientHeight > 50
          && /auto|scroll|hidden/.test(getComputedStyle(e).overflowY) && e.scrollHeight > e.clientHeight + 2)
          .map((e) => e.outerHTML.slice(0, 100)),
      }));
      assert.match(shown.ground, /rgba?\((255, 255, 255|0, 0, 0, 0)/);
      assert.equal(shown.players, 0, "nothing to play on paper");
      assert.deepEqual(shown.cut, [], "boxes that hide a part");
    });
  });
}

// ---- Written by an attacker ----

for (const name of ["call-hostile", "index-hostile", "vendors-hostile"].filter((n) => pages[n])) {
  test(`nothing that a stranger wrote runs on ${name}`, async () => {
    const { context, page, troubles } = await watched();
    const documents = new Set();
    page.on("framenavigated", (frame) => { documents.add(frame.url().replace(/#.*/, "")); });
    await page.goto(urlOf(pages[name]));
    const fingerprint = () => page.evaluate(() => ({
      frames: window.frames.length,
      scripts: document.scripts.length,
      forms: [...document.forms].map((f) => f.id),
      handlers: [...document.querySelectorAll("*")].filter((e) =>
        [...e.attributes].some((a) => a.name.startsWith("on") || a.name === "style" && /url|expression/.test(a.value)))
        .map((e) => e.outerHTML.slice(0, 80)),
      strange: document.querySelectorAll("main iframe, main object, main embed, main base, main link, main script, main meta").length,
      images: [...document.images].map((i) => i.getAttribute("src")).filter((src) => src === "x" || src === ""),
      mainText: document.querySelector("main").textContent.includes("onerror=alert(2)"),
    }));
    const before = await fingerprint();
    assert.equal(before.mainText, true, "the attack is on the page, as text");
    assert.deepEqual({ ...before, scripts: 0, forms: 0, mainText: 0 },
      { frames: 0, scripts: 0, forms: 0, handlers: [], strange: 0, images: [], mainText: 0 });
    // Touch everything: handlers that were smuggled in would fire.
    for (const key of ["j", "j", "Enter", "k"]) await page.keyboard.press(key);
    await page.evaluate(() => {
      for (const e of document.querySelectorAll("main *")) {
        for (const type of ["mouseover", "focus", "pointerover"]) e.dispatchEvent(new MouseEvent(type, { bubbles: true }));
      }
      for (const e of document.querySelectorAll("main button, main summary, main input, main select")) {
        e.focus();
        // The export writes a file; what is in it another test reads.
        if (e.tagName !== "INPUT") e.click();
      }
    });
    await page.waitForTimeout(300);
    assert.deepEqual(troubles, []);
    assert.deepEqual([...documents], [urlOf(pages[name])], "the page is still the page");
    assert.equal(context.pages().length, 1, "and the only one");
    await context.close();
  });
}

test("a hostile name cannot turn the text around it", async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(pages["call-hostile"]));
    const text = await page.locator("body").textContent();
    assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069]/u);
    assert.match(text, /U\+202E/);
    assert.doesNotMatch(await page.title(), /[\u202a-\u202e\u2066-\u2069]/u);
  });
});

test("the guard of these tests sees a script that runs, a dialog and a request elsewhere", async () => {
  // The check of the check: a page that does all three.
  const { context, page, troubles } = await watched();
  await page.route("http://elsewhere.invalid/**", (route) => route.abort());
  await page.setContent("<script>console.error('ran')</script><img src='http://elsewhere.invalid/x.png'><script>alert(1)</script>");
  await until(() => ["console: ran", "request: GET http://elsewhere.invalid/x.png", "dialog: 1"]
    .every((start) => troubles.some((t) => t.startsWith(start))), "all three");
  await context.close();
});

test("the policy of a page stops what is put into it, and the guard sees it", async () => {
  for (const path of [pages.call, pages.index]) {
    const { context, page, troubles } = await watched();
    await page.goto(urlOf(path));
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.__ran = true";
      document.body.append(script);
      document.body.setAttribute("onclick", "window.__ran = true");
      fetch("http://elsewhere.invalid/").catch(() => {});
    });
    await page.locator("body").click({ position: { x: 2, y: 2 } });
    await until(() => troubles.filter((t) => t.startsWith("policy violated: script-src")).length >= 2
      && troubles.some((t) => t.startsWith("policy violated: connect-src")), "three violations");
    assert.equal(await page.evaluate(() => window.__ran), undefined);
    await context.close();
  }
});
