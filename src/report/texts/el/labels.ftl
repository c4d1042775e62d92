# Words that several pages share.
label-n-findings = { $n ->
    [one] { $n } εύρημα
   *[other] { $n } ευρήματα
}
