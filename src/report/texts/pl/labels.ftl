# Words that several pages share.

label-n-findings = { $n ->
    [one] { $n } znalezisko
    [few] { $n } znaleziska
   *[many] { $n } znalezisk
}
# Between the last two of a few names: agent and customer.
label-and = { $first } i { $second }
label-yes = tak
label-no = nie
label-none = brak
label-no-value = brak wartości
# Why a number is missing: $why is a sentence without its full stop.
label-not-measured = nie zmierzono: { $why }
label-limits = Dobrze od { $good }, słabo do { $poor }: { $why }.
# The same where less is better.
label-limits-less = Dobrze do { $good }, słabo od { $poor }: { $why }.
label-misled-by = Co może zmylić: { $what }
label-play-from-here = Odtwórz od tego miejsca
# Channels of a recording; $who is a party, or several.
label-channel = Kanał { $n }
label-channel-of = { $who } · kanał { $n }
label-channel-dead = brak dźwięku · kanał { $n }
label-channel-all = wszystkie głosy · kanał { $n }

# Why the page of a call has no sound.
no-sound-text = Ta rozmowa jest tekstem.
no-sound-left-out = Dźwięk pominięto (--audio none).
no-sound-not-playable = Przeglądarki nie odtwarzają tego formatu, a kopii nie utworzono.
no-sound-gone = Nagrania nie ma już w dawnym miejscu.

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
unit-full-scale = pełnej skali
unit-0-to-3 = w skali 0–3
unit-1-to-5 = w skali 1–5

# Lengths of time.
length-s = { $s } s
length-min-s = { $min } min { $s } s
length-h-min = { $h } godz. { $min } min

# How bad a finding is.
label-severity-critical = krytyczne
label-severity-major = poważne
label-severity-minor = drobne
label-severity-info = informacyjne
# So many findings of a severity, without the word "findings".
label-n-severity-critical = { $n ->
    [one] { $n } krytyczne
    [few] { $n } krytyczne
   *[many] { $n } krytycznych
}
label-n-severity-major = { $n ->
    [one] { $n } poważne
    [few] { $n } poważne
   *[many] { $n } poważnych
}
label-n-severity-minor = { $n ->
    [one] { $n } drobne
    [few] { $n } drobne
   *[many] { $n } drobnych
}
label-n-severity-info = { $n ->
    [one] { $n } informacyjne
    [few] { $n } informacyjne
   *[many] { $n } informacyjnych
}

# How a value stands against its limits.
label-grade-good = dobrze
label-grade-fair = średnio
label-grade-poor = słabo

# A required step.
label-step-present = jest
label-step-absent = brak
label-step-not-judgeable = nie do oceny
label-step-not-applicable = nie dotyczy

# What a problem cost.
label-problem-lost = utracono część
label-problem-not-measurable = nie zmierzono
label-problem-note = uwaga

# How far a call is.
label-status-ok = przeanalizowano
label-status-failed = błąd
label-status-pending = oczekuje

# What a finding is about.
label-polarity-forbidden = niedozwolone
label-polarity-required = wymagany krok
label-polarity-signal = sygnał od klienta
label-polarity-fact = sprzeczne z kartą informacyjną
label-polarity-personal-data = dane osobowe
label-polarity-quality = jakość

# Whose voice.
label-party-agent = Konsultant
label-party-customer = Klient
label-party-ivr = Zapowiedź
label-party-third = Osoba trzecia
label-party-unknown = Nieznany głos

# Parts of the score.
label-part-line = Łącze
label-part-noise = Hałas
label-part-conversation = Przebieg rozmowy
label-part-required = Wymagane kroki
label-part-forbidden = Niedozwolone zwroty
label-part-privacy = Dane osobowe
label-part-facts = Fakty

# Channels of a recording, and what is odd about them.
label-layout-mono = mono
label-layout-stereo = stereo
label-layout-multichannel = wielokanałowe
label-layout-dual-mono = oba kanały zawierają ten sam dźwięk
label-layout-polarity-inverted = drugi kanał to odwrócony w fazie pierwszy
label-layout-leaky = każdą ze stron słychać w kanale drugiej
label-layout-dead-channel = jeden z kanałów jest bez dźwięku
label-layout-roles-swapped = konsultant i klient są na innych kanałach, niż podano

# Kinds of noise.
label-noise-none = brak
label-noise-stationary = jednostajny (szum, wentylator, łącze)
label-noise-hum = przydźwięk sieciowy
label-noise-babble = gwar
label-noise-music = muzyka
label-noise-intermittent = przerywany

# Kinds of line.
label-band-narrowband = wąskopasmowe (telefon)
label-band-wideband = szerokopasmowe (HD Voice)
label-band-fullband = pełnopasmowe

# Both speak at once.
label-overtalk-interruption = wejście w słowo
label-overtalk-backchannel = potakiwanie
label-overtalk-simultaneous-start = jednoczesny początek

