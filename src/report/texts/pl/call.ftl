# The page of a call.

call-skip = Przejdź do znalezisk
call-nav = Rozmowy
call-all = Wszystkie rozmowy
call-previous = ← Poprzednia rozmowa
call-next = Następna rozmowa →

# What is known of the call.
call-fact-recording = Nagranie
call-fact-file-of-channel = Plik kanału { $n }
call-fact-file-without-sound = Plik bez dźwięku
call-fact-length = Długość
call-fact-language = Język
call-fact-call = Identyfikator rozmowy
call-fact-started = Początek
call-fact-agent = Konsultant
call-fact-customer = Klient
call-fact-vendor = Dostawca
call-fact-campaign = Kampania
call-fact-direction = Kierunek
call-fact-sound = Dźwięk
call-fact-odd = Osobliwości kanałów
call-inbound = przychodząca (dzwonił klient)
call-outbound = wychodząca (dzwoniło centrum)

# What came out, in one look.
call-verdict = Werdykt
call-of-100 = na 100 punktów
call-no-score = za mało da się ocenić, aby podać wynik
call-no-findings = Brak znalezisk
call-words-not-judged = Nie oceniono: słowa są niewiarygodne; brak znalezisk nie znaczy, że rozmowa jest dobra
call-steps-missing = { $n ->
    [one] { $n } brakujący wymagany krok
    [few] { $n } brakujące wymagane kroki
   *[many] { $n } brakujących wymaganych kroków
}
call-parts-lost = { $n ->
    [one] { $n } utracona część nagrania
    [few] { $n } utracone części nagrania
   *[many] { $n } utraconych części nagrania
}
call-not-transcribed = Bez transkrypcji: słów nie oceniono
call-worst = Najpierw odsłuchaj najgorsze
call-worst-read = Najpierw najgorsze
call-go-to-finding = Do znaleziska

# The score and where it comes from.
call-score = Skąd bierze się wynik
call-part = Część
call-share = Udział
call-points = Punkty
call-lost-through = Stracone przez
call-points-of = { $points } z { $max }
call-points-cost = { $points } (może tylko odjąć punkty)
call-not-judged = nie do oceny
call-formula = 100 × ({ $points }) / ({ $max }) = { $total }
call-formula-says = 100 razy punkty zdobyte, podzielone przez punkty możliwe do zdobycia, w częściach, które można ocenić; nigdy poniżej 0. Znalezisko kosztuje tyle, ile wynosi jego waga razy pewność.
call-formula-none = Brak wyniku łącznego: części, które można ocenić, to mniej niż połowa wszystkich punktów.

# The player.
call-player = Odtwarzacz
call-play = Odtwórz
call-back = 5 s wstecz
call-on = 5 s naprzód
call-position = Pozycja w rozmowie
call-finding-back = Poprzednie znalezisko
call-finding-on = Następne znalezisko
call-speed = Prędkość
call-volume = Głośność
call-loop = Pętla
call-loop-help = Powtarza zaznaczenie albo wybrane znalezisko
call-loop-from = Odtąd
call-loop-to = Dotąd
call-loop-from-help = Początek zaznaczenia w tym miejscu
call-loop-to-help = Koniec zaznaczenia w tym miejscu
call-follow = Podążaj za dźwiękiem
call-help = Klawisze
call-sound-problem = Nagrania nie można odtworzyć: zostało przeniesione lub usunięte albo przeglądarka nie zna jego formatu.

# Keys.
call-keys = Klawisze
call-key-enter = odtwórz wybrane znalezisko od 2 s wcześniej
call-key-j = następne, poprzednie znalezisko
call-key-space = odtwórz, wstrzymaj
call-key-arrows = 5 s wstecz, naprzód
call-key-l = powtarzaj zaznaczenie albo wybrane znalezisko
call-key-edges = początek, koniec zaznaczenia w tym miejscu
call-key-verdicts = zgoda, niezgoda, brak pewności co do wybranego znaleziska
call-key-n = notatka do wybranego znaleziska
call-key-search = szukaj w transkrypcji
call-key-help = ta pomoc
call-keys-on = Skróty z liter i znaków
call-keys-why = Warto je wyłączyć przy sterowaniu komputerem za pomocą głosu lub przy przypadkowych naciśnięciach. Enter, spacja i strzałki działają nadal.
call-close = Zamknij

