# The comparison of vendors.
vendors-title = Dostawcy
vendors-title-compared = Porównanie dostawców
vendors-title-one = Dostawca
vendors-all-calls = Wszystkie rozmowy
vendors-skip = Przejdź do odpowiedzi
vendors-nav = Strony tego folderu
vendors-n-calls = { $n ->
    [one] { $n } rozmowa
    [few] { $n } rozmowy
   *[many] { $n } rozmów
}
vendors-calls-of = { $n } z { $of } rozmów
vendors-count-vendors = dostawcy
vendors-count-calls = rozmowy
vendors-count-failed = nieodczytane
vendors-count-sound = długość dźwięku
vendors-count-agents = znani konsultanci
vendors-count-judged = rozmowy z ocenionymi słowami

# Who is better.
vendors-answer = Kto jest lepszy, na ile to pewne, ile jeszcze rozmów trzeba
vendors-answer-one = Jest tylko jeden dostawca: nie ma z czym porównywać. Jego wskaźniki i wątpliwości są poniżej.
vendors-answer-many = Dostawców jest więcej niż 6: wszystkich zawiera tabela poniżej, ale nie porównuje się ich parami. W tym celu proszę uruchomić program dla mniejszej liczby folderów.
vendors-better = Na ile pokazują to te rozmowy, dostawca { $name } jest lepszy niż { $other }.
vendors-each = Każdy z nich jest w czymś lepszy: { $name } i { $other }.
vendors-cannot-tell = Nie da się jeszcze stwierdzić, kto jest lepszy: { $name } czy { $other }.
vendors-sure-in = Na pewno lepiej wypada { $name }: { $what }.
vendors-clearest = Najwyraźniejszy wskaźnik to „{ $figure }”: { $name } ma { $value }, { $other } ma { $value2 }.
vendors-clearest-chance = Różnica tej wielkości lub większa powstałaby przypadkiem w { $p } takich porównań.
vendors-clearest-corrected = Po korekcie na liczbę porównań ({ $n }) pozostaje to pewne.
vendors-clearest-uncorrected = Po korekcie na liczbę porównań ({ $n }) nie jest to dość pewne.
vendors-clearest-none = Żaden wskaźnik ich nie różni.
vendors-more-each = Jeszcze około { $n } rozmów każdego dostawcy wykazałoby różnicę tej wielkości z szansą 8 na 10.
vendors-more-enough = Obecne rozmowy wykazałyby różnicę tej wielkości z szansą 8 na 10, gdyby to był jedyny wskaźnik.
vendors-more-hopeless = Nie rozstrzygnie tego żadna liczba rozmów, której ktokolwiek by wysłuchał (5000): różnica jest za mała.
vendors-five-each = Jeszcze około { $n } rozmów każdego dostawcy pozwoliłoby poznać „{ $figure }” z dokładnością ±5 punktów.
vendors-five-enough = „{ $figure }” znamy już z dokładnością ±5 punktów.
vendors-five-hopeless = Nawet 5000 kolejnych rozmów każdego dostawcy nie pozwoliłoby poznać „{ $figure }” z dokładnością ±5 punktów.
vendors-mix-alike = Ich rozmowy są podobnego rodzaju (do pełnej zgodności języka i długości trzeba by wymienić { $distance } rozmów).
vendors-mix-adjusted = Ich rozmowy różnią się językiem lub długością (do zgodności trzeba by wymienić { $distance } rozmów): wskaźniki ważono według rodzajów, które mają obaj.
vendors-mix-apart = Ostrożnie: ich rozmowy są różnych rodzajów (do zgodności trzeba by wymienić { $distance } rozmów), a wspólnych rodzajów jest za mało. Różnica może wynikać z rozmów, a nie z dostawców: warto poprosić obu o rozmowy tego samego rodzaju.
vendors-noisier = { $name } na pewno ma większy hałas niż { $other }. Poniżej liczy się to na niekorzyść dostawcy { $name }, ale nie na korzyść dostawcy { $other }: nagranie pokazowe z cichego pokoju niczego nie dowodzi.
vendors-agents-unknown = Konsultanci nie są znani: rozmowy liczą się jako niezależne, a przedziały wychodzą za wąskie, gdy jeden konsultant ma ich kilka. Proszę podać konsultantów za pomocą --metadata lub --name-pattern.
vendors-few = Mniejszy dostawca ma { $n } rozmów: mogą się ujawnić tylko duże różnice.

