"""How a folder of thousands of recordings fares: memory over time and cost per recording as the folder grows.

usage: many.py CALLVET OUT_DIR [--counts 10,100,1000,10000] [--seed 1] [--jobs 2] [extra options of analyze]

Makes recordings of about a second of 8 kHz stereo from a seed (noise and tones, no speech: what is measured is the
batch, not the analysis), 1 % of them broken (cut in the header, no sound, text, random bytes), all bytes different.
Runs `analyze --no-transcribe` (and what else is given) on 10, 100, 1,000 and 10,000 of them into an empty folder, then again with nothing to
do, reads the resident memory of the process and its workers every 0.2 s, and prints a table and the curve.
"""

import argparse
import json
import pathlib
import random
import shutil
import struct
import subprocess
import sys
import time


def wav(rng: random.Random) -> bytes:
    n = rng.randrange(6_000, 10_000)
    noise = rng.randbytes(n * 2)
    # 8 bits of noise at a low level on both sides, as 16-bit samples.
    samples = b"".join(struct.pack("<h", (b - 128) * 8) for b in noise)
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(samples), b"WAVE", b"fmt ", 16, 1, 2, 8000, 32000, 4, 16,
                       b"data", len(samples))
    return head + samples


def broken(rng: random.Random, kind: int) -> bytes:
    whole = wav(rng)
    return [whole[:20], whole[:44], b"", b"not a recording " * 20 + rng.randbytes(8), rng.randbytes(3000)][kind % 5]


def make(folder: pathlib.Path, count: int, seed: int) -> int:
    rng = random.Random(seed)
    n_broken = max(1, count // 100)
    bad = set(rng.sample(range(count), n_broken))
    for index in range(count):
        path = folder / f"{index % 100:02}" / f"call-{index:05}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(broken(rng, index) if index in bad else wav(rng))
    return n_broken


def rss_kib(pid: int) -> int:
    """Resident memory of the process and of its workers; what they share is counted for each."""
    total = 0
    try:
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                total += int(line.split()[1])
        for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
            total += sum(rss_kib(int(child)) for child in (task / "children").read_text().split())
    except OSError:
        pass
    return total


def run(command: list[str]) -> dict:
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    curve = []
    while process.poll() is None:
        curve.append((time.monotonic() - began, rss_kib(process.pid)))
        time.sleep(0.2)
    import resource
    return {"code": process.returncode, "wall_s": time.monotonic() - began, "curve": curve,
            "cpu_s": sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("callvet")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--counts", default="10,100,1000,10000")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", default="2")
    args, extra = parser.parse_known_args()
    cpu_before = 0.0
    rows, curves = [], {}
    for count in map(int, args.counts.split(",")):
        place = args.out / str(count)
        shutil.rmtree(place, ignore_errors=True)
        n_broken = make(place / "in", count, args.seed)
        command = [args.callvet, "analyze", str(place / "in"), "--out", str(place / "report"), "--no-transcribe",
                   "--quiet", "--jobs", args.jobs, *extra]
        for name in ("first", "again"):
            ran = run(command)
            cpu_s, cpu_before = ran["cpu_s"] - cpu_before, ran["cpu_s"]
            batch = json.loads((place / "report" / "batch.json").read_text())
            totals = batch["totals"]
            assert ran["code"] == 3 and totals["n_failed"] == n_broken and totals["n_pending"] == 0, (ran["code"], totals)
            peak = max((kib for _, kib in ran["curve"]), default=0)
            # Memory at a tenth, a quarter, half, three quarters of the time, and at the end.
            points = [ran["curve"][int(f * (len(ran["curve"]) - 1))][1] // 1024 for f in (0.1, 0.25, 0.5, 0.75, 0.95, 1.0)]
            rows.append((count, name, ran["wall_s"], cpu_s, 1000 * ran["wall_s"] / count, peak / 1024, points))
            curves[f"{count} {name}"] = ran["curve"]
            print(f"{count:>6} {name:<6} {ran['wall_s']:8.1f} s wall {cpu_s:8.1f} s cpu {1000 * ran['wall_s'] / count:8.1f} ms each "
                  f"peak {peak / 1024:6.0f} MiB, MiB at 10/25/50/75/95/100 %: {points}", flush=True)
        shutil.rmtree(place)
    (args.out / "curves.json").write_text(json.dumps(curves))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
