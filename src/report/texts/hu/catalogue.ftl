# What the numbers of a report mean: label, meaning, where the limits come from, what misleads them.
# English is made from src/call/catalogue.rs: cargo test --lib write_the_catalogue -- --ignored

cat-recording-duration_s = Hossz
cat-recording-duration_s-meaning = A dekódolható rész hossza.
cat-recording-duration_s-fooled = A csonka fájl rövidebb a valódi hívásnál.

cat-recording-sample_rate_hz = Mintavételi frekvencia
cat-recording-sample_rate_hz-meaning = Másodpercenkénti minták száma a fájlban.
cat-recording-sample_rate_hz-fooled = Telefonhívás szélessávú fájlban: lásd a sávhatárt.

cat-layout-role_confidence = Szerepek bizonyossága
cat-layout-role_confidence-meaning = Annak valószínűsége, hogy az operátor és az ügyfél nincs felcserélve.
cat-layout-role_confidence-fooled = Átkapcsolások, és olyan hívások, amelyekben minden kérdést az ügyfél tesz fel.

cat-channels-level-rms_dbfs = RMS-szint
cat-channels-level-rms_dbfs-meaning = Az összes minta négyzetes középértéke; a teljes kivezérlésű négyszögjel 0.
cat-channels-level-rms_dbfs-fooled = A szünetek csökkentik.

cat-channels-level-peak_dbfs = Csúcs
cat-channels-level-peak_dbfs-meaning = A legnagyobb minta.
cat-channels-level-peak_dbfs-why = a teljes kivezérléshez 0,1 dB-nél közelebbi csúcs nem hagy tartalékot, és túlvezérlésre utal
cat-channels-level-peak_dbfs-fooled = Egyetlen kattanás.

cat-channels-level-true_peak_dbtp = Valódi csúcs
cat-channels-level-true_peak_dbtp-meaning = A legnagyobb érték a minták között (BS.1770-4, 192 kHz-re túlmintavételezve).
cat-channels-level-true_peak_dbtp-why = az EBU R 128 -1 dBTP-t enged meg; 0 felett az átalakító túlvezérlődik
cat-channels-level-true_peak_dbtp-fooled = Egyetlen kattanás.

cat-channels-level-loudness_lufs = Hangosság
cat-channels-level-loudness_lufs-meaning = Az EBU R 128 szerinti integrált hangosság.
cat-channels-level-loudness_lufs-fooled = A várakoztató zene és a kicsengés is beszédként számít.

cat-channels-level-active_speech_level_dbov = Beszédszint
cat-channels-level-active_speech_level_dbov-meaning = A beszéd szintje, amíg van beszéd (ITU-T P.56, B módszer).
cat-channels-level-active_speech_level_dbov-fooled = A szünetek erős zaja a teljes átlag felé húzza.

cat-channels-level-activity_ratio = Beszédaktivitás
cat-channels-level-activity_ratio-meaning = Az idő mekkora részében van beszéd az ITU-T P.56 szerint.
cat-channels-level-activity_ratio-fooled = Minden hang számít, a zene és a zaj is.

cat-channels-level-dc_offset = Egyenáramú eltolás
cat-channels-level-dc_offset-meaning = A minták átlaga a teljes kivezérléshez képest.
cat-channels-level-dc_offset-fooled = Erős, 1 Hz alatti hangok.

cat-channels-noise-floor_dbfs = Alapzaj
cat-channels-noise-floor_dbfs-meaning = A háttér RMS-szintje a csatorna szüneteiben, a digitális csend nélkül.
cat-channels-noise-floor_dbfs-why = a beszéd névleges szintje -26 dBov: az ennél 30 dB-lel gyengébb zaj alig hallható, a 15 dB-lel gyengébb fárasztja a hallgatót
cat-channels-noise-floor_dbfs-fooled = Lélegzet és teremvisszhang a szünetekben; a zajkapu elrejti.

cat-channels-noise-snr_db = SNR
cat-channels-noise-snr_db-meaning = Mennyivel emelkedik a beszéd a zaj fölé, a teljes sávban.
cat-channels-noise-snr_db-why = nagyjából 25 dB felett a zaj alig észrevehető, 12 dB alatt a hallgatás fárasztó, és nő a felismerési hibák száma
cat-channels-noise-snr_db-fooled = Zaj, amely csak a fél beszéde közben szól; szünetben fel nem ismert szavak.

cat-channels-noise-snr_uncertainty_db = SNR bizonytalansága
cat-channels-noise-snr_uncertainty_db-meaning = Az SNR egyszeres szórása.
cat-channels-noise-snr_uncertainty_db-fooled = Szünetről szünetre változó zaj.

cat-channels-noise-snr_300_3400_db = SNR, telefonsáv
cat-channels-noise-snr_300_3400_db-meaning = Ugyanez 300 és 3400 Hz között, amit a telefon átvisz; a brumm kevesebbet számít.
cat-channels-noise-snr_300_3400_db-why = mint a teljes sávban
cat-channels-noise-snr_300_3400_db-fooled = Ugyanaz, mint a teljes sávú SNR-t.

cat-channels-noise-hum_hz = Hálózati brumm
cat-channels-noise-hum_hz-meaning = 50 vagy 60, ha hálózati brumm hallható, a felharmonikusai alapján is.
cat-channels-noise-hum_hz-fooled = A hálózati frekvencián forgó gép.

cat-channels-noise-digital_silence_ratio = Digitális csend
cat-channels-noise-digital_silence_ratio-meaning = A digitális nullák sorozatában álló minták aránya: zajkapu, némítógomb vagy szakaszos átvitel.
cat-channels-noise-digital_silence_ratio-fooled = A gépi beszédben is vannak digitális szünetek.

cat-channels-clipping-clipped_ratio = Túlvezérelt
cat-channels-clipping-clipped_ratio-meaning = A legalább 3 közel egyforma szélső mintából álló levágott csúcsok aránya a mintákban.
cat-channels-clipping-clipped_ratio-why = az ezredrésznyi minta torzításként hallható, a tízezredrésznyi ritka recsegés
cat-channels-clipping-clipped_ratio-fooled = Négyszögjelek; a kis sebességű kodekek elkenik a levágott csúcsokat.

cat-channels-clipping-n_runs = Levágott csúcsok
cat-channels-clipping-n_runs-meaning = A levágott csúcsok száma.
cat-channels-clipping-n_runs-fooled = Ugyanaz, mint a túlvezérelt minták arányát.

cat-channels-dropouts-n = Hangkimaradások
cat-channels-dropouts-n-meaning = Legalább 20 ms hosszú hézagok beszéd közben, amelyekben eltűnik a hang.
cat-channels-dropouts-n-why = rendes esetben nincs; a többszöri kimaradás rossz vonalként hallható
cat-channels-dropouts-n-fooled = A csomagvesztés elfedése kitölti a hézagokat; a túl szorosra állított zajkapu ugyanígy látszik.

cat-channels-dropouts-total_s = Hangkimaradás összesen
cat-channels-dropouts-total_s-meaning = Az összes hangkimaradás együttes hossza.
cat-channels-dropouts-total_s-fooled = Ugyanaz, mint a hangkimaradások számát.

cat-channels-bandwidth-edge_hz = Sávhatár
cat-channels-bandwidth-edge_hz-meaning = Meddig ér a beszéd frekvenciában.
cat-channels-bandwidth-edge_hz-why = a szélessávú beszéd (G.722) 7 kHz-ig, a telefonsáv (G.712) 3,4 kHz-ig terjed
cat-channels-bandwidth-edge_hz-fooled = Tompa hang; a felső sávot elfedő zaj.

cat-channels-background_voices-ratio = Háttérhangok
cat-channels-background_voices-ratio-meaning = Az idő mekkora részében hallható olyan hang, amely egyik félé sem.
cat-channels-background_voices-ratio-fooled = Tévé, a fél saját visszhangja.

cat-channels-background_voices-level_below_speech_db = Háttérhangok a beszéd alatt
cat-channels-background_voices-level_below_speech_db-meaning = Mennyivel halkabbak a fél saját beszédénél.
cat-channels-background_voices-level_below_speech_db-fooled = Ugyanaz, mint az arányukat.

cat-channels-background_voices-grade = Háttérhangok fokozata
cat-channels-background_voices-grade-meaning = 0: nincs, 1: zsivaj, 2: a szavak kitalálhatók, 3: a szavak felismerhetők.
cat-channels-background_voices-grade-why = a 2. fokozattól más ügyfél adatai kihallhatók
cat-channels-background_voices-grade-fooled = Ugyanaz, mint az arányukat.

cat-channels-perceived-sig = Beszédminőség, becsült
cat-channels-perceived-sig-meaning = DNSMOS P.835 SIG, 1–5: neurális háló becslése arra, hogyan értékelnék a hallgatók a beszédet; nem része a pontszámnak.
cat-channels-perceived-sig-fooled = A betanító adatoktól eltérő telefonsáv, nyelv és vonal; zene.

