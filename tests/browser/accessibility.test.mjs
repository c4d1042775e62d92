// Who can use the pages: axe-core by WCAG 2.2 AA on every page, light and dark, wide and narrow; and what axe cannot
// see, because it does not press keys or change the window: order and reach of the keyboard, focus that shows, size of
// targets, reflow, text spacing, reduced motion.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import axe from "axe-core";
import { allPages, closeBrowser, urlOf, watched, withPage } from "./harness.mjs";

after(closeBrowser);

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const PHONE = { width: 390, height: 844 };
const WIDE = { width: 1400, height: 900 };
/** WCAG 2.2, 1.4.10: 1280 px at a zoom of 400 %. */
const ZOOMED = { width: 320, height: 640 };
const pages = allPages();
// Where thousands of rows or texts of 10,000 letters make every check slow, the page has no control that others lack.
const isBig = (name) => /5000|hostile|long/.test(name);
const small = Object.entries(pages).filter(([name]) => !isBig(name));

/** What axe finds wrong, a line for each place. */
async function violations(page) {
  await page.evaluate(axe.source);
  const result = await page.evaluate(
    (tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] }), TAGS);
  return result.violations.flatMap((v) => v.nodes.map((n) => `${v.id} (${v.impact}): ${n.target.join(" ")}: ${n.failureSummary}`));
}

for (const [name, path] of Object.entries(pages)) {
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [WIDE, PHONE]) {
      if (isBig(name) && (colorScheme === "light") !== (viewport === WIDE)) continue;
      test(`axe finds nothing on ${name}, ${colorScheme}, ${viewport.width} px`, async () => {
        await withPage({ viewport, colorScheme }, async (page) => {
          await page.goto(urlOf(path));
          // What is folded away is part of the page too.
          await page.evaluate(() => { for (const d of document.querySelectorAll("details")) d.open = true; });
          assert.deepEqual(await violations(page), []);
        });
      });
    }
  }
}

test("axe would find a control without a name and text without contrast", async () => {
  // The check of the check: a page with both faults.
  const { context, page } = await watched();
  await page.setContent('<html lang="en"><title>x</title><main><button></button><p style="color:#aaa">grey</p></main>');
  const found = (await violations(page)).map((v) => v.split(" ")[0]);
  assert.deepEqual(found.sort(), ["button-name", "color-contrast"]);
  await context.close();
});

// ---- Keyboard ----

/** Walks by Tab from the start of the page to its end, and tells what had the focus. */
async function tabThrough(page) {
  const seen = [];
  await page.evaluate(() => {
    window.__controls = [...document.querySelectorAll(
      "a[href], button, input, select, textarea, summary, audio[controls], [tabindex='0']")].filter((e) =>
      e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.tabIndex >= 0
      // Of a group of radio buttons Tab reaches one.
      && !(e.type === "radio" && !e.checked));
    window.__reached = new Set();
  });
  const n_controls = await page.evaluate(() => window.__controls.length);
  let isStuck = true;
  // A player has up to ten controls of the browser's own within.
  for (let i = 0; i < n_controls + 30; i += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body || e === document.documentElement) return null;
      const isNew = !window.__reached.has(e);
      window.__reached.add(e);
      const style = getComputedStyle(e);
      const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
      return { isNew, what: e.outerHTML.slice(0, 120), isPlayer: e.tagName === "AUDIO",
        shows: e.tagName === "AUDIO" || hasOutline || style.boxShadow !== "none" };
    });
    if (!at) { isStuck = false; break; }
    if (at.isNew) seen.push(at);
    else if (!at.isPlayer) { isStuck = seen.length < n_controls; break; }
  }
  const missed = await page.evaluate(() =>
    window.__controls.filter((e) => !window.__reached.has(e)).map((e) => e.outerHTML.slice(0, 160)));
  return { seen, missed, isStuck };
}

