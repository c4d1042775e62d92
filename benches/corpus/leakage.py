"""Leakage of one channel into the other: gain and delay known, each direction by itself, and clean calls.

`customer'(t) = customer(t) + g * agent(t - delay)`, the delay with fractions of a sample, made in the frequency domain.
In `echo` cases the path is a short room's response whose first arrival has that gain and delay. Then noise of each
line's own, in some calls a hum that both lines share, a level of each channel's own, and a codec for each channel by
itself. Directions without leakage are clean ones. Speakers, noises and codecs: see common.py.

    python3 benches/corpus/leakage.py FOLDER [SPLIT [N]]
"""

import sys

import numpy as np

import common as c

RATE = 8000
TOTAL_S = 32.0
GAINS_DB = (-6, -12, -20, -25, -30, -40)
NOISES = ("white", "pink", "speech_shaped", "fan", "office", "street", "babble")
CODECS = ("none", "ulaw", "alaw", "gsm", "amr", "mp3_16k", "mp3_32k", "opus_8k")


def delayed(samples, delay_samples):
    """Band-limited delay, negative = earlier; nothing wraps round."""
    pad = int(abs(delay_samples)) + 64
    long = np.concatenate([np.zeros(pad), samples, np.zeros(pad)])
    spectrum = np.fft.rfft(long) * np.exp(-2j * np.pi * np.fft.rfftfreq(len(long)) * delay_samples)
    return np.fft.irfft(spectrum, len(long))[pad : pad + len(samples)]


def echo_path(rng, rate):
    """A short path of several arrivals: the first one of size 1, the rest 6 to 12 dB below it in all energy."""
    n = int(rng.uniform(0.02, 0.06) * rate)
    tail = rng.standard_normal(n) * 10 ** (-2 * np.arange(n) / n)
    tail[0] = 0
    tail *= 10 ** (-rng.uniform(6, 12) / 20) / np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    return tail


def leaked(rng, samples, gain_db, delay_ms, is_echo, rate=RATE):
    copy = delayed(samples, delay_ms * rate / 1000)
    if is_echo:
        copy = np.convolve(copy, echo_path(rng, rate))[: len(copy)]
    return copy * 10 ** (gain_db / 20)


def call(split, gain_db, i):
    rng = c.generator("leakage", split, gain_db, i)
    names = c.speakers(split, RATE)
    agent, customer = rng.choice(names, 2, replace=False)
    levels = (rng.uniform(-32, -22), rng.uniform(-32, -22))
    own = c.dialogue(rng, agent, customer, RATE, TOTAL_S, overlap=0.3, levels_dbov=levels)
    n = len(own[0])
    out = [own[0].copy(), own[1].copy()]
    truth = []
    directions = [] if gain_db is None else [[0], [1], [0, 1]][rng.integers(3)]
    for frm in directions:
        delay_ms = round(float(rng.choice([0.0, rng.uniform(-20, 20), rng.uniform(0, 60), rng.uniform(60, 200)])), 3)
        is_echo = bool(rng.random() < 0.2)
        out[1 - frm] = out[1 - frm] + leaked(rng, own[frm], gain_db, delay_ms, is_echo)
        truth.append({"from": frm, "to": 1 - frm, "gain_db": gain_db, "delay_ms": delay_ms, "echo": is_echo})
    line = "floor"
    noises = [c.line_floor(rng, n), c.line_floor(rng, n)]
    if rng.random() < 0.5:
        line = str(rng.choice(NOISES))
        snr_db = rng.uniform(10, 25)
        for k in (0, 1):
            noises[k] = noises[k] + c.at_rms(c.noise(rng, line, RATE, n, split)[0], levels[k] - snr_db)
    has_hum = bool(rng.random() < 0.25)
    if has_hum:
        hum = c.hum(rng, RATE, n, 50)
        for k in (0, 1):
            noises[k] = noises[k] + c.at_rms(hum, rng.uniform(-60, -45))
    codec = "none" if rng.random() < 0.35 else str(rng.choice(CODECS[1:]))
    name = f"{'clean' if gain_db is None else -gain_db}_{i:03}"
    facts = dict(leakage=truth, codec=codec, line=line, hum=has_hum, speakers=[str(agent), str(customer)])
    return name, [np.clip(out[k] + noises[k], -1, 1) for k in (0, 1)], facts


def coded_apart(planes, codec):
    """Each plane through the codec by itself, half a second of silence between them: one run for all."""
    gap = np.zeros(RATE // 2)
    joined = c.coded(np.concatenate([part for plane in planes for part in (plane, gap)]), RATE, codec)
    step = len(planes[0]) + len(gap)
    return [joined[k * step : k * step + len(planes[0])] for k in range(len(planes))]


def write(corpus, made):
    """Calls of one codec at a time."""
    for codec in CODECS:
        calls = [one for one in made if one[2]["codec"] == codec]
        planes = [plane for _, both, _ in calls for plane in both]
        if planes:
            planes = coded_apart(planes, codec)
        for k, (name, _, facts) in enumerate(calls):
            corpus.add(name, RATE, planes[2 * k : 2 * k + 2], **facts)


def main(folder, splits=("tune", "test"), n=45):
    for split in splits:
        corpus = c.Corpus(folder, split)
        # Twice as many clean calls: so that a share of 1 % can be told from none.
        made = [call(split, None, i) for i in range(2 * n)]
        made += [call(split, gain_db, i) for i in range(n) for gain_db in GAINS_DB]
        write(corpus, made)
        corpus.close()


if __name__ == "__main__":
    main(sys.argv[1], (sys.argv[2],) if len(sys.argv) > 2 else ("tune", "test"), int(sys.argv[3]) if len(sys.argv) > 3 else 45)
