# Words that several pages share.

label-n-findings = { $n ->
    [one] { $n } találat
   *[other] { $n } találat
}
# Between the last two of a few names: agent and customer.
label-and = { $first } és { $second }
label-yes = igen
label-no = nem
label-none = nincs
label-no-value = nincs érték
# Why a number is missing: $why is a sentence without its full stop.
label-not-measured = nincs mérve: { $why }
label-limits = A jó határa { $good }, a gyengéé { $poor }: { $why }.
# The same where less is better.
label-limits-less = Jó legfeljebb { $good }, gyenge { $poor } értéktől: { $why }.
label-misled-by = Megtévesztheti: { $what }
label-play-from-here = Lejátszás innen
# Channels of a recording; $who is a party, or several.
label-channel = { $n }. csatorna
label-channel-of = { $who } · { $n }. csatorna
label-channel-dead = nincs hang · { $n }. csatorna
label-channel-all = minden hang · { $n }. csatorna

# Why the page of a call has no sound.
no-sound-text = Ez a hívás szövegként érkezett.
no-sound-left-out = A hang kimaradt az oldalból (--audio none).
no-sound-not-playable = Ezt a formátumot a böngészők nem tudják lejátszani, és nem készült belőle másolat.
no-sound-gone = A felvétel már nincs az eredeti helyén.

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
unit-per-minute = 1/perc
unit-full-scale = a teljes kivezérléshez képest
unit-0-to-3 = 0–3
unit-1-to-5 = 1–5

# Lengths of time.
length-s = { $s } s
length-min-s = { $min } perc { $s } s
length-h-min = { $h } óra { $min } perc

# How bad a finding is.
label-severity-critical = kritikus
label-severity-major = jelentős
label-severity-minor = enyhe
label-severity-info = tájékoztató
# So many findings of a severity, without the word "findings".
label-n-severity-critical = { $n } kritikus
label-n-severity-major = { $n } jelentős
label-n-severity-minor = { $n } enyhe
label-n-severity-info = { $n } tájékoztató

# How a value stands against its limits.
label-grade-good = jó
label-grade-fair = közepes
label-grade-poor = gyenge

# A required step.
label-step-present = megvan
label-step-absent = hiányzik
label-step-not-judgeable = nem ítélhető meg
label-step-not-applicable = itt nem kell

# What a problem cost.
label-problem-lost = egy rész elveszett
label-problem-not-measurable = nincs mérve
label-problem-note = megjegyzés

# How far a call is.
label-status-ok = elemezve
label-status-failed = sikertelen
label-status-pending = sorra vár

# What a finding is about.
label-polarity-forbidden = tiltott kifejezés
label-polarity-required = kötelező lépés
label-polarity-signal = ügyféljelzés
label-polarity-fact = ellentmond az adatlapnak
label-polarity-personal-data = személyes adat
label-polarity-quality = hangminőség

# Whose voice.
label-party-agent = Operátor
label-party-customer = Ügyfél
label-party-ivr = Gépi bemondás
label-party-third = Harmadik hang
label-party-unknown = Ismeretlen hang

# Parts of the score.
label-part-line = Vonal
label-part-noise = Zaj
label-part-conversation = Beszélgetés
label-part-required = Kötelező lépések
label-part-forbidden = Tiltott kifejezések
label-part-privacy = Személyes adatok
label-part-facts = Tények

# Channels of a recording, and what is odd about them.
label-layout-mono = monó
label-layout-stereo = sztereó
label-layout-multichannel = többcsatornás
label-layout-dual-mono = mindkét csatornán ugyanaz a hang szól
label-layout-polarity-inverted = a második csatorna az első fordított polaritással
label-layout-leaky = a felek áthallatszanak egymás csatornájára
label-layout-dead-channel = az egyik csatornán nincs hang
label-layout-roles-swapped = az operátor és az ügyfél a megadotthoz képest felcserélt csatornán van

# Kinds of noise.
label-noise-none = nincs
label-noise-stationary = állandó (sistergés, ventilátor, vonal)
label-noise-hum = hálózati brumm
label-noise-babble = beszédzsivaj
label-noise-music = zene
label-noise-intermittent = időszakos

# Kinds of line.
label-band-narrowband = keskenysávú (telefon)
label-band-wideband = szélessávú (HD hang)
label-band-fullband = teljes sávú

# Both speak at once.
label-overtalk-interruption = közbevágás
label-overtalk-backchannel = figyelem jelzése
label-overtalk-simultaneous-start = egyszerre kezdték

# What is heard while somebody waits.
label-hold-music = zene
label-hold-silence = csend
label-hold-ringback = kicsengés
label-hold-tone = jelzőhang
label-hold-ivr = gépi bemondás

