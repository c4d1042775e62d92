# Words that several pages share.

label-n-findings = { $n ->
    [one] { $n } finding
   *[other] { $n } findings
}
# Between the last two of a few names: agent and customer.
label-and = { $first } and { $second }
label-yes = yes
label-no = no
label-none = none
label-no-value = no value
# Why a number is missing: $why is a sentence without its full stop.
label-not-measured = not measured: { $why }
label-limits = Good from { $good }, poor up to { $poor }: { $why }.
# The same where less is better.
label-limits-less = Good up to { $good }, poor from { $poor }: { $why }.
label-misled-by = Misled by: { $what }
label-play-from-here = Play from here
# Channels of a recording; $who is a party, or several.
label-channel = Channel { $n }
label-channel-of = { $who } · channel { $n }
label-channel-dead = no sound · channel { $n }
label-channel-all = all voices · channel { $n }

# Why the page of a call has no sound.
no-sound-text = This call is text.
no-sound-left-out = The sound was left out (--audio none).
no-sound-not-playable = Browsers cannot play this format, and no copy was made of it.
no-sound-gone = The recording is no longer where it was.

# Units, as they are written behind a number.
unit-db = dB
unit-plus-minus-db = ± dB
unit-dbfs = dBFS
unit-dbov = dBov
unit-dbtp = dBTP
unit-lufs = LUFS
unit-percent = %
unit-s = s
unit-ms = ms
unit-hz = Hz
unit-per-minute = 1/min
unit-full-scale = of full scale
unit-0-to-3 = 0 to 3
unit-1-to-5 = 1 to 5

# Lengths of time.
length-s = { $s } s
length-min-s = { $min } min { $s } s
length-h-min = { $h } h { $min } min

# How bad a finding is.
label-severity-critical = critical
label-severity-major = major
label-severity-minor = minor
label-severity-info = info
# So many findings of a severity, without the word "findings".
label-n-severity-critical = { $n } critical
label-n-severity-major = { $n } major
label-n-severity-minor = { $n } minor
label-n-severity-info = { $n } for information

# How a value stands against its limits.
label-grade-good = good
label-grade-fair = fair
label-grade-poor = poor

# A required step.
label-step-present = present
label-step-absent = missing
label-step-not-judgeable = cannot be judged
label-step-not-applicable = not needed here

# What a problem cost.
label-problem-lost = part lost
label-problem-not-measurable = not measured
label-problem-note = note

# How far a call is.
label-status-ok = analysed
label-status-failed = failed
label-status-pending = pending

# What a finding is about.
label-polarity-forbidden = must not be said
label-polarity-required = required step
label-polarity-signal = signal from the customer
label-polarity-fact = contradicts the fact sheet
label-polarity-personal-data = personal data
label-polarity-quality = quality

# Whose voice.
label-party-agent = Agent
label-party-customer = Customer
label-party-ivr = Announcement
label-party-third = Third voice
label-party-unknown = Unknown voice

# Parts of the score.
label-part-line = Line
label-part-noise = Noise
label-part-conversation = Conversation
label-part-required = Required steps
label-part-forbidden = Forbidden phrases
label-part-privacy = Personal data
label-part-facts = Facts

# Channels of a recording, and what is odd about them.
label-layout-mono = mono
label-layout-stereo = stereo
label-layout-multichannel = multichannel
label-layout-dual-mono = both channels carry the same sound
label-layout-polarity-inverted = the second channel is the first one upside down
label-layout-leaky = each party is heard in the other's channel
label-layout-dead-channel = a channel has no sound
label-layout-roles-swapped = agent and customer are on the other channels than said

# Kinds of noise.
label-noise-none = none
label-noise-stationary = steady (hiss, fan, line)
label-noise-hum = mains hum
label-noise-babble = many voices
label-noise-music = music
label-noise-intermittent = comes and goes

# Kinds of line.
label-band-narrowband = narrowband (telephone)
label-band-wideband = wideband (HD voice)
label-band-fullband = fullband

