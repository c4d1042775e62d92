#!/usr/bin/env python3
"""Makes the signals of signals.tsv as 16-bit WAV files: signals.py FOLDER.

tests/it/levels.rs makes the same samples from the same rows; change both or neither. Python's standard library only.
Kinds: sine (of freq_hz), square (freq_hz), noise (white, uniform), speech (a gliding buzz in syllables). `level_dbfs`
is the RMS of sine, square and noise and about that of speech while it is on. The sound is on for `on_s`, off for
`off_s`, and so on (off_s 0: always on); white noise with an RMS of `noise_dbfs` and an offset are added throughout.
"""
import csv
import math
import os
import struct
import sys
import wave

MULTIPLIER, INCREMENT, MASK = 6364136223846793005, 1442695040888963407, (1 << 64) - 1


def white(state):
    """Knuth's MMIX generator: uniform values with an RMS of 1."""
    while True:
        state = (state * MULTIPLIER + INCREMENT) & MASK
        yield (2.0 * ((state >> 33) / 2147483648.0) - 1.0) * math.sqrt(3.0)


def source(row, t, breath):
    turn = 2.0 * math.pi
    kind, hz = row["kind"], float(row["freq_hz"])
    if kind == "sine":
        return math.sqrt(2.0) * math.sin(turn * hz * t)
    if kind == "square":
        # A quarter of a sample off, so that no sample lies on an edge.
        return 1.0 if math.sin(turn * hz * (t + 0.25 / float(row["rate_hz"]))) >= 0.0 else -1.0
    if kind == "noise":
        return breath
    phase = turn * hz * t + 6.0 * math.sin(turn * 0.37 * t)
    # Up to about 3.4 kHz at a pitch of at most 134 Hz more than `hz`.
    buzz = sum(math.sin(phase * h) / h for h in range(1, 16))
    return 1.2 * math.sin(turn * 2.0 * t) ** 2 * (buzz + 0.3 * breath)


def samples(row):
    rate, level = int(row["rate_hz"]), 10.0 ** (float(row["level_dbfs"]) / 20.0)
    on_s, off_s, offset = float(row["on_s"]), float(row["off_s"]), float(row["offset"])
    floor = 10.0 ** (float(row["noise_dbfs"]) / 20.0) if row["noise_dbfs"] else 0.0
    breath, hiss = white(int(row["seed"])), white(int(row["seed"]) + 1)
    for i in range(int(float(row["seconds"]) * rate)):
        t = i / rate
        value = next(breath)
        is_on = off_s == 0.0 or math.fmod(t, on_s + off_s) < on_s
        x = (level * source(row, t, value) if is_on else 0.0) + floor * next(hiss) + offset
        yield max(-32768, min(32767, math.floor(x * 32768.0 + 0.5)))


def main():
    here, folder = os.path.dirname(os.path.abspath(__file__)), sys.argv[1]
    with open(os.path.join(here, "signals.tsv"), newline="") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            pcm = list(samples(row))
            with wave.open(os.path.join(folder, row["name"] + ".wav"), "wb") as out:
                out.setnchannels(1)
                out.setsampwidth(2)
                out.setframerate(int(row["rate_hz"]))
                out.writeframes(struct.pack("<%dh" % len(pcm), *pcm))


main()
