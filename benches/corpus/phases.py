"""Whole calls of 45 to 120 s with known phases: ring-back, busy, beeps, keyed digits, announcements, hold music,
mutual silence, dead air and live talk; and calls without any hold whose sounds are like those.

    phases.py FOLDER tune|test [N]

Besides the sources of `common`: the music of the Debian package lincity-ng-data (tune: the first piece, test: the others).

Truth of a line: `phases` [[start_s, end_s, kind]], kinds ringback (first burst to last, pauses within), busy, beep, dtmf (each
key), ivr, music, silence (nobody for >= 2 s), talk (pauses under 2 s closed); `speech` of each channel by live people.
"""

import pathlib
import sys

import numpy as np
import scipy.signal as ss

import common as c

# (name, frequencies, on/off seconds in turn): ITU-T E.180 supplement 2, national values.
RINGS = [
    ("us", (440, 480), (2.0, 4.0)),
    ("uk", (400, 450), (0.4, 0.2, 0.4, 2.0)),
    ("pl", (425,), (1.0, 4.0)),
    ("el", (425,), (1.0, 4.0)),
    ("hu", (425,), (1.2, 3.7)),
    ("ru", (425,), (0.8, 3.2)),
    ("fr", (440,), (1.5, 3.5)),
]
BUSIES = [((480, 620), (0.5, 0.5)), ((425,), (0.5, 0.5)), ((425,), (0.35, 0.35)), ((400,), (0.375, 0.375)), ((425,), (0.25, 0.25))]
ROWS, COLUMNS = (697, 770, 852, 941), (1209, 1336, 1477, 1633)


def tone(rate, seconds, hz, dbfs, twist_db=0.0, off=0.0):
    """Sum of sines, RMS of the sum `dbfs`, 5 ms ramps; the second is `twist_db` louder, frequencies off by a share."""
    t = np.arange(round(seconds * rate)) / rate
    out = sum(10 ** (twist_db * i / 20) * np.sin(2 * np.pi * f * (1 + off) * t + i) for i, f in enumerate(hz))
    ramp = np.minimum(1, np.minimum(np.arange(len(t)), np.arange(len(t))[::-1]) / (0.005 * rate))
    return out * ramp * 10 ** (dbfs / 20) / np.sqrt(np.mean(out**2) + 1e-12)


def music_files(split):
    own = c._files(c.MUSIC, "*.wav", split)
    city = sorted((c.CITY.parent / "music" / "default").glob("*.ogg"))
    return own + (city[:1] if split == "tune" else city[1:])


MUSIC = {}


def music(rng, rate, seconds, split):
    """A stretch of a piece of hold music, RMS 1, in a telephone's band."""
    file = music_files(split)[rng.integers(len(music_files(split)))]
    if (file, rate) not in MUSIC:
        MUSIC[file, rate] = c.load(file, rate)[: 200 * rate]
    piece = MUSIC[file, rate]
    start = rng.integers(0, len(piece) - round(seconds * rate) - 1)
    out = piece[start : start + round(seconds * rate)]
    out = c.telephone_band(out, rate, 250, min(3400, 0.45 * rate)) if rng.random() < 0.7 else out
    return out / (np.sqrt(np.mean(out**2)) + 1e-9)


