# The page of a call.

call-skip = Skip to the findings
call-nav = Calls
call-all = All calls
call-previous = ← Previous call
call-next = Next call →

# What is known of the call.
call-fact-recording = Recording
call-fact-file-of-channel = File of channel { $n }
call-fact-file-without-sound = File without sound
call-fact-length = Length
call-fact-language = Language
call-fact-call = Call
call-fact-started = Started
call-fact-agent = Agent
call-fact-customer = Customer
call-fact-vendor = Vendor
call-fact-campaign = Campaign
call-fact-direction = Direction
call-fact-sound = Sound
call-fact-odd = Odd about the channels
call-inbound = the customer called
call-outbound = the centre called

# What came out, in one look.
call-verdict = Verdict
call-of-100 = of 100 points
call-no-score = too little can be judged for a score
call-no-findings = No findings
call-words-not-judged = Not judged: the words could not be relied on, so no findings does not mean a good call
call-steps-missing = { $n ->
    [one] { $n } required step missing
   *[other] { $n } required steps missing
}
call-parts-lost = { $n ->
    [one] { $n } part of the recording lost
   *[other] { $n } parts of the recording lost
}
call-not-transcribed = Not transcribed: words were not judged
call-worst = Hear the worst first
call-worst-read = The worst first
call-go-to-finding = To the finding

# The score and where it comes from.
call-score = How the score comes about
call-part = Part
call-share = Share
call-points = Points
call-lost-through = Lost through
call-points-of = { $points } of { $max }
call-points-cost = { $points } (can only cost points)
call-not-judged = cannot be judged
call-formula = 100 × ({ $points }) / ({ $max }) = { $total }
call-formula-says = 100 times the points earned, divided by the points that could be earned, over the parts that can be judged; never below 0. A finding costs its weight times its confidence.
call-formula-none = No total: the parts that can be judged hold less than half of all points.

# The player.
call-player = Player
call-play = Play
call-back = Back 5 s
call-on = On 5 s
call-position = Position in the call
call-finding-back = Previous finding
call-finding-on = Next finding
call-speed = Speed
call-volume = Volume
call-loop = Loop
call-loop-help = Repeats the selection, or the chosen finding
call-loop-from = From here
call-loop-to = To here
call-loop-from-help = The selection begins at this place
call-loop-to-help = The selection ends at this place
call-follow = Follow the sound
call-help = Keys
call-sound-problem = The recording cannot be played: it has been moved or deleted, or this browser does not know its format.

# Keys.
call-keys = Keys
call-key-enter = play the chosen finding from 2 s before
call-key-j = next, previous finding
call-key-space = play, pause
call-key-arrows = 5 s back, on
call-key-l = loop the selection or the chosen finding
call-key-edges = begin, end of the selection here
call-key-verdicts = agree, disagree, unsure about the chosen finding
call-key-n = note on the chosen finding
call-key-search = search in the transcript
call-key-help = this help
call-keys-on = Letters and signs are keys
call-keys-why = Switch them off if you speak to your computer or press them by accident. Enter, Space and arrows stay.
call-close = Close

# The picture.
call-picture = The call at a glance
call-zoom = Zoom
call-zoom-all = Whole call
call-zoom-min = { $n } min
call-zoom-s = { $n } s
call-picture-about = Click for a place, drag to select. The same stands in lists below.
call-no-waveform = There is no waveform for this call; the lanes are drawn from what was measured and transcribed.
call-row-time = Time
call-row-findings = Findings
call-lane-speech = { $who } speaks
call-lane-voices = { $who }: voices behind
call-lane-noise = { $who }: noise
call-lane-clipping = { $who }: clipped
call-lane-dropouts = { $who }: dropouts
call-lane-overtalk = Both speak
call-lane-silence = Nobody speaks
call-lane-hold = On hold
call-lane-tones = Tones
call-lane-talk = People talk
# The same without whose it is.
call-kind-voices = voices behind a party
call-kind-noise = noise
call-kind-clipping = clipped
call-kind-dropouts = dropouts
call-lane-none = { $name }: none
call-lane-unknown = { $name }: { $why }
call-lane-sum = { $name }: { $n }, { $length } in all
call-overtalk-by = { $kind }, { $who }
call-legend = Legend
call-legend-findings = Findings:
call-legend-wave = Waveform: the full height is { $value } dBFS, the same for all channels.
call-legend-soft = thinner: a sign of listening
call-legend-spectrogram = Spectrogram: 0 to { $value } Hz from bottom to top;
call-legend-scale = dark to bright
call-lists = The lanes as lists

