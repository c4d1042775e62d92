// The picture: ruler, findings, waveforms, lanes and spectrograms over one axis of time. The rows to the left are HTML
// and lay it out: what is drawn stands beside the row that names it. One canvas as wide as the window is drawn again
// when the view moves, so that hours cost as much as minutes; only the playhead moves with the sound.
const scroller = byId("scroller");
const rowElements = all("#rows > li");
let window_s = 0; // seconds that the width shows; 0: all of them
const pictures = []; // spectrograms by channel

const width = () => scroller.clientWidth;
const perSecond = () => width() / (window_s || axis.duration_s);
const left_s = () => scroller.scrollLeft / perSecond();
const xOf = (time_s) => (time_s - left_s()) * perSecond();
const timeAt = (clientX) => limit(left_s() + (clientX - scroller.getBoundingClientRect().left) / perSecond(), 0, axis.duration_s);

function zoomTo(seconds) {
  const place_s = now_s();
  window_s = seconds && seconds < axis.duration_s ? seconds : 0;
  for (const button of all("[data-zoom]")) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.zoom) === seconds));
  }
  fitZoom();
  scroller.scrollLeft = (place_s - window_s / 3) * perSecond();
  draw();
}
// Wavesurfer draws as many pixels a second as the strip has.
function fitZoom() {
  byId("view").style.width = `${width()}px`;
  byId("strip").style.width = window_s ? `${Math.ceil(axis.duration_s * perSecond())}px` : "100%";
  if (axis.peaks.length && wave.getDecodedData()) wave.zoom(window_s ? perSecond() : 0);
  wave.setScroll(scroller.scrollLeft);
}
function follow(time_s) {
  showHead(time_s);
  if (!window_s || !isPlaying() || !byId("follow").checked) return;
  const x = xOf(time_s);
  if (x < 0 || x > width() * 0.9) scroller.scrollLeft += x - width() * 0.1;
}
// A place that was asked for comes into view, playing or not.
function reveal(time_s) {
  const x = xOf(time_s);
  if (window_s && (x < 0 || x > width() * 0.95)) scroller.scrollLeft += x - width() / 3;
}
function showHead(time_s) {
  const x = xOf(time_s);
  byId("playhead").hidden = x < 0 || x > width();
  byId("playhead").style.transform = `translateX(${x}px)`;
}
function showBand() {
  const span = selection ?? (isLooping ? loopSpan() : null);
  const band = byId("band");
  const from = span ? Math.max(0, xOf(span[0])) : 0;
  const to = span ? Math.min(width(), xOf(span[1])) : 0;
  band.hidden = to <= from;
  band.classList.toggle("looping", isLooping);
  band.style.left = `${from}px`;
  band.style.width = `${Math.max(2, to - from)}px`;
}

function draw() {
  const canvas = byId("canvas");
  const height = byId("rows").offsetHeight;
  const dense = window.devicePixelRatio || 1;
  canvas.width = Math.round(width() * dense);
  canvas.height = Math.round(height * dense);
  canvas.style.width = `${width()}px`;
  canvas.style.height = `${height}px`;
  const pen = canvas.getContext("2d");
  pen.scale(dense, dense);
  pen.font = "11px system-ui, 'DejaVu Sans', sans-serif";
  pen.textBaseline = "middle";
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  drawRuler(pen, height, colour);
  for (const element of rowElements) {
    const [top, tall] = [element.offsetTop, element.offsetHeight];
    const row = axis.rows[Number(element.dataset.row)];
    if (element.dataset.kind === "findings") drawPins(pen, top, tall, colour);
    else if (element.dataset.kind === "spectrogram") drawSpectrogram(pen, Number(element.dataset.channel), top, tall);
    else if (row) drawLane(pen, row, top, tall, colour);
  }
  showHead(now_s());
  showBand();
}
function drawRuler(pen, height, colour) {
  const steps = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
  const every = steps.find((s) => s * perSecond() >= 64) ?? 7200;
  for (let i = Math.ceil(left_s() / every); i * every <= axis.duration_s && xOf(i * every) <= width(); i += 1) {
    const x = Math.round(xOf(i * every));
    pen.fillStyle = colour("line");
    pen.fillRect(x, 0, 1, height);
    pen.fillStyle = colour("muted");
    pen.fillText(clock(i * every, every < 1), x + 3, rowElements[0].offsetHeight / 2);
  }
}
// Lanes may have thousands of marks, in order of their starts: those in view are found, not tried one by one. A mark
// that began long before the view is found by the longest that there is.
function inView(row) {
  row.longest ??= row.spans.reduce((most, span) => Math.max(most, span[1] - span[0]), 0);
  const [from_s, to_s] = [left_s(), left_s() + width() / perSecond()];
  let [low, high] = [0, row.spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (row.spans[middle][0] < from_s - row.longest) low = middle + 1;
    else high = middle;
  }
  const seen = [];
  for (let i = low; i < row.spans.length && row.spans[i][0] <= to_s; i += 1) if (row.spans[i][1] >= from_s) seen.push(row.spans[i]);
  return seen;
}
function drawLane(pen, row, top, tall, colour) {
  const [y, thick] = [top + 3, tall - 6];
  let last = -1;
  for (const [from_s, to_s, word, isSoft] of inView(row)) {
    const from = Math.max(xOf(from_s), -2);
    // A short event keeps two pixels, or it would vanish in a long call; many in one place are drawn once.
    const wide = Math.max(2, Math.min(xOf(to_s), width() + 2) - from);
    if (wide === 2 && Math.round(from) === last) continue;
    last = Math.round(from);
    pen.fillStyle = colour(row.colour);
    if (isSoft) {
      pen.globalAlpha = 0.45;
      pen.fillRect(from, y + thick / 3, wide, thick / 3);
      pen.globalAlpha = 1;
    } else pen.fillRect(from, y, wide, thick);
    if (word && wide > pen.measureText(word).width + 8) {
      const [at, long] = [Math.max(from, 0) + 4, pen.measureText(word).width];
      pen.fillStyle = colour("surface");
      pen.fillRect(at - 2, y, long + 4, thick);
      pen.fillStyle = colour("ink");
      pen.fillText(word, at, top + tall / 2);
    }
  }
}
function drawPins(pen, top, tall, colour) {
  const y = top + tall / 2;
  for (const pin of axis.findings) {
    if (byId(`f-${pin.id}`)?.hidden) continue;
    const x = pinX(pin);
    if (x < -8 || x > width() + 8) continue;
    const isChosen = chosen?.id === `f-${pin.id}`;
    pen.fillStyle = pen.strokeStyle = colour(pin.severity);
    pen.globalAlpha = isChosen ? 0.9 : 0.3;
    pen.fillRect(x, y, 1, byId("rows").offsetHeight);
    pen.globalAlpha = 1;
    pen.beginPath();
    // The shapes of the list: diamond, triangle, disc, ring.
    if (pin.severity === "critical") { pen.moveTo(x, y - 7); pen.lineTo(x + 6, y); pen.lineTo(x, y + 7); pen.lineTo(x - 6, y); }
    else if (pin.severity === "major") { pen.moveTo(x, y - 6); pen.lineTo(x + 6, y + 5); pen.lineTo(x - 6, y + 5); }
    else pen.arc(x, y, 4.5, 0, 2 * Math.PI);
    pen.closePath();
    pen.lineWidth = 2;
    if (pin.severity === "info") pen.stroke();
    else pen.fill();
    if (isChosen) {
      pen.strokeStyle = colour("ink");
      pen.strokeRect(x - 9, y - 9, 18, 18);
    }
  }
}
// At the very start of the call half of the sign would be cut off.
const pinX = (pin) => Math.max(xOf(pin.span[0]), xOf(0) + 7);
function drawSpectrogram(pen, channel, top, tall) {
  const picture = pictures[channel];
  if (!picture?.naturalWidth) return;
  const share = picture.naturalWidth / axis.duration_s;
  const shown_s = Math.min(width() / perSecond(), axis.duration_s - left_s());
  if (shown_s > 0) pen.drawImage(picture, left_s() * share, 0, shown_s * share, picture.naturalHeight, 0, top + 1, shown_s * perSecond(), tall - 2);
}

