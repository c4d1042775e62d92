#!/bin/sh
# Times callvet's signal stages against what others would run for the same numbers, in one go, on one recording.
#
#   benches/compare.sh [RECORDING.wav]     without one: the made call of benches/signal.rs, 5 minutes of 8 kHz stereo
#
# Needs ffmpeg and sox, and a Python (PYTHON=...) with numpy, soundfile, onnxruntime, silero-vad and speechmos from
# PyPI; what is missing is left out and said. Machines differ and are shared: only the ratios mean anything.
set -eu
cd "$(dirname "$0")/.."
wav=${1:-target/bench-call.wav}
CALLVET_BENCH_WAV=$wav cargo bench --bench signal -- --noplot
exec "${PYTHON:-python3}" benches/compare.py "$wav" target/criterion/signal
