#!/bin/sh
# Makes the small recordings of this folder and what another decoder hears in them. Needs ffmpeg (made with
# 5.1.9, libmp3lame, libvorbis, libopus, libgsm and libspeex), SoX (14.4.2 with opencore-amr) and sha256sum; the tests
# need none of them. encoded/wide.amr, which neither of them can write, is from encoded/wide.rs.
#
#   fixtures/*       one recording a format
#   lossless.tsv     file, container, codec, rate, channels, frames, SHA-256 of the interleaved f32le samples
#   lossy.tsv        file, container, codec, rate, channels, frames, least dB where it is not 60; the samples are in
#                    pcm/<file>.s16 (interleaved s16le)
#   click.tsv        file, seconds at which a click is heard that went in at 0.5 s
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
lossless() { # file, container, codec; $input: what ffmpeg must be told of it, $facts: rate and channels if it cannot tell
    ff ${input:-} -i "fixtures/$1" -map a:0 -f f32le -c:a pcm_f32le pcm/tmp.f32
    set -- "$1" "$2" "$3" ${facts:-$(facts "$1")}
    frames=$(($(wc -c <pcm/tmp.f32) / 4 / $5))
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "$5" "$frames" "$(sha256sum pcm/tmp.f32 | cut -c1-64)" >>lossless.tsv
    rm pcm/tmp.f32
}
lossy() { # file, container, codec, frames that went in where ffmpeg keeps the padding at the end
    frames_in=${4:-}
    # libopus is the reference decoder of RFC 6716; ffmpeg's own resamples its speech mode in another way.
    case $3 in opus) decoder="-c:a libopus" ;; *) decoder= ;; esac
    ff $decoder -i "fixtures/$1" -map a:0 -f s16le -c:a pcm_s16le "pcm/$1.s16"
    set -- "$1" "$2" "$3" $(facts "$1")
    frames=${frames_in:-$(($(wc -c <"pcm/$1.s16") / 2 / $5))}
    printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "$5" "$frames" >>lossy.tsv
}

: >lossless.tsv
: >lossy.tsv
: >unsupported.tsv
: >click.tsv

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

# Speech codecs, and samples without a header.
long="aevalsrc=$(voice 120 4):d=0.5"
make gsm.gsm "$long" 8000 -c:a libgsm; lossless gsm.gsm gsm gsm
make gsm.wav "$long" 8000 -c:a libgsm_ms; lossless gsm.wav wav gsm_ms
make g722.wav "$mono" 16000 -c:a g722; lossless g722.wav wav adpcm_g722
make raw.g722 "$mono" 16000 -c:a g722; lossless raw.g722 raw adpcm_g722
make raw.ulaw "$mono" 8000 -f mulaw; input="-f mulaw -ar 8000 -ac 1" facts="8000 1" lossless raw.ulaw raw pcm_mulaw
make raw.al "$mono" 8000 -f alaw; input="-f alaw -ar 8000 -ac 1" facts="8000 1" lossless raw.al raw pcm_alaw
make raw.sln "$mono" 8000 -f s16le; input="-f s16le -ar 8000 -ac 1" facts="8000 1" lossless raw.sln raw pcm_s16le
sox -D fixtures/pcm_s16le.wav fixtures/raw.vox
# ffmpeg has no demuxer for it: SoX' decoder, in a WAV.
sox -D -t vox -r 8000 fixtures/raw.vox -b 16 pcm/vox.wav
ff -i pcm/vox.wav -f f32le -c:a pcm_f32le pcm/tmp.f32
printf 'raw.vox\traw\tadpcm_ima_oki\t8000\t1\t2000\t%s\n' "$(sha256sum pcm/tmp.f32 | cut -c1-64)" >>lossless.tsv
rm pcm/vox.wav pcm/tmp.f32

# AMR is decoded by SoX: opencore-amr follows the standard to the bit in narrowband, ffmpeg decodes in floating point.
amr() { # file, type for SoX, codec, rate, least dB
    sox -D -t "$2" "fixtures/$1" -t raw -b 16 -e signed "pcm/$1.s16"
    printf '%s\tamr\t%s\t%s\t1\t%s\t%s\n' "$1" "$3" "$4" "$(($(wc -c <"pcm/$1.s16") / 2))" "$5" >>lossy.tsv
}
ff -f lavfi -i "$long:s=8000" -c:a pcm_s16le pcm/long.wav
sox -D pcm/long.wav -t amr-nb -C 7 fixtures/narrow.amr; amr narrow.amr amr-nb amr_nb 8000 90
rm pcm/long.wav
cp encoded/wide.amr fixtures/wide.amr; amr wide.amr amr-wb amr_wb 16000 50