// What lies under the pointer: a finding, the start of a lane's mark, or just a time.
function place(event) {
  const y = event.clientY - byId("view").getBoundingClientRect().top;
  const x = event.clientX - scroller.getBoundingClientRect().left;
  const element = rowElements.find((row) => y >= row.offsetTop && y < row.offsetTop + row.offsetHeight);
  if (element?.dataset.kind === "findings") {
    const near = axis.findings.filter((pin) => !byId(`f-${pin.id}`)?.hidden && Math.abs(pinX(pin) - x) <= 10);
    near.sort((a, b) => Math.abs(pinX(a) - x) - Math.abs(pinX(b) - x));
    if (near.length) return { pin: near[0] };
  }
  const row = axis.rows[Number(element?.dataset.row)];
  const mark = row && inView(row).find((span) => xOf(span[0]) - 3 <= x && x <= xOf(span[1]) + 3);
  return { time_s: mark ? mark[0] : timeAt(event.clientX), mark };
}
function pointed(event) {
  const from = timeAt(event.clientX);
  const startX = event.clientX;
  if (event.button !== 0) return;
  let isDrag = false;
  const move = (next) => {
    // A finger scrolls; a mouse or pen that is drawn along selects.
    if (next.pointerType === "touch" || Math.abs(next.clientX - startX) < 5) return;
    isDrag = true;
    const to = timeAt(next.clientX);
    selection = [Math.min(from, to), Math.max(from, to)];
    showBand();
  };
  const end = (last) => {
    byId("view").removeEventListener("pointermove", move);
    if (last.type === "pointerup" && isDrag) {
      select(...selection);
      seek(selection ? selection[0] : from);
    } else if (last.type === "pointerup") {
      const { pin, time_s } = place(last);
      if (selection) select(0, 0);
      if (pin) choose(byId(`f-${pin.id}`), { play: true });
      else seek(time_s);
    }
    for (const type of ["pointerup", "pointercancel"]) window.removeEventListener(type, end);
  };
  byId("view").addEventListener("pointermove", move);
  for (const type of ["pointerup", "pointercancel"]) window.addEventListener(type, end);
}
function startPicture() {
  for (const element of rowElements.filter((row) => row.dataset.kind === "spectrogram")) {
    const picture = element.querySelector("img");
    pictures[Number(element.dataset.channel)] = picture;
    picture.addEventListener("load", draw);
  }
  const first = rowElements.find((row) => row.dataset.kind === "wave");
  if (first) byId("wave").style.top = `${first.offsetTop}px`;
  for (const button of all("[data-zoom]")) button.addEventListener("click", () => zoomTo(Number(button.dataset.zoom)));
  byId("view").addEventListener("pointerdown", pointed);
  let isDue = false;
  scroller.addEventListener("scroll", () => {
    wave.setScroll(scroller.scrollLeft);
    if (!isDue) requestAnimationFrame(() => { isDue = false; draw(); });
    isDue = true;
  });
  new ResizeObserver(() => { fitZoom(); draw(); }).observe(scroller);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { wave.setOptions(waveColours()); draw(); });
  moves.push(follow);
  fitZoom();
  draw();
}
