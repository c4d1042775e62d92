"""Damaged lines with known truth: clipping, dropouts, band edges and the traces of codecs.

    python3 benches/corpus/damage.py FOLDER [--split tune|test] [--per-condition N]

Writes FOLDER/<split>/*.wav of 15 to 20 s and manifest.jsonl. Each line has `group` (clip, drop, band, clue), `condition`
and the truth of its group:
clip: `clipped_ratio` and `spans_s` (share and places of samples in runs of at least 3 at the rail, before anything was
done to the sound afterwards) and `gain_db`; 0 for the negatives. drop: `holes_s` [[start_s, end_s]]. band: `edge_hz`, the
-6 dB point of a filter run both ways or of a symmetric FIR filter (slow: -3 dB); upsampled: half of the first rate. clue: `clues`, names of what was done.
"""

import argparse
import multiprocessing

import numpy as np
import scipy.signal as ss

import common as c

CLIP_CODECS = ["none", "gain", "noise", "ulaw", "alaw", "gsm", "amr", "mp3_16k", "mp3_32k", "opus_8k", "up", "down"]
DROP_CONDITIONS = ["plain", "digital_floor", "noise", "noise_after", "ulaw", "alaw", "opus_8k", "mp3_32k", "gsm", "amr"]
DROP_NEGATIVES = ["whole", "gated", "synthetic", "synthetic_ulaw"]
BAND_CONDITIONS = ["butter", "fir", "noise", "upsampled", "upper_noise", "mp3", "slow"]
CLUES = ["pcm8", "pcm16", "pcm48", "ulaw", "alaw", "ulaw_gain", "alaw_gain", "mp3_16k", "mp3_32k", "mp3_48k", "up16", "up44", "eight_bit", "gsm", "amr", "opus_8k"]


