//! Numbers that carry their own check: payment cards and national identification numbers. A check digit tells a
//! typing error from a number, not a number from chance: one in ten (or one in 97) random numbers passes.

/// A national number: how it is made.
pub(super) struct NationalId {
    /// How many digits it may have.
    pub n_digits: &'static [usize],
    /// How many letters belong to it at most.
    pub most_letters: usize,
    /// The check of its issuer: letters in capitals, then values of the digits.
    pub is_valid: fn(&str, &[u8]) -> bool,
}

/// National numbers that are known, in the order of the places in [`super::labels`]. All need their name nearby, but for
/// the few whose form and check leave little to chance: nine or eleven digits are phone numbers as well.
pub(super) const NATIONAL_IDS: [NationalId; 17] = [
    NationalId { n_digits: &[11], most_letters: 0, is_valid: |_, digits| is_pesel(digits) },
    NationalId { n_digits: &[10], most_letters: 0, is_valid: |_, digits| is_nip(digits) },
    NationalId { n_digits: &[9, 14], most_letters: 0, is_valid: |_, digits| is_regon(digits) },
    NationalId { n_digits: &[6], most_letters: 3, is_valid: is_dowod },
    NationalId { n_digits: &[10, 12], most_letters: 0, is_valid: |_, digits| is_inn_10(digits) || is_inn_12(digits) },
    NationalId { n_digits: &[11], most_letters: 0, is_valid: |_, digits| is_snils(digits) },
    NationalId { n_digits: &[9], most_letters: 0, is_valid: |_, digits| is_afm(digits) },
    NationalId { n_digits: &[11], most_letters: 0, is_valid: |_, digits| is_amka(digits) },
    // No check: one or two letters and six digits, of the new cards two and seven.
    NationalId {
        n_digits: &[6, 7],
        most_letters: 2,
        is_valid: |letters, _| (1..=2).contains(&letters.chars().count()),
    },
    NationalId { n_digits: &[9], most_letters: 0, is_valid: |_, digits| is_taj(digits) },
    NationalId { n_digits: &[8, 10, 11], most_letters: 0, is_valid: |_, digits| is_hu_tax(digits) },
    NationalId { n_digits: &[11], most_letters: 0, is_valid: |_, digits| is_szemelyi(digits) },
    // No check: six digits and two letters.
    NationalId { n_digits: &[6], most_letters: 2, is_valid: |letters, _| letters.chars().count() == 2 },
    NationalId { n_digits: &[9], most_letters: 0, is_valid: |_, digits| is_ssn(digits) },
    NationalId { n_digits: &[6], most_letters: 3, is_valid: is_nino },
    NationalId { n_digits: &[10], most_letters: 0, is_valid: |_, digits| is_nhs(digits) },
    // Named so generally that nothing is known of its form.
    NationalId { n_digits: &[7, 8, 9, 10, 11, 12], most_letters: 4, is_valid: |_, _| false },
];

/// Values of ASCII digits; anything else is left out.
pub(super) fn values(digits: &str) -> Vec<u8> {
    digits.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect()
}

fn weighted(digits: &[u8], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(d, w)| u32::from(*d) * w).sum()
}

fn last_is(digits: &[u8], expected: u32) -> bool {
    digits.last().is_some_and(|d| u32::from(*d) == expected)
}

/// Luhn check digit: ISO/IEC 7812-1, annex B.
pub(super) fn is_luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| match (i % 2, u32::from(*d) * 2) {
            (0, double) => double / 2,
            (_, double) => double / 10 + double % 10,
        })
        .sum();
    !digits.is_empty() && sum.is_multiple_of(10)
}

/// A payment card: 13 to 19 digits, a prefix of a card scheme with a length that it issues, and Luhn.
pub(super) fn is_card(digits: &[u8]) -> bool {
    has_card_form(digits) && is_luhn(digits)
}

