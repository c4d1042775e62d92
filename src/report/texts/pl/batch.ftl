# The page of the batch.

batch-title = { $n ->
    [one] { $n } rozmowa
    [few] { $n } rozmowy
   *[many] { $n } rozmów
}
batch-heading = Rozmowy
batch-n-calls = { $n ->
    [one] { $n } rozmowa
    [few] { $n } rozmowy
   *[many] { $n } rozmów
}
batch-from-to = od { $from } do { $to }
batch-or-more = { $from } lub więcej
# 3 of 8 (calls).
batch-of = { $value } z { $of }
batch-of-calls = { $value } z { $of } ocenionych rozmów
batch-n-judged = oceniono { $value } z { $of }
batch-too-few = za mało
batch-skip = Przejdź do listy rozmów
batch-sections = Części tej strony

# Totals.
batch-total-calls = rozmowy
batch-total-analysed = przeanalizowane
batch-total-failed = z błędem
batch-total-not-judged = nie oceniono
batch-total-pending = jeszcze nieanalizowane
batch-total-sound = długość dźwięku
batch-total-findings = znaleziska razem
# How many of the findings are true by their confidences: $value ± $of.
batch-expected = prawdziwych zapewne { $value } ± { $of }

# What to hear.
batch-listen = Czego posłuchać najpierw
batch-listen-how = Sześć rozmów, w których krytyczne lub poważne znaleziska są najpewniej prawdziwe, a po nich cztery, których analiza jest najmniej pewna; każda otwiera się we właściwym miejscu. Pewności się sumują: znalezisko o pewności 60 % liczy się jako 0,6 znaleziska.
batch-listen-none = Nic nie wskazuje na żadną z rozmów. Proszę odsłuchać rozmowy wylosowane poniżej.
batch-why-risky = Krytyczne i poważne znaleziska: { $from }, z nich prawdziwych zapewne { $value } ± { $of }.
batch-why-many = Wiele drobniejszych znalezisk jest zapewne prawdziwych.
batch-why-unsure = Poważna sprawa, ale pewność wynosi tylko { $value }: proszę ocenić.
batch-why-unheard = Można polegać tylko na { $value } jej słów.
batch-why-no-words = Jej słów nie udało się odczytać: nie wiadomo, co powiedziano.
batch-why-not-judged = Tego, co powiedziano, nie dało się ocenić.
batch-why-spread = Jej znaleziska są razem najmniej pewne.
batch-kind-risky = ryzykowna
batch-kind-uncertain = niepewna
batch-drawn = Wylosowane spośród pozostałych rozmów
batch-drawn-how = Reguły znajdują tylko to, czego szukają. Tych rozmów też warto posłuchać, w całości.
batch-drawn-all = To są wszystkie pozostałe rozmowy.
# $value: a share such as 63 %.
batch-drawn-says = Nawet jeśli nie będzie w nich nic złego, złych może być do { $value } pozostałych rozmów (ufność 95 %): kilka rozmów mówi niewiele.
# $value of $of calls.
batch-drawn-more = Aby poznać odsetek złych rozmów z dokładnością ±10 punktów, trzeba odsłuchać { $value } z tych { $of } rozmów, wybranych losowo.
batch-drawn-seed = Ziarno { $value }, wyliczone z nagrań: te same nagrania dają to samo losowanie.

