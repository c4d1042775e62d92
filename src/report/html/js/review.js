// Reviews: agree, disagree or unsure with a note on each finding; kept in this browser by recording and finding, wherever
// the folder lies, and on the server where there is one; out and in as one file (`callvet.reviews/1`). What others said comes
// from the server at each visit: this browser does not keep it.
const SCHEMA = "callvet.reviews/1";
const VERDICTS = ["agree", "disagree", "unsure"];
const isServed = location.protocol === "http:" || location.protocol === "https:";
// Of one request: the server takes 1 MiB, and the longest entry is some 50 KB.
const MOST_SENT_BYTES = 500000;
const MOST_SENT = 500;
const reviews = new Map(); // finding id: Map of reviewer: entry
const notToKeep = new WeakSet(); // Entries of `reviews` that are only here because the server has them.
const onServer = new Map(); // sentKey: moment (ms) of the review that the server is known to have
let reviewer = store.get(`${SCHEMA}/reviewer`) ?? "";
const keyOf = (finding) => `${SCHEMA}/${data.sha256}/${finding}`;
const idOf = (item) => item.id.slice(2);
const itemOf = (finding) => byId(`f-${finding}`);
const mine = (finding) => reviews.get(finding)?.get(reviewer);

// What came from a file, a server or the storage is data of strangers: taken only if it has the shape.
function isReview(entry) {
  return entry && entry.sha256 === data.sha256 && typeof entry.finding === "string" && itemOf(entry.finding)
    && VERDICTS.includes(entry.verdict) && typeof entry.reviewer === "string" && entry.reviewer.trim() !== ""
    && !Number.isNaN(Date.parse(entry.at));
}
// The same of a review of any recording, which is for the server to keep.
function isSendable(entry) {
  return entry && /^[0-9a-f]{64}$/.test(entry.sha256) && /^[0-9a-f]{12}$/.test(entry.finding) && VERDICTS.includes(entry.verdict)
    && typeof entry.reviewer === "string" && entry.reviewer.trim() !== "" && typeof entry.source === "string"
    && typeof entry.rule === "string" && !Number.isNaN(Date.parse(entry.at));
}
const cleaned = ({ source, sha256, finding, rule, verdict, note, at, reviewer: who }) =>
  ({ source, sha256, finding, rule, verdict, note: String(note ?? ""), at, reviewer: who });