cat-channels-perceived-bak = Háttér minősége, becsült
cat-channels-perceived-bak-meaning = DNSMOS P.835 BAK, 1–5: neurális háló becslése arra, hogyan értékelnék a hallgatók a hátteret; nem része a pontszámnak.
cat-channels-perceived-bak-fooled = Ugyanaz, mint a beszédminőséget; az értékelt ablakokon kívüli háttér.

cat-channels-perceived-ovrl = Összminőség, becsült
cat-channels-perceived-ovrl-meaning = DNSMOS P.835 OVRL, 1–5: neurális háló becslése arra, hogyan értékelnék a hallgatók az egészet; nem része a pontszámnak.
cat-channels-perceived-ovrl-fooled = Ugyanaz, mint a beszédminőséget.

cat-channels-perceived-n_windows = Értékelt ablakok
cat-channels-perceived-n_windows-meaning = Hány 9 másodperces ablak átlaga a becsült minőség.

cat-crosstalk-leakage-attenuation_db = Áthallás
cat-crosstalk-leakage-attenuation_db-meaning = Mennyivel gyengébb a fél hangja a másik fél csatornáján, mint a sajátján.
cat-crosstalk-leakage-attenuation_db-why = 15 dB alatt a másik fél szavai kétszer kerülnek az átiratba, és az egymásra beszélés nem állapítható meg; a 40 dB beszéd mellett nem hallható
cat-crosstalk-leakage-attenuation_db-fooled = Fél, aki soha nem beszél egyedül; mindkét csatornán ugyanaz a zene.

cat-crosstalk-leakage-delay_ms = Áthallás késése
cat-crosstalk-leakage-delay_ms-meaning = Mennyivel később hallható ott.
cat-crosstalk-leakage-delay_ms-fooled = Többszörös beérkezésű visszhangutak: a legerősebb számít.

cat-crosstalk-level_difference_db = Szintkülönbség
cat-crosstalk-level_difference_db-meaning = Az első csatorna beszédszintje mínusz a másodiké: pozitív, ha az első fél a hangosabb.
cat-crosstalk-level_difference_db-fooled = Ami a beszédszintet is: erős zaj a szünetekben, várakoztató zene.

cat-conversation-speech_s = Beszéd
cat-conversation-speech_s-meaning = A beszélő beszédideje másodpercben.
cat-conversation-speech_s-fooled = Beszédnek vett zaj; fel nem ismert halk szótagok.

cat-conversation-talk_ratio = Beszédarány
cat-conversation-talk_ratio-meaning = Az összes beszéd mekkora része ezé a beszélőé.
cat-conversation-talk_ratio-fooled = Félnek számított várakoztató bemondás.

cat-conversation-monologue_s = Leghosszabb monológ
cat-conversation-monologue_s-meaning = A leghosszabb megszólalás, amely alatt senki más nem veszi át a szót; a 2 másodpercnél rövidebb szünetek beleszámítanak.
cat-conversation-monologue_s-why = egyperces egyhuzamos beszéd után az ügyfél már nem figyel; két perc felolvasás
cat-conversation-monologue_s-fooled = Fel nem ismert, figyelmet jelző közbeszólások.

cat-conversation-response_s = Válaszidő
cat-conversation-response_s-meaning = A másik megszólalásának végétől a beszélő megszólalásáig eltelt idő mediánja; negatív, ha átfedik egymást.
cat-conversation-response_s-why = beszélgetésben minden nyelven nagyjából 0,2 s alatt követik egymást a megszólalások; a 3 s kínos szünet
cat-conversation-response_s-fooled = Vonali késleltetés; az egyik végponton készült felvétel.

cat-conversation-words_per_minute = Beszédtempó
cat-conversation-words_per_minute-meaning = Percenkénti szavak száma a beszélő saját beszédidejében.
cat-conversation-words_per_minute-why = angolul nagyjából 150 a szokásos telefonos tempó; 200 felett a felolvasott feltételek nehezen követhetők
cat-conversation-words_per_minute-fooled = A hosszú szavakból álló nyelvek (magyar, görög) kevesebb szót adnak; felismerési hibák.

cat-conversation-syllables_per_minute = Beszédtempó szótagban
cat-conversation-syllables_per_minute-meaning = Percenkénti szótagok száma a beszélő saját beszédidejében, a magánhangzók alapján.
cat-conversation-syllables_per_minute-fooled = Felismerési hibák; számjeggyel írt számok; az angol helyesírás.

cat-conversation-overtalk-total_s = Egymásra beszélés
cat-conversation-overtalk-total_s-meaning = Hány másodpercig beszél egyszerre mindkét fél.
cat-conversation-overtalk-total_s-fooled = Beszédnek vett áthallás.

cat-conversation-overtalk-ratio = Egymásra beszélés aránya
cat-conversation-overtalk-ratio-meaning = A beszéddel töltött idő mekkora részében beszél mindkét fél.
cat-conversation-overtalk-ratio-why = élénk beszélgetésben néhány százalék rendes, többnyire figyelmet jelző közbeszólás; 15 % felett elbeszélnek egymás mellett
cat-conversation-overtalk-ratio-fooled = Beszédnek vett áthallás; a figyelmet jelző közbeszólás is egymásra beszélésnek számít.

cat-conversation-silence-total_s = Csend
cat-conversation-silence-total_s-meaning = Azoknak az időknek az összege, amikor legalább 2 másodpercig senki nem beszél, és zene vagy jelzés sem szól.
cat-conversation-silence-total_s-fooled = Hallhatatlanul halk beszéd.

cat-conversation-silence-longest_s = Leghosszabb csend
cat-conversation-silence-longest_s-meaning = A leghosszabb idő, amikor senki nem beszél.
cat-conversation-silence-longest_s-why = nagyjából 5 s után a hívó megkérdezi, ott vannak-e még; 20 s szó nélkül holtidő
cat-conversation-silence-longest_s-fooled = Zene nélküli várakoztatás.

cat-conversation-hold_count = Várakoztatások száma
cat-conversation-hold_count-meaning = Hányszor várakozik valamelyik fél (az egymást közvetlenül követők egynek számítanak): zene, gépi bemondás, kicsengés, jelzőhang vagy a híváson belül legalább 10 s csend.
cat-conversation-hold_count-fooled = Énekelt zene, amely beszédnek hallatszik.

cat-conversation-hold_total_s = Várakoztatás
cat-conversation-hold_total_s-meaning = A várakoztatások együttes hossza.
cat-conversation-hold_total_s-fooled = Ugyanaz, mint a várakoztatások számát.

cat-conversation-hold_ratio = Várakoztatás aránya
cat-conversation-hold_ratio-meaning = A felvétel mekkora része várakozás.
cat-conversation-hold_ratio-fooled = Ugyanaz, mint a várakoztatások számát.

cat-conversation-time_to_human_s = Élő hangig eltelt idő
cat-conversation-time_to_human_s-meaning = Hány másodperc telik el az első élőben kimondott szóig.
cat-conversation-time_to_human_s-why = a szokásos szolgáltatási szint: a hívások 80 %-a 20 másodpercen belül fogadva
cat-conversation-time_to_human_s-fooled = Embernek vett gépi bemondás.

cat-conversation-billable_s = Számlázható
cat-conversation-billable_s-meaning = Másodpercek a hívás fogadásától a bontásig, ahogyan az egyes kerekítések szerint felszámítják: első egység / további egységek.
cat-conversation-billable_s-fooled = A kapcsolat létrejötte előtt kezdődő felvétel.

cat-transcript-language_probability = Nyelv valószínűsége
cat-transcript-language_probability-meaning = Mennyire biztos a nyelv.
cat-transcript-language_probability-why = 50 % alatt az átirat rossz nyelvű lehet
cat-transcript-language_probability-fooled = Rövid vagy kevert nyelvű beszéd.

cat-transcript-utterances-confidence = Átirat bizonyossága
cat-transcript-utterances-confidence-meaning = A megszólalás szavainak átlagos valószínűsége.
cat-transcript-utterances-confidence-why = 50 % alatt egy szó inkább téves, mint helyes
cat-transcript-utterances-confidence-fooled = A modell a gördülékeny tévedéseiben is biztos.

cat-transcript-utterances-words-probability = Szó valószínűsége
cat-transcript-utterances-words-probability-meaning = Mennyire valószínű, hogy a szó helyes: a modell kalibrált valószínűsége.
cat-transcript-utterances-words-probability-fooled = Ugyanaz, mint az átirat bizonyosságát.

cat-findings-confidence = Bizonyosság
cat-findings-confidence-meaning = Annak valószínűsége, hogy egy gondos értékelő egyetértene a találattal.
cat-findings-confidence-fooled = Téves átirat.

cat-score-total = Pontszám
cat-score-total-meaning = A hívás egyetlen számban, a 100 a legjobb; a meg nem ítélhető részek kimaradnak.
cat-score-total-why = ha a pontok ötöde elveszett, érdemes ránézni, ha a kétötöde, értékelni kell
cat-score-total-fooled = Nem jobb a részeinél: azokat is nézze meg.
