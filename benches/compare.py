#!/usr/bin/env python3
"""The other half of compare.sh: times other programs on RECORDING and prints them beside criterion's estimates.

    compare.py RECORDING CRITERION_FOLDER

One thread each. Best of 3 runs of wall clock, start of the program included for ffmpeg and sox (as their users pay
it), imports and model loading left out for Python (a long-running service would have paid them).
"""
import importlib
import json
import os
import subprocess
import sys
import time

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
RUNS = 3


def best(job):
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def program(*words):
    return lambda: subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def session(path):
    ort = importlib.import_module("onnxruntime")
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def in_package(package, *parts):
    return os.path.join(os.path.dirname(importlib.import_module(package).__file__), *parts)


def numpy_spectra(np, channels, rate):
    """RMS, peak and Welch's spectrum of 32 ms Hann frames: the least that a noise measurement in Python does."""
    def job():
        size = int(0.032 * rate)
        window = np.hanning(size)
        for x in channels:
            np.sqrt(np.mean(x * x)), np.max(np.abs(x))
            frames = np.lib.stride_tricks.sliding_window_view(x, size)[:: size // 2]
            np.mean(np.abs(np.fft.rfft(frames * window)) ** 2, axis=0)
    return job


def silero(np, channels, rate):
    """Silero VAD in ONNX at its own rate (8 or 16 kHz), one chunk of 32 ms after the other."""
    model = session(in_package("silero_vad", "data", "silero_vad.onnx"))
    chunk, context = (256, 32) if rate == 8000 else (512, 64)

    def job():
        for x in channels:
            state = np.zeros((2, 1, 128), np.float32)
            before = np.zeros((1, context), np.float32)
            for at in range(0, len(x) - chunk + 1, chunk):
                piece = np.concatenate([before, x[None, at : at + chunk]], axis=1)
                _, state = model.run(None, {"input": piece, "state": state, "sr": np.array(rate, np.int64)})
                before = piece[:, -context:]
    return job


def dnsmos(np, channels, rate):
    """speechmos' DNSMOS on one window of 9.01 s a channel, made longer to 16 kHz by repeating samples: cost only."""
    run = importlib.import_module("speechmos.dnsmos").run
    windows = [np.clip(np.repeat(x, max(1, 16000 // rate))[: int(9.01 * 16000)], -1, 1) for x in channels]
    return lambda: [run(window, sr=16000) for window in windows]


def main():
    wav, criterion = sys.argv[1:]
    rows = []
    for stage in sorted(os.listdir(criterion)):
        path = os.path.join(criterion, stage, "new", "estimates.json")
        if os.path.exists(path):
            with open(path) as estimates:
                rows.append((f"callvet {stage}", json.load(estimates)["median"]["point_estimate"] / 1e9))
    others = {
        "ffmpeg decode": program("ffmpeg", "-nostdin", "-threads", "1", "-i", wav, "-f", "null", "-"),
        "ffmpeg ebur128 with true peak": program(
            "ffmpeg", "-nostdin", "-threads", "1", "-i", wav, "-af", "ebur128=peak=true", "-f", "null", "-"),
        "sox stats": program("sox", wav, "-n", "stats"),
    }
    try:
        np = importlib.import_module("numpy")
        sound, rate = importlib.import_module("soundfile").read(wav, dtype="float32", always_2d=True)
        channels = [np.ascontiguousarray(channel) for channel in sound.T]
        length_s = len(sound) / rate
        for name, make in {"numpy RMS, peak, spectra": numpy_spectra, "silero-vad, onnxruntime": silero,
                           "speechmos DNSMOS, 1 window a channel": dnsmos}.items():
            try:
                others["Python: " + name] = make(np, channels, rate)
            except Exception as error:
                print(f"left out: {name}: {error}", file=sys.stderr)
    except ImportError as error:
        sys.exit(f"numpy and soundfile are needed for the length of the recording: {error}")
    for name, job in others.items():
        try:
            rows.append((name, best(job)))
        except Exception as error:
            print(f"left out: {name}: {error}", file=sys.stderr)
    times = dict(rows)
    metrics = times.get("callvet metrics")
    print("\n| what | seconds | x real time | times `callvet metrics` |\n|---|---|---|---|")
    for name, seconds in rows:
        ratio = f"{seconds / metrics:.2f}" if metrics else "–"
        print(f"| {name} | {seconds:.3f} | {length_s / seconds:.0f} | {ratio} |")


main()