for (const [name, path] of small) {
  test(`Tab reaches every control of ${name}, shows where it is and comes out at the end`, async () => {
    await withPage({ viewport: WIDE }, async (page) => {
      await page.goto(urlOf(path));
      const { seen, missed, isStuck } = await tabThrough(page);
      assert.ok(seen.length > 3, "the page has controls");
      assert.deepEqual(missed, [], "controls that Tab does not reach");
      assert.equal(isStuck, false, "Tab leaves the page again");
      assert.deepEqual(seen.filter((e) => !e.shows).map((e) => e.what), [], "focus that does not show");
    });
  });

  test(`the first Tab on ${name} offers to skip to what matters`, async () => {
    await withPage({ viewport: WIDE }, async (page) => {
      await page.goto(urlOf(path));
      await page.keyboard.press("Tab");
      const link = page.locator(":focus");
      const target = await link.getAttribute("href");
      assert.match(target ?? "", /^#/);
      assert.ok(await link.isVisible());
      await page.keyboard.press("Enter");
      assert.ok(await page.evaluate((id) => document.activeElement?.closest(id) !== null
        || location.hash === id, target), "it leads there");
    });
  });
}

// ---- Size and flow ----

/**
 * Buttons, fields and folds smaller than 24 by 24 px. Stricter than WCAG 2.2, 2.5.8, which lets a smaller target be
 * where nothing else is near; that, and links, which may stand in a line of text, axe judges (its rule `target-size`).
 */
const tooSmall = (page) => page.evaluate(() =>
  [...document.querySelectorAll("button, input, select, textarea, summary")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }))
    .map((e) => {
      // The label of a box is as good to hit as the box.
      const box = (/^(checkbox|radio)$/.test(e.type) && e.closest("label") || e).getBoundingClientRect();
      return { what: e.outerHTML.slice(0, 120), width: box.width, height: box.height };
    })
    // Half a pixel: where layout rounds.
    .filter((e) => e.width > 0 && (e.width < 23.5 || e.height < 23.5)));

/** How far the page can be scrolled sideways, and what sticks out. */
const sideways = (page) => page.evaluate(() => {
  const root = document.scrollingElement;
  const over = root.scrollWidth - root.clientWidth;
  if (over <= 0) return null;
  const wide = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1
    && !e.parentElement.closest(".scroll-x, .scroller")).slice(0, 5).map((e) => e.outerHTML.slice(0, 100));
  return { over, wide };
});

for (const [name, path] of Object.entries(pages)) {
  test(`${name} does not scroll sideways on a phone nor at a zoom of 400 %`, async () => {
    for (const viewport of [PHONE, ZOOMED]) {
      await withPage({ viewport }, async (page) => {
        await page.goto(urlOf(path));
        await page.evaluate(() => { for (const d of document.querySelectorAll("details")) d.open = true; });
        assert.equal(await sideways(page), null, `${viewport.width} px`);
      });
    }
  });
}

for (const [name, path] of small) {
  test(`targets of ${name} are at least 24 px, with a mouse and on a phone`, async () => {
    for (const viewport of [WIDE, PHONE]) {
      await withPage({ viewport }, async (page) => {
        await page.goto(urlOf(path));
        await page.evaluate(() => { for (const d of document.querySelectorAll("details")) d.open = true; });
        assert.deepEqual(await tooSmall(page), [], `${viewport.width} px`);
      });
    }
  });

  test(`${name} holds wider spacing of text without loss`, async () => {
    for (const viewport of [WIDE, PHONE]) {
      await withPage({ viewport }, async (page) => {
        await page.goto(urlOf(path));
        await page.evaluate(() => {
          // WCAG 2.2, 1.4.12. A constructed sheet: the page's policy lets no other be added.
          const sheet = new CSSStyleSheet();
          sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
            + " p { margin-bottom: 2em !important }");
          document.adoptedStyleSheets = [sheet];
        });
        assert.equal(await sideways(page), null, `${viewport.width} px`);
        const cut = await page.evaluate(() => [...document.querySelectorAll("button, summary, label, h1, h2, h3")]
          .filter((e) => e.checkVisibility() && !e.closest(".unseen") && getComputedStyle(e).overflow === "hidden"
            && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1))
          .map((e) => e.outerHTML.slice(0, 120)));
        assert.deepEqual(cut, [], "controls and headings whose text is cut off");
      });
    }
  });

  test(`nothing on ${name} moves by itself for those who asked for less motion`, async () => {
    const { context, page, troubles } = await watched({ reducedMotion: "reduce" });
    await page.addInitScript(() => {
      window.__smooth = [];
      for (const [owner, method] of [[Element.prototype, "scrollIntoView"], [Element.prototype, "scrollTo"], [window, "scrollTo"]]) {
        const real = owner[method];
        owner[method] = function (...args) {
          if (args[0]?.behavior === "smooth") window.__smooth.push(method);
          return real.apply(this, args);
        };
      }
    });
    await page.goto(urlOf(path));
    for (const key of ["j", "j", "k", "Enter"]) await page.keyboard.press(key);
    const moving = await page.evaluate(() => ({
      smooth: window.__smooth,
      animations: document.getAnimations().length,
      css: [...document.querySelectorAll("*")].filter((e) => getComputedStyle(e).scrollBehavior === "smooth").length,
    }));
    assert.deepEqual(moving, { smooth: [], animations: 0, css: 0 });
    assert.deepEqual(troubles, []);
    await context.close();
  });
}

test("a page says its language, and what is said in another one says so", async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(pages["call-ru"]));
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    assert.ok(await page.locator("[lang=ru]").count() > 5, "Russian speech is marked as Russian");
  });
});