/// A prefix of a card scheme with a length that it issues, whether or not its check digit fits.
pub(super) fn has_card_form(digits: &[u8]) -> bool {
    let prefix = |n: usize| digits.iter().take(n).fold(0u32, |sum, d| sum * 10 + u32::from(*d));
    let n = digits.len();
    let is_issued = match (prefix(1), prefix(2), prefix(4)) {
        // Visa.
        (4, ..) => matches!(n, 13 | 16 | 19),
        // American Express, Diners Club.
        (_, 34 | 37, _) => n == 15,
        (_, 36 | 38 | 39, _) | (_, _, 3000..=3059) => (14..=19).contains(&n),
        // Mastercard, Mir, JCB.
        (_, 51..=55, _) | (_, _, 2221..=2720) => n == 16,
        (_, _, 2200..=2204) => (16..=19).contains(&n),
        (_, _, 3528..=3589) => (16..=19).contains(&n),
        // Discover, UnionPay, Maestro.
        (_, 62 | 64 | 65, _) | (_, _, 6011) => (16..=19).contains(&n),
        (_, 50 | 56..=58 | 63 | 67, _) => (13..=19).contains(&n),
        _ => false,
    };
    is_issued && digits.iter().any(|d| *d != digits[0])
}

/// Poland: weights 1 3 7 9, the month also tells the century.
pub(super) fn is_pesel(digits: &[u8]) -> bool {
    let sum = weighted(digits, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]);
    let two = |i: usize| digits.get(i..i + 2).map_or(0, |d| d[0] * 10 + d[1]);
    digits.len() == 11
        && last_is(digits, (10 - sum % 10) % 10)
        && (1..=12).contains(&(two(2) % 20))
        && (1..=31).contains(&two(4))
}