# The picture.
call-picture = Rozmowa w skrócie
call-zoom = Powiększenie
call-zoom-all = Cała rozmowa
call-zoom-min = { $n } min
call-zoom-s = { $n } s
call-picture-about = Kliknięcie wybiera miejsce, przeciągnięcie zaznacza odcinek. To samo zawierają listy poniżej.
call-no-waveform = Ta rozmowa nie ma przebiegu sygnału; ścieżki narysowano na podstawie pomiarów i transkrypcji.
call-row-time = Czas
call-row-findings = Znaleziska
call-lane-speech = { $who }: mowa
call-lane-voices = { $who }: głosy w tle
call-lane-noise = { $who }: hałas
call-lane-clipping = { $who }: przesterowanie
call-lane-dropouts = { $who }: zaniki
call-lane-overtalk = Nakładanie się mowy
call-lane-silence = Nikt nie mówi
call-lane-hold = Zawieszenie
call-lane-tones = Tony
call-lane-talk = Ludzie rozmawiają
# The same without whose it is.
call-kind-voices = głosy w tle
call-kind-noise = hałas
call-kind-clipping = przesterowanie
call-kind-dropouts = zaniki
call-lane-none = { $name }: brak
call-lane-unknown = { $name }: { $why }
call-lane-sum = { $name }: { $n }, łącznie { $length }
call-overtalk-by = { $kind }, { $who }
call-legend = Legenda
call-legend-findings = Znaleziska:
call-legend-wave = Przebieg sygnału: pełna wysokość to { $value } dBFS, tak samo dla wszystkich kanałów.
call-legend-soft = cieńsze: potakiwanie
call-legend-spectrogram = Spektrogram: od 0 do { $value } Hz z dołu do góry;
call-legend-scale = od ciemnego do jasnego
call-lists = Ścieżki jako listy

# Findings.
call-findings = Znaleziska
call-expected = { $findings }; sądząc po ich pewności, prawdziwych jest { $mean } ± { $sd }.
call-hint = Enter lub kliknięcie odtwarza znalezisko od 2 s wcześniej.
call-hint-silent = Enter lub kliknięcie pokazuje miejsce znaleziska.
call-filter = Pokaż
call-filter-severity = Waga
call-filter-category = Kategoria
call-filter-party = Strona
call-filter-state = Ocena
call-filter-all = wszystkie
call-filter-open = jeszcze nie
call-filter-done = ocenione
call-order = Kolejność
call-order-worst = od najgorszych
call-order-time = jak w rozmowie
call-nothing-shown = Żadne znalezisko nie spełnia warunków filtrów.
call-clear-filters = Pokaż wszystkie
call-line = wiersz { $n }
call-sure = pewność { $value }
call-why = Dlaczego: przesłanki
call-nobody = Nikt konkretny

# Reviews.
call-reviewer = Państwa inicjały
call-export = Eksportuj oceny
call-import = Importuj oceny
call-not-kept = Ta przeglądarka nie pozwala stronie niczego zapisać: po zamknięciu strony oceny przepadną. Proszę je wcześniej wyeksportować.
call-agree = Zgoda
call-disagree = Niezgoda
call-unsure = Nie wiem
call-note = Notatka
call-ask = Kto ocenia?
call-ask-why = Inicjały trafiają do eksportu, aby można było porównać werdykty kilku osób. Strona pyta tylko raz.
call-save = Zapisz
call-cancel = Anuluj

# Required steps.
call-steps = Wymagane kroki
call-no-steps = Nie szukano żadnych wymaganych kroków.
call-nearest = Najbliższe ({ $value }):
call-searched = Przeszukano: { $where }
call-searched-heard = Przeszukano: { $where }; było słychać { $value } mowy z tego odcinka
call-from-to = od { $from } do { $to }
call-from = od { $from }
call-up-to = do { $to }
call-whole-text = cały tekst

