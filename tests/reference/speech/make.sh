#!/bin/sh
# Makes the two clips with flite 2.2 and sox 14.4: telephone band, 8 kHz, 16 bit, no dither. See SOURCE.md.
set -eu
cd "$(dirname "$0")"
say() { # voice, file, text
    flite -voice "$1" -t "$3" -o "$2.raw.wav"
    sox -D "$2.raw.wav" -r 8000 -c 1 -b 16 "$2.wav" sinc 300-3400 gain -n -6 pad 0.5 0.5
    rm "$2.raw.wav"
}
say rms agent "Good morning. I am calling from the energy company about your contract. You must decide today."
say slt customer "Thank you, but I am not interested. Please do not call me again."
say slt card "My card number is four five three nine, one four eight eight, zero three four three, six four six seven."
