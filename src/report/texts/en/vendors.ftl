# The comparison of vendors.
vendors-title = Vendors
vendors-title-compared = Vendors compared
vendors-title-one = Vendor
vendors-all-calls = All calls
vendors-skip = Skip to the answer
vendors-nav = Pages of this folder
vendors-n-calls = { $n ->
    [one] { $n } call
   *[other] { $n } calls
}
vendors-calls-of = { $n } of { $of } calls
vendors-count-vendors = vendors
vendors-count-calls = calls
vendors-count-failed = could not be read
vendors-count-sound = of sound
vendors-count-agents = agents known
vendors-count-judged = calls whose words could be judged

# Who is better.
vendors-answer = Who is better, how sure, how many more calls
vendors-answer-one = There is one vendor: nothing to compare with. Its figures and doubts stand below.
vendors-answer-many = More than 6 vendors: the table below has all of them; pairs are not compared one by one. Run fewer folders for that.
vendors-better = { $name } is better than { $other } as far as these calls tell.
vendors-each = { $name } and { $other } are each better in something.
vendors-cannot-tell = Cannot tell yet whether { $name } or { $other } is better.
vendors-sure-in = For sure better: { $name } in { $what }.
vendors-clearest = The clearest figure is “{ $figure }”: { $value } with { $name }, { $value2 } with { $other }.
vendors-clearest-chance = A difference of this size or more would come about by chance in { $p } of such comparisons.
vendors-clearest-corrected = Corrected for { $n } comparisons that stays sure.
vendors-clearest-uncorrected = Corrected for { $n } comparisons that is not sure enough.
vendors-clearest-none = No figure differs between them.
vendors-more-each = About { $n } more calls of each vendor would show a difference of this size, with 8 chances in 10.
vendors-more-enough = The calls at hand would show a difference of this size with 8 chances in 10, if it were the only figure.
vendors-more-hopeless = No number of calls that anybody would listen to (5000) would settle it: the difference is too small.
vendors-five-each = About { $n } more calls of each would pin “{ $figure }” down to ±5 points.
vendors-five-enough = “{ $figure }” is already known to ±5 points.
vendors-five-hopeless = Even 5000 more calls of each would not pin “{ $figure }” down to ±5 points.
vendors-mix-alike = Their calls are of like kinds ({ $distance } would have to be others to match in language and length).
vendors-mix-adjusted = Their calls differ in language or length ({ $distance } would have to be others): figures are weighted to the kinds that both have.
vendors-mix-apart = Careful: their calls are of different kinds ({ $distance } would have to be others), and too few kinds are common. A difference may be that of the calls, not of the vendors: ask both for calls of the same kind.
vendors-noisier = { $name } is noisier than { $other } for sure. That stands against { $name } below; it is no merit of { $other }: a demo made in a quiet room shows nothing.
vendors-agents-unknown = Agents are not known: calls count as independent, and intervals come out too short where one agent has several. Name agents with --metadata or --name-pattern.
vendors-few = With { $n } calls of the smaller vendor only large differences can show.

# Verdicts.
vendors-verdict = Verdict on { $name }
vendors-verdict-no-doubt = No doubt found
vendors-verdict-note = A note
vendors-verdict-ask = Ask the vendor
vendors-verdict-red-flag = Red flag
vendors-verdict-cannot-tell = Cannot tell
vendors-verdict-no-doubt-says = Nothing that counts was found in calls whose words could be judged. A vendor chooses its demo calls: ask for calls of a day that you choose.
vendors-verdict-note-says = One kind of doubt. Keep it in mind and listen.
vendors-verdict-ask-says = Two independent kinds of doubt. Ask before you go on.
vendors-verdict-red-flag-says = { $n } independent kinds of doubt; three are an alarm. Listen to the places below before you decide.
vendors-verdict-cannot-tell-says = Nothing was found, but the words of { $n } of { $of } { $of ->
    [one] call
   *[other] calls
} could not be judged: that is no good mark.
vendors-doubts = Doubts
vendors-doubts-rare = Found, but too rarely to count (in fewer than one call in twenty)
vendors-doubt-misleading = Misleading words
vendors-doubt-pressure = Pressure
vendors-doubt-rude = Rudeness
vendors-doubt-outdated = Outdated technique
vendors-doubt-facts = False or contradicting facts
vendors-doubt-personal_data = Personal data can be heard
vendors-doubt-secrets = Trade secrets can be heard
vendors-doubt-missing_steps = Required steps missing
vendors-doubt-noise = Noise or neighbours behind the agent
vendors-doubt-line = A bad line
vendors-doubt-staged = Signs of staged calls
vendors-doubt-unreadable = Recordings that cannot be read
vendors-doubt-in = in { $n } of { $of } { $of ->
    [one] call
   *[other] calls
}
vendors-expected = { $percent } sure
vendors-question = Ask:
vendors-listen = Listen at { $time }
vendors-open = Open the call