# The list of calls.
batch-list = Wszystkie rozmowy od najgorszych
batch-how-title = Jak to czytać
batch-how-score = Wynik: 100 to najlepiej; punkty traci się za złe łącze, hałas, brakujące kroki, niedozwolone zwroty i ujawnione dane osobowe, a strona rozmowy pokazuje, które znalezisko je kosztowało. Rozmów bez wyniku nie dało się dostatecznie ocenić.
batch-how-findings = Znaleziska to miejsca do odsłuchania, a nie dowody: każde ma swoją pewność, a kliknięcie otwiera je tam, gdzie padło.
batch-how-missing = Brakujące kroki to coś, co należało powiedzieć, a czego nie znaleziono.
batch-how-not-judged = „Nie oceniono”: słów tej rozmowy nie dało się ocenić. To, że nic w niej nie znaleziono i nie brakuje kroków, nic o niej nie mówi.
batch-how-snr = SNR mówi, o ile mowa wybija się ponad hałas, w gorszym kanale.
batch-how-overtalk = Nakładanie się mowy to część rozmowy, w której obie strony mówią jednocześnie.
batch-how-empty = Pusta komórka oznacza: nie zmierzono; powód podaje strona rozmowy.
batch-how-link = Filtry, kolejność i kolumny są zapisane w adresie tej strony: skopiowany link pokazuje tę samą listę.
batch-filter = Filtruj rozmowy
batch-find = Szukaj
batch-find-hint = nazwa, konsultant, słowa …
batch-filter-severity = Znaleziska
batch-severity-1 = krytyczne
batch-severity-2 = co najmniej poważne
batch-severity-3 = co najmniej drobne
batch-filter-category = Kategoria
batch-filter-status = Stan
batch-filter-score = Wynik od
batch-filter-score-to = do
batch-any = wszystkie
batch-clear = Wyczyść filtry
batch-columns = Kolumny
batch-no-calls = Brak rozmów.
batch-caption = Rozmowy od najgorszych. Nagłówki kolumn są przyciskami sortowania.
batch-column-score = Wynik
batch-column-call = Rozmowa
batch-column-worst = Najgorsze znaleziska
batch-column-missing = Brakujące kroki
batch-column-started = Początek
batch-column-length = Długość, min:s
batch-column-snr = SNR, dB
batch-column-overtalk = Nakładanie się mowy, %
batch-column-status = Stan
batch-status-not-judged = nie oceniono
batch-pages = Strony listy
batch-earlier = Wstecz
batch-later = Dalej
# Without a script.
batch-first-only = Widać tu { $value } najgorszych z { $of } rozmów; wszystkie zawiera calls.csv.

# What was found.
batch-found = Co znaleziono
batch-found-how = Odsetki dotyczą rozmów, w których dało się to ocenić. Spodziewane: ile znalezisk jest prawdziwych, sądząc po ich pewności. Przedział (95 %, Wilsona) mówi, o ile odsetek może odbiegać od prawdy, jeśli te rozmowy są próbą z większej liczby.
batch-found-category = Kategoria
batch-found-kind = Rodzaj
batch-found-calls = Rozmowy
batch-found-share = Odsetek ocenionych rozmów
batch-found-interval = Przedział 95 %
batch-found-findings = Znaleziska
batch-found-expected = Spodziewane prawdziwe
batch-found-example = Najpewniejsze, do odsłuchania

# By group.
batch-groups = Kto i kiedy
batch-groups-how = Przedziały są 95-procentowe: dla średniego wyniku t Studenta; dla znalezisk dokładny przedział Poissona, poszerzony, bo występują grupami; dla kroków Wilsona. Grupy poniżej 5 rozmów stoją na końcu, poza rankingiem. Różnica może wynikać z tego, jakie zadania komu przydzielono. Znaleziska liczone są w rozmowach, których słowa oceniono.
batch-by-agent = Według konsultantów
batch-by-vendor = Według dostawców
batch-by-campaign = Według kampanii
batch-by-language = Według języków
batch-by-weekday = Według dni tygodnia
batch-by-hour = Według godzin
batch-head-agent = Konsultant
batch-head-vendor = Dostawca
batch-head-campaign = Kampania
batch-head-language = Język
batch-head-weekday = Dzień tygodnia
batch-head-hour = Godzina
batch-group-calls = Rozmowy
batch-group-score = Średni wynik
batch-group-severe = Krytyczne i poważne na 10 rozmów
batch-group-missing = Brakujące kroki
batch-group-small = mało rozmów
batch-group-more = { $n ->
    [one] Nie pokazano { $n } grupy; można według niej filtrować listę.
    [few] Nie pokazano { $n } grup; można według nich filtrować listę.
   *[many] Nie pokazano { $n } grup; można według nich filtrować listę.
}
batch-group-unknown = { $n ->
    [one] { $n } rozmowa nie należy do żadnej grupy: brak danych.
    [few] { $n } rozmowy nie należą do żadnej grupy: brak danych.
   *[many] { $n } rozmów nie należy do żadnej grupy: brak danych.
}
batch-weekday-1 = poniedziałek
batch-weekday-2 = wtorek
batch-weekday-3 = środa
batch-weekday-4 = czwartek
batch-weekday-5 = piątek
batch-weekday-6 = sobota
batch-weekday-7 = niedziela

