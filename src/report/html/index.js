"use strict";
// The page of the batch: sort, filter, turn pages. The rows are in the HTML; they are moved and hidden, never made.
(() => {
  const PAGE = 200; // (page.css knows it too) rows shown at once: what a browser lays out without delay
  const table = document.getElementById("table");
  if (!table) return;
  const byId = (id) => document.getElementById(id);
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const columnOf = (name) => heads.findIndex((head) => head.dataset.c === name);
  const CRITICAL = columnOf("critical"), MAJOR = columnOf("major"), MINOR = columnOf("minor");
  const LANGUAGE = columnOf("language"), STATUS = columnOf("status");
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const rows = [...body.rows].map((row) => ({ row, text: row.textContent.toLocaleLowerCase() }));
  let order = rows.slice();
  let page = 0;

  const cell = (entry, column) => entry.row.cells[column];
  const count = (entry, column) => Number(cell(entry, column).textContent);
  function key(entry, column, isNumber) {
    const text = cell(entry, column).dataset.k ?? cell(entry, column).textContent.trim();
    if (!isNumber) return text;
    return text === "" ? null : Number(text);
  }
  function sortBy(column, isNumber, direction) {
    const keyed = order.map((entry) => ({ entry, key: key(entry, column, isNumber) }));
    keyed.sort((a, b) => {
      // Empty cells last, whichever way: they say nothing.
      if (a.key === null || a.key === "") return b.key === null || b.key === "" ? 0 : 1;
      if (b.key === null || b.key === "") return -1;
      return direction * (isNumber ? a.key - b.key : collator.compare(a.key, b.key));
    });
    order = keyed.map((k) => k.entry);
  }
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    const isNumber = head.classList.contains("n");
    button.addEventListener("click", () => {
      const isUp = head.getAttribute("aria-sort") === "ascending";
      // Counts of bad things are first wanted from the top.
      const isDownFirst = head.classList.contains("bad") && !head.hasAttribute("aria-sort");
      const direction = isUp || isDownFirst ? "descending" : "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", direction);
      sortBy(column, isNumber, direction === "ascending" ? 1 : -1);
      page = 0;
      show();
    });
  });

  function isWanted(entry) {
    const words = byId("text").value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const severity = byId("severity").value;
    const language = byId("language").value;
    const status = byId("status").value;
    const worst = count(entry, CRITICAL) > 0 ? 1 : count(entry, MAJOR) > 0 ? 2 : count(entry, MINOR) > 0 ? 3 : 4;
    return words.every((word) => entry.text.includes(word))
      && (!severity || worst <= Number(severity))
      && (!language || cell(entry, LANGUAGE).textContent.trim() === language)
      && (!status || cell(entry, STATUS).textContent.includes(status));
  }
  function show() {
    const wanted = order.filter(isWanted);
    const n_pages = Math.max(1, Math.ceil(wanted.length / PAGE));
    page = Math.min(page, n_pages - 1);
    const from = page * PAGE;
    body.replaceChildren(...wanted.slice(from, from + PAGE).map((entry) => entry.row));
    byId("shown").textContent = `${wanted.length} of ${rows.length} calls`;
    byId("pages").hidden = n_pages === 1;
    byId("page").textContent = wanted.length ? `${from + 1} to ${Math.min(from + PAGE, wanted.length)}` : "";
    byId("earlier").disabled = page === 0;
    byId("later").disabled = page === n_pages - 1;
  }
  let waiting = 0;
  byId("filters").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { page = 0; show(); }, 80);
  });
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("earlier").addEventListener("click", () => { page -= 1; show(); });
  byId("later").addEventListener("click", () => { page += 1; show(); });
  // A message that is cut off can be read in full.
  body.addEventListener("mouseover", (event) => {
    const cut = event.target.closest(".one, .name");
    if (cut && cut.scrollWidth > cut.clientWidth) cut.title = cut.textContent.trim();
  });
  // A printed list is the whole list.
  window.addEventListener("beforeprint", () => body.replaceChildren(...order.filter(isWanted).map((e) => e.row)));
  window.addEventListener("afterprint", show);
  show();
})();
