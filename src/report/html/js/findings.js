// The list of findings: choose, play, filter, sort.
let chosen = null;
const listed = all(".finding");
const startOf = (item) => (item.dataset.start ? Number(item.dataset.start) : null);
const shownFindings = () => all(".finding").filter((item) => !item.hidden);

function choose(item, { play = false, focus = true } = {}) {
  if (!item) return;
  if (item.hidden) clearFilters();
  if (chosen) { chosen.classList.remove("current"); chosen.removeAttribute("aria-current"); }
  chosen = item;
  chosen.classList.add("current");
  chosen.setAttribute("aria-current", "true");
  if (focus) chosen.focus({ preventScroll: true });
  chosen.scrollIntoView({ block: "nearest", behavior: "auto" });
  if (!axis) return;
  const start_s = startOf(item);
  if (start_s !== null) {
    if (selection) select(0, 0);
    seek(start_s - LEAD_S, play);
    reveal(start_s);
  }
  if (isLooping) setLoop(true);
  draw();
}
function step(by) {
  const shown = shownFindings();
  if (!shown.length) return;
  const at = shown.indexOf(chosen);
  choose(shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : limit(at + by, 0, shown.length - 1)]);
}

function isWanted(item) {
  const off = all("[data-filter-severity]").filter((b) => b.getAttribute("aria-pressed") === "false");
  const [category, party, review] = ["category", "party", "state"].map((name) => byId(`filter-${name}`)?.value ?? "");
  return !off.some((button) => button.dataset.filterSeverity === item.dataset.severity)
    && (!category || item.dataset.category === category)
    && (!party || item.dataset.party === party)
    && (!review || (review === "open") === !item.dataset.verdict);
}
function filter() {
  for (const item of listed) item.hidden = !isWanted(item);
  showCounts();
  if (axis) draw();
}
function clearFilters() {
  for (const button of all("[data-filter-severity]")) button.setAttribute("aria-pressed", "true");
  for (const name of ["category", "party", "state"]) if (byId(`filter-${name}`)) byId(`filter-${name}`).value = "";
  filter();
}
function showCounts() {
  const n = shownFindings().length;
  byId("shown").textContent = n === listed.length ? say("all-shown", { n }) : say("some-shown", { n, of: listed.length });
  byId("nothing-shown").hidden = n > 0;
  byId("reviewed").textContent = say("reviewed", { n: listed.filter((item) => item.dataset.verdict).length, of: listed.length });
}
function startFindings() {
  for (const button of all("[data-filter-severity]")) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") === "false"));
      filter();
    });
  }
  for (const name of ["category", "party", "state"]) byId(`filter-${name}`)?.addEventListener("change", filter);
  byId("clear-filters").addEventListener("click", clearFilters);
  byId("order").addEventListener("change", (event) => {
    const late = Number.POSITIVE_INFINITY;
    const inTime = listed.slice().sort((a, b) => (startOf(a) ?? late) - (startOf(b) ?? late));
    byId("findings-list").append(...(event.target.value === "time" ? inTime : listed));
  });
  byId("findings-list").addEventListener("click", (event) => {
    const item = event.target.closest(".finding");
    const isControl = event.target.closest("a, summary, details, input, .review, .evidence");
    // Who marks words to copy them does not want to hear them.
    if (item && !isControl && !String(window.getSelection())) choose(item, { play: true, focus: !event.target.closest("button") });
  });
  byId("previous")?.addEventListener("click", () => step(-1));
  byId("next")?.addEventListener("click", () => step(1));
  showCounts();
}