# Heat map.
batch-heat = Co i u kogo
batch-heat-how = Odsetek tych z ocenionych rozmów, w których znaleziono to z pewnością co najmniej 50 %; poniżej 5 rozmów podano ich liczbę. Kliknięcie je pokazuje. Progi odcieni: 0,5, 10, 25, 50 i 75 %. Znak – oznacza, że żadnej nie dało się ocenić.
batch-heat-more-columns = { $n ->
    [one] Nie pokazano { $n } kolumny.
    [few] Nie pokazano { $n } kolumn.
   *[many] Nie pokazano { $n } kolumn.
}
batch-heat-more-rows = { $n ->
    [one] Nie pokazano { $n } kategorii.
    [few] Nie pokazano { $n } kategorii.
   *[many] Nie pokazano { $n } kategorii.
}
batch-heat-nothing = nie znaleziono

# Distributions.
batch-spread = Jak rozkładają się liczby
batch-spread-how = Kliknięcie słupka albo wiersza jego tabeli pokazuje te rozmowy.
batch-chart-score = Wynik
batch-chart-severe = Krytyczne i poważne znaleziska na rozmowę
batch-chart-findings = Znaleziska na rozmowę
batch-chart-snr = SNR, dB
batch-chart-overtalk = Nakładanie się mowy, %
batch-chart-talk = Udział konsultanta w rozmowie, %
batch-chart-silence = Najdłuższa cisza, s
batch-chart-length = Długość, min
batch-chart-summary = Mediana { $value }; dziewięć na dziesięć rozmów: od { $from } do { $to }.
batch-chart-summary-all = Mediana { $value }; wszystkie rozmowy: od { $from } do { $to }.
batch-chart-missing = { $n ->
    [one] Nie zmierzono w { $n } rozmowie.
    [few] Nie zmierzono w { $n } rozmowach.
   *[many] Nie zmierzono w { $n } rozmowach.
}
batch-chart-table = Jako tabela
batch-chart-step = Przedział
batch-chart-calls = Rozmowy