# Containers.
make rf64.wav "$mono" 8000 -c:a pcm_s16le -rf64 always; lossless rf64.wav rf64 pcm_s16le
make pcm.w64 "$mono" 8000 -c:a pcm_s16le; lossless pcm.w64 w64 pcm_s16le
make pcm.au "$mono" 8000 -c:a pcm_mulaw; lossless pcm.au au pcm_mulaw
make stereo.snd "$stereo" 8000 -f au -c:a pcm_s16be; lossless stereo.snd au pcm_s16be
make pcm.caf "$mono" 8000 -c:a pcm_s16le; lossless pcm.caf caf pcm_s16le
make mulaw.caf "$stereo" 8000 -c:a pcm_mulaw; lossless mulaw.caf caf pcm_mulaw
make alac.caf "$stereo" 8000 -sample_fmt s16p -c:a alac; lossless alac.caf caf alac
make layer2.mp2 "$mono" 16000 -c:a mp2 -b:a 32k; lossy layer2.mp2 mp2 mp2
make layer2.wav "$stereo" 16000 -c:a mp2 -b:a 64k; lossy layer2.wav wav mp2
make opus.webm "$mono" 48000 -c:a libopus -b:a 16k; lossy opus.webm mkv opus
make vorbis.webm "$stereo" 16000 -c:a libvorbis -q:a 2; lossy vorbis.webm mkv vorbis
make aac.mkv "$mono" 16000 -c:a aac -b:a 24k; lossy aac.mkv mkv aac
make mp3.mka "$mono" 16000 -c:a libmp3lame -b:a 24k; lossy mp3.mka mkv mp3
make pcm.mka "$stereo" 8000 -c:a pcm_s16le; lossless pcm.mka mkv pcm_s16le
make flac.mka "$mono" 8000 -sample_fmt s16 -c:a flac -frame_size 576; lossless flac.mka mkv flac
make opus.mp4 "$mono" 48000 -c:a libopus -b:a 16k; lossy opus.mp4 mp4 opus 12000
make pcm.mov "$stereo" 8000 -c:a pcm_s16le; lossless pcm.mov mp4 pcm_s16le
make pcm24.mov "$mono" 8000 -c:a pcm_s24be; lossless pcm24.mov mp4 pcm_s24be
make mulaw.mov "$mono" 8000 -c:a pcm_mulaw; lossless mulaw.mov mp4 pcm_mulaw
video="-f lavfi -i testsrc=s=32x32:r=10:d=0.3"
film() { # file, source, rate, encoder arguments
    file=$1 source=$2 rate=$3
    shift 3
    ff -f lavfi -i "$source:s=$rate" $video -map 0:a -map 1:v -map_metadata -1 -fflags +bitexact -flags +bitexact "$@" "fixtures/$file"
}
film film.mp4 "$mono" 16000 -c:a aac -b:a 24k -c:v mpeg4; lossy film.mp4 mp4 aac 4000
film film.mkv "$mono" 16000 -c:a aac -b:a 24k -c:v mpeg4; lossy film.mkv mkv aac
film film.webm "$mono" 48000 -c:a libopus -b:a 16k -c:v libvpx; lossy film.webm mkv opus

# A click at 0.5 s: where words are heard after the delay of the coder was trimmed. Encoders write what they add; where the
# container has no place for it (ADTS, AAC in Matroska), every player hears it.
click="aevalsrc=0.5*exp(-((t-0.5)/0.0007)^2)*cos(2*PI*900*(t-0.5)):d=1"
click() { # file, when it is heard, rate, encoder arguments
    file=$1
    printf '%s\t%s\n' "$1" "$2" >>click.tsv
    rate=$3
    shift 3
    make "$file" "$click" "$rate" "$@"
}
click click.mp3 0.5 16000 -c:a libmp3lame -b:a 24k
click click.m4a 0.5 16000 -c:a aac -b:a 32k
click click.mp4 0.5 48000 -c:a libopus -b:a 24k
click click.ogg 0.5 16000 -c:a libvorbis -q:a 2
click click.opus 0.5 48000 -c:a libopus -b:a 24k
click click.webm 0.5 48000 -c:a libopus -b:a 24k
click click.gsm 0.5 8000 -c:a libgsm
click click.aac 0.564 16000 -c:a aac -b:a 32k
click click.mkv 0.564 16000 -c:a aac -b:a 32k

unsupported() { # file, word
    printf '%s\t%s\n' "$1" "$2" >>unsupported.tsv
}
make adpcm_ima_qt.aifc "$mono" 8000 -f aiff -c:a adpcm_ima_qt; unsupported adpcm_ima_qt.aifc ima4
make g726.wav "$mono" 8000 -c:a g726; unsupported g726.wav G.726
make wma.wma "$mono" 8000 -c:a wmav2 -b:a 24k; unsupported wma.wma 'Windows Media'
make speex.spx "$mono" 8000 -c:a libspeex -f ogg; unsupported speex.spx Speex
make raw.g723 "$mono" 8000 -c:a g723_1 -b:a 6300 -f g723_1; unsupported raw.g723 G.723.1
