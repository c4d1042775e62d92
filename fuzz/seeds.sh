#!/bin/sh
# Fills fuzz/corpus/, which is not kept: what the fuzzer begins with. Fixtures and sources of this repository, each with the
# byte in front that chooses how it is read (tests/it/hostile/bodies.rs).
set -eu
cd "$(dirname "$0")/.."
corpus=fuzz/corpus

# TARGET CHOICE FILE...: the choice is three octal digits; files over 64 kB teach a fuzzer nothing that smaller ones do not.
seed() {
    target=$1 choice=$2
    shift 2
    mkdir -p "$corpus/$target"
    for file in "$@"; do
        if [ ! -f "$file" ] || [ "$(wc -c <"$file")" -gt 65536 ]; then continue; fi
        name=$(printf '%s' "$choice-$file" | tr '/ ' '__')
        { printf "\\$choice"; cat "$file"; } >"$corpus/$target/$name"
    done
}

# TARGET CHOICE NAME TEXT: a seed that is written here; TEXT is that of printf.
say() {
    mkdir -p "$corpus/$1"
    { printf "\\$2"; printf "$4"; } >"$corpus/$1/$3"
}

for target in decode channels packs imports transcripts facts metadata config worker text; do
    mkdir -p "$corpus/$target"
    for file in tests/data/hostile/"$target"/*; do
        if [ -f "$file" ]; then cp "$file" "$corpus/$target/known-$(basename "$file")"; fi
    done
done

fixtures=tests/reference/audio/fixtures
seed decode 000 $fixtures/*
seed decode 200 $fixtures/*.ogg $fixtures/*.opus $fixtures/*.spx
seed decode 001 $fixtures/raw.ulaw
seed decode 002 $fixtures/raw.al
seed decode 003 $fixtures/raw.sln
seed decode 006 $fixtures/raw.vox
seed decode 007 $fixtures/raw.g722
seed decode 010 $fixtures/gsm.gsm
seed decode 011 $fixtures/raw.sln $fixtures/raw.ulaw
for raw in 014 015 016 017; do seed decode $raw $fixtures/raw.sln; done

# Rates, channels, then steps of kind, channel, level and length.
say channels 001 noise '\000\001\003\000\100\377\003\001\200\377'
say channels 001 copy '\000\001\003\000\100\377\004\001\377\377\003\000\100\377'
say channels 001 leak '\000\001\003\000\377\100\000\001\000\120\064\001\040\200\000\000\000\200\003\001\300\200\064\000\020\200'
say channels 001 three '\001\002\002\000\100\377\003\001\200\377\003\002\100\200'
say channels 001 tones '\002\000\002\000\100\377\001\000\377\377\000\000\000\377'
say channels 001 low '\004\001\003\000\100\377\005\001\377\377'
say channels 000 halves '\000\000\003\000\100\377\002\000\200\377\001\000\003\000\100\377\002\000\200\200'

# Packs have no byte in front.
mkdir -p "$corpus/packs"
cat >"$corpus/packs/small.toml" <<'PACK'
name = "own"
language = "en"
version = "2"
[grammar]
negators = ["not", "n't"]
reported = ["they say"]
skip = ["really"]
[sets]
time = ["today", "now", "this (week|month)"]
[[rule]]
id = "own.today"
category = "urgency_false"
polarity = "forbidden"
severity = "major"
speaker = "agent"
first_s = 0
last_s = 60.5
needed_fact = "price"
message = "Hurry"
patterns = ["ends @time", "only [2] {time}", "dec* now", "price (doubles|goes up)"]
unless = ["joke"]
unless_within = 5
negation = "ignore"
question = "suppress"
must_fire = ["the offer ends today"]
must_not_fire = ["the day ends"]
[[rule.concept]]
window = 8
ordered = true
sentences = 2
all = [["offer", "price"], ["ends", "over"]]
unless = ["never"]
PACK
for file in src/phrases/packs/*.toml; do head -c 6000 "$file" >"$corpus/packs/$(basename "$file")"; done

say imports 000 plain 'today only\n# a comment\nyou (must|have to) decide\n-credit card\nlimited* offer\n'
say imports 000 notation '"limited time" NEAR:5 offer\nnot (cancel OR refund) AND [now|today]\n'
say imports 001 table 'phrase,category,polarity,severity,speaker,language\n"act now",urgency,forbidden,major,agent,en\n"a;b",x,required,minor,any,pl\n'
say imports 001 excel 'sep=;\nphrase;category\nact now;urgency\n'
say imports 002 tabs 'phrase\tmessage\tlegal_source\nact now\tHurry\tUCPD\n'
say imports 003 list '["act now", {"phrase": "today only", "category": "urgency", "language": "en"}]'
say imports 003 suite '{"categories":[{"name":"urgency","expressions":[{"phrase":"act now","slop":3}]}],"vocabularies":[{"name":"x","phrases":["a","b c"]}]}'

for sample in samples/*/transcript.txt; do
    seed transcripts 000 "$sample"
    for language in 000 001 002 003 004 005; do seed text $language "$sample"; done
