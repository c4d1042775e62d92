# Words that several pages share.
label-n-findings = { $n ->
    [one] { $n } finding
   *[other] { $n } findings
}
