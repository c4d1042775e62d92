# Words that several pages share.
label-n-findings = { $n ->
    [one] { $n } находка
    [few] { $n } находки
   *[many] { $n } находок
}
