# Words that several pages share.
label-n-findings = { $n ->
    [one] { $n } találat
   *[other] { $n } találat
}