# Signals of the line.
label-signal-tone = Jelzőhang
label-signal-dtmf = Gombnyomás

# Rows of the tables that are no numbers of the catalogue.
cat-channels-noise-kind = Zaj fajtája
cat-channels-noise-kind-meaning = Milyen a háttér hangja a hívás egészében.
cat-channels-noise-gated = Zajkapu
cat-channels-noise-gated-meaning = Igen: a szavak között csak digitális csend maradt, ezért a háttér nem hallható, a zaj nem mérhető.
cat-channels-bandwidth-kind = Vonal fajtája
cat-channels-bandwidth-kind-meaning = Mire utal a sávhatár.
cat-channels-clipping-spans = Túlvezérelt helyek
cat-channels-clipping-spans-meaning = Túlvezérelt mintákat tartalmazó szakaszok, a hullámformán megjelölve.
cat-channels-dropouts-spans = Hangkimaradások helye
cat-channels-dropouts-spans-meaning = Hangkimaradásos szakaszok, a hullámformán megjelölve.
cat-channels-bandwidth-clues = Kodekek és másolatok nyomai
cat-channels-bandwidth-clues-meaning = Mit árulnak el a mintaértékek és a spektrum a korábbi kodekekről és átmintavételezésről. Tájékoztatás, nem bizonyíték.

# Tables of measurements.
table-measurement = Mérés
table-unit = Egység
table-says = Mit mutat
table-call = Hívás

# One party heard in the other's channel.
leak-undecided = nem ítélhető meg
leak-weaker = { $value } dB-lel gyengébb
leak-later = { $value } ms késéssel

# Self-test: damage mixed into recordings and measured.
recovery-name = A bekevert hibák visszamérése
recovery-damage = Bekevert hiba
recovery-number = Mért érték
recovery-found = Megtalálva
recovery-error = Eltérés
recovery-bias = Torzítás
recovery-worst = Legnagyobb eltérés
recovery-of = { $n } / { $of }
# What was measured, with its unit.
recovery-field-snr = jel-zaj viszony, dB
recovery-field-floor = alapzaj, dB
recovery-field-hum = hálózati frekvencia, Hz
recovery-field-attenuation = áthallás csillapítása, dB
recovery-field-delay = áthallás késése, ms
recovery-field-voice = háttérhang a beszéd alatt, dB
recovery-field-clipped = túlvezérelt minták, százalékpont
recovery-field-dropout = hangkimaradás kezdete, ms
# What was mixed in.
recovery-damage-all = mind
recovery-damage-hiss = sistergés, SNR { $value } dB
recovery-damage-hum = 50 Hz-es brumm, SNR { $value } dB
recovery-damage-knocks = kopogás, SNR { $value } dB
recovery-damage-babble = beszédzsivaj, SNR { $value } dB
recovery-damage-leakage = áthallás, { $value } dB-lel halkabban
recovery-damage-voice = szomszéd hangja, { $value } dB-lel a beszéd alatt
recovery-damage-clipping = túlvezérlés, a minták { $value } %-a
recovery-damage-dropouts = { $value } ms-os hangkimaradások
# $name is one of the following.
recovery-alarm = { $name }: { $of } hibás másolat közül { $n } (95 %-os biztonsággal { $value } % alatt)
recovery-alarm-leakage = áthallás
recovery-alarm-voices = háttérhangok
recovery-alarm-clipping = túlvezérlés
recovery-alarm-dropouts = hangkimaradás
recovery-alarm-hum = brumm
recovery-false-alarms = Jelzés olyan hibára, amelyet senki nem kevert be:
selftest-title = Önteszt
selftest-used = felhasznált felvétel
selftest-of-sound = hanganyag
selftest-how-well = Mennyire találja meg a program a hibákat ezeken a felvételeken
selftest-what = Saját felvételeihez ismert hibákat kevertünk, és a másolatokat megmértük.
selftest-what-found = A másolatok közül hányban lett egyáltalán mért érték.
selftest-what-error = Átlagosan mennyivel tért el a bekevert értéktől.
selftest-what-bias = Fölé (+) vagy alá (−) mér-e.
selftest-what-worst = A legnagyobb eltérés.
selftest-left-out = { $n ->
    [one] Amit nem lehetett kipróbálni ({ $n } felvétel)
   *[other] Amit nem lehetett kipróbálni ({ $n } felvétel)
}
selftest-made-by = Készítette a callvet { $version } ezen a gépen, véletlenmag: { $seed }. Ugyanazokból a felvételekből ugyanazzal a maggal ugyanez a táblázat készül.
selftest-for-spreadsheets = Táblázatkezelőhöz:
selftest-every-trial = Minden egyes próba:
