// The sound: wavesurfer.js over one audio element. It draws from peaks that came with the page and decodes nothing.
const LEAD_S = 2; // a finding is played from this long before its start, to hear what led to it
const STEP_S = 5;
const WAVE_HEIGHT = 56; // px a channel; page and policy know it too (wave_style in call.rs)
const LEAST_LOOP_S = 1; // a finding that is a point in time is looped with its surroundings
const axis = data.axis;
const audio = byId("audio");
const end_s = Math.round(axis ? axis.duration_s : 0); // as the facts of the call say its length
const moves = []; // called with the time whenever the place in the call has changed
let wave = null;
let isLooping = false;
let selection = null; // [from_s, to_s], drawn with the pointer or set with [ and ]

const now_s = () => (wave ? limit(wave.getCurrentTime(), 0, axis.duration_s) : 0);
const isPlaying = () => Boolean(audio && !audio.paused && !audio.ended);

// Wavesurfer keeps a place back while the sound is not ready, and forgets it when another seek is still under way: two quick
// steps would lose the second. Once the length is known the element takes any place itself.
function putAt(time_s) {
  if (audio && audio.readyState >= HTMLMediaElement.HAVE_METADATA) audio.currentTime = time_s;
  else wave.setTime(time_s);
}
function seek(time_s, play = false) {
  if (!wave) return;
  putAt(limit(time_s, 0, axis.duration_s));
  if (play) start();
  moved();
}
function start() {
  if (audio) wave.play().catch(soundProblem);
}
function toggle() {
  if (isPlaying()) wave.pause();
  else start();
}
function soundProblem(error) {
  // A play() cut short by a pause is no problem of the file.
  if (!error || error.name !== "AbortError") byId("sound-problem").hidden = false;
}

// What is looped: the selection, else the chosen finding.
function loopSpan() {
  if (selection) return selection;
  const pin = axis.findings.find((f) => chosen && chosen.id === `f-${f.id}`);
  if (!pin) return null;
  const around = Math.max(0, (LEAST_LOOP_S - (pin.span[1] - pin.span[0])) / 2);
  return [Math.max(0, pin.span[0] - around), Math.min(axis.duration_s, pin.span[1] + around)];
}
function setLoop(on) {
  isLooping = on;
  byId("loop").setAttribute("aria-pressed", String(on));
  const span = loopSpan();
  if (on && !span) tell(say("loop-nothing"));
  else if (on) {
    tell(say("loop-on", { from: clock(span[0], true), to: clock(span[1], true) }));
    if (now_s() < span[0] || now_s() >= span[1]) seek(span[0]);
  } else tell(say("loop-off"));
  showBand();
}
function select(from_s, to_s) {
  const span = [Math.max(0, from_s), Math.min(axis.duration_s, to_s)];
  selection = span[1] - span[0] > 0.05 ? span : null;
  if (selection) tell(say("selected", { from: clock(selection[0], true), to: clock(selection[1], true) }));
  showBand();
}
function setEdge(isEnd) {
  const [from_s, to_s] = selection ?? [0, axis.duration_s];
  if (isEnd) select(Math.min(from_s, now_s() - 0.1), now_s());
  else select(now_s(), to_s > now_s() + 0.05 ? to_s : axis.duration_s);
}
function setSpeed(speed) {
  // Voices keep their pitch, or every fast agent would sound excited.
  wave.setPlaybackRate(speed, true);
  byId("speed").value = String(speed);
}

function moved() {
  const time_s = now_s();
  if (isLooping && isPlaying()) {
    const span = loopSpan();
    if (span && time_s >= span[1]) { putAt(span[0]); return; }
  }
  byId("time").textContent = `${clock(time_s, true)} / ${clock(end_s)}`;
  const position = byId("position");
  position.value = String(time_s);
  position.setAttribute("aria-valuetext", say("position", { time: clock(time_s), of: clock(end_s) }));
  for (const follow of moves) follow(time_s);
}
function showState() {
  if (!audio) return;
  const button = byId("play");
  button.firstElementChild.textContent = isPlaying() ? "❚❚" : "▶";
  button.lastElementChild.textContent = say(isPlaying() ? "pause" : "play");
}

// Loudest step of each stretch, 0..1, as wavesurfer wants it.
function envelopes() {
  const channels = axis.peaks.map((text) => {
    const bytes = Int8Array.from(atob(text), (c) => c.charCodeAt(0));
    return Float32Array.from({ length: bytes.length >> 1 }, (_, i) => Math.max(-bytes[2 * i], bytes[2 * i + 1], 0) / 127);
  });
  return channels.length ? channels : [new Float32Array(2)];
}
function waveColours() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  // What was played stands out as ink; what was not has its party's colour.
  const channels = (axis.wave_colours.length ? axis.wave_colours : ["wave"]).map((name) => (
    { waveColor: colour(name), progressColor: colour("ink") }));
  return { splitChannels: channels, waveColor: colour("wave"), progressColor: colour("ink") };
}
function startPlayer() {
  const peaks = envelopes();
  // One scale for all channels, so that a quiet party looks quiet; the legend says which.
  const loudest = peaks.reduce((most, channel) => channel.reduce((a, b) => Math.max(a, b), most), 0.01);
  wave = WaveSurfer.create({
    container: byId("wave"), media: audio ?? undefined, peaks, duration: axis.duration_s, height: WAVE_HEIGHT,
    normalize: true, maxPeak: loudest, interact: false, hideScrollbar: true,
    autoScroll: false, cursorWidth: 0, ...waveColours(),
  });
  wave.on("timeupdate", moved);
  wave.on("seeking", moved);
  wave.on("ready", () => { if (axis.peaks.length) fitZoom(); moved(); });
  wave.on("error", () => soundProblem());
  for (const event of ["play", "pause", "finish"]) wave.on(event, showState);
  if (!audio) return;
  audio.controls = false;
  audio.addEventListener("loadeddata", () => { byId("sound-problem").hidden = true; });
  byId("play").addEventListener("click", toggle);
  byId("back").addEventListener("click", () => seek(now_s() - STEP_S));
  byId("on").addEventListener("click", () => seek(now_s() + STEP_S));
  byId("speed").addEventListener("change", (event) => setSpeed(Number(event.target.value)));
  byId("volume").addEventListener("input", (event) => wave.setVolume(Number(event.target.value)));
  byId("loop").addEventListener("click", () => setLoop(!isLooping));
  byId("loop-from").addEventListener("click", () => setEdge(false));
  byId("loop-to").addEventListener("click", () => setEdge(true));
}
