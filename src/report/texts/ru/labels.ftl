# Words that several pages share.

label-n-findings = { $n ->
    [one] { $n } находка
    [few] { $n } находки
   *[many] { $n } находок
}
# Between the last two of a few names: agent and customer.
label-and = { $first } и { $second }
label-yes = да
label-no = нет
label-none = нет
label-no-value = нет значения
# Why a number is missing: $why is a sentence without its full stop.
label-not-measured = не измерено: { $why }
label-limits = Хорошо — от { $good }, плохо — до { $poor }: { $why }.
# The same where less is better.
label-limits-less = Хорошо — до { $good }, плохо — от { $poor }: { $why }.
label-misled-by = Что искажает: { $what }
label-play-from-here = Слушать отсюда
# Channels of a recording; $who is a party, or several.
label-channel = Канал { $n }
label-channel-of = { $who } · канал { $n }
label-channel-dead = без звука · канал { $n }
label-channel-all = все голоса · канал { $n }

# Why the page of a call has no sound.
no-sound-text = Этот звонок — только текст.
no-sound-left-out = Звук не включён в отчёт (--audio none).
no-sound-not-playable = Браузеры не воспроизводят этот формат, а копия не создавалась.
no-sound-gone = Записи больше нет на прежнем месте.

# Units, as they are written behind a number.
unit-db = дБ
unit-plus-minus-db = ± дБ
unit-dbfs = dBFS
unit-dbov = dBov
unit-dbtp = dBTP
unit-lufs = LUFS
unit-percent = %
unit-s = с
unit-ms = мс
unit-hz = Гц
unit-per-minute = 1/мин
unit-full-scale = от полной шкалы
unit-0-to-3 = от 0 до 3
unit-1-to-5 = от 1 до 5

# Lengths of time.
length-s = { $s } с
length-min-s = { $min } мин { $s } с
length-h-min = { $h } ч { $min } мин

# How bad a finding is.
label-severity-critical = критическая
label-severity-major = серьёзная
label-severity-minor = незначительная
label-severity-info = для сведения
# So many findings of a severity, without the word "findings".
label-n-severity-critical = { $n ->
    [one] { $n } критическая
    [few] { $n } критические
   *[many] { $n } критических
}
label-n-severity-major = { $n ->
    [one] { $n } серьёзная
    [few] { $n } серьёзные
   *[many] { $n } серьёзных
}
label-n-severity-minor = { $n ->
    [one] { $n } незначительная
    [few] { $n } незначительные
   *[many] { $n } незначительных
}
label-n-severity-info = { $n } для сведения

# How a value stands against its limits.
label-grade-good = хорошо
label-grade-fair = приемлемо
label-grade-poor = плохо

# A required step.
label-step-present = есть
label-step-absent = пропущено
label-step-not-judgeable = оценить нельзя
label-step-not-applicable = здесь не требуется

# What a problem cost.
label-problem-lost = часть потеряна
label-problem-not-measurable = не измерено
label-problem-note = примечание

# How far a call is.
label-status-ok = обработан
label-status-failed = сбой
label-status-pending = в очереди

# What a finding is about.
label-polarity-forbidden = так говорить нельзя
label-polarity-required = обязательный шаг
label-polarity-signal = сигнал от клиента
label-polarity-fact = расходится с карточкой фактов
label-polarity-personal-data = персональные данные
label-polarity-quality = качество

# Whose voice.
label-party-agent = Оператор
label-party-customer = Клиент
label-party-ivr = Автоинформатор
label-party-third = Третий голос
label-party-unknown = Неизвестный голос

# Parts of the score.
label-part-line = Линия
label-part-noise = Шум
label-part-conversation = Ведение разговора
label-part-required = Обязательные шаги
label-part-forbidden = Запрещённые фразы
label-part-privacy = Персональные данные
label-part-facts = Факты

# Channels of a recording, and what is odd about them.
label-layout-mono = моно
label-layout-stereo = стерео
label-layout-multichannel = много каналов
label-layout-dual-mono = в обоих каналах один и тот же звук
label-layout-polarity-inverted = второй канал — это первый в противофазе
label-layout-leaky = стороны слышны в каналах друг друга
label-layout-dead-channel = в одном из каналов нет звука
label-layout-roles-swapped = каналы оператора и клиента перепутаны

# Kinds of noise.
label-noise-none = нет
label-noise-stationary = постоянный (шипение, вентилятор, линия)
label-noise-hum = фон электросети
label-noise-babble = гул голосов
label-noise-music = музыка
label-noise-intermittent = непостоянный

# Kinds of line.
label-band-narrowband = узкополосная (телефон)
label-band-wideband = широкополосная (HD-голос)
label-band-fullband = полная полоса

# Both speak at once.
label-overtalk-interruption = перебивание
label-overtalk-backchannel = поддакивание
label-overtalk-simultaneous-start = заговорили одновременно

# What is heard while somebody waits.
label-hold-music = музыка
label-hold-silence = тишина
label-hold-ringback = гудки
label-hold-tone = тональный сигнал
label-hold-ivr = автоинформатор

# Signals of the line.
label-signal-tone = Тональный сигнал
label-signal-dtmf = Нажата клавиша

# Rows of the tables that are no numbers of the catalogue.
cat-channels-noise-kind = Вид шума
cat-channels-noise-kind-meaning = Как звучит фон на протяжении всего звонка.
cat-channels-noise-gated = Шумовой гейт
cat-channels-noise-gated-meaning = «Да» — между словами осталась только цифровая тишина: фона не слышно, и измерить шум нельзя.
cat-channels-bandwidth-kind = Тип линии
cat-channels-bandwidth-kind-meaning = Что говорит о линии граница полосы.
cat-channels-clipping-spans = Места клиппинга
cat-channels-clipping-spans-meaning = Участки с обрезанными отсчётами; отмечены на осциллограмме.
cat-channels-dropouts-spans = Места выпадений
cat-channels-dropouts-spans-meaning = Участки с выпадениями звука; отмечены на осциллограмме.
cat-channels-bandwidth-clues = Следы кодеков и копирования
cat-channels-bandwidth-clues-meaning = Что значения отсчётов и спектр говорят о прежних кодеках и передискретизации. Сведения, а не доказательство.

# Tables of measurements.
table-measurement = Показатель
table-unit = Единица
table-says = О чём говорит
table-call = Звонок

# One party heard in the other's channel.
leak-undecided = оценить нельзя
leak-weaker = слабее на { $value } дБ
leak-later = позже на { $value } мс

# Self-test: damage mixed into recordings and measured.
recovery-name = Обнаружение внесённых дефектов
recovery-damage = Внесено
recovery-number = Измерено
recovery-found = Найдено
recovery-error = Погрешность
recovery-bias = Смещение
recovery-worst = Худший случай
recovery-of = { $n } из { $of }
# What was measured, with its unit.
recovery-field-snr = отношение сигнал/шум, дБ
recovery-field-floor = уровень фонового шума, дБ
recovery-field-hum = частота электросети, Гц
recovery-field-attenuation = ослабление просачивания, дБ
recovery-field-delay = задержка просачивания, мс
recovery-field-voice = голос ниже речи, дБ
recovery-field-clipped = обрезанные отсчёты, процентные пункты
recovery-field-dropout = начало выпадения, мс
# What was mixed in.
recovery-damage-all = всё
recovery-damage-hiss = шипение при SNR { $value } дБ
recovery-damage-hum = фон 50 Гц при SNR { $value } дБ
recovery-damage-knocks = стуки при SNR { $value } дБ
recovery-damage-babble = гул голосов при SNR { $value } дБ
recovery-damage-leakage = просачивание, слабее на { $value } дБ
recovery-damage-voice = голос соседа, на { $value } дБ ниже речи
recovery-damage-clipping = клиппинг { $value } % отсчётов
recovery-damage-dropouts = выпадения по { $value } мс
# $name is one of the following.
recovery-alarm = { $name }: { $n } из { $of } испорченных копий (с уверенностью 95 % — менее { $value } %)
recovery-alarm-leakage = просачивание
recovery-alarm-voices = посторонние голоса
recovery-alarm-clipping = клиппинг
recovery-alarm-dropouts = выпадения
recovery-alarm-hum = фон электросети
recovery-false-alarms = Найдено, хотя этого не вносили:
selftest-title = Самопроверка
selftest-used = использовано записей
selftest-of-sound = звука
selftest-how-well = Насколько хорошо находятся дефекты на этих записях
selftest-what = В ваши собственные записи внесли известные дефекты и измерили полученные копии.
selftest-what-found = В скольких копиях показатель вообще удалось получить.
selftest-what-error = Насколько в среднем он отличался от внесённого.
selftest-what-bias = Завышает (+) или занижает (−).
selftest-what-worst = Наибольшая погрешность.
selftest-left-out = { $n ->
    [one] Что не удалось испытать ({ $n } запись)
    [few] Что не удалось испытать ({ $n } записи)
   *[many] Что не удалось испытать ({ $n } записей)
}
selftest-made-by = Создано программой callvet { $version } на этом компьютере, начальное число { $seed }: при тех же записях и том же числе получится та же таблица.
selftest-for-spreadsheets = Для электронных таблиц:
selftest-every-trial = Каждое испытание отдельно:
