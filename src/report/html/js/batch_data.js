"use strict";
// The page of the batch: the calls and the words of the page, for the two programs below.
// A call is an array; these are its places. Numbers that stand for a text are places in the list of that name. Categories are pairs: twice the
// place in the list, and one more if one of them is likely true; the id of the finding to hear. NAME has the last folder, FOLDER the rest.
const AT = {
  HREF: 0, NAME: 1, FOLDER: 2, STATUS: 3, SCORE: 4, SEVERITIES: 5, MISSING: 6, LOST: 7, WORST: 8, AGENT: 9, VENDOR: 10, CAMPAIGN: 11,
  STARTED: 12, WEEKDAY: 13, HOUR: 14, SECONDS: 15, LANGUAGE: 16, SNR: 17, OVERTALK: 18, TALK: 19, SILENCE: 20, CATEGORIES: 21, ERROR: 22,
};
const batch = (() => {
  const element = document.getElementById("data");
  const data = element ? JSON.parse(element.textContent) : null;
  const plurals = new Intl.PluralRules(data ? data.language : "en");
  const numbers = new Intl.NumberFormat(data ? data.language : "en", { useGrouping: false });
  // A message with its places filled in; one that depends on a number has a form for each plural.
  function say(name, values = {}) {
    const found = data.words[name] ?? name;
    const form = typeof found === "string" ? found : found[plurals.select(values.n)] ?? found.other ?? found.many;
    return form.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
  }
  // Filters, order, columns and page are the fragment of the address: `#agent=Ann&sort=-length`.
  function readState() {
    const text = location.hash.slice(1);
    const state = new Map();
    if (!text.includes("=")) return state;
    for (const part of text.split("&")) {
      const at = part.indexOf("=");
      if (at < 1) continue;
      try {
        state.set(part.slice(0, at), decodeURIComponent(part.slice(at + 1)));
      } catch { /* An address that somebody cut off: this filter is lost, the others hold. */ }
    }
    return state;
  }
  function fragment(state) {
    const parts = [...state].filter(([, value]) => value !== "").map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
    return parts.length ? `#${parts.join("&")}` : "";
  }
  return { data, say, readState, fragment, number: (value, digits) => numbers.format(digits === undefined ? value : Number(value.toFixed(digits))) };
})();