def runs(flags, shortest):
    """Runs of True of at least `shortest`, as [[start, end)]."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2) if b - a >= shortest]


def talk(rng, split, rate, seconds=20.0, real=None):
    names = c.speakers(split, rate, real)
    speaker = names[rng.integers(len(names))]
    return speaker, c.monologue(rng, speaker, rate, seconds, active_level_dbov=-26.0)


def clip_at_share(rng, speech, share):
    """Speech clipped so that about this share of the samples lies in flat tops; (samples at full scale, flags)."""
    low, high = np.percentile(np.abs(speech), 70), np.max(np.abs(speech))
    one_sided = rng.random() < 0.15
    for _ in range(25):
        rail = np.sqrt(low * high)
        at = speech >= rail if one_sided else np.abs(speech) >= rail
        found = runs(at & (speech > 0), 3) + runs(at & (speech < 0), 3)
        if sum(b - a for a, b in found) / len(speech) > share:
            low = rail
        else:
            high = rail
    flags = np.zeros(len(speech), bool)
    for a, b in found:
        flags[a:b] = True
    return (np.minimum(speech, rail) if one_sided else np.clip(speech, -rail, rail)) / rail * 0.999, flags


def limited(rng, speech, rate):
    """A compressor with a gain that moves slowly against the wave: loud and even, but no flat tops."""
    attack, release = np.exp(-1 / (rate * 0.003)), np.exp(-1 / (rate * rng.uniform(0.05, 0.3)))
    envelope, level = np.zeros(len(speech)), 0.0
    for i, x in enumerate(np.abs(speech)):
        level = x + (level - x) * (attack if x > level else release)
        envelope[i] = level
    threshold = np.percentile(np.abs(speech), 90)
    ratio = rng.choice([3.0, 8.0, 20.0])
    return speech * np.maximum(envelope / threshold, 1.0) ** (1 / ratio - 1)


def after(rng, samples, rate, how, split):
    """What happens to a recording after the damage: (samples, rate, gain_db)."""
    gain_db = 0.0 if how == "none" else -float(rng.uniform(1, 20))
    samples = samples * 10 ** (gain_db / 20)
    if how in c.CODECS:
        return c.coded(samples, rate, how), rate, gain_db
    if how == "noise":
        return samples + c.line_floor(rng, len(samples)), rate, gain_db
    if how == "up":
        return c.resample(samples, rate, 2 * rate), 2 * rate, gain_db
    if how == "down":
        return c.resample(samples, rate, rate // 2), rate // 2, gain_db
    return samples, rate, gain_db


def clip_case(rng, split, how, i):
    rate = 16000 if how == "down" or (how not in ("gsm", "amr") and rng.random() < 0.4) else 8000
    speaker, speech = talk(rng, split, rate)
    share = 10 ** rng.uniform(np.log10(0.0011), np.log10(0.05))
    loud, flags = clip_at_share(rng, speech, share)
    out, out_rate, gain_db = after(rng, loud, rate, how, split)
    spans = [[a / rate, b / rate] for a, b in runs(flags, 1)]
    return out, out_rate, dict(speaker=speaker, clipped_ratio=float(np.mean(flags)), spans_s=spans, gain_db=gain_db)


def unclipped_case(rng, split, kind, i):
    rate = 16000 if rng.random() < 0.4 else 8000
    how = CLIP_CODECS[i % len(CLIP_CODECS)]
    rate = 16000 if how == "down" else 8000 if how in ("gsm", "amr") else rate
    n = 20 * rate
    speaker, speech = talk(rng, split, rate)
    if kind == "limited":
        speech = limited(rng, speech, rate)
    elif kind == "agc":
        level = np.convolve(np.abs(speech), np.ones(rate) / rate, "same")
        speech = speech / (level + 0.1 * level.max())
    elif kind == "music":
        speech = c.noise(rng, "music", rate, n, split)[0]
    elif kind == "tones":
        t = np.arange(n) / rate
        f = rng.choice([400, 425, 440, 480, 770, 1336, 1000, 350], 2, replace=False)
        on = (t % 1.3) < rng.uniform(0.1, 1.0)
        speech = on * (np.sin(2 * np.pi * f[0] * t) + rng.integers(2) * np.sin(2 * np.pi * f[1] * t))
    elif kind == "eight_bit":
        speech = np.round(speech / np.max(np.abs(speech)) * 10 ** (-rng.uniform(0, 20) / 20) * 127) / 128
    if kind != "eight_bit":
        speech = speech / np.max(np.abs(speech)) * 0.98
    out, out_rate, gain_db = after(rng, speech, rate, how, split)
    return out, out_rate, dict(speaker=speaker, clipped_ratio=0.0, spans_s=[], gain_db=gain_db, later=how)


def gate(rng, samples, rate):
    """A noise gate: shut when 10 ms are below its threshold for longer than it holds, with ramps."""
    level = np.sqrt(np.convolve(samples**2, np.ones(rate // 100) / (rate // 100), "same"))
    threshold = 10 ** ((-26 - rng.uniform(15, 30)) / 20)
    hold = int(rng.choice([0.02, 0.05, 0.1, 0.2]) * rate)
    last = np.maximum.accumulate(np.where(level > threshold, np.arange(len(level)), -(10**9)))
    target = (np.arange(len(level)) - last <= hold).astype(float)
    up, down = 1 / (rate * rng.choice([0.0005, 0.002, 0.005])), 1 / (rate * rng.choice([0.001, 0.01, 0.05]))
    gain, value = np.zeros(len(level)), 0.0
    for i, t in enumerate(target):
        value = min(t, value + up) if t > value else max(t, value - down)
        gain[i] = value
    return samples * gain


def holes(rng, speech, rate, n):
    """Places of n holes inside speech, 0.6 s apart, 20 to 500 ms, that begin and end where there is sound."""
    spans, found = c.speech_intervals(speech, rate), []
    level = 10 * np.log10(np.convolve(speech**2, np.ones(rate // 200) / (rate // 200), "same") + 1e-12)
    for _ in range(400):
        a, b = spans[rng.integers(len(spans))]
        length = min(10 ** rng.uniform(np.log10(0.02), np.log10(0.5)), 0.5)
        if len(found) < n and b - a > length + 0.1:
            start = rng.uniform(a + 0.03, b - length - 0.03)
            ends = level[int((start - 0.004) * rate)], level[int((start + length + 0.004) * rate)]
            if min(ends) > -58 and all(start > y + 0.6 or start + length < x - 0.6 for x, y in found):
                found.append((start, start + length))
    return [[round(a * rate) / rate, round(b * rate) / rate] for a, b in sorted(found)]


def drop_case(rng, split, how, i):
    rate = 16000 if how not in ("gsm", "amr") and rng.random() < 0.4 else 8000
    real = None if how != "digital_floor" else False
    speaker, speech = talk(rng, split, rate, real=real)
    places = holes(rng, speech, rate, int(rng.integers(1, 11)))
    out = speech.copy()
    if how == "noise":
        out += c.at_rms(c.noise(rng, rng.choice(["pink", "babble", "fan"]), rate, len(out), split)[0], -26 - rng.uniform(10, 30))
    elif how != "digital_floor":
        out += 10 ** rng.uniform(-0.3, 0.9) * c.line_floor(rng, len(out))
    for a, b in places:
        out[round(a * rate) : round(b * rate)] = 0
    if how == "noise_after":
        out += c.line_floor(rng, len(out))
    if how in c.CODECS:
        out = c.coded(out, rate, how)
    return out, rate, dict(speaker=speaker, holes_s=places)


def whole_case(rng, split, kind, i):
    rate = 16000 if rng.random() < 0.4 else 8000
    speaker, speech = talk(rng, split, rate, real=None if kind in ("whole", "gated") else False)
    if kind in ("whole", "gated"):
        speech = speech + 10 ** rng.uniform(0, 1.2) * c.line_floor(rng, len(speech))
        speech = gate(rng, speech, rate) if kind == "gated" else c.coded(speech, rate, rng.choice(["none", "ulaw", "opus_8k", "mp3_32k"]))
    elif kind == "synthetic_ulaw":
        speech = c.coded(speech, rate, rng.choice(["ulaw", "alaw"]))
    return speech, rate, dict(speaker=speaker, holes_s=[])


def wide_talk(rng, split, rate):
    """Speech that fills the band of its rate as far as the source goes, and up to where it is known to go."""
    names = [n for n in c.speakers(split, 22050, real=False) if c.SPEAKERS[n][2] == "espeak"] if rate > 16000 else c.speakers(split, rate)
    speaker = names[rng.integers(len(names))]
    return speaker, c.monologue(rng, speaker, rate, 15.0)


def band_case(rng, split, how, i):
    rate = int(rng.choice([8000, 16000, 16000, 44100, 48000]))
    if how in ("upsampled", "upper_noise", "mp3", "slow") and rate == 8000:
        rate = 16000
    speaker, speech = wide_talk(rng, split, rate)
    edge = float(rng.uniform(2500, {8000: 3600, 16000: 6000}.get(rate, 7500)))
    if how == "upsampled":
        edge, speech = 4000.0, c.resample(c.resample(speech, rate, 8000), 8000, rate)
    elif how == "slow":
        speech = ss.sosfilt(ss.butter(4, edge, fs=rate, output="sos"), speech)
    elif how == "fir" or how == "mp3":
        speech = ss.fftconvolve(speech, ss.firwin(255, edge, fs=rate), "same")
    else:
        speech = ss.sosfiltfilt(ss.butter(int(rng.integers(5, 10)), edge, fs=rate, output="sos"), speech)
    if how == "noise":
        speech = speech + c.at_rms(c.noise(rng, "pink", rate, len(speech), split)[0], -26 - rng.uniform(20, 35))
    elif how == "upper_noise":
        above = ss.sosfilt(ss.butter(8, min(edge + 200, rate * 0.45), "highpass", fs=rate, output="sos"), rng.standard_normal(len(speech)))
        speech = speech + c.at_rms(above, -26 - rng.uniform(30, 45))
    elif how == "mp3":
        speech = c.coded(speech, rate, "mp3_32k")
    return speech + c.line_floor(rng, len(speech)), rate, dict(speaker=speaker, edge_hz=edge)


def clue_case(rng, split, kind, i):
    rate = {"pcm8": 8000, "pcm48": 48000, "mp3_48k": 48000, "up44": 44100}.get(kind)
    rate = rate or (8000 if kind in ("gsm", "amr", "opus_8k") else 16000 if kind in ("pcm16", "up16", "mp3_32k") else int(rng.choice([8000, 16000])))
    speaker, speech = wide_talk(rng, split, rate)
    speech = (speech + c.line_floor(rng, len(speech))) * 10 ** (rng.uniform(-6, 10) / 20)
    clues = [kind]
    name = kind.removesuffix("_gain")
    if kind.startswith("pcm"):
        clues = []
    elif kind == "mp3_48k":
        speech = c.coded(speech, rate, "mp3_32k")
    elif name in c.CODECS:
        speech = c.coded(speech, rate, name)
    elif kind.startswith("up"):
        speech = c.resample(c.resample(speech, rate, 8000), 8000, rate)
    elif kind == "eight_bit":
        speech = np.round(speech * 128) / 128
    if kind.endswith("_gain"):
        speech = speech * 10 ** (-rng.uniform(1, 15) / 20)
    return speech, rate, dict(speaker=speaker, clues=clues)


CASES = (
    [("clip", how, clip_case) for how in CLIP_CODECS]
    + [("clip", kind, unclipped_case) for kind in ("plain", "limited", "agc", "music", "tones", "eight_bit")]
    + [("drop", how, drop_case) for how in DROP_CONDITIONS]
    + [("drop", kind, whole_case) for kind in DROP_NEGATIVES]
    + [("band", how, band_case) for how in BAND_CONDITIONS]
    + [("clue", kind, clue_case) for kind in CLUES]
)


def made(job):
    split, group, condition, i = job
    make = next(f for g, name, f in CASES if (g, name) == (group, condition))
    rng = c.generator("damage", split, group, condition, i)
    samples, rate, truth = make(rng, split, condition, i)
    return f"{group}_{condition}_{i:03}", rate, samples, dict(group=group, condition=condition, **truth)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder")
    arguments.add_argument("--split", choices=["tune", "test"], action="append")
    arguments.add_argument("--per-condition", type=int, default=60)
    arguments.add_argument("--group", action="append")
    given = arguments.parse_args()
    # One process a core; each speaker's clips are loaded once in each.
    for split in given.split or ["tune", "test"]:
        corpus = c.Corpus(given.folder, split)
        jobs = [(split, g, name, i) for g, name, _ in CASES if not given.group or g in given.group for i in range(given.per_condition)]
        with multiprocessing.Pool(2) as pool:
            for name, rate, samples, truth in pool.imap(made, jobs, chunksize=8):
                corpus.add(name, rate, [samples], **truth)
        corpus.close()