# Questions.
batch-questions = Pytania do zadania
batch-questions-of = Pytania do: { $name }
batch-questions-how = Każda wątpliwość jako pytanie, z miejscami, które ją budzą. Jedna rozmowa to uwaga, o dwie warto zapytać, trzy niezależne to alarm. Znaleziska mogą być błędne, a odpowiedź może być dobra. Liczą się tylko znaleziska o pewności co najmniej 50 %.
batch-doubt-red = alarm
batch-doubt-ask = zapytać
batch-doubt-note = uwaga
batch-questions-all-calls = wszystkie
batch-questions-more = { $n ->
    [one] Jeszcze { $n } pytanie wynika z listy tego, co znaleziono.
    [few] Jeszcze { $n } pytania wynikają z listy tego, co znaleziono.
   *[many] Jeszcze { $n } pytań wynika z listy tego, co znaleziono.
}
batch-question-any-said = W tych rozmowach słychać: „{ $name }”. Czy przewiduje to Państwa skrypt i co robią Państwo, aby konsultanci tego unikali?
batch-question-any-step = Nie słychać kroku „{ $name }”. Czy należy on do Państwa skryptu i jak sprawdzają Państwo, czy pada?
batch-question-any-fact = To, co powiedziano, nie zgadza się z faktami: „{ $name }”. Skąd konsultanci biorą te informacje?
batch-question-any-personal = W tych nagraniach słychać dane osobowe ({ $name }). Kto może ich słuchać i dlaczego nie zostały usunięte?
batch-question-any-quality = Dźwięk ma wadę: { $name }. Skąd się bierze i czy występuje też w prawdziwych rozmowach?
batch-question-contradiction = W Państwa rozmowach padają różne wartości ({ $name }): { $value }. Która obowiązuje i gdzie konsultanci ją sprawdzają?
batch-question-urgency_false = Klienci słyszą, że oferta kończy się dziś albo wraz z tą rozmową. Czy tak jest? Co ją kończy i gdzie jest to zapisane?
batch-question-scarcity_stock = Konsultanci mówią, że zostało niewiele sztuk. Gdzie podczas rozmowy widzą stan zapasów i czy w tych dniach była to prawda?
batch-question-free_false = Coś nazywa się darmowym. Ile klient płaci ostatecznie, łącznie z dostawą, aktywacją i umową?
batch-question-delivery_overpromise = Obiecuje się dostawę na określony dzień. Jak często udaje się dotrzymać terminu i co się dzieje, gdy nie?
batch-question-guarantee_overclaim = Gwarantuje się efekty albo bezpieczeństwo. Kto za to odpowiada i gdzie można przeczytać warunki gwarancji?
batch-question-health_claim = Mówi się, że coś leczy albo chroni zdrowie. Jakie mają Państwo na to dowody i pozwolenia?
batch-question-false_authority = Dzwoniący mówi w imieniu banku, urzędu albo innej firmy. W czyim imieniu naprawdę Państwo dzwonią?
batch-question-purpose_concealed = Rozmowa zaczyna się jako ankieta albo kontakt serwisowy, a kończy sprzedażą. Kiedy klienci dowiadują się, o co chodzi?
batch-question-prize_bait = Klienci słyszą, że coś wygrali albo zostali wybrani. Kto losuje zwycięzców i ile nagroda ich kosztuje?
batch-question-consent_engineering = Milczenie albo zdawkowe słowa uznaje się za „tak”. Co uważają Państwo za zgodę i czy możemy usłyszeć wyraźną?
batch-question-withdrawal_obstruction = Klientów odwodzi się od rezygnacji. Co muszą zrobić, aby zrezygnować, i ilu udaje się to za pierwszym razem?
batch-question-threat_penalty = Klientom grozi się opłatami, sądem albo stratami. Co z tego istnieje naprawdę i kto pozwolił konsultantom tak mówić?
batch-question-pressure_after_refusal = Sprzedaż trwa mimo wyraźnej odmowy. Po ilu odmowach konsultant musi przestać i kto tego pilnuje?
batch-question-secrecy_isolation = Klientów prosi się, aby nikomu nie mówili albo decydowali sami. Dlaczego?
batch-question-sensitive_request = Na nagrywanej linii prosi się o numery kart, hasła albo numery identyfikacyjne. Dlaczego i kto może słuchać nagrania?
batch-question-off_record = Coś pada „poza nagraniem”. Co mówią Państwa konsultanci, gdy nagrywanie jest wyłączone?
batch-question-trade_secret_leak = Słychać wewnętrzne informacje o Państwa zleceniodawcach. Co dzwoniący usłyszeliby o nas?
batch-question-staged_marker = Padają słowa takie jak „drugie podejście” albo „próba”. Czy to prawdziwe rozmowy i czy mogą Państwo wykazać, skąd pochodzą?
batch-question-rudeness = Konsultanci są nieuprzejmi wobec klientów. Jakie były tego konsekwencje i dlaczego wybrano do pokazania właśnie tę rozmowę?
batch-question-q_recording = Klient nie słyszy, że rozmowa jest nagrywana. Gdzie się o tym informuje i czy mogą to Państwo wykazać dla tych rozmów?
batch-question-q_company = Konsultant nie mówi, jaka firma dzwoni. Czy pomija się to celowo?
batch-question-q_total_price = Przed zamówieniem nie pada cena całkowita. Kiedy klient ją poznaje?
batch-question-q_withdrawal_right = Nie wspomniano o prawie do odstąpienia od umowy. Kiedy i jak klienci się o nim dowiadują?
batch-question-q_explicit_consent = Nie słychać wyraźnego „tak” na zamówienie. Co zachowują Państwo jako dowód zawarcia umowy?
batch-question-q_optout_honoured = Klient prosi, aby więcej nie dzwonić, i zostaje to pominięte. Jak takie prośby trafiają na Państwa listy?
batch-question-q_payment_pause = Nagrywanie trwa, gdy padają dane płatnicze. Dlaczego się go nie wstrzymuje?
batch-question-c_dnc_request = Klienci proszą, aby więcej do nich nie dzwonić. Na jakiej liście byli i czy zadzwoniono do nich ponownie?
batch-question-c_audio_complaint = Klienci skarżą się, że źle słyszą. Czy to wina łącza, słuchawek czy pomieszczenia?
batch-question-c_wait_complaint = Klienci skarżą się na czekanie. Jak długa jest kolejka o tej porze i co Państwo obiecują?
batch-question-pii-card = W tych nagraniach słychać numery kart płatniczych. Jak spełniają Państwo wymagania organizacji kartowych (PCI DSS)?
batch-question-pii-person_name = W nagraniach, które Państwo udostępniają, słychać imiona i nazwiska. Czy te osoby wyraziły zgodę?
batch-question-pii-phone = W nagraniach, które Państwo udostępniają, słychać numery telefonów. Czy te osoby wyraziły zgodę?
batch-question-quality-background_voices = Za mówiącym słychać głosy innych konsultantów. Jak daleko od siebie siedzą i czego dzwoniący dowiadują się o sobie nawzajem?
batch-question-quality-leakage = Każdą ze stron słychać w kanale drugiej. Czy słuchawki są otwarte, czy głosy zmieszano przed nagraniem?
batch-question-quality-dual_mono = Oba kanały zawierają ten sam dźwięk. Dlaczego konsultanta i klienta nie nagrano osobno?
batch-question-quality-clipping = Dźwięk jest przesterowany: za głośny dla rejestratora. Czy klienci też go tak słyszą?
batch-question-quality-gated = Między słowami jest cisza cyfrowa: tło usunięto. Czy możemy dostać nagranie w pierwotnej postaci?

# Contradictions.
batch-consistency = Rozmowy, które sobie przeczą
batch-consistency-how = Różne wartości podane dla tej samej rzeczy; która obowiązuje, rozstrzyga karta informacyjna.
batch-consistency-about = Czego dotyczy
batch-consistency-product = Produkt
batch-consistency-value = Wartość
batch-consistency-calls = Rozmowy
batch-consistency-heard = Gdzie padło
batch-consistency-same-agent = jeden konsultant, kilka wartości

# Trend.
batch-trend = Od analizy do analizy
batch-trend-how = Co znalazła każda analiza tego folderu. Analizy z innymi ustawieniami mierzą inaczej i są oznaczone.
batch-trend-when = Analiza, UTC
batch-trend-score = Średni wynik
batch-trend-severe = Krytyczne i poważne na 10 rozmów
batch-trend-changed = inne ustawienia

# Failed, left out.
batch-failed = { $n ->
    [one] { $n } pliku nie udało się przeanalizować
    [few] { $n } plików nie udało się przeanalizować
   *[many] { $n } plików nie udało się przeanalizować
}
batch-failed-kind = Rodzaj
batch-failed-why = Powód
batch-failed-file = Plik
batch-skipped = { $n ->
    [one] Pominięte pliki ({ $n })
    [few] Pominięte pliki ({ $n })
   *[many] Pominięte pliki ({ $n })
}
batch-selftest = Jak dobrze wykrywane są uszkodzenia w takich nagraniach (autotest)
batch-selftest-how = { $n ->
    [one] Do { $n } nagrania dodano znane uszkodzenia, a powstałe kopie zmierzono.
    [few] Do { $n } nagrań dodano znane uszkodzenia, a powstałe kopie zmierzono.
   *[many] Do { $n } nagrań dodano znane uszkodzenia, a powstałe kopie zmierzono.
}
batch-selftest-more = Całość:
batch-made = Utworzone przez callvet na tym komputerze.
batch-spreadsheets = Do arkusza kalkulacyjnego:

# For the script.
js-batch-shown = { $n ->
    [one] { $n } z { $of } rozmów
    [few] { $n } z { $of } rozmów
   *[many] { $n } z { $of } rozmów
}
js-batch-range = od { $from } do { $to }
js-batch-none = Żadna rozmowa nie spełnia warunków filtrów.
js-batch-remove = Usuń filtr: { $name }
js-batch-any = dowolne
js-batch-with = z: { $name }
js-batch-confidence = pewność { $value } %
js-batch-lost = utracono część
js-batch-bar = { $name }: { $value }
js-batch-column-campaign = Kampania
js-batch-column-talk = Mówi konsultant, %
js-batch-column-silence = Najdłuższa cisza, s
js-batch-range-severe = Krytyczne i poważne
js-batch-range-findings = Znaleziska
js-batch-range-snr = SNR, dB
js-batch-range-overtalk = Nakładanie się mowy, %
js-batch-range-talk = Mówi konsultant, %
js-batch-range-silence = Najdłuższa cisza, s
js-batch-range-length = Długość, min
js-batch-likely = pewność co najmniej 50 %
js-batch-filter-weekday = Dzień tygodnia
js-batch-filter-hour = Godzina
js-batch-filter-campaign = Kampania
js-batch-trend-score = Średni wynik
js-batch-trend-severe = Krytyczne i poważne na 10 rozmów
