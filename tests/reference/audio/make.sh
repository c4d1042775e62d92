#!/bin/sh
# Makes the small recordings of this folder and what another decoder hears in them. Needs ffmpeg (made with
# 5.1.9, libmp3lame, libvorbis and libopus) and sha256sum; the tests need neither.
#
#   fixtures/*       one recording a format
#   lossless.tsv     file, container, codec, rate, channels, frames, SHA-256 of the interleaved f32le samples
#   lossy.tsv        file, container, codec, rate, channels, frames; the samples are in pcm/<file>.s16 (interleaved s16le)
#   unsupported.tsv  file, a word that the refusal must hold
#
# The signal: voiced-like harmonics of a gliding pitch with syllable-like bursts, and weak noise from a fixed seed.
set -eu
cd "$(dirname "$0")"
rm -rf fixtures pcm
mkdir fixtures pcm
ff() { ffmpeg -nostdin -hide_banner -loglevel error -y "$@"; }

voice() { # $1 pitch in Hz, $2 bursts a second
    echo "0.25*(0.15+0.85*sin(PI*$2*t)*sin(PI*$2*t))*(sin(2*PI*$1*t+3*sin(2*PI*2*t))+0.6*sin(2*PI*2*$1*t+6*sin(2*PI*2*t))+0.4*sin(2*PI*7*$1*t+21*sin(2*PI*2*t)))+0.004*(random(0)-0.5)"
}
mono="aevalsrc=$(voice 120 4):d=0.25"
stereo="aevalsrc=$(voice 120 4)|$(voice 190 3):d=0.25"
quad="aevalsrc=$(voice 120 4)|$(voice 190 3)|$(voice 150 5)|$(voice 210 2):d=0.1"

make() { # file, source, rate, encoder arguments
    file=$1 source=$2 rate=$3
    shift 3
    ff -f lavfi -i "$source:s=$rate" -map_metadata -1 -fflags +bitexact -flags:a +bitexact "$@" "fixtures/$file"
}
facts() { # file
    ffprobe -v error -select_streams a:0 -show_entries stream=sample_rate,channels -of csv=p=0 "fixtures/$1" | tr ',' ' '
}
lossless() { # file, container, codec
    ff -i "fixtures/$1" -f f32le -c:a pcm_f32le pcm/tmp.f32
    set -- "$1" "$2" "$3" $(facts "$1")
    frames=$(($(wc -c <pcm/tmp.f32) / 4 / $5))
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "$5" "$frames" "$(sha256sum pcm/tmp.f32 | cut -c1-64)" >>lossless.tsv
    rm pcm/tmp.f32
}
lossy() { # file, container, codec, frames that went in where ffmpeg keeps the padding at the end
    frames_in=${4:-}
    # libopus is the reference decoder of RFC 6716; ffmpeg's own resamples its speech mode in another way.
    case $3 in opus) decoder="-c:a libopus" ;; *) decoder= ;; esac
    ff $decoder -i "fixtures/$1" -f s16le -c:a pcm_s16le "pcm/$1.s16"
    set -- "$1" "$2" "$3" $(facts "$1")
    frames=${frames_in:-$(($(wc -c <"pcm/$1.s16") / 2 / $5))}
    printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "$5" "$frames" >>lossy.tsv
}
: >lossless.tsv
: >lossy.tsv
: >unsupported.tsv

for c in pcm_u8 pcm_s16le pcm_s24le pcm_s32le pcm_f32le pcm_f64le pcm_alaw pcm_mulaw adpcm_ima_wav adpcm_ms; do
    make "$c.wav" "$mono" 8000 -c:a $c; lossless "$c.wav" wav $c
done
for c in pcm_s16le adpcm_ima_wav adpcm_ms; do
    make "stereo_$c.wav" "$stereo" 8000 -c:a $c; lossless "stereo_$c.wav" wav $c
done
make quad_extensible.wav "$quad" 8000 -c:a pcm_s24le; lossless quad_extensible.wav wav pcm_s24le

for c in pcm_s8 pcm_s16be pcm_s24be; do
    make "$c.aiff" "$mono" 8000 -c:a $c; lossless "$c.aiff" aiff $c
done
for c in pcm_s16le pcm_f32be pcm_alaw pcm_mulaw; do
    make "$c.aifc" "$mono" 8000 -f aiff -c:a $c; lossless "$c.aifc" aiff $c
done

make mono.flac "$mono" 8000 -sample_fmt s16 -c:a flac -frame_size 576; lossless mono.flac flac flac
make stereo_24.flac "$stereo" 8000 -sample_fmt s32 -c:a flac -frame_size 1024; lossless stereo_24.flac flac flac
make flac.ogg "$stereo" 8000 -sample_fmt s16 -c:a flac -frame_size 576; lossless flac.ogg ogg flac
make alac.m4a "$stereo" 8000 -sample_fmt s16p -c:a alac; lossless alac.m4a mp4 alac

make mono_8k.mp3 "$mono" 8000 -c:a libmp3lame -b:a 16k; lossy mono_8k.mp3 mp3 mp3
make stereo_vbr.mp3 "$stereo" 22050 -c:a libmp3lame -q:a 6; lossy stereo_vbr.mp3 mp3 mp3
make no_tag.mp3 "$mono" 16000 -c:a libmp3lame -q:a 6 -write_xing 0 -id3v2_version 0; lossy no_tag.mp3 mp3 mp3
make mp3.wav "$mono" 8000 -c:a libmp3lame -b:a 16k; lossy mp3.wav wav mp3
make aac.m4a "$mono" 16000 -c:a aac -b:a 24k; lossy aac.m4a mp4 aac 4000
make aac_fragmented.m4a "$mono" 16000 -c:a aac -b:a 24k -movflags +frag_keyframe+empty_moov+default_base_moof -frag_duration 100000; lossy aac_fragmented.m4a mp4 aac
make stereo.aac "$stereo" 16000 -c:a aac -b:a 48k; lossy stereo.aac adts aac
make mono_vorbis.ogg "$mono" 8000 -c:a libvorbis -q:a 2; lossy mono_vorbis.ogg ogg vorbis 2000
make stereo_vorbis.ogg "$stereo" 16000 -c:a libvorbis -q:a 2 -page_duration 50000; lossy stereo_vorbis.ogg ogg vorbis
make mono.opus "$mono" 48000 -c:a libopus -b:a 24k -application voip; lossy mono.opus ogg opus
make stereo.opus "$stereo" 48000 -c:a libopus -b:a 32k -page_duration 50000; lossy stereo.opus ogg opus
make short_frames.opus "$mono" 48000 -c:a libopus -b:a 32k -application lowdelay -frame_duration 2.5; lossy short_frames.opus ogg opus

unsupported() { # file, word
    printf '%s\t%s\n' "$1" "$2" >>unsupported.tsv
}
make adpcm_ima_qt.aifc "$mono" 8000 -f aiff -c:a adpcm_ima_qt; unsupported adpcm_ima_qt.aifc ima4
make rf64.wav "$mono" 8000 -c:a pcm_s16le -rf64 always; unsupported rf64.wav RF64
make pcm.w64 "$mono" 8000 -c:a pcm_s16le; unsupported pcm.w64 Wave64
make pcm.au "$mono" 8000 -c:a pcm_mulaw; unsupported pcm.au AU
make pcm.caf "$mono" 8000 -c:a pcm_s16le; unsupported pcm.caf CAF
make layer2.mp2 "$mono" 16000 -c:a mp2 -b:a 32k; unsupported layer2.mp2 'layer II'
make g726.wav "$mono" 8000 -c:a g726; unsupported g726.wav G.726
make g722.wav "$mono" 16000 -c:a g722; unsupported g722.wav G.722
make wma.wma "$mono" 8000 -c:a wmav2 -b:a 24k; unsupported wma.wma 'Windows Media'
make opus.webm "$mono" 48000 -c:a libopus -b:a 16k; unsupported opus.webm Matroska