# Verdicts.
vendors-verdict = Werdykt: { $name }
vendors-verdict-no-doubt = Bez wątpliwości
vendors-verdict-note = Uwaga
vendors-verdict-ask = Zapytać dostawcę
vendors-verdict-red-flag = Sygnał alarmowy
vendors-verdict-cannot-tell = Nie da się stwierdzić
vendors-verdict-no-doubt-says = W rozmowach, których słowa można było ocenić, nie znaleziono niczego istotnego. Rozmowy pokazowe wybiera dostawca: warto poprosić o rozmowy z dnia wybranego przez Państwa.
vendors-verdict-note-says = Jeden rodzaj wątpliwości. Warto o nim pamiętać i słuchać.
vendors-verdict-ask-says = Dwa niezależne rodzaje wątpliwości. Przed dalszymi krokami należy zapytać.
vendors-verdict-red-flag-says = Niezależne rodzaje wątpliwości: { $n }; trzy to alarm. Przed decyzją proszę odsłuchać miejsca podane niżej.
vendors-verdict-cannot-tell-says = Niczego nie znaleziono, ale w { $n } z { $of } { $of ->
    [one] rozmowy
   *[other] rozmów
} słów nie dało się ocenić: to nie świadczy dobrze.
vendors-doubts = Wątpliwości
vendors-doubts-rare = Znaleziono, ale zbyt rzadko, by się liczyło (w mniej niż jednej rozmowie na dwadzieścia)
vendors-doubt-misleading = Wprowadzanie w błąd
vendors-doubt-pressure = Presja
vendors-doubt-rude = Nieuprzejmość
vendors-doubt-outdated = Przestarzałe techniki
vendors-doubt-facts = Fałszywe lub sprzeczne informacje
vendors-doubt-personal_data = Słychać dane osobowe
vendors-doubt-secrets = Słychać tajemnicę przedsiębiorstwa
vendors-doubt-missing_steps = Brakujące wymagane kroki
vendors-doubt-noise = Hałas lub sąsiedzi za konsultantem
vendors-doubt-line = Złe łącze
vendors-doubt-staged = Oznaki inscenizacji rozmów
vendors-doubt-unreadable = Nagrania, których nie da się odczytać
vendors-doubt-in = w { $n } z { $of } { $of ->
    [one] rozmowy
   *[other] rozmów
}
vendors-expected = pewność { $percent }
vendors-question = Pytanie:
vendors-listen = Odsłuchaj od { $time }
vendors-open = Otwórz rozmowę

# May it be published?
vendors-publish = Jako materiał do publikacji:
vendors-publish-publish = nic nie stoi na przeszkodzie
vendors-publish-fix = najpierw poprawić
vendors-publish-do-not = nie publikować
vendors-publish-cannot-tell = nie da się stwierdzić
vendors-publish-publish-says = W tym, co słychać, nie znaleziono niczego, co by temu przeczyło.
vendors-publish-severe_data = słychać karty, rachunki, hasła lub numery identyfikacyjne ({ $calls })
vendors-publish-secrets = słychać tajemnicę przedsiębiorstwa ({ $calls })
vendors-publish-neighbours = można rozróżnić słowa sąsiadów ({ $calls })
vendors-publish-personal_data = słychać dane osobowe ({ $calls })
vendors-publish-misleading = słychać wprowadzanie w błąd lub presję ({ $calls })
vendors-publish-staged = słychać słowa świadczące o inscenizacji ({ $calls })
vendors-publish-not_heard = słów nie dało się ocenić ({ $calls })
vendors-publish-privacy_not_judged = danych osobowych nie dało się ocenić ({ $calls })

# Figures.
vendors-figures = Obok siebie
vendors-figures-how = Każda wartość z przedziałem ufności 95 %: prawdziwa wartość dostawcy leży w nim w 19 na 20 takich próbach. Paski pokazują wartość i przedział; im dłuższy pasek, tym mniej wiadomo. Bez przedziału: za mało rozmów lub wszystkie jednakowe.
vendors-figure = Wskaźnik
vendors-figure-score = Wynik bez hałasu, od 0 do 100
vendors-figure-forbidden_calls = Rozmowy z poważnymi niedozwolonymi zwrotami
vendors-figure-forbidden_rate = Niedozwolone zwroty na 10 minut
vendors-figure-personal_data_calls = Rozmowy, w których słychać dane osobowe
vendors-figure-fact_calls = Rozmowy sprzeczne z kartą informacyjną
vendors-figure-steps_present = Wymagane kroki, które padły
vendors-figure-overtalk = Nakładanie się mowy
vendors-figure-longest_silence = Najdłuższa cisza
vendors-figure-bad_line_calls = Rozmowy na złym łączu
vendors-figure-unreadable_calls = Nagrania, których nie da się odczytać
vendors-figure-neighbour_calls = Rozmowy ze słowami sąsiadów
vendors-figure-snr_db = Mowa ponad hałasem (SNR)
vendors-higher-better = więcej znaczy lepiej
vendors-lower-better = mniej znaczy lepiej
vendors-noise-only = liczy się na niekorzyść, nigdy na korzyść
vendors-interval = od { $low } do { $high }
vendors-hits = { $n } z { $of }
vendors-not-measured = nie zmierzono
vendors-no-interval = bez przedziału
vendors-points = { $value } pkt