done
say transcripts 000 chat '[00:01] agent: hello\n[0:00:02.5] Customer: hi\n# note\nno label\n'
say transcripts 001 vtt 'WEBVTT\n\nNOTE x\n\nSTYLE\na{}\n\n1\n00:01.000 --> 00:02.500 align:start\n<v Agent>hello <i>you</i> &amp; me</v>\n\n00:00:03.000 --> 00:00:04.000\n- hi\n'
say transcripts 002 srt '1\n00:00:01,000 --> 00:00:02,500\nagent: hello\n\n2\n00:00:03,000 --> 00:00:04,000\n<b>hi</b>\n'
say transcripts 003 csv 'start,end,speaker,text\n0.5,1.5,agent,"hello, you"\n00:02,3,customer,hi\n'
say transcripts 004 whisper '{"language":"en","segments":[{"start":0.0,"end":1.5,"text":" hello you","speaker":"A","words":[{"start":0,"end":0.5,"word":" hello","probability":0.9},{"start":0.5,"end":1,"word":" you","score":0.5}]}]}'
say transcripts 004 cpp '{"result":{"language":"en"},"transcription":[{"timestamps":{"from":"00:00:00,000","to":"00:00:01,000"},"offsets":{"from":0,"to":1000},"text":" hello"}]}'
say transcripts 004 own '{"language":"en","language_probability":1.0,"model":null,"utterances":[{"start_s":0.0,"end_s":1.0,"channel":0,"speaker":"s0","language":"en","text":"hello you","confidence":0.5,"words":[{"start_s":0.0,"end_s":0.5,"text":"hello","probability":0.9}]}]}'
say text 200 json '{"language":"en","language_probability":1.0,"model":null,"utterances":[{"start_s":0.0,"end_s":1.0,"channel":0,"speaker":"s0","language":"en","text":"call me on 020 7946 0958","confidence":0.5,"words":[{"start_s":0.0,"end_s":0.5,"text":"call","probability":0.9},{"start_s":0.5,"end_s":0.6,"text":"me","probability":0.9},{"start_s":0.6,"end_s":0.7,"text":"on","probability":0.9},{"start_s":0.7,"end_s":0.8,"text":"020","probability":0.9},{"start_s":0.8,"end_s":0.9,"text":"7946","probability":0.9},{"start_s":0.9,"end_s":1.0,"text":"0958","probability":0.9}]}]}'
say text 000 numbers 'agent: what is your card number?\ncustomer: 4111 1111 1111 1111, born 5 May 1980, j dot smith at example dot com\n'
say text 000 names 'customer: my name is John Smith, 12 High Street, Leeds LS1 4AP, password is blue horse\n'

seed facts 000 tests/it/facts/facts.toml
for language in 001 002 003 004 005 006; do seed facts $language tests/it/facts/*.tsv; done

say metadata 000 comma 'source,id,started_at,agent,direction,party\na/1.wav,7,2026-11-02 14:30,Anna,in,\n2.wav,8,2026-11-02T14:30:00+01:00,"Bo ""B""",out,\n'
say metadata 000 excel '\357\273\277sep=;\nSource;Party;id\nb/1_agent.wav;agent;9\nb/1_customer.wav;customer;9\n'
say metadata 001 pattern '{agent}_{started_at:%%Y%%m%%d-%%H%%M%%S}_{customer_ref}\nanna_20261102-143005_C_77.wav\nx/y.wav\n'
say metadata 001 party '{vendor}/{_}-{direction}-{id}_{party:a|b}\nv/1-in-7_a.wav\nv/2-out-7_b.wav\n'
say metadata 001 offset '{id}{{x}}{started_at:%%Y-%%m-%%dT%%H%%M%%z}%%\n7{x}2026-11-02T1430+0100%%25.wav\n{started_at:%%s}-{id}\n'

say config 000 all 'language = "pl"\nphrases = ["own.toml"]\nprofile = "eu"\nmax-duration = "90m"\nlimit = ["memory=2GiB", "wall=3"]\njobs = 2\nfail-on = "major"\nisolation = "auto"\naudio = "none"\nno-join = true\n'
say config 001 limits 'bytes=1GiB\nmemory=1.5GiB\nwall=0.5\nwall_floor=5s\nchannels=2\nsample_rate=48000\ntranscript_bytes=500kB\nduration=2h\n'
say config 002 raw 's16le,16000,2'
say config 003 moment 'Europe/Warsaw\n2026-11-02 14:30'
say config 003 german '+0130\n2.11.2026 14:30:05'
say config 004 hours '1.5h'

# Both sides of the session of the documents; its placeholders become values.
session() { sed -n "s/^$1 //p" tests/it/worker_session.txt | sed 's/"CONFINEMENT"/"full"/; s/"BOOL"/true/; s/"REPORT"/null/'; }
mkdir -p "$corpus/worker"
{ printf '\001'; session '>'; } >"$corpus/worker/requests"
{ printf '\000'; session '<'; } >"$corpus/worker/answers"
say worker 001 analyze '{"type":"analyze","id":"7","path":"a.wav","source":"a","sha256":null,"call":{"agent":"Anna"},"deadline_s":5.5,"attempt":2,"raw":true}\n{"type":"cancel","id":"7"}\n'
say worker 001 parts '{"type":"analyze","id":"7","path_hex":"612e776176","parts":{"two":{"first":{"source":"a","path":"a","bytes":1,"sha256":""},"second":{"source":"b","path":"b","bytes":1,"sha256":""},"are_parties_known":true}}}\n'
say worker 000 decoded '{"type":"decoded","id":"7","duration_s":312.4,"deadline_s":3190.1}\n{"type":"error","code":"not_json","id":null,"message":"x"}\n'
say worker 000 result '{"type":"result","id":"1","status":"stopped","error":null,"report":null,"raw_report":null,"is_browser_playable":false,"attachments":[{"name":"peaks.json","bytes":46},{"name":"0.png","bytes":2}]}\n{"bin_s":0.1,"channels":[[-1,1,0,3],[-1,1,2]]}xy'
