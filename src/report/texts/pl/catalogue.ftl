# What the numbers of a report mean: label, meaning, where the limits come from, what misleads them.
# English is made from src/call/catalogue.rs: cargo test --lib write_the_catalogue -- --ignored

cat-recording-duration_s = Długość
cat-recording-duration_s-meaning = Długość tego, co udało się zdekodować.
cat-recording-duration_s-fooled = Ucięty plik jest krótszy niż sama rozmowa.

cat-recording-sample_rate_hz = Częstotliwość próbkowania
cat-recording-sample_rate_hz-meaning = Liczba próbek na sekundę w pliku.
cat-recording-sample_rate_hz-fooled = Rozmowa telefoniczna w pliku szerokopasmowym: patrz górna granica pasma.

cat-layout-role_confidence = Pewność ról
cat-layout-role_confidence-meaning = Prawdopodobieństwo, że konsultanta i klienta odróżniono prawidłowo.
cat-layout-role_confidence-fooled = Przekazane rozmowy oraz takie, w których wszystkie pytania zadaje klient.

cat-channels-level-rms_dbfs = Poziom RMS
cat-channels-level-rms_dbfs-meaning = Wartość skuteczna wszystkich próbek; fala prostokątna o pełnej skali ma 0.
cat-channels-level-rms_dbfs-fooled = Pauzy go zaniżają.

cat-channels-level-peak_dbfs = Szczyt
cat-channels-level-peak_dbfs-meaning = Największa próbka.
cat-channels-level-peak_dbfs-why = szczyt mniej niż 0,1 dB od pełnej skali nie zostawia zapasu i wskazuje na przesterowanie
cat-channels-level-peak_dbfs-fooled = Pojedynczy trzask.

cat-channels-level-true_peak_dbtp = Szczyt rzeczywisty
cat-channels-level-true_peak_dbtp-meaning = Największa wartość między próbkami (BS.1770-4, nadpróbkowanie do 192 kHz).
cat-channels-level-true_peak_dbtp-why = EBU R 128 dopuszcza -1 dBTP; powyżej 0 przetwornik przesterowuje
cat-channels-level-true_peak_dbtp-fooled = Pojedynczy trzask.

cat-channels-level-loudness_lufs = Głośność
cat-channels-level-loudness_lufs-meaning = Głośność zintegrowana według EBU R 128.
cat-channels-level-loudness_lufs-fooled = Muzyka oczekiwania i sygnał dzwonienia liczą się jak mowa.

cat-channels-level-active_speech_level_dbov = Poziom mowy
cat-channels-level-active_speech_level_dbov-meaning = Poziom mowy w czasie, gdy jest mowa (ITU-T P.56, metoda B).
cat-channels-level-active_speech_level_dbov-fooled = Głośny hałas w pauzach ściąga go ku średniej całości.

cat-channels-level-activity_ratio = Aktywność mowy
cat-channels-level-activity_ratio-meaning = Część czasu, w której jest mowa według ITU-T P.56.
cat-channels-level-activity_ratio-fooled = Liczy się każdy dźwięk, także muzyka i hałas.

cat-channels-level-dc_offset = Składowa stała
cat-channels-level-dc_offset-meaning = Średnia próbek jako część pełnej skali.
cat-channels-level-dc_offset-fooled = Silne dźwięki poniżej 1 Hz.

cat-channels-noise-floor_dbfs = Poziom szumu tła
cat-channels-noise-floor_dbfs-meaning = RMS tła w pauzach tego kanału, bez ciszy cyfrowej.
cat-channels-noise-floor_dbfs-why = nominalny poziom mowy to -26 dBov: 30 dB poniżej hałas jest nikły, 15 dB poniżej męczy słuchacza
cat-channels-noise-floor_dbfs-fooled = Oddech i pogłos w pauzach; bramka szumów go ukrywa.

cat-channels-noise-snr_db = SNR
cat-channels-noise-snr_db-meaning = O ile mowa jest głośniejsza od hałasu, w pełnym paśmie.
cat-channels-noise-snr_db-why = powyżej około 25 dB hałasu prawie się nie zauważa, poniżej około 12 dB słuchanie wymaga wysiłku i rośnie liczba błędów rozpoznawania
cat-channels-noise-snr_db-fooled = Hałas, który pojawia się tylko wtedy, gdy strona mówi; przeoczone słowa w pauzach.

cat-channels-noise-snr_uncertainty_db = Niepewność SNR
cat-channels-noise-snr_uncertainty_db-meaning = Jedno odchylenie standardowe SNR.
cat-channels-noise-snr_uncertainty_db-fooled = Hałas, który w każdej pauzie jest inny.

