// What the other parts of the script share: elements, words, times. All texts of strangers are in the HTML already or
// are set as text; nothing here writes HTML.
const byId = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const limit = (x, low, high) => Math.min(Math.max(x, low), high);
const data = JSON.parse(byId("data").textContent);
const plurals = new Intl.PluralRules(document.documentElement.lang);
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

// A message with its places filled: say("reviewed", { n: 7, of: 12 }).
function say(name, values = {}) {
  const message = data.words[name] ?? name;
  const text = typeof message === "string" ? message : message[plurals.select(values.n)] ?? message.other ?? message.many;
  return text.replace(/\{(\w+)\}/g, (whole, place) => values[place] ?? whole);
}

// 1:02, with hours where there are any; tenths on demand.
function clock(time_s, hasTenths = false) {
  const tenths = Math.floor(Math.max(0, time_s) * 10 + 1e-6);
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(tenths / 36000);
  const minutes = Math.floor(tenths / 600) % 60;
  const seconds = two(Math.floor(tenths / 10) % 60) + (hasTenths ? `.${tenths % 10}` : "");
  return hours ? `${hours}:${two(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}

// Tells everybody, those who hear the page too, what came of an action; not for ever, because it covers something.
const TOLD_MS = 6000;
let toldTimer = 0;
function tell(text) {
  byId("status").textContent = text;
  clearTimeout(toldTimer);
  toldTimer = setTimeout(() => { byId("status").textContent = ""; }, TOLD_MS);
}

// Storage that may be missing, full or forbidden: a page opened from a file, a private window.
const store = {
  works: true,
  get(key) {
    try { return window.localStorage.getItem(key); } catch { this.works = false; return null; }
  },
  set(key, value) {
    try { window.localStorage.setItem(key, value); return true; } catch { this.works = false; return false; }
  },
  keys(prefix) {
    try { return Object.keys(window.localStorage).filter((key) => key.startsWith(prefix)); } catch { this.works = false; return []; }
  },
};
