# Words that several pages share.
label-n-findings = { $n ->
    [one] { $n } znalezisko
    [few] { $n } znaleziska
   *[many] { $n } znalezisk
}