cat-channels-noise-snr_300_3400_db = SNR, pasmo telefoniczne
cat-channels-noise-snr_300_3400_db-meaning = To samo między 300 a 3400 Hz, czyli w paśmie telefonu; przydźwięk liczy się mniej.
cat-channels-noise-snr_300_3400_db-why = jak dla pełnego pasma
cat-channels-noise-snr_300_3400_db-fooled = Jak przy SNR w pełnym paśmie.

cat-channels-noise-hum_hz = Przydźwięk sieciowy
cat-channels-noise-hum_hz-meaning = 50 lub 60, gdy słychać przydźwięk sieciowy, także po jego harmonicznych.
cat-channels-noise-hum_hz-fooled = Maszyna, która obraca się z częstotliwością sieci.

cat-channels-noise-digital_silence_ratio = Cisza cyfrowa
cat-channels-noise-digital_silence_ratio-meaning = Część próbek w ciągach cyfrowych zer: bramka, przycisk wyciszenia lub transmisja nieciągła (DTX).
cat-channels-noise-digital_silence_ratio-fooled = Mowa syntetyczna też ma cyfrowe pauzy.

cat-channels-clipping-clipped_ratio = Przesterowanie
cat-channels-clipping-clipped_ratio-meaning = Część próbek w płaskich szczytach złożonych z co najmniej 3 prawie równych próbek skrajnych.
cat-channels-clipping-clipped_ratio-why = jedną próbkę na tysiąc słychać jako zniekształcenie, jedną na dziesięć tysięcy jako rzadki trzask
cat-channels-clipping-clipped_ratio-fooled = Fale prostokątne; kodeki o niskiej przepływności rozmywają płaskie szczyty.

cat-channels-clipping-n_runs = Przesterowane szczyty
cat-channels-clipping-n_runs-meaning = Ile jest płaskich szczytów.
cat-channels-clipping-n_runs-fooled = Jak przy przesterowaniu.

cat-channels-dropouts-n = Zaniki
cat-channels-dropouts-n-meaning = Luki co najmniej 20 ms, w których dźwięk znika w środku mowy.
cat-channels-dropouts-n-why = zwykle nie ma żadnego; kilka słychać jako złe połączenie
cat-channels-dropouts-n-fooled = Maskowanie strat wypełnia luki; zbyt ostro ustawiona bramka wygląda tak samo.

cat-channels-dropouts-total_s = Zaniki, suma
cat-channels-dropouts-total_s-meaning = Łączna długość wszystkich zaników.
cat-channels-dropouts-total_s-fooled = Jak przy liczbie zaników.

cat-channels-bandwidth-edge_hz = Górna granica pasma
cat-channels-bandwidth-edge_hz-meaning = Do jakiej częstotliwości sięga mowa.
cat-channels-bandwidth-edge_hz-why = mowa szerokopasmowa (G.722) sięga 7 kHz; pasmo telefoniczne (G.712) 3,4 kHz
cat-channels-bandwidth-edge_hz-fooled = Stłumiony głos; hałas, który zakrywa górę pasma.

cat-channels-background_voices-ratio = Głosy w tle
cat-channels-background_voices-ratio-meaning = Część czasu, w której słychać głosy nienależące do żadnej ze stron.
cat-channels-background_voices-ratio-fooled = Telewizor, echo samej strony.

cat-channels-background_voices-level_below_speech_db = Głosy w tle, poniżej mowy
cat-channels-background_voices-level_below_speech_db-meaning = O ile są cichsze od mowy samej strony.
cat-channels-background_voices-level_below_speech_db-fooled = Jak przy udziale głosów w tle.

cat-channels-background_voices-grade = Głosy w tle, stopień
cat-channels-background_voices-grade-meaning = 0 brak, 1 gwar, 2 słów można się domyślić, 3 słowa zrozumiałe.
cat-channels-background_voices-grade-why = od stopnia 2 można podsłuchać dane innego klienta
cat-channels-background_voices-grade-fooled = Jak przy udziale głosów w tle.

cat-channels-perceived-sig = Jakość mowy, szacowana
cat-channels-perceived-sig-meaning = DNSMOS P.835 SIG, od 1 do 5: sieć neuronowa szacuje, jak słuchacze oceniliby mowę; nie wchodzi do wyniku.
cat-channels-perceived-sig-fooled = Pasma telefoniczne, języki i łącza inne niż w danych uczących; muzyka.

cat-channels-perceived-bak = Jakość tła, szacowana
cat-channels-perceived-bak-meaning = DNSMOS P.835 BAK, od 1 do 5: sieć neuronowa szacuje, jak słuchacze oceniliby tło; nie wchodzi do wyniku.
cat-channels-perceived-bak-fooled = Jak przy jakości mowy; tło poza ocenianymi oknami.

cat-channels-perceived-ovrl = Jakość ogólna, szacowana
cat-channels-perceived-ovrl-meaning = DNSMOS P.835 OVRL, od 1 do 5: sieć neuronowa szacuje, jak słuchacze oceniliby całość; nie wchodzi do wyniku.
cat-channels-perceived-ovrl-fooled = Jak przy jakości mowy.

cat-channels-perceived-n_windows = Ocenione okna
cat-channels-perceived-n_windows-meaning = Z ilu okien po 9 s uśredniono szacowaną jakość.

cat-crosstalk-leakage-attenuation_db = Przesłuch
cat-crosstalk-leakage-attenuation_db-meaning = O ile głos strony jest słabszy w kanale drugiej strony niż we własnym.
cat-crosstalk-leakage-attenuation_db-why = poniżej 15 dB słowa drugiej strony są transkrybowane podwójnie i nie da się stwierdzić nakładania się mowy; 40 dB obok mowy nie słychać
cat-crosstalk-leakage-attenuation_db-fooled = Strona, która nigdy nie mówi sama; ta sama muzyka na obu kanałach.

cat-crosstalk-leakage-delay_ms = Opóźnienie przesłuchu
cat-crosstalk-leakage-delay_ms-meaning = O ile później słychać tam głos.
cat-crosstalk-leakage-delay_ms-fooled = Echo docierające kilkoma drogami: liczy się najsilniejsze.

cat-crosstalk-level_difference_db = Różnica poziomów
cat-crosstalk-level_difference_db-meaning = Poziom mowy w pierwszym kanale minus poziom w drugim: dodatnia, gdy głośniejsza jest pierwsza strona.
cat-crosstalk-level_difference_db-fooled = Wszystko, co myli poziomy mowy: głośny hałas w pauzach, muzyka oczekiwania.

cat-conversation-speech_s = Mowa
cat-conversation-speech_s-meaning = Sekundy mowy danego mówcy.
cat-conversation-speech_s-fooled = Hałas wzięty za mowę; przeoczone ciche sylaby.

cat-conversation-talk_ratio = Udział w rozmowie
cat-conversation-talk_ratio-meaning = Jaka część całej mowy należy do tego mówcy.
cat-conversation-talk_ratio-fooled = Zapowiedzi w czasie oczekiwania policzone jako strona.

cat-conversation-monologue_s = Najdłuższy monolog
cat-conversation-monologue_s-meaning = Najdłuższa wypowiedź, podczas której nikt inny nie zabiera głosu, razem z pauzami poniżej 2 s.
cat-conversation-monologue_s-why = po minucie bez dojścia do głosu klienci przestają słuchać; dwie minuty to już recytacja
cat-conversation-monologue_s-fooled = Przeoczone potakiwania.

cat-conversation-response_s = Czas reakcji
cat-conversation-response_s-meaning = Mediana czasu od końca wypowiedzi drugiej strony do początku wypowiedzi tego mówcy; ujemna, gdy się nakładają.
cat-conversation-response_s-why = w rozmowie, w każdym języku, kolejne wypowiedzi dzieli około 0,2 s; 3 s to już niezręczna przerwa
cat-conversation-response_s-fooled = Opóźnienie na łączu; nagranie wykonane na jednym końcu.

cat-conversation-words_per_minute = Tempo mowy
cat-conversation-words_per_minute-meaning = Słowa na minutę własnej mowy tego mówcy.
cat-conversation-words_per_minute-why = około 150 to zwykłe tempo rozmowy telefonicznej po angielsku; powyżej 200 trudno nadążyć za odczytywanymi warunkami
cat-conversation-words_per_minute-fooled = Języki o długich słowach (węgierski, grecki) mają ich mniej; błędy rozpoznawania.

cat-conversation-syllables_per_minute = Tempo mowy w sylabach
cat-conversation-syllables_per_minute-meaning = Sylaby na minutę własnej mowy tego mówcy, liczone po samogłoskach.
cat-conversation-syllables_per_minute-fooled = Błędy rozpoznawania; liczby zapisane cyframi; pisownia angielska.

cat-conversation-overtalk-total_s = Nakładanie się mowy
cat-conversation-overtalk-total_s-meaning = Sekundy, w których obie strony mówią jednocześnie.
cat-conversation-overtalk-total_s-fooled = Przesłuch wzięty za mowę.