# Both speak at once.
label-overtalk-interruption = interruption
label-overtalk-backchannel = sign of listening
label-overtalk-simultaneous-start = both began at once

# What is heard while somebody waits.
label-hold-music = music
label-hold-silence = silence
label-hold-ringback = ringing
label-hold-tone = tone
label-hold-ivr = announcement

# Signals of the line.
label-signal-tone = Tone
label-signal-dtmf = Key pressed

# Rows of the tables that are no numbers of the catalogue.
cat-channels-noise-kind = Kind of noise
cat-channels-noise-kind-meaning = What the background sounds like over the whole call.
cat-channels-noise-gated = Noise gate
cat-channels-noise-gated-meaning = Yes: only digital silence is left between words, so the background cannot be heard and its noise cannot be measured.
cat-channels-bandwidth-kind = Kind of line
cat-channels-bandwidth-kind-meaning = What the band edge tells of the line.
cat-channels-clipping-spans = Clipped places
cat-channels-clipping-spans-meaning = Stretches with clipped samples, marked in the waveform.
cat-channels-dropouts-spans = Places of dropouts
cat-channels-dropouts-spans-meaning = Stretches with dropouts, marked in the waveform.
cat-channels-bandwidth-clues = Signs of codecs and copies
cat-channels-bandwidth-clues-meaning = What values and spectrum tell of codecs and resampling before. Information, no proof.

# Tables of measurements.
table-measurement = Measurement
table-unit = Unit
table-says = What it says
table-call = Call

# One party heard in the other's channel.
leak-undecided = cannot be judged
leak-weaker = { $value } dB weaker
leak-later = { $value } ms later

# Self-test: damage mixed into recordings and measured.
recovery-name = Recovery of injected damage
recovery-damage = Mixed in
recovery-number = Measured
recovery-found = Found
recovery-error = Error
recovery-bias = Bias
recovery-worst = Worst
recovery-of = { $n } of { $of }
# What was measured, with its unit.
recovery-field-snr = signal-to-noise ratio, dB
recovery-field-floor = noise floor, dB
recovery-field-hum = mains frequency, Hz
recovery-field-attenuation = attenuation of the leakage, dB
recovery-field-delay = delay of the leakage, ms
recovery-field-voice = voice below the speech, dB
recovery-field-clipped = clipped samples, percentage points
recovery-field-dropout = start of the dropout, ms
# What was mixed in.
recovery-damage-all = all
recovery-damage-hiss = hiss at { $value } dB SNR
recovery-damage-hum = 50 Hz hum at { $value } dB SNR
recovery-damage-knocks = knocks at { $value } dB SNR
recovery-damage-babble = babble at { $value } dB SNR
recovery-damage-leakage = leakage, { $value } dB down
recovery-damage-voice = neighbour's voice, { $value } dB below the speech
recovery-damage-clipping = clipping of { $value } % of samples
recovery-damage-dropouts = dropouts of { $value } ms
# $name is one of the following.
recovery-alarm = { $name }: { $n } of { $of } damaged copies (95 % sure: below { $value } %)
recovery-alarm-leakage = leakage
recovery-alarm-voices = background voices
recovery-alarm-clipping = clipping
recovery-alarm-dropouts = dropouts
recovery-alarm-hum = hum
recovery-false-alarms = Found although nobody had put it in:
selftest-title = Self-test
selftest-used = recordings used
selftest-of-sound = of sound
selftest-how-well = How well damage is found on these recordings
selftest-what = Known damage was mixed into your own recordings, and the copies were measured.
selftest-what-found = In how many copies the number was there at all.
selftest-what-error = How far it was from what had been mixed in, on average.
selftest-what-bias = Whether it reads high (+) or low (−).
selftest-what-worst = The largest error.
selftest-left-out = { $n ->
    [one] What could not be tried ({ $n } recording)
   *[other] What could not be tried ({ $n } recordings)
}
selftest-made-by = Made by callvet { $version } on this machine, seed { $seed }: the same recordings and seed give the same table.
selftest-for-spreadsheets = For spreadsheets:
selftest-every-trial = Every single trial:
