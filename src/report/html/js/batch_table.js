// The list of calls: sort, filter, choose columns, turn pages. Rows are made from the data, a page of them at once.
(() => {
  "use strict";
  const PAGE = 100; // rows shown at once: laid out in a few milliseconds, and more than is read at once
  const { data, say, number } = batch;
  const table = document.getElementById("table");
  if (!data || !table) return;
  const byId = (id) => document.getElementById(id);
  const body = table.tBodies[0];
  const headRow = table.tHead.rows[0];
  const collator = new Intl.Collator(data.language, { numeric: true, sensitivity: "base" });

  // ---- What a call has ----
  const text = (list, at) => (at === null ? "" : data[list][at]);
  const sum = (counts) => counts[0] + counts[1] + counts[2] + counts[3];
  const minutes = (s) => (s === null ? null : Math.round((s / 60) * 100) / 100);
  function clockOf(seconds) {
    const s = Math.round(seconds), pad = (n) => String(n).padStart(2, "0");
    return s < 3600 ? `${Math.floor(s / 60)}:${pad(s % 60)}` : `${Math.floor(s / 3600)}:${pad(Math.floor(s / 60) % 60)}:${pad(s % 60)}`;
  }
  // The numbers that charts are made of, by the name of their filter.
  const MEASURES = {
    score: (c) => c[AT.SCORE], severe: (c) => (c[AT.STATUS] === 0 ? c[AT.SEVERITIES][0] + c[AT.SEVERITIES][1] : null),
    findings: (c) => (c[AT.STATUS] === 0 ? sum(c[AT.SEVERITIES]) : null), snr: (c) => c[AT.SNR], overtalk: (c) => c[AT.OVERTALK],
    talk: (c) => c[AT.TALK], silence: (c) => c[AT.SILENCE], length: (c) => minutes(c[AT.SECONDS]),
  };
  const NAMES = { agent: ["agents", AT.AGENT], vendor: ["vendors", AT.VENDOR], campaign: ["campaigns", AT.CAMPAIGN], language: ["languages", AT.LANGUAGE] };
  const STATUSES = ["ok", "failed", "pending", "unjudged"];
  // Analysed, but of its words nothing could be judged: that nothing was found says nothing.
  const isUnjudged = (c) => STATUSES[c[AT.STATUS]] === "unjudged";
  const isAnalysed = (c) => c[AT.STATUS] === 0 || isUnjudged(c);
  const counted = (c, n) => (isAnalysed(c) && !(isUnjudged(c) && n === 0) ? n : null);
  const searched = new Map();
  // What is searched, made when somebody searches first.
  function textOf(index) {
    let found = searched.get(index);
    if (found === undefined) {
      const c = data.calls[index];
      const parts = [c[AT.NAME], text("folders", c[AT.FOLDER]), text("errors", c[AT.ERROR]), c[AT.STARTED] ?? ""];
      for (const [list, at] of Object.values(NAMES)) parts.push(text(list, c[at]));
      for (const [, title, , , , quote] of c[AT.WORST]) parts.push(data.titles[title][0], data.titles[title][1], quote ?? "");
      for (let i = 0; i < c[AT.CATEGORIES].length; i += 2) parts.push(data.categories[c[AT.CATEGORIES][i] >> 1][1]);
      found = parts.join("\n").toLocaleLowerCase();
      searched.set(index, found);
    }
    return found;
  }

  // ---- Columns ----
  const element = (name, className, content) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (content !== undefined && content !== null) made.textContent = content;
    return made;
  };
  const link = (href, content) => {
    const made = element("a");
    made.href = href;
    made.append(content);
    return made;
  };
  const bdi = (content) => element("bdi", "", content);
  function mark([icon, word], className, isWordHidden) {
    const made = element("span", className);
    const sign = element("span", "", icon);
    sign.setAttribute("aria-hidden", "true");
    made.append(sign, isWordHidden ? element("span", "unseen", word) : ` ${word}`);
    return made;
  }
  // A call that failed has no counts, rather than none of anything.
  function count(c, n, className) {
    if (!isAnalysed(c)) return element("td", "wide");
    if (counted(c, n) !== null) return element("td", `n wide ${n === 0 ? "none" : className}`, n);
    const td = element("td", "n wide");
    td.append(mark(["–", data.statuses[c[AT.STATUS]][1]], "", true));
    return td;
  }
  const shown = (value, digits) => element("td", "n wide", value === null ? "" : number(value, digits));
  const named = (list, at) => (c) => {
    const td = element("td", "name wide");
    td.append(bdi(text(list, c[at])));
    return td;
  };
  function callCell(c) {
    const th = element("th");
    th.scope = "row";
    th.append(c[AT.HREF] === null ? bdi(c[AT.NAME]) : link(`${c[AT.HREF]}.html`, bdi(c[AT.NAME])));
    const small = (content, className) => {
      if (!content) return;
      const made = element("small", className);
      made.append(bdi(content));
      th.append(made);
    };
    small(text("folders", c[AT.FOLDER]));
    small(text("agents", c[AT.AGENT]), "narrow");
    if (c[AT.SECONDS] !== null) small(clockOf(c[AT.SECONDS]), "narrow");
    return th;
  }
  function startedCell(c) {
    const td = element("td", "date wide");
    const [day, time] = (c[AT.STARTED] ?? "").split(" ");
    td.append(element("span", "", day), ` ${time ?? ""}`);
    return td;
  }
  function worstCell(c) {
    const td = element("td", "worst");
    if (c[AT.ERROR] !== null) td.append(element("span", "critical", data.errors[c[AT.ERROR]]));
    const wanted = wantedFinding(c);
    if (wanted) {
      const one = element("span", "one");
      one.append("→ ", link(`${c[AT.HREF]}.html#f-${wanted.id}`, bdi(wanted.name)));
      td.append(one);
    }
    for (const [severity, title, confidence, id, clock, quote] of c[AT.WORST]) {
      const [name, says, language] = data.titles[title];
      const one = element("span", "one");
      const made = link(`${c[AT.HREF]}.html#f-${id}`, bdi(name));
      made.title = `${says} (${say("confidence", { value: confidence })})`;
      if (language !== null) made.lang = language;
      one.append(mark(data.severities[severity], data.severities[severity][2], true), " ", made);
      if (clock) one.append(" ", element("span", "n", clock));
      if (quote) {
        const said = element("q", "", quote);
        said.dir = "auto";
        one.append(" ", said);
      }
      td.append(one);
    }
    return td;
  }
  // The finding that the category filter is about, if it is not among the worst.
  function wantedFinding(c) {
    const at = data.categories.findIndex(([id]) => id === state.get("cat"));
    if (at < 0) return null;
    for (let i = 0; i < c[AT.CATEGORIES].length; i += 2) {
      const id = c[AT.CATEGORIES][i + 1];
      if (c[AT.CATEGORIES][i] >> 1 === at && !c[AT.WORST].some((worst) => worst[3] === id)) return { id, name: data.categories[at][1] };
    }
    return null;
  }
  function statusCell(c) {
    const td = element("td", "wide");
    const status = data.statuses[c[AT.STATUS]];
    td.append(mark(status, `mark ${status[2]}`));
    if (c[AT.LOST] > 0) td.append(" ", element("span", "major", `▲ ${say("lost")}`));
    return td;
  }
  const severityColumn = (at, className) => ({ key: (c) => counted(c, c[AT.SEVERITIES][at]), cell: (c) => count(c, c[AT.SEVERITIES][at], className) });
  const nameColumn = (name) => ({ key: (c) => text(NAMES[name][0], c[NAMES[name][1]]) || null, cell: named(...NAMES[name]) });
  const numberColumn = (at, digits = 1) => ({ key: (c) => c[at], cell: (c) => shown(c[at], digits) });
  // Sort key (null is last, whichever way) and cell of each column, by its name in the head of the table.
  const COLUMNS = {
    score: { key: (c) => c[AT.SCORE], cell: (c) => element("td", "n score", c[AT.SCORE] === null ? "" : number(c[AT.SCORE], 0)) },
    call: { key: (c) => `${text("folders", c[AT.FOLDER])}/${c[AT.NAME]}`, cell: callCell },
    critical: severityColumn(0, "critical"), major: severityColumn(1, "major"), minor: severityColumn(2, ""), info: severityColumn(3, ""),
    worst: { key: (c) => (c[AT.WORST].length ? c[AT.WORST][0][0] * 1000 - c[AT.WORST][0][2] : null), cell: worstCell },
    missing: { key: (c) => counted(c, c[AT.MISSING]), cell: (c) => count(c, c[AT.MISSING], "") },
    agent: nameColumn("agent"), vendor: nameColumn("vendor"), campaign: nameColumn("campaign"), language: nameColumn("language"),
    started: { key: (c) => c[AT.STARTED], cell: startedCell },
    length: { key: (c) => c[AT.SECONDS], cell: (c) => element("td", "n wide", c[AT.SECONDS] === null ? "" : clockOf(c[AT.SECONDS])) },
    snr: numberColumn(AT.SNR), overtalk: numberColumn(AT.OVERTALK), talk: numberColumn(AT.TALK), silence: numberColumn(AT.SILENCE),
    status: { key: (c) => c[AT.STATUS], cell: statusCell },
  };
  const heads = new Map([...headRow.cells].map((head) => [head.dataset.c, head]));
  // Columns that are shown on demand; where no call has them they are not offered.
  const EXTRA = [["campaign", AT.CAMPAIGN, "wide"], ["talk", AT.TALK, "n bad wide"], ["silence", AT.SILENCE, "n bad wide"]];
  const extra = new Set();
  for (const [name, at, className] of EXTRA) {
    if (data.calls.every((c) => c[at] === null)) continue;
    const head = element("th", className, say(`column-${name}`));
    head.scope = "col";
    head.dataset.c = name;
    heads.get("status").before(head);
    extra.add(name);
  }
  heads.clear();
  for (const head of headRow.cells) heads.set(head.dataset.c, head);
  const labels = new Map([...heads].map(([name, head]) => [name, head.textContent.trim()]));

  // ---- State ----
  let state = batch.readState();
  let page = 0;
  let order = data.calls.map((_, index) => index);
  let sortedBy = "";
  let wanted = order;

  const rangeOf = (value) => {
    const [from, to] = value.split("..");
    const limit = (part, none) => (part === undefined || part === "" || Number.isNaN(Number(part)) ? none : Number(part));
    return [limit(from, -Infinity), limit(to, Infinity)];
  };
  // One test for each filter that is set.
  function tests() {
    const list = [];
    const words = (state.get("q") ?? "").toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const severity = Number(state.get("sev"));
    if (severity >= 1 && severity <= 4) list.push((c) => c[AT.SEVERITIES].slice(0, severity).some((n) => n > 0));
    if (state.has("cat")) {
      const at = data.categories.findIndex(([id]) => id === state.get("cat"));
      const is_likely = state.get("likely") === "1";
      list.push((c) => {
        for (let i = 0; i < c[AT.CATEGORIES].length; i += 2) {
          const pair = c[AT.CATEGORIES][i];
          if (pair >> 1 === at && (!is_likely || pair % 2 === 1)) return true;
        }
        return false;
      });
    }
    for (const [name, [names, at]] of Object.entries(NAMES)) {
      if (!state.has(name)) continue;
      const number_of = data[names].indexOf(state.get(name));
      list.push((c) => c[at] === number_of && number_of >= 0);
    }
    if (state.has("status")) list.push((c) => (state.get("status") === "ok" ? isAnalysed(c) : STATUSES[c[AT.STATUS]] === state.get("status")));
    for (const [name, at] of [["weekday", AT.WEEKDAY], ["hour", AT.HOUR]]) {
      if (state.has(name)) list.push((c) => c[at] !== null && c[at] === Number(state.get(name)));
    }
    for (const [name, value] of Object.entries(MEASURES)) {
      if (!state.has(name)) continue;
      const [from, to] = rangeOf(state.get(name));
      list.push((c) => { const v = value(c); return v !== null && v >= from && v < to; });
    }
    if (words.length) list.push((c, index) => words.every((word) => textOf(index).includes(word)));
    return list;
  }
  function sort() {
    const by = state.get("sort") ?? "";
    if (by === sortedBy) return;
    sortedBy = by;
    const name = by.replace(/^-/, ""), direction = by.startsWith("-") ? -1 : 1;
    order = data.calls.map((_, index) => index); // worst first, which also settles ties
    if (!COLUMNS[name] || !heads.has(name)) return;
    const keys = data.calls.map(COLUMNS[name].key);
    order.sort((a, b) => {
      const x = keys[a], y = keys[b];
      // Empty cells last, whichever way: they say nothing.
      if (x === null || y === null) return (x === null) - (y === null) || a - b;
      return direction * (typeof x === "number" ? x - y : collator.compare(x, y)) || a - b;
    });
  }
  const hidden = () => {
    const away = new Set((state.get("hide") ?? "").split(",").filter((name) => heads.has(name) && name !== "call"));
    const asked = new Set((state.get("show") ?? "").split(","));
    for (const name of extra) if (!asked.has(name)) away.add(name);
    return away;
  };
  const columns = () => { const away = hidden(); return [...heads.keys()].filter((name) => COLUMNS[name] && !away.has(name)); };
  const rowOf = (names) => (index) => {
    const row = document.createElement("tr");
    for (const name of names) row.append(COLUMNS[name].cell(data.calls[index]));
    return row;
  };

  // ---- Showing ----
  function show() {
    sort();
    const all = tests();
    wanted = all.length ? order.filter((index) => all.every((test) => test(data.calls[index], index))) : order;
    const n_pages = Math.max(1, Math.ceil(wanted.length / PAGE));
    page = Math.min(page, n_pages - 1);
    const from = page * PAGE, names = columns(), away = hidden();
    for (const [name, head] of heads) {
      head.hidden = away.has(name);
      const by = state.get("sort") ?? "score"; // as it comes: by score, from the worst
      if (by.replace(/^-/, "") === name) head.setAttribute("aria-sort", by.startsWith("-") ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    body.replaceChildren(...wanted.slice(from, from + PAGE).map(rowOf(names)));
    byId("shown").textContent = wanted.length ? say("shown", { n: wanted.length, of: data.calls.length }) : say("none");
    byId("pages").hidden = n_pages === 1;
    byId("page").textContent = wanted.length ? say("range", { from: from + 1, to: Math.min(from + PAGE, wanted.length) }) : "";
    byId("earlier").disabled = page === 0;
    byId("later").disabled = page === n_pages - 1;
    showFilters();
  }
  // What is set, in the controls; what has no control, as a button that takes it away.
  const CONTROLS = ["q", "sev", "cat", "agent", "vendor", "language", "status"];
  function showFilters() {
    for (const name of CONTROLS) {
      const control = byId(`f-${name}`);
      const value = state.get(name) ?? "";
      if (control && control !== document.activeElement && control.value !== value) control.value = value;
    }
    const [from, to] = (state.get("score") ?? "..").split("..");
    for (const [id, value] of [["f-from", from], ["f-to", to]]) {
      const control = byId(id);
      if (control && control !== document.activeElement) control.value = Number.isFinite(Number(value)) ? value : "";
    }
    const chips = [];
    const chip = (key, name) => {
      const button = element("button", "chip");
      button.type = "button";
      button.append(bdi(name), " ✕");
      button.setAttribute("aria-label", say("remove", { name }));
      button.addEventListener("click", () => { set(key, ""); byId("f-q").focus(); });
      chips.push(button);
    };
    for (const name of Object.keys(MEASURES)) {
      if (!state.has(name) || (name === "score" && byId("f-from"))) continue;
      const [low, high] = state.get(name).split("..");
      chip(name, `${say(`range-${name}`)} ${low || "…"} – ${high || "…"}`);
    }
    if (state.has("cat") && state.get("likely") === "1") chip("likely", say("likely"));
    if (state.has("weekday")) chip("weekday", `${say("filter-weekday")}: ${data.weekdays[Number(state.get("weekday")) - 1] ?? state.get("weekday")}`);
    if (state.has("hour")) chip("hour", `${say("filter-hour")}: ${state.get("hour")}`);
    for (const name of ["campaign", "agent", "vendor", "language"]) {
      if (!state.has(name) || byId(`f-${name}`)) continue;
      chip(name, state.get(name));
    }
    byId("chips").replaceChildren(...chips);
    byId("clear").hidden = ![...state.keys()].some((key) => !["sort", "hide", "show", "page"].includes(key));
    for (const box of byId("columns").querySelectorAll("input")) box.checked = !hidden().has(box.value);
  }
  function write() {
    try {
      history.replaceState(null, "", batch.fragment(state) || location.href.split("#")[0]);
    } catch { /* Some browsers refuse to change the address of a file, or too often: the list works all the same. */ }
  }
  function set(key, value) {
    if (value === "" || value === undefined) state.delete(key);
    else state.set(key, String(value));
    if (key === "cat") state.delete("likely");
    if (key !== "page") { page = 0; state.delete("page"); }
    write();
    show();
  }
  function take() {
    state = batch.readState();
    page = Math.max(0, (Number(state.get("page")) || 1) - 1);
    show();
  }

  // ---- Controls ----
  function fill(id, options) {
    const select = byId(id);
    if (!select) return;
    for (const [value, name] of options) {
      const option = element("option", "", name);
      option.value = value;
      select.append(option);
    }
    select.closest("label").hidden = options.length < 2;
  }
  const byName = (list) => list.map((name) => [name, name]).sort((a, b) => collator.compare(a[1], b[1]));
  fill("f-cat", data.categories.map(([id, name, kind]) => [id, `${name} · ${kind}`]).sort((a, b) => collator.compare(a[1], b[1])));
  fill("f-agent", byName(data.agents));
  fill("f-vendor", byName(data.vendors));
  fill("f-language", byName(data.languages));
  let waiting = 0;
  byId("f-q").addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => set("q", event.target.value.trim()), 80);
  });
  for (const name of CONTROLS.slice(1)) byId(`f-${name}`)?.addEventListener("change", (event) => set(name, event.target.value));
  for (const id of ["f-from", "f-to"]) {
    byId(id)?.addEventListener("change", () => {
      const range = `${byId("f-from").value}..${byId("f-to").value}`;
      set("score", range === ".." ? "" : range);
    });
  }
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("clear").addEventListener("click", () => {
    state = new Map([...state].filter(([key]) => ["sort", "hide", "show"].includes(key)));
    page = 0;
    byId("f-q").value = "";
    byId("f-q").focus();
    write();
    show();
  });
  const turn = (by) => { page += by; set("page", page ? page + 1 : ""); byId("calls").scrollIntoView({ block: "start" }); };
  byId("earlier").addEventListener("click", () => turn(-1));
  byId("later").addEventListener("click", () => turn(1));
  for (const [name, head] of heads) {
    const button = element("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const by = state.get("sort") ?? "score";
      // Counts of bad things are first wanted from the top.
      const isDown = by === name || (head.classList.contains("bad") && by !== `-${name}`);
      set("sort", isDown ? `-${name}` : name === "score" ? "" : name);
    });
  }
  for (const name of heads.keys()) {
    if (name === "call") continue;
    const label = element("label"), box = element("input");
    box.type = "checkbox";
    box.value = name;
    label.append(box, ` ${labels.get(name)}`);
    byId("columns").append(label);
    box.addEventListener("change", () => {
      const key = extra.has(name) ? "show" : "hide";
      const listed = new Set((state.get(key) ?? "").split(",").filter(Boolean));
      if (box.checked === (key === "show")) listed.add(name);
      else listed.delete(name);
      set(key, [...listed].join(","));
    });
  }
  // A message that is cut off can be read in full.
  body.addEventListener("mouseover", (event) => {
    const cut = event.target.closest(".one, .name");
    if (cut && cut.scrollWidth > cut.clientWidth) cut.title = cut.textContent.trim();
  });
  // Links to a filtered list stand all over the page: a click on one is a step that "back" undoes.
  document.addEventListener("click", (event) => {
    const target = event.target.closest('a[href^="#"]');
    if (target && target.getAttribute("href").includes("=")) {
      event.preventDefault();
      batch.go(target.getAttribute("href"));
    }
  });
  batch.go = (href) => {
    try {
      history.pushState(null, "", href);
    } catch {
      location.hash = href;
    }
    take();
    byId("calls").scrollIntoView({ block: "start" });
    byId("calls").focus({ preventScroll: true });
  };
  window.addEventListener("popstate", take);
  window.addEventListener("hashchange", () => { if (!location.hash || location.hash.includes("=")) take(); });
  // Where the pages of calls lead on and back to: the list as it is shown here. Kept for this tab alone.
  const MOST_KEPT = 5000;
  window.addEventListener("pagehide", () => {
    const hrefs = wanted.slice(0, MOST_KEPT).map((index) => data.calls[index][AT.HREF]).filter((href) => href !== null);
    const names = hrefs.map((href) => `${href.split("/").pop()}.html`);
    try {
      window.sessionStorage.setItem("callvet.list/1", JSON.stringify({ from: location.hash, names }));
    } catch { /* Without storage the pages of calls have no neighbours. */ }
  });
  // A printed list is the whole list.
  window.addEventListener("beforeprint", () => body.replaceChildren(...wanted.map(rowOf(columns()))));
  window.addEventListener("afterprint", show);

  // Intervals of mean scores, drawn on the scale from 0 to 100.
  for (const whisker of document.querySelectorAll(".whisker")) {
    const { low, mid, high } = whisker.dataset;
    const bar = element("span"), dot = element("i");
    bar.style.left = `${low}%`;
    bar.style.width = `${Math.max(high - low, 0.5)}%`;
    dot.style.left = `${mid}%`;
    whisker.append(bar, dot);
  }
  take();
})();