cat-conversation-overtalk-ratio = Nakładanie się mowy, udział
cat-conversation-overtalk-ratio-meaning = Jaką część czasu, w którym ktokolwiek mówi, mówią obie strony.
cat-conversation-overtalk-ratio-why = kilka procent to norma w żywej rozmowie, głównie potakiwania; powyżej 15 % ludzie się nie słuchają
cat-conversation-overtalk-ratio-fooled = Przesłuch wzięty za mowę; potakiwania to też nakładanie się mowy.

cat-conversation-silence-total_s = Cisza
cat-conversation-silence-total_s-meaning = Suma czasu, w którym nikt nie mówi przez co najmniej 2 s i nie słychać muzyki ani sygnałów.
cat-conversation-silence-total_s-fooled = Mowa zbyt cicha, by ją było słychać.

cat-conversation-silence-longest_s = Najdłuższa cisza
cat-conversation-silence-longest_s-meaning = Najdłuższy czas, w którym nikt nie mówi.
cat-conversation-silence-longest_s-why = po mniej więcej 5 s dzwoniący pytają, czy ktoś tam jest; 20 s bez słowa to martwa cisza
cat-conversation-silence-longest_s-fooled = Zawieszenie bez muzyki.

cat-conversation-hold_count = Liczba zawieszeń
cat-conversation-hold_count-meaning = Jak często któraś ze stron czeka (to, co następuje zaraz po sobie, liczy się jako jedno czekanie): muzyka, zapowiedzi, sygnał dzwonienia, tony albo co najmniej 10 s ciszy w trakcie rozmowy.
cat-conversation-hold_count-fooled = Piosenki, które brzmią jak mowa.

cat-conversation-hold_total_s = Czas zawieszenia
cat-conversation-hold_total_s-meaning = Suma czasu wszystkich zawieszeń.
cat-conversation-hold_total_s-fooled = Jak przy liczbie zawieszeń.

cat-conversation-hold_ratio = Udział zawieszenia
cat-conversation-hold_ratio-meaning = Jaką część nagrania zajmuje czekanie.
cat-conversation-hold_ratio-fooled = Jak przy liczbie zawieszeń.

cat-conversation-time_to_human_s = Czas do rozmowy z człowiekiem
cat-conversation-time_to_human_s-meaning = Sekundy do pierwszego słowa żywej osoby.
cat-conversation-time_to_human_s-why = typowy poziom obsługi (SLA) to 80 % połączeń odebranych w 20 s
cat-conversation-time_to_human_s-fooled = Zapowiedzi wzięte za ludzi.

cat-conversation-billable_s = Czas płatny
cat-conversation-billable_s-meaning = Sekundy od odebrania do rozłączenia, naliczane według każdego taktowania: pierwszy takt / kolejne takty.
cat-conversation-billable_s-fooled = Nagranie, które zaczyna się przed zestawieniem połączenia.

cat-transcript-language_probability = Prawdopodobieństwo języka
cat-transcript-language_probability-meaning = Na ile pewny jest język.
cat-transcript-language_probability-why = poniżej połowy transkrypcja może być w złym języku
cat-transcript-language_probability-fooled = Krótka lub wielojęzyczna mowa.

cat-transcript-utterances-confidence = Pewność transkrypcji
cat-transcript-utterances-confidence-meaning = Średnie prawdopodobieństwo słów wypowiedzi.
cat-transcript-utterances-confidence-why = poniżej połowy słowo jest raczej błędne niż poprawne
cat-transcript-utterances-confidence-fooled = Modele są pewne błędów, które brzmią gładko.

cat-transcript-utterances-words-probability = Prawdopodobieństwo słowa
cat-transcript-utterances-words-probability-meaning = Na ile prawdopodobne, że słowo jest poprawne: skalibrowane prawdopodobieństwo modelu.
cat-transcript-utterances-words-probability-fooled = Jak przy pewności transkrypcji.

cat-findings-confidence = Pewność
cat-findings-confidence-meaning = Prawdopodobieństwo, że uważny oceniający zgodziłby się ze znaleziskiem.
cat-findings-confidence-fooled = Błędna transkrypcja.

cat-score-total = Wynik
cat-score-total-meaning = Rozmowa w jednej liczbie, 100 to najlepiej; części, których nie można ocenić, są pominięte.
cat-score-total-why = utrata jednej piątej punktów skłania do sprawdzenia, dwóch piątych do pełnej oceny rozmowy
cat-score-total-fooled = Nie jest lepszy niż jego części: proszę na nie spojrzeć.