# Findings.
call-findings = Findings
call-expected = { $findings }; by their confidences { $mean } ± { $sd } of them are true.
call-hint = Enter or a click plays a finding from 2 s before.
call-hint-silent = Enter or a click shows the place of a finding.
call-filter = Show
call-filter-severity = Severity
call-filter-category = Category
call-filter-party = Party
call-filter-state = Reviewed
call-filter-all = all
call-filter-open = not yet
call-filter-done = reviewed
call-order = Order
call-order-worst = worst first
call-order-time = as in the call
call-nothing-shown = No finding passes the filters.
call-clear-filters = Show all
call-line = line { $n }
call-sure = { $value } sure
call-why = Why: evidence
call-nobody = Nobody in particular

# Reviews.
call-reviewer = Your initials
call-export = Export reviews
call-import = Import reviews
call-not-kept = This browser does not let the page keep anything: reviews are lost when the page is closed. Export them before.
call-agree = Agree
call-disagree = Disagree
call-unsure = Unsure
call-note = Note
call-ask = Who reviews?
call-ask-why = Your initials stand in the export, so that verdicts of several reviewers can be compared. The page asks once.
call-save = Save
call-cancel = Cancel

# Required steps.
call-steps = Required steps
call-no-steps = No required steps were looked for.
call-nearest = Nearest ({ $value }):
call-searched = Searched: { $where }
call-searched-heard = Searched: { $where }; { $value } of its speech could be heard
call-from-to = { $from } to { $to }
call-from = from { $from }
call-up-to = up to { $to }
call-whole-text = the whole text

# The transcript.
call-transcript = Transcript
call-no-words = No words were heard.
call-no-transcript = This call was not transcribed.
call-uncertain-about = Written by a speech model. Words with a dotted line are uncertain; the pointer shows how much.
call-uncertain-example = dotted line
call-uncertain = Uncertain: heard with { $value }
call-search = Search in the transcript
call-hit-back = Previous place
call-hit-on = Next place

# Measurements.
call-numbers = Measurements
call-numbers-call = The whole call
call-numbers-speakers = How they talk
call-numbers-channels = Sound, by channel
call-numbers-none = This report was made from text: there is no sound to measure.
call-leakage = Leakage: one party heard in the other's channel
call-leak-from = Voice of
call-leak-to = heard in
call-leak-found = Found
call-leak-level = Level
call-leak-delay = Delay
call-problems = What could not be done
call-no-problems = Nothing was in the way.

# What made the report.
call-made = What made this report
call-made-recording = Recording, SHA-256
call-made-bytes = Recording, bytes
call-made-settings = Settings, SHA-256
call-made-decoder = Decoder
call-made-model = Speech model
call-made-model-hash = Speech model, SHA-256
call-made-vad = Voice activity model, SHA-256
call-made-dnsmos = DNSMOS model, SHA-256
call-made-speakers = Speaker model, SHA-256
call-made-metadata = Facts of the call from
call-made-phrases = Phrase list, SHA-256
call-disclaimer = A model wrote the transcript and rules judged it. Listen before you act on a finding.

# What the script says.
js-call-play = Play
js-call-pause = Pause
js-call-position = { $time } of { $of }
js-call-loop-on = Looping { $from } to { $to }
js-call-loop-off = No loop
js-call-loop-nothing = Nothing to loop: choose a finding or drag over the picture
js-call-selected = Selected { $from } to { $to }: press l to loop it
js-call-all-shown = { $n ->
    [one] { $n } finding
   *[other] { $n } findings
}
js-call-some-shown = { $n } of { $of } findings shown
js-call-reviewed = { $n } of { $of } reviewed
js-call-agree = agree
js-call-disagree = disagree
js-call-unsure = unsure
js-call-judged = { $value }: { $name }
js-call-review-of = Review: { $name }
js-call-saved-there = Saved on the server
js-call-not-saved-there = The server did not take the review: it is kept in this browser
js-call-nothing-to-export = Nothing to export: you have reviewed no finding of this call
js-call-exported = { $n ->
    [one] { $n } review exported
   *[other] { $n } reviews exported
}
js-call-imported = { $n ->
    [one] { $n } new review of this call
   *[other] { $n } new reviews of this call
}
js-call-not-reviews = This file holds no reviews
js-call-hits = { $n } of { $of }
js-call-no-hits = not found

# Verdicts of reviewers that are in the store.
call-reviewed = Reviewed: { $agreed } agree, { $disagreed } disagree, { $unsure } unsure.
call-rejected = ✗ rejected by reviewers