# The transcript.
call-transcript = Transkrypcja
call-no-words = Nie słychać żadnych słów.
call-no-transcript = Tej rozmowy nie transkrybowano.
call-uncertain-about = Tekst napisał model mowy. Słowa podkreślone kropkami są niepewne; po wskazaniu widać, jak bardzo.
call-uncertain-example = kropkowana linia
call-uncertain = Niepewne: pewność { $value }
call-search = Szukaj w transkrypcji
call-hit-back = Poprzednie miejsce
call-hit-on = Następne miejsce

# Measurements.
call-numbers = Pomiary
call-numbers-call = Cała rozmowa
call-numbers-speakers = Jak rozmawiają
call-numbers-channels = Dźwięk według kanałów
call-numbers-none = Raport powstał z tekstu: nie ma dźwięku do zmierzenia.
call-leakage = Przesłuch: jedną ze stron słychać w kanale drugiej
call-leak-from = Czyj głos
call-leak-to = Gdzie słychać
call-leak-found = Wykryto
call-leak-level = Poziom
call-leak-delay = Opóźnienie
call-problems = Czego nie udało się zrobić
call-no-problems = Nic nie stało na przeszkodzie.

# What made the report.
call-made = Jak powstał ten raport
call-made-recording = Nagranie, SHA-256
call-made-bytes = Nagranie, bajty
call-made-settings = Ustawienia, SHA-256
call-made-decoder = Dekoder
call-made-model = Model mowy
call-made-model-hash = Model mowy, SHA-256
call-made-vad = Model wykrywania mowy, SHA-256
call-made-dnsmos = Model DNSMOS, SHA-256
call-made-speakers = Model mówców, SHA-256
call-made-metadata = Źródło danych o rozmowie
call-made-phrases = Lista zwrotów, SHA-256
call-disclaimer = Transkrypcję napisał model, a oceniły ją reguły. Zanim znalezisko pociągnie za sobą skutki, proszę odsłuchać nagranie.

# What the script says.
js-call-play = Odtwórz
js-call-pause = Wstrzymaj
js-call-position = { $time } z { $of }
js-call-loop-on = W pętli od { $from } do { $to }
js-call-loop-off = Bez pętli
js-call-loop-nothing = Nie ma czego powtarzać: proszę wybrać znalezisko lub zaznaczyć odcinek na wykresie
js-call-selected = Zaznaczono od { $from } do { $to }: l powtarza w pętli
js-call-all-shown = { $n ->
    [one] { $n } znalezisko
    [few] { $n } znaleziska
   *[many] { $n } znalezisk
}
js-call-some-shown = Pokazano { $n } z { $of } znalezisk
js-call-reviewed = Oceniono { $n } z { $of }
js-call-agree = zgoda
js-call-disagree = niezgoda
js-call-unsure = nie wiem
js-call-judged = { $value }: { $name }
js-call-review-of = Ocena: { $name }
js-call-saved-there = Zapisano na serwerze
js-call-not-saved-there = Serwer nie przyjął oceny: pozostaje w tej przeglądarce
js-call-nothing-to-export = Nie ma czego eksportować: żadne znalezisko tej rozmowy nie zostało ocenione
js-call-exported = { $n ->
    [one] Wyeksportowano { $n } ocenę
    [few] Wyeksportowano { $n } oceny
   *[many] Wyeksportowano { $n } ocen
}
js-call-imported = { $n ->
    [one] { $n } nowa ocena tej rozmowy
    [few] { $n } nowe oceny tej rozmowy
   *[many] { $n } nowych ocen tej rozmowy
}
js-call-not-reviews = Ten plik nie zawiera ocen
js-call-hits = { $n } z { $of }
js-call-no-hits = nie znaleziono

# Verdicts of reviewers that are in the store.
call-reviewed = Oceny: zgoda { $agreed }, sprzeciw { $disagreed }, bez pewności { $unsure }.
call-rejected = ✗ odrzucone przez oceniających