# May it be published?
vendors-publish = As material to publish:
vendors-publish-publish = nothing found against it
vendors-publish-fix = fix first
vendors-publish-do-not = do not publish
vendors-publish-cannot-tell = cannot tell
vendors-publish-publish-says = Nothing was found in what was heard that speaks against it.
vendors-publish-severe_data = cards, accounts, passwords or identity numbers are heard ({ $calls })
vendors-publish-secrets = trade secrets are heard ({ $calls })
vendors-publish-neighbours = words of neighbours can be made out ({ $calls })
vendors-publish-personal_data = personal data is heard ({ $calls })
vendors-publish-misleading = misleading words or pressure are heard ({ $calls })
vendors-publish-staged = words of staging are heard ({ $calls })
vendors-publish-not_heard = words could not be judged ({ $calls })
vendors-publish-privacy_not_judged = personal data could not be judged ({ $calls })

# Figures.
vendors-figures = Side by side
vendors-figures-how = Each value with its 95 % interval: the truth of the vendor lies in it in 19 of 20 such samples. Bars show value and interval; the longer the bar, the less is known. No interval: too few calls, or all alike.
vendors-figure = Figure
vendors-figure-score = Score without noise, 0 to 100
vendors-figure-forbidden_calls = Calls with serious forbidden words
vendors-figure-forbidden_rate = Forbidden words in 10 minutes
vendors-figure-personal_data_calls = Calls with personal data heard
vendors-figure-fact_calls = Calls that contradict the fact sheet
vendors-figure-steps_present = Required steps that were said
vendors-figure-overtalk = Talk in which both speak
vendors-figure-longest_silence = Longest silence
vendors-figure-bad_line_calls = Calls on a bad line
vendors-figure-unreadable_calls = Recordings that cannot be read
vendors-figure-neighbour_calls = Calls with neighbours’ words
vendors-figure-snr_db = Speech above noise (SNR)
vendors-higher-better = more is better
vendors-lower-better = less is better
vendors-noise-only = counts against, never for
vendors-interval = { $low } to { $high }
vendors-hits = { $n } of { $of }
vendors-not-measured = not measured
vendors-no-interval = no interval
vendors-points = { $value } points

# Differences.
vendors-differences = Differences
vendors-differences-of = { $name } against { $other }
vendors-differences-how = { $name } minus { $other }, with its 95 % interval; the line in the middle of a bar is no difference. “How sure” is for one figure alone; the last column is corrected for all { $n } comparisons on this page (Holm).
vendors-difference = Difference
vendors-who = In favour of
vendors-nobody = nobody
vendors-how-sure = How sure
vendors-after-all = After correction
vendors-after-all-sure = sure
vendors-after-all-not = not sure
vendors-more = More calls of each
vendors-more-cell-each = { $n } to tell
vendors-more-cell-enough = enough to tell
vendors-more-cell-hopeless = over 5000 to tell
vendors-five-cell-each = { $n } for ±5 points
vendors-five-cell-enough = enough for ±5 points
vendors-five-cell-hopeless = over 5000 for ±5 points
vendors-noise-note = noise only: makes nobody better

# Clips.
vendors-clips = Hear the difference
vendors-clips-how = Like places of both, up to five pairs. Chosen by kind and language, not at random: they show what the figures are about, and prove nothing.
vendors-clips-none = No call of one of them has a place to hear.
vendors-clip-greeting = The greeting
vendors-clip-price = A price is named
vendors-clip-worst = The worst place
vendors-clip-typical = How a usual call begins
vendors-clip-other-language = in different languages
vendors-clip-player = Clip of { $name }: { $what }
vendors-play-both = Play both, one after the other
vendors-no-sound = No sound here; open the call.

# Case mix.
vendors-mix = Which calls each gave
vendors-mix-kind = Language and length
vendors-mix-short = under 2 minutes
vendors-mix-middle = 2 to 10 minutes
vendors-mix-long = 10 minutes or more
vendors-mix-unknown = length unknown
vendors-language-unknown = language unknown

# How to read it.
vendors-how = How this is counted
vendors-how-doubts = Doubts are counted by kind, not by finding: ten misleading sentences are one doubt. Only findings that a careful reviewer would rather agree with (confidence 50 % and more) count, and only what is found in at least one call in twenty. One kind is a note, two are for asking, three or more a red flag.
vendors-how-noise = Noise only ever lowers a verdict. Calls without noise earn nothing: anybody can make a demo in a quiet room.
vendors-how-intervals = Shares of calls have Wilson’s interval, their differences Newcombe’s; means have a bootstrap over agents (over calls where agents are not known; { $n } resamples, always the same), or Student’s t where there are under ten. “Sure” means: under 5 chances in 100 that any of the comparisons on this page is called different by chance alone (Holm).
vendors-how-not-measured = What could not be measured in a call is left out of a figure, never taken for good. The page of the call says why.
vendors-footer = Made by callvet on this machine. The numbers for programs:
