#!/bin/sh
# What `make test-browser` needs beyond the prerequisites: a Chromium, Node with npm, and the two packages that
# tests/browser/package-lock.json names. Installs the first two when run as root on Debian or Ubuntu; otherwise prints
# the one command to run.
set -eu

stop() {
    printf 'callvet: %s\n' "$1" >&2
    exit 1
}

missing=''
[ -x "${CALLVET_CHROMIUM:-/usr/bin/chromium}" ] || missing="$missing chromium"
command -v node >/dev/null 2>&1 || missing="$missing nodejs"
command -v npm >/dev/null 2>&1 || missing="$missing npm"
if [ -n "$missing" ]; then
    printf 'callvet: missing for the tests in a browser:%s\n' "$missing" >&2
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
        printf 'callvet: installing: apt-get install -y%s\n' "$missing" >&2
        # A package list may be absent on a fresh machine, or old. $missing is a list of names: unquoted on purpose.
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >/dev/null 2>&1 || {
            apt-get update >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >/dev/null
        } || stop "could not be installed; install by hand and try again:$missing"
    else
        stop "run this once, then try again: sudo apt-get install -y$missing"
    fi
fi
[ -x "${CALLVET_CHROMIUM:-/usr/bin/chromium}" ] || stop 'no browser: name a Chromium in CALLVET_CHROMIUM'
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' ||
    stop "Node 18.19 or newer is needed; this is $(node --version)"

cd "$(dirname "$0")/../tests/browser"
# Exactly what the lock file says; nothing of the packages is run while they are installed.
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
