# The page of the batch.

batch-title = { $n ->
    [one] { $n } call
   *[other] { $n } calls
}
batch-heading = Calls
batch-n-calls = { $n ->
    [one] { $n } call
   *[other] { $n } calls
}
batch-from-to = { $from } to { $to }
batch-or-more = { $from } or more
# 3 of 8 (calls).
batch-of = { $value } of { $of }
batch-of-calls = { $value } of { $of } judged calls
batch-n-judged = { $value } of { $of } judged
batch-too-few = too few
batch-skip = Skip to the list of calls
batch-sections = Parts of this page

# Totals.
batch-total-calls = calls
batch-total-analysed = analysed
batch-total-failed = failed
batch-total-not-judged = not judged
batch-total-pending = not yet tried
batch-total-sound = of sound
batch-total-findings = findings in all
# How many of the findings are true by their confidences: $value ± $of.
batch-expected = expect { $value } ± { $of } true

# What to hear.
batch-listen = Listen to these first
batch-listen-how = Six calls where severe findings are most likely true, then four where the analysis is least sure; each opens at the moment. Confidences are added up: a finding of 60 % counts as 0.6 of one.
batch-listen-none = Nothing points at any call. Hear the calls drawn by lot below.
batch-why-risky = Of { $from } severe findings { $value } ± { $of } are likely true.
batch-why-many = Many smaller findings are likely true.
batch-why-unsure = Severe, but only { $value } sure: please judge.
batch-why-unheard = Only { $value } of its words can be relied on.
batch-why-no-words = Its words could not be read: what was said is not known.
batch-why-not-judged = What was said could not be judged.
batch-why-spread = Its findings together are the least sure.
batch-kind-risky = risky
batch-kind-uncertain = uncertain
batch-drawn = By lot, from all other calls
batch-drawn-how = Rules find only what they look for. Hear these whole, too.
batch-drawn-all = These are all the other calls.
# $value: a share such as 63 %.
batch-drawn-says = If you find nothing wrong in them, up to { $value } of the other calls may still be bad (95 % confidence): few calls say little.
# $value of $of calls.
batch-drawn-more = To know the share of bad calls within ±10 points, hear { $value } of these { $of }, drawn by lot.
batch-drawn-seed = Seed { $value }, made from the recordings: the same recordings give the same lot.

# The list of calls.
batch-list = All calls, worst first
batch-how-title = How to read this
batch-how-score = Score: 100 is best; points are lost for bad lines, noise, missing steps, forbidden phrases and exposed personal data, and the page of the call shows which finding cost them. Calls without a score could not be judged well enough.
batch-how-findings = Findings are places to listen to, not proofs: each has a confidence, and a click opens it where it is said.
batch-how-missing = Missing steps are things that had to be said and were not found.
batch-how-not-judged = Not judged: the words of the call could not be judged. That nothing was found in it, and no step missing, says nothing of it.
batch-how-snr = SNR is how far speech stands out of noise, in the worse channel.
batch-how-overtalk = Overtalk is the share of talk in which both speak.
batch-how-empty = An empty cell means: not measured; the page of the call says why.
batch-how-link = Filters, order and columns are in the address of this page: a copied link shows the same list.
batch-filter = Filter the calls
batch-find = Find
batch-find-hint = name, agent, words …
batch-filter-severity = Findings
batch-severity-1 = critical
batch-severity-2 = major or worse
batch-severity-3 = minor or worse
batch-filter-category = Category
batch-filter-status = Status
batch-filter-score = Score from
batch-filter-score-to = to
batch-any = any
batch-clear = Clear filters
batch-columns = Columns
batch-no-calls = No calls.
batch-caption = Calls, worst first. Column headings are buttons that sort.
batch-column-score = Score
batch-column-call = Call
batch-column-worst = Worst findings
batch-column-missing = Missing steps
batch-column-started = Started
batch-column-length = Length, min:s
batch-column-snr = SNR, dB
batch-column-overtalk = Overtalk, %
batch-column-status = Status
batch-status-not-judged = not judged
batch-pages = Pages of the list
batch-earlier = Earlier
batch-later = Later
# Without a script.
batch-first-only = Here stand the worst { $value } of { $of } calls; calls.csv has them all.

# What was found.
batch-found = What was found
batch-found-how = Shares are of the calls in which it could be judged. Expected: how many of the findings are true by their confidences. The interval (95 %, Wilson) says how far the share could be off if these calls are a sample of more.
batch-found-category = Category
batch-found-kind = Kind
batch-found-calls = Calls
batch-found-share = Share of judged calls
batch-found-interval = 95 % interval
batch-found-findings = Findings
batch-found-expected = Expected true
batch-found-example = The surest, to hear