/// Poland, tax: weights 6 5 7 2 3 4 5 6 7 modulo 11; a remainder of 10 is never given.
pub(super) fn is_nip(digits: &[u8]) -> bool {
    digits.len() == 10 && last_is(digits, weighted(digits, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11)
}

/// Poland, register of businesses: 9 digits, or 14 whose first 9 are one.
fn is_regon(digits: &[u8]) -> bool {
    let is_short = |digits: &[u8]| last_is(digits, weighted(digits, &[8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10);
    match digits.len() {
        9 => is_short(digits),
        14 => {
            is_short(&digits[..9])
                && last_is(digits, weighted(digits, &[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11 % 10)
        }
        _ => false,
    }
}

/// Poland, identity card: three letters and six digits, weights 7 3 1 over all (A is 10), the first digit checks.
pub(super) fn is_dowod(letters: &str, digits: &[u8]) -> bool {
    let values: Vec<u32> = letters.chars().filter_map(|c| c.to_digit(36)).collect();
    let [a, b, c] = values[..] else { return false };
    let sum = a * 7 + b * 3 + c + weighted(digits, &[9, 7, 3, 1, 7, 3]);
    digits.len() == 6 && values.iter().all(|value| *value >= 10) && sum.is_multiple_of(10)
}

/// Day and month of "DDMM".
fn is_day_and_month(digits: &[u8]) -> bool {
    let [d1, d0, m1, m0] = digits else { return false };
    (1..=31).contains(&(d1 * 10 + d0)) && (1..=12).contains(&(m1 * 10 + m0))
}

/// Greece, social security: date of birth, then Luhn over all 11.
pub(super) fn is_amka(digits: &[u8]) -> bool {
    digits.len() == 11 && is_day_and_month(&digits[..4]) && is_luhn(digits)
}

/// Hungary, tax: of a person 8 and nine more, positions as weights modulo 11; of a business eight digits, weights
/// 9 7 3 1, maybe with three more for the kind of tax and the county.
fn is_hu_tax(digits: &[u8]) -> bool {
    match digits.len() {
        10 => digits[0] == 8 && last_is(digits, weighted(digits, &[1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11),
        8 | 11 => last_is(&digits[..8], (10 - weighted(&digits[..7], &[9, 7, 3, 1, 9, 7, 3]) % 10) % 10),
        _ => false,
    }
}

/// Hungary, personal number: sex and century, date of birth, serial; weights 1 to 10 modulo 11, backwards from 1997 on.
pub(super) fn is_szemelyi(digits: &[u8]) -> bool {
    if digits.len() != 11 || !matches!(digits[0], 1..=8) {
        return false;
    }
    let is_new = matches!(digits[0], 3 | 4) || digits[1] * 10 + digits[2] >= 97 && matches!(digits[0], 1 | 2);
    let weights: [u32; 10] = if is_new { [10, 9, 8, 7, 6, 5, 4, 3, 2, 1] } else { [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] };
    (1..=12).contains(&(digits[3] * 10 + digits[4])) && last_is(digits, weighted(digits, &weights) % 11)
}

/// Britain, health service: weights 10 to 2 modulo 11; a check of 10 is never given.
fn is_nhs(digits: &[u8]) -> bool {
    digits.len() == 10 && last_is(digits, (11 - weighted(digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11)
}

/// Britain, national insurance: two letters, six digits and a last letter A to D, which is often left out. No check
/// digit; D F I Q U V never begin, and O is never second.
pub(super) fn is_nino(letters: &str, digits: &[u8]) -> bool {
    let letters: Vec<char> = letters.chars().collect();
    let (first, second, suffix) = (letters.first(), letters.get(1), letters.get(2));
    digits.len() == 6
        && first.is_some_and(|c| c.is_ascii_uppercase() && !"DFIQUV".contains(*c))
        && second.is_some_and(|c| c.is_ascii_uppercase() && !"DFIOQUV".contains(*c))
        && suffix.is_none_or(|c| ('A'..='D').contains(c))
}

/// Hungary, social security: weights 3 and 7 in turn.
fn is_taj(digits: &[u8]) -> bool {
    digits.len() == 9 && last_is(digits, weighted(digits, &[3, 7, 3, 7, 3, 7, 3, 7]) % 10)
}

/// Greece, tax: powers of two, modulo 11.
fn is_afm(digits: &[u8]) -> bool {
    let sum = weighted(digits, &[256, 128, 64, 32, 16, 8, 4, 2]);
    digits.len() == 9 && last_is(digits, sum % 11 % 10) && digits.iter().any(|d| *d != 0)
}

/// Russia, tax, of an organisation.
fn is_inn_10(digits: &[u8]) -> bool {
    digits.len() == 10 && last_is(digits, weighted(digits, &[2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10)
}

/// Russia, tax, of a person: two check digits.
pub(super) fn is_inn_12(digits: &[u8]) -> bool {
    digits.len() == 12
        && last_is(&digits[..11], weighted(digits, &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10)
        && last_is(digits, weighted(digits, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10)
}

/// Russia, pension insurance: the last two digits are a sum modulo 101.
pub(super) fn is_snils(digits: &[u8]) -> bool {
    let sum = weighted(digits, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100;
    digits.len() == 11 && u32::from(digits[9]) * 10 + u32::from(digits[10]) == sum
}

/// United States: no check digit; areas 000, 666 and 900 up, group 00 and serial 0000 are never given.
pub(super) fn is_ssn(digits: &[u8]) -> bool {
    let area = digits.iter().take(3).fold(0u32, |sum, d| sum * 10 + u32::from(*d));
    digits.len() == 9 && !matches!(area, 0 | 666 | 900..) && digits[3..5] != [0, 0] && digits[5..] != [0; 4]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(is_valid: fn(&[u8]) -> bool, good: &[&str]) {
        for number in good {
            let digits = values(number);
            assert!(is_valid(&digits), "{number}");
            // A check digit finds every single wrong digit; 9 <-> 0 in some sums modulo 11 is left out.
            let mut wrong = digits.clone();
            let i = digits.len() - 1;
            wrong[i] = (digits[i] + 1) % 10;
            assert!(!is_valid(&wrong), "{number} with another last digit");
            assert!(!is_valid(&digits[1..]), "{number} without its first digit");
        }
        assert!(!is_valid(&[]));
    }

    #[test]
    fn cards_need_scheme_length_and_check_digit() {
        // Test numbers that the schemes' own sandboxes publish.
        check(is_card, &["4111111111111111", "5555555555554444", "378282246310005", "6011111111111117"]);
        assert!(!is_card(&values("0000000000000000")));
        assert!(!is_card(&values("9111111111111119")));
    }

    #[test]
    fn national_numbers_pass_the_check_of_their_issuer() {
        // 44051401359 is the worked example of the Polish register; 111111110 of the Hungarian sum: 8·5·1 = 40 -> 0.
        check(is_pesel, &["44051401359", "02070803628"]);
        check(is_taj, &["111111110"]);
        // Check digits worked out by hand from the formulas: AFM 12345678x: Σ = 1004, mod 11 = 3.
        check(is_afm, &["123456783"]);
        check(is_inn_10, &["7707083893"]);
        check(is_inn_12, &["500100732259"]);
        check(is_snils, &["11223344595"]);
        // By hand: 6·1+5·2+7·3+2·4+3·5+4·6+5·3+6·2+7·1 = 118, 118 mod 11 = 8.
        check(is_nip, &["1234563218"]);
        // 8·1+9·2+2·3+3·4+4·5+5·6+6·7+7·8 = 192, 192 mod 11 = 5; the long one: 2+8+24+20+0+54+49+24+30+1+2+4+8 = 226 -> 6.
        check(is_regon, &["123456785", "12345678511116"]);
        // Luhn over 01 01 90 1234: 0+2+0+2+9+0+1+4+3+8 = 29, check 1.
        check(is_amka, &["01019012341"]);
        // 8·1+1·2+2·3+3·4+4·5+5·6+6·7+7·8+8·9 = 248, 248 mod 11 = 6.
        check(is_hu_tax, &["8123456786"]);
        // 1·1+8·2+0·3+0·4+1·5+0·6+1·7+1·8+2·9+3·10 = 85, 85 mod 11 = 8; backwards from 1997 on.
        check(is_szemelyi, &["18001011238"]);
        // 9·10+4·9+3·8+4·7+7·6+6·5+5·4+9·3+1·2 = 299, 299 mod 11 = 2, 11 - 2 = 9: the service's own example.
        check(is_nhs, &["9434765919"]);
    }

    #[test]
    fn numbers_with_letters_pass_the_check_of_their_issuer() {
        // 10·7+11·3+10·1 = 113, 3·9 = 27: 140. The specimen of the Polish identity card.
        assert!(is_dowod("ABA", &values("300000")));
        assert!(
            !is_dowod("ABA", &values("300001"))
                && !is_dowod("AB", &values("300000"))
                && !is_dowod("123", &values("300000"))
        );
        assert!(is_nino("AB", &values("123456")) && is_nino("ABC", &values("123456")));
        assert!(!is_nino("DB", &values("123456")) && !is_nino("ABE", &values("123456")) && !is_nino("", &[]));
    }

    #[test]
    fn the_table_stands_in_the_order_of_the_labels() {
        use super::super::labels;
        for (at, letters, digits) in [
            (labels::PESEL, "", "44051401359"),
            (labels::NIP, "", "1234563218"),
            (labels::REGON, "", "123456785"),
            (labels::DOWOD, "ABA", "300000"),
            (labels::INN, "", "7707083893"),
            (labels::SNILS, "", "11223344595"),
            (labels::AFM, "", "123456783"),
            (labels::AMKA, "", "01019012341"),
            (labels::ADT, "ΑΒ", "123456"),
            (labels::TAJ, "", "111111110"),
            (labels::ADO, "", "8123456786"),
            (labels::SZEMELYI, "", "18001011238"),
            (labels::IGAZOLVANY, "AB", "123456"),
            (labels::SSN, "", "123456789"),
            (labels::NINO, "AB", "123456"),
            (labels::NHS, "", "9434765919"),
        ] {
            assert!((NATIONAL_IDS[at].is_valid)(letters, &values(digits)), "{letters}{digits}");
        }
        assert_eq!(NATIONAL_IDS.len(), labels::ANY + 1);
    }
}
