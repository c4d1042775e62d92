#!/usr/bin/env python3
"""Measures the signals of signals.tsv with other meters and writes values.tsv: make.py ACTLEV.

ACTLEV: the program of that name from the ITU-T's software tools (G.191, github.com/openitu/STL, src/sv56; the speech
voltmeter sv-p56.c is version 2.3 of 2005), built by whoever runs this: it is not part of this project. Loudness and
true peak: the ebur128 filter of the ffmpeg on the PATH, on the file at its own rate, one channel heard alone. A value
that a meter does not give (activity 0, -70 LUFS) is left empty. The tests need none of these programs.
"""
import math
import os
import re
import subprocess
import sys
import tempfile


def voltmeter(actlev, wav, rate, folder):
    raw = os.path.join(folder, "raw")
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", wav, "-f", "s16le", raw], check=True)
    text = subprocess.run([actlev, "-q", "-sf", rate, raw], check=True, capture_output=True, text=True).stdout
    level, percent = (float(re.search(what + r":\s*(\S+)", text)[1]) for what in (r"ActLev\[dB\]", "%Active"))
    return (f"{level:.3f}", f"{percent / 100:.5f}") if percent > 0 else ("", "")


def loudness(wav, folder):
    log = os.path.join(folder, "log")
    graph = f"ebur128=peak=true:metadata=1,ametadata=print:file={log}"
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", wav, "-af", graph, "-f", "null", "-"], check=True)
    with open(log) as lines:
        found = dict(line.strip().split("=", 1) for line in lines if "=" in line)
    lufs = float(found.get("lavfi.r128.I", "-70"))
    peak = float(found.get("lavfi.r128.true_peak", "0"))
    # The peak is printed with 3 decimals of full scale: of a quiet signal too coarse to compare.
    return (f"{lufs:.3f}" if lufs > -70 else "", f"{20 * math.log10(peak):.3f}" if peak >= 0.1 else "")


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    version = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True).stdout.split()[2]
    with tempfile.TemporaryDirectory() as folder, open(os.path.join(here, "values.tsv"), "w") as out:
        subprocess.run([sys.executable, os.path.join(here, "signals.py"), folder], check=True)
        print(f"# ITU-T G.191 actlev, speech voltmeter 2.3; ffmpeg {version}, ebur128", file=out)
        print("name\tactive_speech_level_dbov\tactivity_ratio\tloudness_lufs\ttrue_peak_dbtp", file=out)
        with open(os.path.join(here, "signals.tsv")) as table:
            rows = [line.split("\t") for line in table.read().splitlines()[1:]]
        for name, rate, *_ in rows:
            wav = os.path.join(folder, name + ".wav")
            print(name, *voltmeter(sys.argv[1], wav, rate, folder), *loudness(wav, folder), sep="\t", file=out)


main()