# By group.
batch-groups = Who and when
batch-groups-how = Intervals are of 95 %: Student's t for the mean score; for findings the exact Poisson interval, widened as they come in clusters; Wilson's for steps. Groups of fewer than 5 calls are listed last and not ranked. A difference may come from what somebody was given to do. Findings are counted in calls whose words were judged.
batch-by-agent = By agent
batch-by-vendor = By vendor
batch-by-campaign = By campaign
batch-by-language = By language
batch-by-weekday = By weekday
batch-by-hour = By hour
batch-head-agent = Agent
batch-head-vendor = Vendor
batch-head-campaign = Campaign
batch-head-language = Language
batch-head-weekday = Weekday
batch-head-hour = Hour
batch-group-calls = Calls
batch-group-score = Mean score
batch-group-severe = Critical and major per 10 calls
batch-group-missing = Missing steps
batch-group-small = few calls
batch-group-more = { $n ->
    [one] { $n } more group is not shown; the list can be filtered by it.
   *[other] { $n } more groups are not shown; the list can be filtered by any.
}
batch-group-unknown = { $n ->
    [one] { $n } call belongs to none: it is not known.
   *[other] { $n } calls belong to none: it is not known.
}
batch-weekday-1 = Monday
batch-weekday-2 = Tuesday
batch-weekday-3 = Wednesday
batch-weekday-4 = Thursday
batch-weekday-5 = Friday
batch-weekday-6 = Saturday
batch-weekday-7 = Sunday

# Heat map.
batch-heat = What, and by whom
batch-heat-how = Share of the calls that could be judged in which it was found with at least 50 % confidence; for fewer than 5 calls the calls themselves. A click shows them. Shades begin at 0.5, 10, 25, 50 and 75 %. – means that none could be judged.
batch-heat-more-columns = { $n ->
    [one] { $n } more column is not shown.
   *[other] { $n } more columns are not shown.
}
batch-heat-more-rows = { $n ->
    [one] { $n } more category is not shown.
   *[other] { $n } more categories are not shown.
}
batch-heat-nothing = not found

# Distributions.
batch-spread = How the numbers spread
batch-spread-how = A click on a bar, or on a line of its table, shows these calls.
batch-chart-score = Score
batch-chart-severe = Critical and major findings per call
batch-chart-findings = Findings per call
batch-chart-snr = SNR, dB
batch-chart-overtalk = Overtalk, %
batch-chart-talk = Agent's share of the talk, %
batch-chart-silence = Longest silence, s
batch-chart-length = Length, min
batch-chart-summary = Median { $value }; nine of ten calls from { $from } to { $to }.
batch-chart-summary-all = Median { $value }; all calls from { $from } to { $to }.
batch-chart-missing = { $n ->
    [one] Not measured in { $n } call.
   *[other] Not measured in { $n } calls.
}
batch-chart-table = As a table
batch-chart-step = Step
batch-chart-calls = Calls