// Takes an entry in unless a later one of the same reviewer is there; true if it was new.
function take(entry, { isKept = true } = {}) {
  if (!isReview(entry)) return false;
  const known = reviews.get(entry.finding) ?? new Map();
  const old = known.get(entry.reviewer);
  if (old && Date.parse(old.at) >= Date.parse(entry.at)) return false;
  const taken = cleaned(entry);
  if (!isKept) notToKeep.add(taken);
  known.set(entry.reviewer, taken);
  reviews.set(entry.finding, known);
  return true;
}
function keep(finding) {
  // Another tab may have kept something since.
  for (const entry of readKept(finding)) take(entry);
  const kept = [...reviews.get(finding).values()].filter((entry) => !notToKeep.has(entry));
  store.set(keyOf(finding), JSON.stringify(kept));
}
function readKept(finding) {
  try {
    const kept = JSON.parse(store.get(keyOf(finding)) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch { return []; }
}
const withoutReviewer = ({ reviewer: _, ...entry }) => entry;
const fileOf = (entries, who = reviewer) => ({ schema: SCHEMA, reviewer: who, reviews: entries.map(withoutReviewer) });

const sentKey = (entry) => JSON.stringify([entry.sha256, entry.finding, entry.reviewer]);
const isOnServer = (entry) => onServer.get(sentKey(entry)) >= Date.parse(entry.at);
function noteOnServer(entry) {
  if (!isOnServer(entry)) onServer.set(sentKey(entry), Date.parse(entry.at));
}
// One's own that the server lacks or has older: made while it was away, or in a page that was opened as a file.
const unsent = () => [...reviews.keys()].map(mine).filter((entry) => entry && !isOnServer(entry));
// Requests by reviewer, each with as much as the server takes at once.
function piecesOf(entries) {
  const pieces = [];
  const open = new Map(); // reviewer: the piece that is being filled
  for (const entry of entries) {
    const bytes = new Blob([JSON.stringify(withoutReviewer(entry))]).size + 1;
    let piece = open.get(entry.reviewer);
    if (!piece || piece.entries.length >= MOST_SENT || piece.bytes + bytes > MOST_SENT_BYTES) {
      piece = { reviewer: entry.reviewer, entries: [], bytes: 0 };
      open.set(entry.reviewer, piece);
      pieces.push(piece);
    }
    piece.entries.push(entry);
    piece.bytes += bytes;
  }
  return pieces;
}
// True if the server has taken all of them.
async function send(entries) {
  if (!entries.length) return true;
  let n_refused = 0;
  try {
    for (const piece of piecesOf(entries)) {
      const answer = await fetch("/api/reviews", {
        method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json" },
        body: JSON.stringify(fileOf(piece.entries, piece.reviewer)),
      });
      // One bad entry of a file is no reason to hold back the other pieces.
      if (answer.ok) piece.entries.forEach(noteOnServer);
      else n_refused += 1;
    }
  } catch { n_refused += 1; }
  tell(say(n_refused ? "not-saved-there" : "saved-there"));
  return !n_refused;
}
// Sends these, and then what is left from before; what the server refuses of that does not hold these up.
async function sync(entries = []) {
  if (isServed && await send(entries)) await send(unsent());
}
async function load() {
  if (!isServed) return;
  try {
    const answer = await fetch(`/api/reviews?sha256=${data.sha256}`, { credentials: "same-origin" });
    if (!answer.ok) return;
    const entries = entriesOf(await answer.text());
    if (!entries) return;
    for (const entry of entries.filter(isReview)) {
      noteOnServer(entry);
      take(entry, { isKept: false });
    }
    showAll();
    await sync();
  } catch { /* The page is served by something without reviews: they stay in the browser. */ }
}
// One document, a list of them, or one a line, as entries with their reviewers; null if it is none of these.
function entriesOf(text) {
  let files;
  try { files = [JSON.parse(text)].flat(); } catch {
    try { files = text.split("\n").filter((line) => line.trim()).map((line) => JSON.parse(line)); } catch { return null; }
  }
  if (!files.every((file) => file?.schema === SCHEMA && Array.isArray(file.reviews))) return null;
  return files.flatMap((file) => file.reviews.map((entry) => ({ reviewer: file.reviewer, ...entry })));
}

function judge(item, verdict) {
  if (!item) return;
  if (!reviewer) { askReviewer(() => judge(item, verdict)); return; }
  const note = item.querySelector(".note").value;
  const entry = {
    source: data.source, sha256: data.sha256, finding: idOf(item), rule: item.dataset.rule,
    verdict, note, at: new Date().toISOString(), reviewer,
  };
  const old = mine(entry.finding);
  // A clock that was set back must not make the new verdict the older one.
  if (old && Date.parse(old.at) >= Date.parse(entry.at)) entry.at = new Date(Date.parse(old.at) + 1).toISOString();
  take(entry);
  keep(entry.finding);
  show(item);
  showCounts();
  showKeeping();
  tell(say("judged", { value: say(verdict), name: item.dataset.title }));
  sync([entry]);
}
function show(item) {
  const own = mine(idOf(item));
  if (own) item.dataset.verdict = own.verdict;
  else delete item.dataset.verdict;
  for (const button of all("[data-verdict-of]", item)) {
    button.setAttribute("aria-pressed", String(button.dataset.verdictOf === own?.verdict));
  }
  const note = item.querySelector(".note");
  if (note !== document.activeElement) note.value = own?.note ?? "";
  const others = [...(reviews.get(idOf(item))?.values() ?? [])].filter((entry) => entry.reviewer !== reviewer);
  item.querySelector(".others").textContent = others
    .map((entry) => `${entry.reviewer}: ${say(entry.verdict)}${entry.note ? ` – ${entry.note}` : ""}`).join(" · ");
}
function showAll() {
  for (const item of listed) show(item);
  showCounts();
}
function showKeeping() {
  byId("reviewer").value = reviewer;
  byId("not-kept").hidden = store.works;
}

let afterAsking = null;
function askReviewer(then) {
  afterAsking = then;
  byId("ask-name").value = reviewer;
  byId("ask").showModal();
}
function setReviewer(name) {
  reviewer = name.trim().slice(0, 40);
  store.set(`${SCHEMA}/reviewer`, reviewer);
  showAll();
  showKeeping();
}
function exportReviews() {
  const entries = listed.map((item) => mine(idOf(item))).filter(Boolean);
  if (!entries.length) { tell(say("nothing-to-export")); return; }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${JSON.stringify(fileOf(entries), null, 1)}\n`], { type: "application/json" }));
  // The recording is named, the reviewer is not.
  link.download = `callvet-reviews-${data.sha256.slice(0, 12)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  tell(say("exported", { n: entries.length }));
}
async function importReviews(file) {
  if (!file) return;
  const entries = entriesOf(await file.text());
  if (!entries) { tell(say("not-reviews")); return; }
  const taken = entries.filter((entry) => take(entry));
  for (const finding of new Set(taken.map((entry) => entry.finding))) keep(finding);
  tell(say("imported", { n: taken.length }));
  showAll();
  // What is about other recordings too: the server keeps the reviews of them all.
  await sync(entries.filter(isSendable).map(cleaned));
}

function startReviews() {
  const template = byId("review-controls");
  for (const item of listed) {
    const controls = template.content.cloneNode(true);
    for (const button of all("[data-verdict-of]", controls)) {
      button.addEventListener("click", () => { choose(item, { focus: false }); judge(item, button.dataset.verdictOf); });
    }
    controls.querySelector(".note").addEventListener("change", () => judge(item, mine(idOf(item))?.verdict ?? "unsure"));
    controls.querySelector(".review").setAttribute("aria-label", say("review-of", { name: item.dataset.title }));
    item.append(controls);
    for (const entry of readKept(idOf(item))) take(entry);
  }
  byId("review-bar").hidden = false;
  byId("reviewer").addEventListener("change", (event) => setReviewer(event.target.value));
  byId("export").addEventListener("click", exportReviews);
  byId("import").addEventListener("click", () => byId("import-file").click());
  byId("import-file").addEventListener("change", (event) => {
    importReviews(event.target.files[0]);
    event.target.value = "";
  });
  byId("ask").addEventListener("close", () => {
    const then = afterAsking;
    afterAsking = null;
    const name = byId("ask-name").value.trim();
    if (byId("ask").returnValue !== "save" || !name) return;
    setReviewer(name);
    then?.();
  });
  // A verdict in another tab shows here too.
  window.addEventListener("storage", (event) => {
    const finding = event.key?.startsWith(`${SCHEMA}/${data.sha256}/`) ? event.key.split("/").pop() : "";
    const item = finding && itemOf(finding);
    if (!item) return;
    for (const entry of readKept(finding)) take(entry);
    show(item);
    showCounts();
  });
  showAll();
  showKeeping();
  load();
}
