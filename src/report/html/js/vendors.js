// The players of the clips: one at a time, each to the end of its clip, and two of a pair one after the other.
"use strict";
(() => {
  const players = [...document.querySelectorAll("audio[data-to]")];
  // What plays next when a clip ends; only while a pair is played.
  let next = null;
  const ends = (player) => {
    player.pause();
    player.currentTime = Number(player.dataset.from);
    const after = next;
    next = null;
    if (after) start(after);
  };
  const start = (player) => {
    const from = Number(player.dataset.from);
    const go = () => {
      player.currentTime = from;
      player.play().catch(() => {});
    };
    if (player.readyState > 0) go();
    else {
      player.addEventListener("loadedmetadata", go, { once: true });
      player.load();
    }
  };
  for (const player of players) {
    player.addEventListener("play", () => {
      for (const other of players) if (other !== player) other.pause();
    });
    player.addEventListener("timeupdate", () => {
      // Browsers stop at the end of the fragment by themselves, or not: somebody who seeks beyond it wants to hear more.
      const over = player.currentTime - Number(player.dataset.to);
      if (over >= 0 && over < 0.6 && !player.paused) ends(player);
    });
    player.addEventListener("pause", () => {
      // Stopped by the browser at the end of the fragment, not by a person before it.
      if (next && Math.abs(player.currentTime - Number(player.dataset.to)) < 0.3) ends(player);
    });
  }
  for (const button of document.querySelectorAll("button[data-both]")) {
    const pair = [...button.closest(".v-pair").querySelectorAll("audio[data-to]")];
    if (pair.length < 2) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      next = pair[1];
      start(pair[0]);
    });
  }
})();