class Call:
    """Two channels that grow along one clock."""

    def __init__(self, rng, rate, split):
        self.rng, self.rate, self.split = rng, rate, split
        self.at_s, self.pieces, self.phases, self.live = 0.0, ([], []), [], ([], [])
        everyone = c.speakers(split, rate)
        prompts = [s for s in everyone if c.SPEAKERS[s][2] == "prompts"]
        self.ivr = prompts[rng.integers(len(prompts))]
        people = [s for s in everyone if s != self.ivr and c.SPEAKERS[s][2] != "words"]
        self.people = list(rng.choice(people, 2, replace=False))
        self.ring = RINGS[rng.integers(len(RINGS))]

    def add(self, channel, samples, kind=None):
        self.pieces[channel].append((self.at_s, samples))
        end_s = self.at_s + len(samples) / self.rate
        if kind:
            self.phases.append([self.at_s, end_s, kind])
        return end_s

    def gap(self, seconds):
        self.at_s += seconds

    def ringing(self, n_rings):
        rng, level, first_s, last_s = self.rng, self.rng.uniform(-28, -16), self.at_s, 0.0
        for ring in range(n_rings):
            for i, seconds in enumerate(self.ring[2]):
                if i % 2 == 0:
                    self.pieces[0].append((self.at_s, tone(self.rate, seconds, self.ring[1], level)))
                    last_s = self.at_s + seconds
                elif ring == n_rings - 1 and i == len(self.ring[2]) - 1:
                    seconds = rng.uniform(0.3, seconds)
                self.at_s += seconds
        self.phases.append([first_s, last_s, "ringback"])

    def busy(self):
        hz, (on, off) = BUSIES[self.rng.integers(len(BUSIES))]
        level, first_s = self.rng.uniform(-28, -16), self.at_s
        for _ in range(self.rng.integers(4, 9)):
            self.pieces[0].append((self.at_s, tone(self.rate, on, hz, level)))
            last_s = self.at_s + on
            self.at_s += on + off
        self.phases.append([first_s, last_s, "busy"])

    def beep(self):
        hz = (self.rng.choice([440, 950, 1000, 1400]),)
        self.at_s = self.add(0, tone(self.rate, self.rng.uniform(0.2, 0.5), hz, self.rng.uniform(-26, -14)), "beep")

    def keys(self, n):
        rng = self.rng
        on, level = rng.uniform(0.06, 0.2), rng.uniform(-24, -8)
        for _ in range(n):
            pair = (rng.choice(ROWS), rng.choice(COLUMNS))
            self.at_s = self.add(1, tone(self.rate, on, pair, level, rng.uniform(-4, 4), rng.uniform(-0.012, 0.012)), "dtmf")
            self.at_s += rng.uniform(0.06, 0.5)

    def announce(self, seconds):
        own, first_s = c.clips(self.ivr, self.rate), self.at_s
        until_s = self.at_s + seconds
        while self.at_s < until_s - 1.0:
            clip = own[self.rng.integers(len(own))]
            self.at_s = last_s = self.add(0, c.at_level(clip, self.rate, -24.0))
            self.at_s += self.rng.uniform(0.2, 0.8)
        self.phases.append([first_s, last_s, "ivr"])
        self.at_s = last_s

    def hold_music(self, seconds, with_announcement=False):
        samples = music(self.rng, self.rate, seconds, self.split) * 10 ** (self.rng.uniform(-32, -20) / 20)
        fade = int(0.2 * self.rate)
        samples[:fade] *= np.linspace(0, 1, fade)
        samples[-fade:] *= np.linspace(1, 0, fade)
        if with_announcement:
            start_s, own = self.rng.uniform(6, seconds - 10), c.clips(self.ivr, self.rate)
            fit = [x for x in own if 2.0 < len(x) / self.rate < seconds - start_s - 4]
            clip = c.at_level(fit[self.rng.integers(len(fit))], self.rate, -22.0)
            a, b = round(start_s * self.rate), round(start_s * self.rate) + len(clip)
            samples[a:b] = samples[a:b] * 10 ** (-self.rng.uniform(8, 25) / 20) + clip
            spans = [(0, start_s, "music"), (start_s, start_s + len(clip) / self.rate, "ivr"), (start_s + len(clip) / self.rate, seconds, "music")]
        else:
            spans = [(0, seconds, "music")]
        self.phases += [[self.at_s + a, self.at_s + b, k] for a, b, k in spans]
        self.at_s = self.add(0, samples)

    def talk(self, seconds, first=0):
        rng, who, until_s = self.rng, first, self.at_s + seconds
        while self.at_s < until_s - 1.5:
            end_s = min(self.at_s + rng.uniform(2.0, 7.0), until_s)
            pieces = c.turns(rng, self.people[who], self.rate, [(self.at_s, end_s)])
            if not pieces:
                own = c.clips(self.people[who], self.rate)
                pieces = [(self.at_s, min(own, key=len))]
            self.live[who].extend(pieces)
            last_s, clip = pieces[-1]
            self.at_s = last_s + len(clip) / self.rate + rng.uniform(0.1, 1.0)
            who = 1 - who

    def recording(self):
        total_s = self.at_s + self.rng.uniform(0.3, 1.0)
        voices = []
        for own in self.live:
            line = c.place(total_s, self.rate, own)
            voices.append(c.at_level(line, self.rate, -26.0) if own else line)
        speech = [c.speech_intervals(v, self.rate, -26.0) if own else [] for v, own in zip(voices, self.live)]
        planes = [v + c.place(total_s, self.rate, p) for v, p in zip(voices, self.pieces)]
        return total_s, planes, speech


def outbound(call, rng):
    call.ringing(rng.integers(2, 5))
    call.talk(rng.uniform(18, 30), first=rng.integers(2))
    if rng.random() < 0.5:
        call.hold_music(rng.uniform(12, 25))
    else:
        call.gap(rng.uniform(11, 18))
    call.talk(rng.uniform(12, 25))
    if rng.random() < 0.5:
        call.gap(0.5)
        call.busy()


def inbound(call, rng):
    if rng.random() < 0.5:
        call.ringing(rng.integers(2, 3))
    call.announce(rng.uniform(5, 12))
    call.gap(rng.uniform(0.3, 1.0))
    call.keys(rng.integers(1, 13))
    call.gap(rng.uniform(0.3, 0.6))
    if rng.random() < 0.6:
        call.announce(rng.uniform(3, 6))
        call.gap(0.3)
    call.hold_music(rng.uniform(20, 35), with_announcement=rng.random() < 0.5)
    call.gap(rng.uniform(0.2, 0.8))
    call.talk(rng.uniform(20, 40))


def transfer(call, rng):
    call.gap(rng.uniform(0.2, 0.6))
    call.talk(rng.uniform(15, 25))
    if rng.random() < 0.5:
        call.hold_music(rng.uniform(8, 20))
    call.gap(0.4)
    call.ringing(rng.integers(2, 4))
    call.talk(rng.uniform(15, 30))
    if rng.random() < 0.5:
        call.gap(0.4)
        call.beep()
        call.gap(0.4)
        call.talk(rng.uniform(5, 10))


