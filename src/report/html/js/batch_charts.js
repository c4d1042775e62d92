// The charts: bars and lines are drawn by uPlot from numbers that are computed already. Each has a table as its twin, so that a
// chart needs no keys of its own.
(() => {
  "use strict";
  const { data, say, number } = batch;
  if (!data || typeof uPlot === "undefined") return;
  const HEIGHT = 170; // CSS pixels: eight charts fit a screen
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const axis = (more) => ({ stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1 }, font: "12px system-ui, sans-serif", ...more });
  const values = (_, ticks) => ticks.map((tick) => (tick === null ? "" : number(tick)));

  function bars(place, { bins, title }) {
    const from = bins.map((bin) => bin[0]);
    const step = bins.length > 1 ? from[1] - from[0] : bins[0][1] !== null ? bins[0][1] - from[0] : 1;
    const at = (plot, left) => {
      const value = plot.posToVal(left, "x");
      return Math.min(bins.length - 1, Math.max(0, from.findLastIndex((edge) => edge <= value)));
    };
    const told = document.createElement("p");
    told.className = "told";
    const plot = new uPlot({
      width: place.clientWidth, height: HEIGHT, legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      // A last step without an end is drawn as wide as the others.
      scales: { x: { time: false, range: () => [from[0], from[bins.length - 1] + step] }, y: { range: (_, low, high) => [0, Math.max(1, high * 1.05)] } },
      axes: [axis({ values, size: 30 }), axis({ values, size: 46, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000] })],
      series: [{}, { label: title, fill: colour("--bar"), stroke: colour("--accent"), width: 1, points: { show: false }, paths: uPlot.paths.bars({ size: [1, Infinity], gap: 2, align: 1 }) }],
      hooks: { setCursor: [(u) => {
        const is_in = u.cursor.left !== undefined && u.cursor.left >= 0;
        const bin = is_in ? bins[at(u, u.cursor.left)] : null;
        told.textContent = bin ? say("bar", { name: bin[3], value: bin[2] }) : "";
      }] },
    }, [from, bins.map((bin) => bin[2])], place);
    plot.over.addEventListener("click", (event) => {
      const left = event.clientX - plot.over.getBoundingClientRect().left;
      const bin = bins[at(plot, left)];
      if (bin[2] > 0) batch.go(bin[4]);
    });
    place.append(told);
    return plot;
  }
  function lines(place) {
    const column = (at) => data.trend.map((point) => point[at]);
    const day = new Intl.DateTimeFormat(data.language, { day: "numeric", month: "numeric", timeZone: "UTC" });
    return new uPlot({
      width: place.clientWidth, height: HEIGHT + 40, legend: { show: true, live: false }, cursor: { y: false, drag: { x: false, y: false } },
      scales: { y: { range: [0, 100] }, severe: { range: (_, low, high) => [0, Math.max(1, (high ?? 1) * 1.1)] } },
      axes: [axis({ size: 30, values: (_, ticks) => ticks.map((tick) => day.format(tick * 1000)) }), axis({ values, size: 46 }), axis({ values, size: 46, scale: "severe", side: 1, grid: { show: false } })],
      series: [{}, { label: say("trend-score"), stroke: colour("--accent"), width: 2, points: { show: true, size: 7 } },
        { label: say("trend-severe"), scale: "severe", stroke: colour("--critical"), width: 2, dash: [6, 4], points: { show: true, size: 7 } }],
    }, [column(0), column(1), column(2)], place);
  }

  const drawn = new Map();
  function draw(place) {
    drawn.get(place)?.destroy();
    place.replaceChildren();
    if (!place.clientWidth) return;
    const chart = data.charts.find((one) => one.key === place.dataset.chart);
    drawn.set(place, chart ? bars(place, chart) : lines(place));
  }
  // Drawn when it comes near the screen: the list is there first.
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      near.unobserve(entry.target);
      draw(entry.target);
    }
  }, { rootMargin: "300px" });
  for (const place of document.querySelectorAll(".chart")) if (place.dataset.chart || data.trend.length > 1) near.observe(place);
  let waiting = 0;
  const again = () => { clearTimeout(waiting); waiting = setTimeout(() => { for (const place of drawn.keys()) draw(place); }, 150); };
  let width = window.innerWidth;
  window.addEventListener("resize", () => { if (window.innerWidth !== width) { width = window.innerWidth; again(); } });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
})();