# Differences.
vendors-differences = Różnice
vendors-differences-of = { $name } a { $other }
vendors-differences-how = { $name } minus { $other }, z przedziałem ufności 95 %; linia pośrodku paska oznacza brak różnicy. „Na ile pewne” dotyczy samego wskaźnika; ostatnia kolumna uwzględnia korektę na wszystkie porównania na tej stronie ({ $n }, metoda Holma).
vendors-difference = Różnica
vendors-who = Na korzyść
vendors-nobody = nikogo
vendors-how-sure = Na ile pewne
vendors-after-all = Po korekcie
vendors-after-all-sure = pewne
vendors-after-all-not = niepewne
vendors-more = Jeszcze rozmów od każdego
vendors-more-cell-each = { $n }, aby rozstrzygnąć
vendors-more-cell-enough = dość, aby rozstrzygnąć
vendors-more-cell-hopeless = ponad 5000, aby rozstrzygnąć
vendors-five-cell-each = { $n } dla ±5 pkt
vendors-five-cell-enough = dość dla ±5 pkt
vendors-five-cell-hopeless = ponad 5000 dla ±5 pkt
vendors-noise-note = tylko hałas: nikogo nie czyni lepszym

# Clips.
vendors-clips = Usłyszeć różnicę
vendors-clips-how = Podobne miejsca u obu, najwyżej pięć par. Dobrane według rodzaju i języka, nie losowo: pokazują, o czym mówią wskaźniki, i niczego nie dowodzą.
vendors-clips-none = Żadna rozmowa jednego z nich nie ma miejsca do odsłuchania.
vendors-clip-greeting = Powitanie
vendors-clip-price = Pada cena
vendors-clip-worst = Najgorsze miejsce
vendors-clip-typical = Jak zaczyna się zwykła rozmowa
vendors-clip-other-language = w różnych językach
vendors-clip-player = Fragment, { $name }: { $what }
vendors-play-both = Odtwórz oba, jeden po drugim
vendors-no-sound = Tu nie ma dźwięku; proszę otworzyć rozmowę.

# Case mix.
vendors-mix = Jakie rozmowy dał każdy z nich
vendors-mix-kind = Język i długość
vendors-mix-short = poniżej 2 minut
vendors-mix-middle = od 2 do 10 minut
vendors-mix-long = 10 minut lub więcej
vendors-mix-unknown = długość nieznana
vendors-language-unknown = język nieznany

# How to read it.
vendors-how = Jak to jest liczone
vendors-how-doubts = Wątpliwości liczy się rodzajami, a nie znaleziskami: dziesięć mylących zdań to jedna wątpliwość. Liczą się tylko znaleziska, z którymi uważny oceniający raczej by się zgodził (pewność 50 % i więcej), i tylko to, co znaleziono w co najmniej jednej rozmowie na dwadzieścia. Jeden rodzaj to uwaga, o dwa należy zapytać, trzy lub więcej to sygnał alarmowy.
vendors-how-noise = Hałas może tylko pogorszyć werdykt. Rozmowy bez hałasu niczego nie dają: nagranie pokazowe w cichym pokoju może zrobić każdy.
vendors-how-intervals = Odsetki rozmów mają przedział Wilsona, ich różnice przedział Newcombe’a; średnie mają bootstrap po konsultantach (po rozmowach tam, gdzie konsultanci nie są znani; liczba powtórzeń: { $n }, zawsze tych samych) albo t Studenta tam, gdzie jest ich mniej niż dziesięć. „Pewne” znaczy: mniej niż 5 szans na 100, że którekolwiek z porównań na tej stronie wykaże różnicę przez czysty przypadek (metoda Holma).
vendors-how-not-measured = To, czego w rozmowie nie dało się zmierzyć, nie wchodzi do wskaźnika i nigdy nie liczy się jako dobre. Powód podaje strona rozmowy.
vendors-footer = Utworzone przez callvet na tym komputerze. Liczby dla programów:
