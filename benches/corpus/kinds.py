"""Kinds of background noise under speech: one kind a recording, and recordings in which the kind changes.

    python3 benches/corpus/kinds.py FOLDER [tune|test] [recordings of one kind each] [recordings with changes]

Truth in each line of the manifest: `kind` over the call (the one that lasts longest), `segments` [[start_s, end_s,
kind]], `hum_hz`, `snr_db`, `codec`, `speech` [[start_s, end_s]], `noise_dbfs`. Groups: `single` and `mixed`.

More sources than common.py (Debian): supertux-data, ardentryst, frozen-bubble-data (tune); singularity-music,
unknown-horizons, lincity-ng-data's music (test). A track, its composer and its package are in one split only.
"""

import functools
import pathlib
import sys

import numpy as np
import scipy.signal as ss
import soundfile as sf

import common

SINGLE_S, MIXED_S = 22.0, 60.0
KINDS = ("none", "stationary", "hum", "babble", "music", "intermittent")
GAMES = pathlib.Path("/usr/share/games")
HORIZONS = pathlib.Path("/usr/share/unknown-horizons/content/audio")
TRACKS = {
    "tune": [(GAMES / "supertux2" / "music", "*/*.ogg"), (GAMES / "ardentryst" / "Music", "*.ogg"), (GAMES / "frozen-bubble" / "snd", "*zik*.ogg")],
    "test": [(GAMES / "singularity" / "music", "**/*.ogg"), (GAMES / "lincity-ng" / "music" / "default", "*.ogg"), (HORIZONS / "music", "**/*.ogg")],
}
RAIN = {
    "tune": [GAMES / "supertux2" / "sounds" / "rain.wav", GAMES / "supertux2" / "sounds" / "waterfall.wav"],
    "test": [GAMES / "ardentryst" / "Sounds" / "Rain_Loop.ogg"],
}
CODECS = [None, None, None, "ulaw", "alaw", "gsm", "mp3_16k", "amr", "opus_8k"]


@functools.lru_cache(maxsize=None)
def tracks(split):
    found = [f for folder, pattern in TRACKS[split] for f in sorted(folder.glob(pattern))]
    return sorted(common.MUSIC.glob("*.wav"))[0 if split == "tune" else 1 :: 2] * 3 + found


def excerpt(rng, path, rate, n):
    """n samples from somewhere in a track, not in its first and last tenth."""
    with sf.SoundFile(path) as file:
        want = int(n / rate * file.samplerate) + 100
        if file.frames < 1.3 * want:
            return common._loop(rng, common.load(path, rate), n)
        file.seek(int(rng.uniform(0.1, 0.9 - want / file.frames) * file.frames) if file.frames > 1.3 * want else 0)
        samples = file.read(want, always_2d=True).mean(axis=1)
        return common.resample(samples, file.samplerate, rate)[:n]


