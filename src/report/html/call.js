"use strict";
// The page of a call: play, seek, follow, draw. All words are in the HTML already; nothing here writes HTML.
(() => {
  const LEAD_S = 2; // a finding is played from this long before its start, to hear what led to it
  const STEP_S = 5;
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const data = JSON.parse(byId("data").textContent);
  const audio = byId("audio");
  const limit = (x, low, high) => Math.min(Math.max(x, low), high);

  // ---- Playing ----
  let cursor_s = 0; // the place, where there is no sound to have one
  const now_s = () => (audio ? audio.currentTime : cursor_s);
  function seek(time_s, play) {
    cursor_s = Math.max(0, time_s);
    if (audio) {
      audio.currentTime = cursor_s;
      if (play) audio.play().catch(soundProblem);
    }
    moved();
  }
  function soundProblem(error) {
    // A play() cut short by a pause is no problem of the file.
    if (!error || error.name !== "AbortError") byId("sound-problem").hidden = false;
  }
  if (audio) {
    audio.addEventListener("error", () => soundProblem());
    audio.addEventListener("loadeddata", () => { byId("sound-problem").hidden = true; });
    audio.addEventListener("timeupdate", moved);
    audio.addEventListener("play", tick);
    byId("speed").addEventListener("change", (event) => { audio.playbackRate = Number(event.target.value); });
    byId("previous").addEventListener("click", () => step(-1));
    byId("next").addEventListener("click", () => step(1));
  }
  function tick() {
    moved();
    if (audio && !audio.paused) requestAnimationFrame(tick);
  }

  // ---- Findings ----
  let current = null;
  function choose(item) {
    if (current) current.classList.remove("current");
    current = item;
    current.classList.add("current");
  }
  function step(by) {
    const shown = all(".finding").filter((item) => !item.hidden);
    if (!shown.length) return;
    const at = shown.indexOf(current);
    const next = shown[limit(at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by, 0, shown.length - 1)];
    choose(next);
    const button = next.querySelector(".play");
    button.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    if (button.dataset.play) seek(Number(button.dataset.play) - LEAD_S, false);
  }
  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-play], [data-seek], [data-w], [data-zoom], button[data-severity]");
    if (!target) return;
    if (target.dataset.play) {
      choose(target.closest(".finding"));
      seek(Number(target.dataset.play) - LEAD_S, true);
    } else if (target.dataset.seek) seek(Number(target.dataset.seek), true);
    else if (target.dataset.w) seek(Number(target.dataset.w), true);
    else if (target.dataset.zoom) zoomTo(Number(target.dataset.zoom));
    else toggleSeverity(target);
  });
  function toggleSeverity(button) {
    const show = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(show));
    for (const item of all(".finding")) {
      if (item.dataset.severity === button.dataset.severity) item.hidden = !show;
    }
    draw();
  }
  const listed = all(".finding");
  const startOf = (item) => Number(item.querySelector(".play").dataset.play ?? -1);
  byId("order")?.addEventListener("change", (event) => {
    const inTime = event.target.value === "time";
    const order = inTime ? listed.slice().sort((a, b) => startOf(a) - startOf(b)) : listed;
    listed[0].parentElement.append(...order);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const on = event.target;
    if (on.closest("input, select, textarea, audio")) return;
    const isButton = on.closest("button, a, summary");
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === " " && audio && !isButton) {
      if (audio.paused) audio.play().catch(soundProblem);
      else audio.pause();
    } else if (event.key === "Enter" && current && !isButton) current.querySelector(".play").click();
    else if ((event.key === "ArrowLeft" || event.key === "ArrowRight") && data && !on.closest(".scroll-x")) {
      seek(now_s() + (event.key === "ArrowLeft" ? -STEP_S : STEP_S), false);
    } else return;
    event.preventDefault();
  });

  // ---- Transcript ----
  const utterances = all(".utterance[data-start]").map((item) => ({
    item, start: Number(item.dataset.start), end: Number(item.dataset.end),
  }));
  let spoken = null;
  function follow(time_s) {
    // Utterances are ordered by start: the last one that has begun and not ended.
    let low = 0;
    let high = utterances.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (utterances[middle].start <= time_s) low = middle + 1;
      else high = middle;
    }
    // Another party's longer utterance may have begun a few places earlier.
    const begun = utterances.slice(Math.max(0, low - 5), low).reverse();
    const found = begun.find((u) => time_s < u.end)?.item ?? null;
    if (found === spoken) return;
    if (spoken) spoken.classList.remove("now");
    spoken = found;
    if (!spoken) return;
    spoken.classList.add("now");
    const box = byId("transcript");
    if (byId("follow")?.checked ?? true) box.scrollTop = spoken.offsetTop - box.clientHeight / 3;
  }

  // ---- Picture ----
  const scroller = byId("scroller");
  const ROW = 14;
  const WAVE = 66;
  const AXIS = 20;
  let zoom = 1;
  function zoomTo(factor) {
    const middle = now_s() / data.duration_s;
    zoom = factor;
    for (const button of all("[data-zoom]")) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.zoom) === factor));
    }
    byId("strip").style.width = `${100 * zoom}%`;
    scroller.scrollLeft = middle * scroller.clientWidth * zoom - scroller.clientWidth / 2;
    draw();
  }
  function clock(time_s) {
    const whole = Math.floor(time_s);
    const two = (n) => String(n).padStart(2, "0");
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor(whole / 60) % 60;
    return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
  }
  function draw() {
    if (!data || !scroller) return;
    const canvas = byId("canvas");
    const width = scroller.clientWidth;
    const tall = (lane) => WAVE + ROW + 4 + (lane.noise.length ? ROW : 0);
    const height = AXIS + ROW + 4 + data.lanes.reduce((sum, lane) => sum + tall(lane), 0) + 2 * ROW + 8;
    const dense = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * dense);
    canvas.height = Math.round(height * dense);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const pen = canvas.getContext("2d");
    pen.scale(dense, dense);
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    const party = (name) => colour(name === "agent" || name === "customer" ? name : "other");
    const from_s = (scroller.scrollLeft / (width * zoom)) * data.duration_s;
    const per_s = (width * zoom) / data.duration_s;
    const x = (time_s) => (time_s - from_s) * per_s;
    const bar = (span, y, tall, fill) => {
      pen.fillStyle = fill;
      // A short event keeps a pixel and a half, or it would vanish in a long call.
      pen.fillRect(x(span[0]), y, Math.max(1.5, (span[1] - span[0]) * per_s), tall);
    };
    const name = (text, y, left = 2) => {
      pen.font = "11px system-ui, 'DejaVu Sans', sans-serif";
      const wide = pen.measureText(text).width;
      pen.globalAlpha = 0.85;
      pen.fillStyle = colour("surface");
      pen.fillRect(left, y - 10, wide + 8, 13);
      pen.globalAlpha = 1;
      pen.fillStyle = colour("muted");
      pen.fillText(text, left + 4, y);
    };
    drawAxis(pen, x, width, per_s, from_s, height, colour);

    let y = AXIS + ROW + 4;
    for (const lane of data.lanes) {
      drawWave(pen, lane, y, from_s, per_s, width, colour);
      for (const piece of lane.speech) bar(piece.span, y + WAVE + 2, ROW - 6, party(piece.party));
      for (const span of lane.clipping.concat(lane.dropouts)) {
        bar(span, y, 3, colour("critical"));
        bar(span, y + WAVE - 3, 3, colour("critical"));
      }
      for (const piece of lane.noise) {
        const top = y + WAVE + ROW - 2;
        const from = Math.max(2, x(piece.span[0]));
        if (x(piece.span[1]) <= from || from > width) continue;
        // A line and the word: "none" is only the word.
        if (piece.kind !== "none") bar(piece.span, top + ROW - 7, 3, colour("nobody"));
        pen.save();
        pen.beginPath();
        pen.rect(from, top - 2, x(piece.span[1]) - from - 2, ROW);
        pen.clip();
        name(`noise: ${piece.kind}`, top + 7, from);
        pen.restore();
      }
      for (const span of lane.voices) bar(span, y + WAVE + ROW - 4, 2, colour("muted"));
      name(lane.name, y + 11);
      y += tall(lane);
    }
    for (const span of data.overtalk) bar(span, y, ROW - 4, colour("both"));
    name("both speak", y + 9);
    y += ROW + 2;
    for (const span of data.silence) bar(span, y, ROW - 4, colour("nobody"));
    for (const span of data.hold) bar(span, y, ROW - 4, colour("hold"));
    for (const span of data.tones) bar(span, y, ROW - 4, colour("both"));
    name(["nobody speaks", data.hold.length && "on hold", data.tones.length && "tones"].filter(Boolean).join(", "), y + 9);
    drawPins(pen, x, height, colour);
    placeHead();
  }
  function drawAxis(pen, x, width, per_s, from_s, height, colour) {
    const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
    const every = steps.find((s) => s * per_s >= 70) || 7200;
    pen.font = "11px system-ui, 'DejaVu Sans', sans-serif";
    for (let t = Math.ceil(from_s / every) * every; t <= data.duration_s && x(t) <= width; t += every) {
      pen.fillStyle = colour("line");
      pen.fillRect(Math.round(x(t)), AXIS - 4, 1, height);
      pen.fillStyle = colour("muted");
      pen.fillText(clock(t), x(t) + 3, 12);
    }
  }
  function drawWave(pen, lane, top, from_s, per_s, width, colour) {
    const half = WAVE / 2;
    const n_bins = lane.peaks.length / 2;
    pen.fillStyle = colour("line");
    pen.fillRect(0, top + half, width, 1);
    if (!n_bins) return;
    pen.fillStyle = colour("wave");
    for (let px = 0; px < width; px += 1) {
      const first = Math.floor((from_s + px / per_s) / data.peak_s);
      const end = Math.max(first + 1, Math.floor((from_s + (px + 1) / per_s) / data.peak_s));
      let low = 0;
      let high = 0;
      for (let i = first; i < end && i < n_bins; i += 1) {
        low = Math.min(low, lane.peaks[2 * i]);
        high = Math.max(high, lane.peaks[2 * i + 1]);
      }
      const up = (high / 127) * half;
      pen.fillRect(px, top + half - up, 1, Math.max(1, up - (low / 127) * half));
    }
  }
  function drawPins(pen, x, height, colour) {
    const shown = new Set(all(".finding").filter((item) => !item.hidden).map((item) => item.id));
    const y = AXIS + ROW / 2;
    for (const pin of data.findings) {
      if (!shown.has(`f-${pin.id}`)) continue;
      // At the very start of the call half of the sign would be cut off.
      const at = Math.max(x(pin.span[0]), x(0) + 6);
      pen.fillStyle = pen.strokeStyle = colour(pin.severity);
      pen.globalAlpha = 0.35;
      pen.fillRect(at, y, 1, height);
      pen.globalAlpha = 1;
      pen.beginPath();
      // The shapes of the list: diamond, triangle, disc, ring.
      if (pin.severity === "critical") { pen.moveTo(at, y - 6); pen.lineTo(at + 5, y); pen.lineTo(at, y + 6); pen.lineTo(at - 5, y); }
      else if (pin.severity === "major") { pen.moveTo(at, y - 6); pen.lineTo(at + 6, y + 5); pen.lineTo(at - 6, y + 5); }
      else pen.arc(at, y, 4.5, 0, 2 * Math.PI);
      pen.closePath();
      if (pin.severity === "info") pen.stroke();
      else pen.fill();
    }
  }
  function placeHead() {
    const head = byId("playhead");
    if (!head || !data) return;
    const seconds = limit(now_s(), 0, data.duration_s);
    head.hidden = false;
    head.style.left = `${(100 * seconds) / data.duration_s}%`;
    scroller.setAttribute("aria-valuemax", data.duration_s.toFixed(1));
    scroller.setAttribute("aria-valuenow", seconds.toFixed(1));
    scroller.setAttribute("aria-valuetext", `${clock(seconds)} of ${clock(data.duration_s)}`);
  }
  function moved() {
    const time_s = now_s();
    placeHead();
    if (byId("transcript")) follow(time_s);
    if (scroller && data && zoom > 1 && audio && !audio.paused && byId("follow").checked) {
      const x = (time_s / data.duration_s) * scroller.clientWidth * zoom - scroller.scrollLeft;
      if (x < 0 || x > scroller.clientWidth * 0.9) scroller.scrollLeft += x - scroller.clientWidth * 0.1;
    }
  }
  if (scroller && data) {
    scroller.addEventListener("click", (event) => {
      const box = byId("strip").getBoundingClientRect();
      seek(((event.clientX - box.left) / box.width) * data.duration_s, false);
    });
    scroller.addEventListener("scroll", () => requestAnimationFrame(draw));
    window.addEventListener("resize", draw);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    draw();
  }
})();
