// Keys, addresses (#t=12.3, #f-<id>), and the start of it all.
const KEYS_OFF = "callvet.keys/off";
const hasKeys = () => byId("keys-on").checked;

function pressed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  const on = event.target;
  const isSlider = on.matches('input[type="range"]');
  if (on.closest("input, select, textarea, audio") && !isSlider && on.type !== "checkbox") return;
  const isPressable = Boolean(on.closest("button, a, summary, input, audio"));
  const isArrow = event.key === "ArrowLeft" || event.key === "ArrowRight";
  // Keys without a letter always work; letters can be switched off (WCAG 2.2, 2.1.4).
  if (event.key === " " && wave && audio && !isPressable) toggle();
  else if (event.key === "Enter" && chosen && !isPressable) choose(chosen, { play: true });
  else if (isArrow && wave && on.id !== "volume" && !on.closest(".scroll-x, .transcript")) {
    seek(now_s() + (event.key === "ArrowLeft" ? -STEP_S : STEP_S));
    reveal(now_s());
  } else if (!hasKeys() || !letter(event.key)) return;
  event.preventDefault();
}
function letter(key) {
  const actions = {
    j: () => step(1), k: () => step(-1), "?": () => byId("help").showModal(),
    a: () => judge(chosen, "agree"), d: () => judge(chosen, "disagree"), u: () => judge(chosen, "unsure"),
    n: () => chosen?.querySelector(".note").focus(), "/": () => byId("search")?.focus(),
  };
  const withSound = { l: () => setLoop(!isLooping), "[": () => setEdge(false), "]": () => setEdge(true) };
  const action = actions[key] ?? (audio && wave && withSound[key]);
  if (action) action();
  return Boolean(action);
}
function goTo(address, play = false) {
  const time = /^#t=(\d+(?:\.\d+)?)$/.exec(address);
  if (time && axis) {
    seek(Number(time[1]), play);
    reveal(now_s());
  } else if (address.startsWith("#f-")) choose(itemOf(address.slice(3)), { play });
}
function clicked(event) {
  const target = event.target.closest("[data-seek], [data-w], [data-play-finding], a[href^='#f-']");
  if (!target) return;
  // Whoever follows a finding from the score or the transcript wants to hear it.
  if (target.dataset.playFinding !== undefined) choose(itemOf(target.dataset.playFinding), { play: true });
  else if (target.matches("a")) {
    event.preventDefault();
    window.history.replaceState(null, "", target.getAttribute("href"));
    goTo(target.getAttribute("href"), true);
  } else if (axis && !String(window.getSelection())) {
    const time_s = Number(target.dataset.seek ?? target.dataset.w);
    seek(time_s, true);
    reveal(time_s);
  }
}

// The list that this call was opened from, filtered and sorted as it was there: the page of the batch leaves it for this tab.
function startNeighbours() {
  let list = null;
  try { list = JSON.parse(window.sessionStorage.getItem("callvet.list/1")); } catch { /* Then there are no neighbours. */ }
  const names = Array.isArray(list?.names) ? list.names : [];
  const at = names.indexOf(window.location.pathname.split("/").pop());
  if (at < 0) return;
  const isPage = (name) => typeof name === "string" && /^[\w.%~-]+\.html$/.test(name);
  for (const [id, name] of [["previous-call", names[at - 1]], ["next-call", names[at + 1]]]) {
    byId(id).hidden = !isPage(name);
    if (isPage(name)) byId(id).href = name;
  }
  if (byId("all-calls") && /^#[\w=&%.~!'()*-]*$/.test(list.from)) byId("all-calls").hash = list.from;
}

// Texts of any length scroll in their places: by the keyboard too.
function makeReachable(within) {
  const long = all(".message, .quote, .steps q, .near, .badges, .others, dd, .events", within).filter((box) => box.scrollHeight > box.clientHeight + 1);
  for (const box of long) if (getComputedStyle(box).overflowY === "auto") box.tabIndex = 0;
}

if (axis) {
  startPlayer();
  startPicture();
  byId("position").addEventListener("input", (event) => { seek(Number(event.target.value)); reveal(now_s()); });
  byId("follow").checked = !calm.matches;
  byId("controls").hidden = false;
  showState();
  fitZoom();
  draw();
}
if (listed.length) {
  startFindings();
  startReviews();
}
startTranscript();
startNeighbours();
byId("keys-on").checked = store.get(KEYS_OFF) !== "1";
byId("keys-on").addEventListener("change", () => store.set(KEYS_OFF, hasKeys() ? "0" : "1"));
byId("help-button").hidden = false;
byId("help-button").addEventListener("click", () => byId("help").showModal());
document.addEventListener("keydown", pressed);
document.addEventListener("click", clicked);
window.addEventListener("hashchange", () => goTo(location.hash));
makeReachable(document);
document.addEventListener("toggle", (event) => makeReachable(event.target), true);
// What is folded away on the screen is part of what is printed.
const folded = [];
window.addEventListener("beforeprint", () => {
  for (const details of all("details:not([open])")) { details.open = true; folded.push(details); }
});
window.addEventListener("afterprint", () => { while (folded.length) folded.pop().open = false; });
if (axis) moved();
goTo(location.hash);