def music(rng, rate, n, split):
    names = tracks(split)
    for _ in range(10):
        out = excerpt(rng, names[rng.integers(len(names))], rate, n)
        # Not a fade, not a silent bar.
        level = common.db(np.sqrt([np.mean(block**2) for block in np.array_split(out, max(2, n // rate))]) + 1e-9)
        if len(out) == n and np.std(out) > 1e-3 and np.min(level) > np.max(level) - 25:
            return out
    return out


def steady(rng, rate, n, split):
    """Hiss, fans, line noise, rain: a random smooth spectrum, with or without a resonance, swinging by under 1 dB."""
    which = rng.integers(6)
    if which == 5:
        files = [f for f in RAIN[split] if f.exists()]
        return common._loop(rng, common.load(files[rng.integers(len(files))], rate), n)
    if which < 2:
        out = common.noise(rng, ("white", "pink", "speech_shaped", "fan")[rng.integers(4)], rate, n, split)[0]
    else:
        knots = np.log2([20, 100, 300, 1000, 3000, 8000])
        gains = np.cumsum(rng.uniform(-9, 4, len(knots)))
        at, width, gain = rng.uniform(100, 2000), rng.uniform(20, 200), rng.uniform(0, 12)
        out = common._shaped(rng, n, rate, lambda f: np.interp(np.log2(f), knots, gains) + gain * np.exp(-(((f - at) / width) ** 2)))
    swing_db = np.interp(np.arange(n), np.linspace(0, n, 12), rng.uniform(-0.7, 0.7, 12))
    return out * 10 ** (swing_db / 20)


def mains(rng, rate, n, hz, telephone):
    """Mains up to 0.1 % off, weak or strong harmonics, some hiss with it; `telephone` takes away what a telephone does."""
    t = np.arange(n) / rate
    hz = hz * (1 + rng.uniform(-1e-3, 1e-3))
    slope = rng.uniform(0.3, 2.5)
    out = np.zeros(n)
    for k in range(1, int(min(1500, rate * 0.45) / hz)):
        even_db = -rng.uniform(0, 12) * (k % 2)
        out += 10 ** ((-slope * (k - 1) + even_db + rng.normal(0, 3)) / 20) * np.sin(2 * np.pi * k * hz * t + rng.uniform(0, 6.3))
    if telephone:
        out = common.telephone_band(out, rate)
    hiss = common._shaped(rng, n, rate, lambda f: -3 * np.log2(f / 100))
    return out / np.std(out) + hiss / np.std(hiss) * 10 ** (-rng.uniform(6, 25) / 20)


def voices(rng, rate, n, split):
    """A single neighbour in a room, a few, many, an office with keys, a café."""
    which = rng.integers(5)
    if which < 3:
        out = common.babble(rng, rate, n, split, n_talkers=(1, 3, 8)[which])
        return common.telephone_band(out, rate, 150, 3600) if rng.random() < 0.5 else out
    return common.noise(rng, ("office", "cafe")[which - 3], rate, n, split)[0]


def passing(rng, rate, n):
    """Cars that pass: low noise that swells and fades within seconds, every 4 to 9 s."""
    out, t = 0.02 * common._shaped(rng, n, rate, lambda f: -5 * np.log2(f / 100)), np.arange(n) / rate
    car = common._shaped(rng, n, rate, lambda f: -4 * np.log2(f / 150))
    at = rng.uniform(0, 3)
    gain = np.full(n, 0.03)
    while at < n / rate:
        gain += rng.uniform(0.4, 1) / (1 + ((t - at) / rng.uniform(0.3, 0.9)) ** 2) ** 1.5
        at += rng.uniform(4, 9)
    return out + gain * car


def comes_and_goes(rng, rate, n, split):
    which = rng.integers(5)
    if which == 0:
        return passing(rng, rate, n)
    if which == 1:
        return common.noise(rng, "street", rate, n, split)[0]
    if which == 2:
        return common.events(rng, rate, n, split, per_minute=rng.uniform(15, 60))
    if which == 3:
        return common.keyboard(rng, rate, n, split, per_second=rng.uniform(2, 8))
    return common.keyboard(rng, rate, n, split) * 3 + common.events(rng, rate, n, split)


def background(rng, kind, rate, n, split):
    """n samples of a kind, RMS 1, and the mains frequency."""
    hum_hz = None
    if kind == "hum":
        hum_hz = (50, 60)[rng.integers(2)]
        out = mains(rng, rate, n, hum_hz, telephone=rng.random() < 0.5)
    else:
        out = {"stationary": steady, "babble": voices, "music": music, "intermittent": comes_and_goes}[kind](rng, rate, n, split)
    return out / (np.sqrt(np.mean(out**2)) + 1e-12), hum_hz


def recording(rng, split, rate, plan, snr_db, speaker):
    """Speech over [(start_s, end_s, kind)]; neighbours meet in a cross-fade of 50 ms."""
    total_s = plan[-1][1]
    n = round(total_s * rate)
    level = rng.uniform(-30, -22)
    clean = common.monologue(rng, speaker, rate, total_s, level)
    noise, hum_hz = 10 ** (rng.uniform(-82, -70) / 20) * rng.standard_normal(n), None
    for start_s, end_s, kind in plan:
        if kind == "none":
            continue
        a, b = round(start_s * rate), round(end_s * rate)
        piece, hz = background(rng, kind, rate, b - a, split)
        fade = rate // 20
        piece[:fade] *= np.linspace(0, 1, fade)
        piece[-fade:] *= np.linspace(1, 0, fade)
        noise[a:b] += piece * 10 ** ((level - snr_db) / 20)
        hum_hz = hum_hz or hz
    return clean, clean + noise, hum_hz


def make(folder, split, n_single, n_mixed):
    out = common.Corpus(folder, split)

    def add(name, group, rng, plan):
        rate = 16000 if rng.random() < 0.25 else 8000
        names = common.speakers(split, rate)
        snr_db, codec = float(rng.uniform(5, 25)), CODECS[rng.integers(len(CODECS))]
        codec = None if rate > 8000 and codec in ("gsm", "amr") else codec
        clean, sound, hum_hz = recording(rng, split, rate, plan, snr_db, names[rng.integers(len(names))])
        lasts = {kind: sum(b - a for a, b, k in plan if k == kind) for _, _, kind in plan}
        out.add(name, rate, [common.coded(sound, rate, codec)], group=group, kind=max(lasts, key=lasts.get), segments=plan,
                hum_hz=hum_hz, snr_db=round(snr_db, 2), codec=codec or "none", speech=common.speech_intervals(clean, rate))

    for i in range(n_single):
        for kind in KINDS:
            add(f"{kind}_{i:03}", "single", common.generator("kinds", split, kind, i), [[0.0, SINGLE_S, kind]])
    for i in range(n_mixed):
        rng = common.generator("kinds", split, "mixed", i)
        n_parts = rng.integers(2, 5)
        borders = [0.0, *(MIXED_S * (k + rng.uniform(-0.25, 0.25)) / n_parts for k in range(1, n_parts)), MIXED_S]
        order = []
        while len(order) < len(borders) - 1:
            kind = KINDS[rng.integers(len(KINDS))]
            if not order or order[-1] != kind:
                order.append(kind)
        add(f"mixed_{i:03}", "mixed", rng, [[round(a, 2), round(b, 2), kind] for a, b, kind in zip(borders, borders[1:], order)])
    out.close()


if __name__ == "__main__":
    wanted = [sys.argv[2]] if len(sys.argv) > 2 else ["tune", "test"]
    counts = [int(v) for v in sys.argv[3:5]] or [60, 60]
    for one in wanted:
        make(sys.argv[1], one, *counts)
