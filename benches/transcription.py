#!/usr/bin/env python3
"""Compares callvet's transcription with what others would run with the same model: errors and processor seconds.

    benches/transcription.py MANIFEST [--call STEREO.wav] [--model-ct2 FOLDER] [--whisper-cli PROGRAM]

MANIFEST is a JSON file {"files": [{"file", "language", "channels_info": [{"transcript"}]}]} beside its recordings; every
file whose channels all have a transcript is heard. Speed is measured on --call, as a person would run each program: one
channel after the other, one thread, models loaded. Needs Python 3.11, soundfile, scipy and, for the
comparison, faster-whisper from PyPI with Whisper base for CTranslate2 (FOLDER), and whisper.cpp's command line program.
"""
import argparse
import json
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import unicodedata

import numpy as np
import soundfile
from scipy.signal import resample_poly

ROOT = pathlib.Path(__file__).resolve().parent.parent


def plain(text):
    """Lower case, letters and digits, single spaces."""
    text = unicodedata.normalize("NFC", text.lower())
    return re.sub(r"[^\w]+", " ", text).replace("_", " ").split()


def distance(a, b):
    """Levenshtein distance of two sequences."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def channels_16k(path):
    samples, rate = soundfile.read(path, always_2d=True, dtype="float32")
    up, down = 16000 // np.gcd(16000, rate), rate // np.gcd(16000, rate)
    return [resample_poly(samples[:, c], up, down).astype(np.float32) for c in range(samples.shape[1])]


def cpu_s():
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime


def children_s():
    own = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime


def callvet(files, *options):
    """Text by channel and processor seconds, by file."""
    command = ["cargo", "bench", "--quiet", "--bench", "transcription", "--", *options, *map(str, files)]
    lines = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    found = [json.loads(line) for line in lines if line.startswith("{")]
    return {f["file"]: (f["channels"], f["cpu_s"]) for f in found}


class FasterWhisper:
    def __init__(self, folder, batched, beam):
        from faster_whisper import BatchedInferencePipeline, WhisperModel

        self.model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=1)
        self.batched = BatchedInferencePipeline(self.model) if batched else None
        self.beam = beam

    def hear(self, path):
        before, texts = cpu_s(), []
        for samples in channels_16k(path):
            if self.batched:
                segments, _ = self.batched.transcribe(samples, beam_size=self.beam, batch_size=8)
            else:
                segments, _ = self.model.transcribe(samples, beam_size=self.beam, vad_filter=True)
            texts.append(" ".join(s.text.strip() for s in segments))
        return texts, cpu_s() - before


def whisper_cli(program, model, path):
    """whisper.cpp's own program on each channel; its loading of the model (and a window), measured on a second of silence, is taken off."""
    def run(samples):
        with tempfile.NamedTemporaryFile(suffix=".wav") as wav:
            soundfile.write(wav.name, samples, 16000, subtype="PCM_16")
            before = children_s()
            command = [program, "-m", model, "-t", "1", "-bs", "1", "-bo", "1", "-l", "auto", "-nt", "-np", "-f", wav.name]
            out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            return out.strip(), children_s() - before

    loading_s = run(np.zeros(16000, np.float32))[1]
    heard = [run(samples) for samples in channels_16k(path)]
    return [text for text, _ in heard], sum(max(s - loading_s, 0) for _, s in heard)


def rates(found, truth):
    """Word and character error rates by language over all files, in per cent."""
    sums = {}
    for name, (language, texts) in truth.items():
        heard = found.get(name, ([""] * len(texts), 0))[0]
        for reference, hypothesis in zip(texts, heard):
            words, own = plain(reference), plain(hypothesis)
            chars, own_chars = "".join(words), "".join(own)
            s = sums.setdefault(language, [0, 0, 0, 0])
            s[0] += distance(words, own)
            s[1] += len(words)
            s[2] += distance(chars, own_chars)
            s[3] += len(chars)
    return {language: (100 * s[0] / s[1], 100 * s[2] / s[3], s[1]) for language, s in sums.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=pathlib.Path)
    parser.add_argument("--call", type=pathlib.Path)
    parser.add_argument("--model-ct2")
    parser.add_argument("--whisper-cli")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    folder = options.manifest.parent
    truth = {}
    for entry in json.loads(options.manifest.read_text())["files"]:
        texts = [channel.get("transcript") for channel in entry.get("channels_info") or []]
        if texts and all(texts):
            truth[str((folder / entry["file"]).resolve())] = (entry["language"], texts)
    files = list(truth) + ([str(options.call.resolve())] if options.call else [])
    programs = {
        "callvet": lambda: callvet(files),
        "callvet, whisper.cpp's network": lambda: callvet(files, "--whisper-cpp"),
    }
    if options.model_ct2:
        for name, batched, beam in [
            ("faster-whisper, batched, greedy", True, 1),
            ("faster-whisper, batched, beam 5", True, 5),
            ("faster-whisper, its VAD, greedy", False, 1),
        ]:
            programs[name] = lambda b=batched, n=beam: hear_all(FasterWhisper(options.model_ct2, b, n).hear, files)
    if options.whisper_cli:
        model = str(ROOT / "models/ggml-base-q8_0.bin")
        programs["whisper.cpp's program, greedy"] = lambda: hear_all(
            lambda path: whisper_cli(options.whisper_cli, model, path), files)
    for name, program in programs.items():
        found = program()
        if options.call:
            seconds = [found[files[-1]][1]]
            for _ in range(options.runs - 1):
                files, kept = files[-1:], files
                seconds.append(program()[kept[-1]][1])
                files = kept
            print(f"{name}: {sorted(seconds)[len(seconds) // 2]:.1f} CPU s of {[round(s, 1) for s in seconds]}")
        for language, (wer, cer, n) in sorted(rates(found, truth).items()):
            print(f"{name}: {language} WER {wer:.1f} % CER {cer:.1f} % of {n} words")
        sys.stdout.flush()


def hear_all(hear, files):
    return {path: hear(path) for path in files}


if __name__ == "__main__":
    main()
