#!/bin/sh
# What `make demo` and `make test` need beyond a fresh machine's Rust, git and build-essential: cmake, with which the
# speech engine (whisper.cpp) and the Opus decoder are built. Installs it when run as root on Debian or Ubuntu;
# otherwise prints the one command to run. Checks the rest and says what is missing.
set -eu

stop() {
    printf 'callvet: %s\n' "$1" >&2
    exit 1
}

if [ "$(uname -s)-$(uname -m)" != "Linux-x86_64" ]; then
    stop "built and tested on Linux x86-64 only; this is $(uname -s) $(uname -m)"
fi
if [ -r /proc/cpuinfo ] && ! { grep -qw avx2 /proc/cpuinfo && grep -qw fma /proc/cpuinfo; }; then
    stop "this processor has no AVX2 and FMA, which the speech engine is built for; README.md says how to build for it"
fi
command -v cargo >/dev/null 2>&1 || stop "cargo is missing: install Rust 1.94 or newer with rustup (https://rustup.rs)"
command -v c++ >/dev/null 2>&1 || stop "a C++ compiler is missing; run: sudo apt-get install -y build-essential"

if ! command -v cmake >/dev/null 2>&1; then
    echo 'callvet: cmake is missing; it builds the speech engine (whisper.cpp) and the Opus decoder' >&2
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo 'callvet: installing it: apt-get install -y cmake' >&2
        # A package list may be absent on a fresh machine, or old.
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends cmake >/dev/null 2>&1 || {
            apt-get update >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends cmake >/dev/null
        } || stop 'cmake could not be installed; install it by hand and try again'
    else
        stop 'run this once, then try again: sudo apt-get install -y cmake'
    fi
fi
