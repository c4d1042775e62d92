// The transcript: it follows the sound, plays where it is clicked, and can be searched.
const box = byId("transcript");
const utterances = all(".utterance[data-start]").map((item) => ({
  item, start: Number(item.dataset.start), end: Number(item.dataset.end),
}));
let spoken = null;
let spokenWord = null;

function followWords(time_s) {
  // Ordered by start: the last that has begun and not ended. Another party's longer one may have begun a few places earlier.
  let [low, high] = [0, utterances.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (utterances[middle].start <= time_s) low = middle + 1;
    else high = middle;
  }
  const found = utterances.slice(Math.max(0, low - 5), low).reverse().find((u) => time_s < u.end)?.item ?? null;
  if (found !== spoken) {
    spoken?.classList.remove("now");
    spoken = found;
    spoken?.classList.add("now");
    if (spoken && byId("follow").checked) showLine(spoken);
  }
  const words = spoken ? all("[data-w]", spoken) : [];
  const word = words.filter((w) => Number(w.dataset.w) <= time_s).pop() ?? null;
  if (word === spokenWord) return;
  spokenWord?.classList.remove("now");
  spokenWord = word;
  spokenWord?.classList.add("now");
}
// A line that is seen well stays where it is: the reader's eye is on it.
function showLine(line) {
  const [top, seen_to] = [line.offsetTop - box.scrollTop, box.clientHeight * 0.85];
  if (top >= 0 && top + line.offsetHeight <= seen_to) return;
  box.scrollTo({ top: line.offsetTop - box.clientHeight / 3, behavior: calm.matches ? "instant" : "smooth" });
}

// Letters as a search sees them, one for each of the text: small, without accents, so that "ζηταω" finds "ζητάω".
const plain = (text) => Array.from(text, (c) => c.normalize("NFD")[0].toLowerCase()[0] ?? c).join("");
let hits = [];
let hit = -1;
function search() {
  const wanted = plain(byId("search").value.trim());
  hits = [];
  hit = -1;
  for (const p of wanted ? all(".utterance p", box) : []) {
    const pieces = [];
    let text = "";
    const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      pieces.push({ node: walker.currentNode, from: text.length });
      text += walker.currentNode.data;
    }
    const letters = plain(text);
    if (letters.length !== text.length) continue;
    const spot = (at) => {
      const piece = pieces.findLast((candidate) => candidate.from <= at);
      return [piece.node, at - piece.from];
    };
    for (let at = letters.indexOf(wanted); at >= 0; at = letters.indexOf(wanted, at + wanted.length)) {
      const range = document.createRange();
      range.setStart(...spot(at));
      const [node, offset] = spot(at + wanted.length - 1);
      range.setEnd(node, offset + 1);
      hits.push(range);
    }
  }
  // Highlighted without touching the text (CSS Custom Highlight API); a browser without it still goes from hit to hit.
  if (window.Highlight) CSS.highlights.set("found", new Highlight(...hits));
  showHit(hits.length ? 0 : -1);
}
function showHit(at) {
  hit = hits.length ? (at + hits.length) % hits.length : -1;
  const none = byId("search").value.trim() ? say("no-hits") : "";
  byId("hits").textContent = hits.length ? say("hits", { n: hit + 1, of: hits.length }) : none;
  for (const button of [byId("hit-back"), byId("hit-on")]) button.disabled = !hits.length;
  if (window.Highlight) CSS.highlights.set("found-now", new Highlight(...(hit < 0 ? [] : [hits[hit]])));
  if (hit < 0) return;
  const line = hits[hit].startContainer.parentElement.closest(".utterance");
  box.scrollTo({ top: line.offsetTop - box.clientHeight / 3, behavior: "instant" });
}
function startTranscript() {
  if (!box) return;
  moves.push(followWords);
  byId("search").addEventListener("input", search);
  byId("search").addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); showHit(hit + (event.shiftKey ? -1 : 1)); }
    if (event.key === "Escape") { byId("search").value = ""; search(); }
  });
  byId("hit-back").addEventListener("click", () => showHit(hit - 1));
  byId("hit-on").addEventListener("click", () => showHit(hit + 1));
  showHit(-1);
}
