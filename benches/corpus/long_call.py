"""The most memory that one long call takes: 4 hours of 8 kHz stereo.

usage: long_call.py CALLVET OUT_DIR [--hours 4] [extra options of analyze]

The call is made of the two parties of tests/reference/speech in turn, each on its own channel, with quiet noise below;
prints wall and processor time and the peak of resident memory.
"""

import argparse
import pathlib
import resource
import subprocess
import time
import wave

import numpy as np


def speech(name: str) -> np.ndarray:
    path = pathlib.Path(__file__).parents[2] / "tests/reference/speech" / name
    with wave.open(str(path)) as file:
        rate, n_channels = file.getframerate(), file.getnchannels()
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").reshape(-1, n_channels)[:, 0]
    step = rate // 8000
    # A plain mean is filter enough: what is measured is memory.
    return samples[: len(samples) // step * step].reshape(-1, step).mean(axis=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("callvet")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--hours", type=float, default=4.0)
    args, extra = parser.parse_known_args()
    args.out.mkdir(parents=True, exist_ok=True)
    parties = [speech("agent.wav"), speech("customer.wav")]
    rng = np.random.default_rng(1)
    n_samples = int(args.hours * 3600 * 8000)
    path = args.out / "long.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(8000)
        n_written, turn = 0, 0
        while n_written < n_samples:
            part = parties[turn % 2][: n_samples - n_written]
            block = rng.normal(0, 20, (len(part), 2))
            block[:, turn % 2] += part
            file.writeframes(np.clip(block, -32768, 32767).astype("<i2").tobytes())
            n_written, turn = n_written + len(part), turn + 1
    began = time.monotonic()
    command = [args.callvet, "analyze", str(path), "--out", str(args.out / "report"), "--fresh", "--quiet", *extra]
    code = subprocess.run(command, check=False).returncode
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{args.hours} h of 8 kHz stereo: exit {code}, {time.monotonic() - began:.0f} s wall, "
          f"{used.ru_utime + used.ru_stime:.0f} s cpu, peak {used.ru_maxrss / 1024:.0f} MiB", flush=True)


if __name__ == "__main__":
    main()