def pauses(call, rng):
    call.gap(rng.uniform(0.2, 0.6))
    call.talk(rng.uniform(12, 20))
    call.gap(rng.uniform(3, 6))
    call.talk(rng.uniform(10, 15))
    call.gap(rng.uniform(12, 22))
    call.talk(rng.uniform(12, 20))


def plain(call, rng):
    call.gap(rng.uniform(0.2, 0.6))
    call.talk(rng.uniform(45, 60))


def like_music(rng, rate, n, split):
    """Sounds of a room that are like tones or music, and the name: whistling, cash desk, hum, a radio."""
    name = rng.choice(["whistle", "cash_desk", "hum50", "radio"])
    out = np.zeros(n)
    if name == "whistle":
        at = 0
        while at < n:
            m = min(int(rng.uniform(0.3, 1.2) * rate), n - at)
            hz = np.interp(np.arange(m), np.linspace(0, m, 5), rng.uniform(900, 2200) * (1 + rng.uniform(-0.08, 0.08, 5)))
            out[at : at + m] = np.sin(2 * np.pi * np.cumsum(hz) / rate) * np.hanning(m)
            at += m + int(rng.uniform(0.05, 3.0) * rate)
    elif name == "cash_desk":
        at = int(rng.uniform(1, 4) * rate)
        while at < n - rate:
            beep = tone(rate, rng.uniform(0.08, 0.15), (rng.choice([2400, 2800, 3100]),), -3.0)
            out[at : at + len(beep)] = beep
            at += int(rng.uniform(1.5, 6.0) * rate)
    else:
        out, _ = c.noise(rng, "hum50" if name == "hum50" else "music", rate, n, split)
    return out / (np.sqrt(np.mean(out**2)) + 1e-9), str(name)


NOISES = ("white", "pink", "speech_shaped", "fan", "babble", "office", "street", "events")


def silences(phases, speech, total_s):
    """Times of at least 2 s in which nobody speaks and nothing else sounds."""
    busy = np.zeros(round(total_s * 100), bool)
    for a, b, *_ in [p for p in phases] + [s for line in speech for s in line]:
        busy[round(a * 100) : round(b * 100)] = True
    edges = np.flatnonzero(np.diff(np.concatenate([[1], busy.astype(int), [1]])))
    return [[a / 100, b / 100] for a, b in edges.reshape(-1, 2) if b - a >= 200]


def main(folder, split, n_files=72):
    corpus = c.Corpus(pathlib.Path(folder), split)
    makers = [outbound, inbound, inbound, transfer, pauses, plain]
    for i in range(n_files):
        rng = c.generator("phases", split, i)
        make = makers[i % len(makers)]
        rate = 8000 if i % 4 else 16000
        call = Call(rng, rate, split)
        make(call, rng)
        total_s, planes, speech = call.recording()
        n, truth_noise, like = len(planes[0]), [], None
        level = -26.0
        for channel in range(2):
            snr_db = float(rng.uniform(10, 30))
            kind = NOISES[rng.integers(len(NOISES))]
            if make is plain and channel == 0:
                noise, like = like_music(rng, rate, n, split)
                snr_db, kind = max(snr_db, 15.0), like
            else:
                noise, _ = c.noise(rng, kind, rate, n, split)
            planes[channel] = planes[channel] + noise * 10 ** ((level - snr_db) / 20) + c.line_floor(rng, n)
            truth_noise.append([kind, round(snr_db, 1)])
        leak_db = None
        if i % 3 == 0:
            leak_db, delay = float(rng.uniform(12, 30)), int(rng.uniform(0, 0.04) * rate)
            planes[1] = planes[1] + np.concatenate([np.zeros(delay), planes[0][: n - delay]]) * 10 ** (-leak_db / 20)
        codec = [None, "ulaw", "mp3_16k", "gsm", "amr", "opus_8k", "alaw"][i % 7]
        if codec in ("gsm", "amr") and rate != 8000:
            codec = "ulaw"
        mono = (i // len(makers)) % 3 == 2
        if mono:
            planes = [planes[0] + planes[1]]
        planes = [c.coded(p, rate, codec) for p in planes]
        phases = [[round(a, 3), round(b, 3), k] for a, b, k in call.phases]
        phases += [[a, b, "silence"] for a, b in silences(phases, speech, total_s)]
        merged = []
        for a, b in sorted(s for line in speech for s in line):
            if merged and a - merged[-1][1] < 2.0:
                merged[-1][1] = max(merged[-1][1], b)
            else:
                merged.append([a, b])
        phases += [[a, b, "talk"] for a, b in merged]
        corpus.add(
            f"{i:03d}-{make.__name__}-{'mono' if mono else 'stereo'}",
            rate,
            planes,
            duration_s=round(total_s, 3),
            template=make.__name__,
            mono=mono,
            country=call.ring[0],
            codec=codec or "none",
            noise=truth_noise,
            leak_db=leak_db,
            phases=sorted(phases),
            speech=speech,
        )
    corpus.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 72)