# What is heard while somebody waits.
label-hold-music = muzyka
label-hold-silence = cisza
label-hold-ringback = sygnał dzwonienia
label-hold-tone = ton
label-hold-ivr = zapowiedź

# Signals of the line.
label-signal-tone = Ton
label-signal-dtmf = Wybrano klawisz

# Rows of the tables that are no numbers of the catalogue.
cat-channels-noise-kind = Rodzaj hałasu
cat-channels-noise-kind-meaning = Jak brzmi tło w całej rozmowie.
cat-channels-noise-gated = Bramka szumów
cat-channels-noise-gated-meaning = Tak: między słowami jest tylko cisza cyfrowa, więc tła nie słychać i jego hałasu nie da się zmierzyć.
cat-channels-bandwidth-kind = Rodzaj łącza
cat-channels-bandwidth-kind-meaning = Co górna granica pasma mówi o łączu.
cat-channels-clipping-spans = Miejsca przesterowane
cat-channels-clipping-spans-meaning = Odcinki z przesterowanymi próbkami, zaznaczone na przebiegu sygnału.
cat-channels-dropouts-spans = Miejsca zaników
cat-channels-dropouts-spans-meaning = Odcinki z zanikami, zaznaczone na przebiegu sygnału.
cat-channels-bandwidth-clues = Ślady kodeków i kopii
cat-channels-bandwidth-clues-meaning = Co wartości próbek i widmo mówią o wcześniejszych kodekach i zmianach częstotliwości próbkowania. Wskazówka, nie dowód.

# Tables of measurements.
table-measurement = Pomiar
table-unit = Jednostka
table-says = Co oznacza
table-call = Rozmowa

# One party heard in the other's channel.
leak-undecided = nie do oceny
leak-weaker = słabiej o { $value } dB
leak-later = później o { $value } ms

# Self-test: damage mixed into recordings and measured.
recovery-name = Wykrywanie dodanych uszkodzeń
recovery-damage = Dodano
recovery-number = Zmierzono
recovery-found = Wykryto
recovery-error = Błąd
recovery-bias = Obciążenie
recovery-worst = Najgorzej
recovery-of = { $n } z { $of }
# What was measured, with its unit.
recovery-field-snr = stosunek sygnału do szumu, dB
recovery-field-floor = poziom szumu tła, dB
recovery-field-hum = częstotliwość sieci, Hz
recovery-field-attenuation = tłumienie przesłuchu, dB
recovery-field-delay = opóźnienie przesłuchu, ms
recovery-field-voice = głos względem mowy, dB poniżej
recovery-field-clipped = przesterowane próbki, punkty procentowe
recovery-field-dropout = początek zaniku, ms
# What was mixed in.
recovery-damage-all = wszystko
recovery-damage-hiss = szum przy SNR { $value } dB
recovery-damage-hum = przydźwięk 50 Hz przy SNR { $value } dB
recovery-damage-knocks = stuki przy SNR { $value } dB
recovery-damage-babble = gwar przy SNR { $value } dB
recovery-damage-leakage = przesłuch słabszy o { $value } dB
recovery-damage-voice = głos sąsiada, { $value } dB poniżej mowy
recovery-damage-clipping = przesterowanie { $value } % próbek
recovery-damage-dropouts = zaniki po { $value } ms
# $name is one of the following.
recovery-alarm = { $name }: { $n } z { $of } uszkodzonych kopii (z pewnością 95 %: poniżej { $value } %)
recovery-alarm-leakage = przesłuch
recovery-alarm-voices = głosy w tle
recovery-alarm-clipping = przesterowanie
recovery-alarm-dropouts = zaniki
recovery-alarm-hum = przydźwięk
recovery-false-alarms = Wykryto, choć nikt tego nie dodał:
selftest-title = Autotest
selftest-used = użyte nagrania
selftest-of-sound = długość dźwięku
selftest-how-well = Jak dobrze wykrywane są uszkodzenia w tych nagraniach
selftest-what = Do Państwa własnych nagrań dodano znane uszkodzenia, a powstałe kopie zmierzono.
selftest-what-found = W ilu kopiach wartość w ogóle uzyskano.
selftest-what-error = O ile średnio różniła się od tego, co dodano.
selftest-what-bias = Czy wynik jest zawyżany (+), czy zaniżany (−).
selftest-what-worst = Największy błąd.
selftest-left-out = { $n ->
    [one] Czego nie udało się sprawdzić ({ $n } nagranie)
    [few] Czego nie udało się sprawdzić ({ $n } nagrania)
   *[many] Czego nie udało się sprawdzić ({ $n } nagrań)
}
selftest-made-by = Utworzone przez callvet { $version } na tym komputerze, ziarno { $seed }: te same nagrania i to samo ziarno dają tę samą tabelę.
selftest-for-spreadsheets = Do arkusza kalkulacyjnego:
selftest-every-trial = Wszystkie pojedyncze próby:
