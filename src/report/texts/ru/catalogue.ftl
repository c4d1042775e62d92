# What the numbers of a report mean: label, meaning, where the limits come from, what misleads them.
# English is made from src/call/catalogue.rs: cargo test --lib write_the_catalogue -- --ignored

cat-recording-duration_s = Длительность
cat-recording-duration_s-meaning = Длительность того, что удалось декодировать.
cat-recording-duration_s-fooled = Обрезанный файл короче самого звонка.

cat-recording-sample_rate_hz = Частота дискретизации
cat-recording-sample_rate_hz-meaning = Число отсчётов в секунду в файле.
cat-recording-sample_rate_hz-fooled = Телефонный звонок в широкополосном файле: см. границу полосы.

cat-layout-role_confidence = Уверенность в ролях
cat-layout-role_confidence-meaning = Вероятность, что оператор и клиент определены верно.
cat-layout-role_confidence-fooled = Переводы и звонки, в которых все вопросы задаёт клиент.

cat-channels-level-rms_dbfs = Уровень RMS
cat-channels-level-rms_dbfs-meaning = Среднеквадратичное значение всех отсчётов; меандр на полную шкалу — это 0.
cat-channels-level-rms_dbfs-fooled = Паузы его занижают.

cat-channels-level-peak_dbfs = Пик
cat-channels-level-peak_dbfs-meaning = Наибольший отсчёт.
cat-channels-level-peak_dbfs-why = пик ближе 0,1 дБ к полной шкале не оставляет запаса и указывает на клиппинг
cat-channels-level-peak_dbfs-fooled = Один щелчок.

cat-channels-level-true_peak_dbtp = Истинный пик
cat-channels-level-true_peak_dbtp-meaning = Наибольшее значение между отсчётами (BS.1770-4, передискретизация до 192 кГц).
cat-channels-level-true_peak_dbtp-why = EBU R 128 допускает -1 dBTP; выше 0 преобразователь обрезает сигнал
cat-channels-level-true_peak_dbtp-fooled = Один щелчок.

cat-channels-level-loudness_lufs = Громкость
cat-channels-level-loudness_lufs-meaning = Интегральная громкость по EBU R 128.
cat-channels-level-loudness_lufs-fooled = Музыка на удержании и гудки учитываются наравне с речью.

cat-channels-level-active_speech_level_dbov = Уровень речи
cat-channels-level-active_speech_level_dbov-meaning = Уровень речи в то время, когда она есть (ITU-T P.56, метод B).
cat-channels-level-active_speech_level_dbov-fooled = Громкий шум в паузах тянет его к среднему по всей записи.

cat-channels-level-activity_ratio = Активность речи
cat-channels-level-activity_ratio-meaning = Доля времени, в которое есть речь по ITU-T P.56.
cat-channels-level-activity_ratio-fooled = Учитывается любой звук, в том числе музыка и шум.

cat-channels-level-dc_offset = Постоянная составляющая
cat-channels-level-dc_offset-meaning = Среднее значение отсчётов в долях полной шкалы.
cat-channels-level-dc_offset-fooled = Сильные звуки ниже 1 Гц.

cat-channels-noise-floor_dbfs = Уровень фонового шума
cat-channels-noise-floor_dbfs-meaning = RMS фона в паузах этого канала без цифровой тишины.
cat-channels-noise-floor_dbfs-why = номинальный уровень речи -26 dBov: на 30 дБ ниже шум едва слышен, на 15 дБ ниже он утомляет слушателя
cat-channels-noise-floor_dbfs-fooled = Дыхание и эхо помещения в паузах; шумовой гейт его скрывает.

cat-channels-noise-snr_db = SNR
cat-channels-noise-snr_db-meaning = Насколько речь выше шума, во всей полосе.
cat-channels-noise-snr_db-why = выше примерно 25 дБ шум почти незаметен, ниже примерно 12 дБ слушать трудно и растёт число ошибок распознавания
cat-channels-noise-snr_db-fooled = Шум, который есть только во время речи стороны; пропущенные слова в паузах.

cat-channels-noise-snr_uncertainty_db = Погрешность SNR
cat-channels-noise-snr_uncertainty_db-meaning = Одно стандартное отклонение SNR.
cat-channels-noise-snr_uncertainty_db-fooled = Шум, который меняется от паузы к паузе.

cat-channels-noise-snr_300_3400_db = SNR в телефонной полосе
cat-channels-noise-snr_300_3400_db-meaning = То же между 300 и 3400 Гц, что пропускает телефон; фон электросети влияет меньше.
cat-channels-noise-snr_300_3400_db-why = как для всей полосы
cat-channels-noise-snr_300_3400_db-fooled = То же, что и SNR во всей полосе.

cat-channels-noise-hum_hz = Фон электросети
cat-channels-noise-hum_hz-meaning = 50 или 60, если слышен фон электросети, в том числе по гармоникам.
cat-channels-noise-hum_hz-fooled = Механизм, вращающийся с частотой сети.

cat-channels-noise-digital_silence_ratio = Цифровая тишина
cat-channels-noise-digital_silence_ratio-meaning = Доля отсчётов в сериях цифровых нулей: гейт, кнопка отключения микрофона или прерывистая передача (DTX).
cat-channels-noise-digital_silence_ratio-fooled = В синтезированной речи тоже бывают цифровые паузы.

cat-channels-clipping-clipped_ratio = Клиппинг
cat-channels-clipping-clipped_ratio-meaning = Доля отсчётов в плоских вершинах: не менее 3 почти равных предельных отсчётов подряд.
cat-channels-clipping-clipped_ratio-why = один отсчёт на тысячу слышен как искажение, один на десять тысяч — как редкий треск
cat-channels-clipping-clipped_ratio-fooled = Прямоугольные сигналы; низкоскоростные кодеки размывают плоские вершины.

cat-channels-clipping-n_runs = Обрезанные вершины
cat-channels-clipping-n_runs-meaning = Число плоских вершин.
cat-channels-clipping-n_runs-fooled = То же, что и долю клиппинга.

cat-channels-dropouts-n = Выпадения
cat-channels-dropouts-n-meaning = Разрывы от 20 мс, когда звук пропадает посреди речи.
cat-channels-dropouts-n-why = норма — ни одного; несколько воспринимаются как плохая связь
cat-channels-dropouts-n-fooled = Маскирование потерь заполняет разрывы; слишком жёсткий гейт выглядит так же.

cat-channels-dropouts-total_s = Выпадения, всего
cat-channels-dropouts-total_s-meaning = Общая длительность всех выпадений.
cat-channels-dropouts-total_s-fooled = То же, что и число выпадений.

cat-channels-bandwidth-edge_hz = Граница полосы
cat-channels-bandwidth-edge_hz-meaning = До какой частоты доходит речь.
cat-channels-bandwidth-edge_hz-why = широкополосная речь (G.722) занимает 7 кГц, телефонная полоса (G.712) — 3,4 кГц
cat-channels-bandwidth-edge_hz-fooled = Глухой голос; шум, скрывающий верх полосы.

cat-channels-background_voices-ratio = Посторонние голоса
cat-channels-background_voices-ratio-meaning = Доля времени, в которое слышны голоса не сторон разговора.
cat-channels-background_voices-ratio-fooled = Телевизор, эхо самой стороны.

cat-channels-background_voices-level_below_speech_db = Посторонние голоса, ниже речи
cat-channels-background_voices-level_below_speech_db-meaning = Насколько они тише речи самой стороны.
cat-channels-background_voices-level_below_speech_db-fooled = То же, что и долю.

cat-channels-background_voices-grade = Посторонние голоса, степень
cat-channels-background_voices-grade-meaning = 0 — нет, 1 — гул голосов, 2 — слова угадываются, 3 — слова разборчивы.
cat-channels-background_voices-grade-why = начиная со степени 2 могут быть слышны данные другого клиента
cat-channels-background_voices-grade-fooled = То же, что и долю.

cat-channels-perceived-sig = Качество речи (прогноз)
cat-channels-perceived-sig-meaning = DNSMOS P.835 SIG, от 1 до 5: прогноз нейросети, как слушатели оценили бы речь; в оценку звонка не входит.
cat-channels-perceived-sig-fooled = Телефонная полоса, языки и линии, непохожие на обучающие данные; музыка.