# Questions.
batch-questions = Questions to ask
batch-questions-of = Questions to ask { $name }
batch-questions-how = Each doubt as a question, with the moments that raise it. One call is a note, two are worth asking, three independent calls are an alarm. Findings may be wrong, and there may be a good answer. Only findings of at least 50 % confidence count.
batch-doubt-red = alarm
batch-doubt-ask = ask
batch-doubt-note = note
batch-questions-all-calls = all of them
batch-questions-more = { $n ->
    [one] { $n } more question follows from the list of what was found.
   *[other] { $n } more questions follow from the list of what was found.
}
batch-question-any-said = “{ $name }” was heard in these calls. Is it in your script, and how do you keep agents from it?
batch-question-any-step = The step “{ $name }” was not heard. Is it part of your script, and how do you check that it is said?
batch-question-any-fact = What was said about “{ $name }” does not fit the facts. Where do your agents take it from?
batch-question-any-personal = Personal data ({ $name }) is audible in these recordings. Who may hear them, and why was it not taken out?
batch-question-any-quality = The sound has a fault: { $name }. Where does it come from, and is it in live calls as well?
batch-question-contradiction = Your calls name different values for { $name }: { $value }. Which one holds, and where do agents look it up?
batch-question-urgency_false = Customers are told that the offer ends today or with this call. Does it? What ends it, and where is that written?
batch-question-scarcity_stock = Agents say that few are left. Where do they see the stock while they speak, and was it true on these days?
batch-question-free_false = Something is called free. What does the customer pay in the end, delivery, activation and contract included?
batch-question-delivery_overpromise = Delivery is promised by a day. How often is that kept, and what happens when it is not?
batch-question-guarantee_overclaim = Results or safety are guaranteed. Who stands for it, and where can we read the guarantee?
batch-question-health_claim = Something is said to heal or to protect health. Which proof and which permission do you have for that?
batch-question-false_authority = The caller speaks for a bank, an office or another company. On whose behalf do you really call?
batch-question-purpose_concealed = The call begins as a survey or a service call and ends as a sale. When do customers learn what it is about?
batch-question-prize_bait = Customers are told that they have won or were chosen. Who draws the winners, and what does the prize cost them?
batch-question-consent_engineering = Silence or small words are taken for a yes. What counts as consent with you, and can we hear one that is clear?
batch-question-withdrawal_obstruction = Customers are talked out of cancelling. What do they have to do to cancel, and how many succeed on the first try?
batch-question-threat_penalty = Customers are threatened with fees, courts or losses. Which of these exist, and who allowed agents to say so?
batch-question-pressure_after_refusal = Selling goes on after a clear no. After how many refusals must your agents stop, and who checks that they do?
batch-question-secrecy_isolation = Customers are asked to tell nobody, or to decide alone. Why?
batch-question-sensitive_request = Card numbers, passwords or identity numbers are asked for on the recorded line. Why, and who can hear the recording?
batch-question-off_record = Something is said “off the record”. What do your agents say when the recording is off?
batch-question-trade_secret_leak = Inside knowledge of your clients is audible. What would callers hear about us?
batch-question-staged_marker = Words like “take two” or “rehearsal” are heard. Are these real calls, and can you show where they come from?
batch-question-rudeness = Agents are rude to customers. What happened to them afterwards, and why was this call chosen to be shown?
batch-question-q_recording = The customer is not told that the call is recorded. Where is that announced, and can you prove it for these calls?
batch-question-q_company = The agent does not say which company is calling. Is that left out on purpose?
batch-question-q_total_price = The total price is not named before the order. When does the customer learn it?
batch-question-q_withdrawal_right = The right to withdraw is not mentioned. When and how are customers told?
batch-question-q_explicit_consent = A clear yes to the order is not heard. What do you keep as proof of the contract?
batch-question-q_optout_honoured = A customer asks not to be called again, and that is passed over. How do such wishes reach your lists?
batch-question-q_payment_pause = The recording goes on while payment data is named. Why is it not paused?
batch-question-c_dnc_request = Customers ask not to be called again. On which list were they, and were they called once more?
batch-question-c_audio_complaint = Customers complain that they cannot hear well. Is it the line, the headsets or the room?
batch-question-c_wait_complaint = Customers complain about waiting. How long is your queue at that hour, and what do you promise?
batch-question-pii-card = Payment card numbers are audible in these recordings. How do you keep to the rules of the card companies (PCI DSS)?
batch-question-pii-person_name = Full names are audible in recordings that you hand out. Did these people agree?
batch-question-pii-phone = Telephone numbers are audible in recordings that you hand out. Did these people agree?
batch-question-quality-background_voices = Other agents' voices are heard behind the speaker. How far apart do they sit, and what do callers learn of each other?
batch-question-quality-leakage = Each party is heard in the other's channel. Are headsets open, or were both voices mixed before they were recorded?
batch-question-quality-dual_mono = Both channels carry the same sound. Why were agent and customer not recorded apart?
batch-question-quality-clipping = The sound is clipped: too loud for the recorder. Do customers hear it like that?
batch-question-quality-gated = Between words there is digital silence: the background was removed. Can we have the recording as it was?

# Contradictions.
batch-consistency = Calls that contradict each other
batch-consistency-how = Different values named for the same thing; which of them holds is for a fact sheet to say.
batch-consistency-about = About
batch-consistency-product = Product
batch-consistency-value = Value
batch-consistency-calls = Calls
batch-consistency-heard = Heard in
batch-consistency-same-agent = one agent, several values

# Trend.
batch-trend = From run to run
batch-trend-how = What each run over this folder found. Runs with other settings measure otherwise and are marked.
batch-trend-when = Run, UTC
batch-trend-score = Mean score
batch-trend-severe = Critical and major per 10 calls
batch-trend-changed = other settings

# Failed, left out.
batch-failed = { $n ->
    [one] { $n } file could not be analysed
   *[other] { $n } files could not be analysed
}
batch-failed-kind = Kind
batch-failed-why = Why
batch-failed-file = File
batch-skipped = { $n ->
    [one] Files left out ({ $n })
   *[other] Files left out ({ $n })
}
batch-selftest = How well damage is found on recordings like these (self-test)
batch-selftest-how = { $n ->
    [one] Known damage was mixed into { $n } recording, and the copies were measured.
   *[other] Known damage was mixed into { $n } recordings, and the copies were measured.
}
batch-selftest-more = All of it:
batch-made = Made by callvet on this machine.
batch-spreadsheets = For spreadsheets:

# For the script.
js-batch-shown = { $n ->
    [one] { $n } of { $of } calls
   *[other] { $n } of { $of } calls
}
js-batch-range = { $from } to { $to }
js-batch-none = No call fits these filters.
js-batch-remove = Remove the filter { $name }
js-batch-any = any
js-batch-with = with { $name }
js-batch-confidence = confidence { $value } %
js-batch-lost = part lost
js-batch-bar = { $name }: { $value }
js-batch-column-campaign = Campaign
js-batch-column-talk = Agent talks, %
js-batch-column-silence = Longest silence, s
js-batch-range-severe = Critical and major
js-batch-range-findings = Findings
js-batch-range-snr = SNR, dB
js-batch-range-overtalk = Overtalk, %
js-batch-range-talk = Agent talks, %
js-batch-range-silence = Longest silence, s
js-batch-range-length = Length, min
js-batch-likely = at least 50 % sure
js-batch-filter-weekday = Weekday
js-batch-filter-hour = Hour
js-batch-filter-campaign = Campaign
js-batch-trend-score = Mean score
js-batch-trend-severe = Critical and major per 10 calls
