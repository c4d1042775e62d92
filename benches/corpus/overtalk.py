"""Two parties who speak at once: interruptions, signs of listening, starts together; with and without leakage.

Truth: `both` is where the speech intervals of both parties meet (common.speech_intervals on each clean track), `events`
what was placed. Leakage is a delayed copy of a party in the other's channel, -12 to -30 dB, one or both ways; each
channel has noise of its own and is coded by itself.

    python3 benches/corpus/overtalk.py FOLDER [SPLIT [N]]
"""

import sys

import numpy as np

import common as c
import leakage as lk

RATE = 8000
TOTAL_S = 40.0
LEAKS_DB = (None, -30, -20, -12)


def fitting(rng, own, low_s, high_s):
    """A clip of a length between the two, cut at a pause-like place if there is none."""
    fits = [x for x in own if low_s <= len(x) / RATE <= high_s]
    if fits:
        return fits[rng.integers(len(fits))]
    clip = own[rng.integers(len(own))]
    n = min(len(clip), int(rng.uniform(low_s, high_s) * RATE))
    piece = clip[:n].copy()
    fade = min(n, RATE // 50)
    piece[-fade:] *= np.linspace(1, 0, fade)
    return piece


def utterance(rng, own, low_s):
    """Clips one after the other, breaths of 0.1 to 0.25 s between them, until they last low_s."""
    parts, n = [], 0
    while n < low_s * RATE:
        clip = own[rng.integers(len(own))]
        parts += [clip, np.zeros(int(rng.uniform(0.1, 0.25) * RATE))]
        n += len(parts[-1]) + len(clip)
    return np.concatenate(parts[:-1])


def scene(rng, names):
    """(tracks, events): turns with overlaps of known kinds. Tracks are not yet at a level."""
    own = [c.clips(name, RATE) for name in names]
    # One size for all: words of one speaker are recorded at different levels.
    own = [[x / (np.sqrt(np.mean(x**2)) + 1e-9) for x in clips] for clips in own]
    pieces, events = ([], []), []
    at_s, who = rng.uniform(0.3, 1.0), int(rng.integers(2))
    while True:
        turn = utterance(rng, own[who], rng.uniform(2.5, 5.0))
        end_s = at_s + len(turn) / RATE
        if end_s > TOTAL_S - 1.0:
            # Whoever was to come in did not.
            if events and events[-1]["start_s"] == round(at_s, 3):
                events.pop()
            break
        pieces[who].append((at_s, turn))
        kind = rng.choice(["gap", "interruption", "backchannel", "simultaneous_start"], p=[0.3, 0.3, 0.25, 0.15])
        other = 1 - who
        if kind == "backchannel":
            sign = fitting(rng, own[other], 0.25, 0.7) * 10 ** (-rng.uniform(0, 6) / 20)
            length_s = len(sign) / RATE
            if end_s - at_s > length_s + 1.6:
                start_s = rng.uniform(at_s + 0.8, end_s - 0.6 - length_s)
                pieces[other].append((start_s, sign))
                events.append({"kind": "backchannel", "by": other, "start_s": round(start_s, 3), "end_s": round(start_s + length_s, 3)})
        if kind == "interruption":
            start_s = max(end_s - rng.uniform(0.4, 1.6), at_s + 0.8)
            events.append({"kind": "interruption", "by": other, "start_s": round(start_s, 3), "end_s": round(end_s, 3)})
            at_s, who = start_s, other
            continue
        at_s = end_s + rng.uniform(0.6, 1.4)
        if kind == "simultaneous_start":
            # Both begin; the one of them gives up.
            false_start = fitting(rng, own[who], 1.1, 1.8)
            lag_s = rng.uniform(-0.1, 0.1)
            length_s = len(false_start) / RATE
            pieces[who].append((at_s + lag_s, false_start))
            events.append({"kind": kind, "by": None, "start_s": round(at_s, 3), "end_s": round(at_s + length_s, 3)})
            turn = utterance(rng, own[other], length_s + 1.0)
            if at_s + len(turn) / RATE > TOTAL_S - 1.0:
                pieces[who].pop()
                events.pop()
                break
            pieces[other].append((at_s, turn))
            at_s += len(turn) / RATE + rng.uniform(0.6, 1.2)
            continue
        who = other
    return [c.place(TOTAL_S, RATE, p) for p in pieces], events


def call(split, leak_db, i):
    rng = c.generator("overtalk", split, leak_db, i)
    names = [str(x) for x in rng.choice(c.speakers(split, RATE), 2, replace=False)]
    tracks, events = scene(rng, names)
    levels = (rng.uniform(-30, -23), rng.uniform(-30, -23))
    own = [c.at_level(t, RATE, l) for t, l in zip(tracks, levels)]
    spans = [c.speech_intervals(t, RATE) for t in own]
    out = [t.copy() for t in own]
    leaks = []
    for frm in [] if leak_db is None else [[0], [1], [0, 1]][rng.integers(3)]:
        delay_ms = round(float(rng.uniform(0, 60)), 3)
        out[1 - frm] = out[1 - frm] + lk.leaked(rng, own[frm], leak_db, delay_ms, False)
        leaks.append({"from": frm, "gain_db": leak_db, "delay_ms": delay_ms})
    line = "floor"
    noises = [c.line_floor(rng, len(own[0])) for _ in own]
    if rng.random() < 0.3:
        line = str(rng.choice(lk.NOISES[:4]))
        for k in (0, 1):
            noises[k] = noises[k] + c.at_rms(c.noise(rng, line, RATE, len(own[0]), split)[0], levels[k] - rng.uniform(15, 25))
    codec = "none" if rng.random() < 0.4 else str(rng.choice(lk.CODECS[1:]))
    name = f"{'none' if leak_db is None else -leak_db}_{i:03}"
    facts = dict(codec=codec, line=line, leaks=leaks, leak_db=leak_db, total_s=TOTAL_S, speech=spans, events=events, speakers=names)
    return name, [np.clip(out[k] + noises[k], -1, 1) for k in (0, 1)], facts


def main(folder, splits=("tune", "test"), n=60):
    for split in splits:
        corpus = c.Corpus(folder, split)
        lk.write(corpus, [call(split, leak_db, i) for i in range(n) for leak_db in LEAKS_DB])
        corpus.close()


if __name__ == "__main__":
    main(sys.argv[1], (sys.argv[2],) if len(sys.argv) > 2 else ("tune", "test"), int(sys.argv[3]) if len(sys.argv) > 3 else 60)