cat-channels-perceived-bak = Качество фона (прогноз)
cat-channels-perceived-bak-meaning = DNSMOS P.835 BAK, от 1 до 5: прогноз нейросети, как слушатели оценили бы фон; в оценку звонка не входит.
cat-channels-perceived-bak-fooled = То же, что и качество речи; фон вне оценённых окон.

cat-channels-perceived-ovrl = Общее качество (прогноз)
cat-channels-perceived-ovrl-meaning = DNSMOS P.835 OVRL, от 1 до 5: прогноз нейросети, как слушатели оценили бы запись в целом; в оценку звонка не входит.
cat-channels-perceived-ovrl-fooled = То же, что и качество речи.

cat-channels-perceived-n_windows = Оценено окон
cat-channels-perceived-n_windows-meaning = По скольким окнам в 9 с усреднены прогнозы качества.

cat-crosstalk-leakage-attenuation_db = Просачивание
cat-crosstalk-leakage-attenuation_db-meaning = Насколько голос стороны в канале другой стороны слабее, чем в собственном.
cat-crosstalk-leakage-attenuation_db-why = ниже 15 дБ слова другой стороны расшифровываются дважды и одновременную речь не определить; 40 дБ рядом с речью не слышно
cat-crosstalk-leakage-attenuation_db-fooled = Сторона, которая никогда не говорит одна; одна и та же музыка в обоих каналах.

cat-crosstalk-leakage-delay_ms = Задержка просачивания
cat-crosstalk-leakage-delay_ms-meaning = Насколько позже голос слышен в чужом канале.
cat-crosstalk-leakage-delay_ms-fooled = Эхо, приходящее несколькими путями: учитывается самое сильное.

cat-crosstalk-level_difference_db = Разница уровней
cat-crosstalk-level_difference_db-meaning = Уровень речи первого канала минус уровень второго: положительная, если первая сторона громче.
cat-crosstalk-level_difference_db-fooled = Всё, что искажает уровни речи: громкий шум в паузах, музыка на удержании.

cat-conversation-speech_s = Речь
cat-conversation-speech_s-meaning = Сколько секунд говорит участник.
cat-conversation-speech_s-fooled = Шум, принятый за речь; пропущенные тихие слоги.

cat-conversation-talk_ratio = Доля речи
cat-conversation-talk_ratio-meaning = Какая часть всей речи принадлежит этому участнику.
cat-conversation-talk_ratio-fooled = Автоинформатор на удержании, принятый за сторону.

cat-conversation-monologue_s = Самый долгий монолог
cat-conversation-monologue_s-meaning = Самая долгая реплика, пока никто другой не берёт слово; паузы до 2 с включены.
cat-conversation-monologue_s-why = после минуты монолога клиент теряет нить; две минуты — это декламация
cat-conversation-monologue_s-fooled = Пропущенные поддакивания.

cat-conversation-response_s = Время реакции
cat-conversation-response_s-meaning = Медиана времени от конца чужой реплики до начала реплики этого участника; отрицательное, если они накладываются.
cat-conversation-response_s-why = во всех языках реплики следуют друг за другом примерно через 0,2 с; 3 с — неловкая пауза
cat-conversation-response_s-fooled = Задержка линии; запись, сделанная на одном конце.

cat-conversation-words_per_minute = Темп речи
cat-conversation-words_per_minute-meaning = Слов в минуту собственной речи этого участника.
cat-conversation-words_per_minute-why = около 150 — обычный телефонный темп для английского; выше 200 зачитываемые условия трудно воспринять
cat-conversation-words_per_minute-fooled = В языках с длинными словами (венгерский, греческий) слов меньше; ошибки распознавания.

cat-conversation-syllables_per_minute = Темп речи в слогах
cat-conversation-syllables_per_minute-meaning = Слогов в минуту собственной речи этого участника, по числу гласных.
cat-conversation-syllables_per_minute-fooled = Ошибки распознавания; числа, записанные цифрами; английская орфография.

cat-conversation-overtalk-total_s = Одновременная речь
cat-conversation-overtalk-total_s-meaning = Сколько секунд обе стороны говорят сразу.
cat-conversation-overtalk-total_s-fooled = Просачивание, принятое за речь.

cat-conversation-overtalk-ratio = Доля одновременной речи
cat-conversation-overtalk-ratio-meaning = В какой части времени, когда хоть кто-то говорит, говорят обе стороны.
cat-conversation-overtalk-ratio-why = в живом разговоре несколько процентов — норма, в основном это поддакивания; свыше 15 % стороны не слушают друг друга
cat-conversation-overtalk-ratio-fooled = Просачивание, принятое за речь; поддакивания тоже считаются одновременной речью.

cat-conversation-silence-total_s = Тишина
cat-conversation-silence-total_s-meaning = Сумма промежутков от 2 с, когда никто не говорит и нет ни музыки, ни сигналов.
cat-conversation-silence-total_s-fooled = Речь, слишком тихая, чтобы её обнаружить.

cat-conversation-silence-longest_s = Самая долгая тишина
cat-conversation-silence-longest_s-meaning = Самый долгий промежуток, когда никто не говорит.
cat-conversation-silence-longest_s-why = примерно через 5 с спрашивают, есть ли кто на линии; 20 с без слов — мёртвый эфир
cat-conversation-silence-longest_s-fooled = Удержание без музыки.

cat-conversation-hold_count = Число удержаний
cat-conversation-hold_count-meaning = Сколько раз сторона ждёт (идущее подряд — одно ожидание): музыка, автоинформатор, гудки, тональные сигналы или тишина от 10 с внутри звонка.
cat-conversation-hold_count-fooled = Песни: они распознаются как речь.

cat-conversation-hold_total_s = Удержание
cat-conversation-hold_total_s-meaning = Общая длительность удержаний.
cat-conversation-hold_total_s-fooled = То же, что и число удержаний.

cat-conversation-hold_ratio = Доля удержания
cat-conversation-hold_ratio-meaning = Какую часть записи занимает ожидание.
cat-conversation-hold_ratio-fooled = То же, что и число удержаний.

cat-conversation-time_to_human_s = Время до живого ответа
cat-conversation-time_to_human_s-meaning = Сколько секунд проходит до первого слова живого человека.
cat-conversation-time_to_human_s-why = обычный уровень сервиса — 80 % звонков принимаются за 20 с
cat-conversation-time_to_human_s-fooled = Автоинформатор, принятый за человека.

cat-conversation-billable_s = К оплате
cat-conversation-billable_s-meaning = Секунды от ответа до отбоя при каждом правиле тарификации: первый блок / следующие блоки.
cat-conversation-billable_s-fooled = Запись, начатая до соединения.

cat-transcript-language_probability = Вероятность языка
cat-transcript-language_probability-meaning = Насколько надёжно определён язык.
cat-transcript-language_probability-why = если вероятность меньше половины, расшифровка может быть не на том языке
cat-transcript-language_probability-fooled = Короткая или смешанная речь.

cat-transcript-utterances-confidence = Уверенность расшифровки
cat-transcript-utterances-confidence-meaning = Средняя вероятность слов реплики.
cat-transcript-utterances-confidence-why = если вероятность меньше половины, слово скорее неверно, чем верно
cat-transcript-utterances-confidence-fooled = Модели уверены и в гладких ошибках.

cat-transcript-utterances-words-probability = Вероятность слова
cat-transcript-utterances-words-probability-meaning = Насколько вероятно, что слово верно: калиброванная вероятность модели.
cat-transcript-utterances-words-probability-fooled = То же, что и уверенность расшифровки.

cat-findings-confidence = Уверенность
cat-findings-confidence-meaning = Вероятность, что внимательный проверяющий согласится с находкой.
cat-findings-confidence-fooled = Ошибки расшифровки.

cat-score-total = Оценка
cat-score-total-meaning = Весь звонок одним числом, лучшее — 100; части, о которых судить нельзя, не учитываются.
cat-score-total-why = потеря пятой части баллов — повод взглянуть, двух пятых — повод для проверки
cat-score-total-fooled = Она не лучше своих частей: смотрите на них.
