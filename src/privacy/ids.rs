//! Numbers that carry their own check: payment cards and national identification numbers. A check digit tells a
//! typing error from a number, not a number from chance: one in ten (or one in 97) random numbers passes.

/// A national number: how it is made and what people call it.
pub(super) struct NationalId {
    /// How many digits.
    pub n_digits: usize,
    /// The check of its issuer.
    pub is_valid: fn(&[u8]) -> bool,
    /// Folded words that name it; `*` stands for any ending.
    pub names: &'static [&'static str],
}

/// National numbers that are known. All need their name nearby: nine or eleven digits are phone numbers as well.
pub(super) const NATIONAL_IDS: &[NationalId] = &[
    NationalId { n_digits: 11, is_valid: is_pesel, names: &["pesel*"] },
    NationalId { n_digits: 9, is_valid: is_taj, names: &["taj*"] },
    NationalId { n_digits: 9, is_valid: is_afm, names: &["αφμ", "afm"] },
    NationalId { n_digits: 10, is_valid: is_inn_10, names: &["инн"] },
    NationalId { n_digits: 12, is_valid: is_inn_12, names: &["инн"] },
    NationalId { n_digits: 11, is_valid: is_snils, names: &["снилс*"] },
    NationalId { n_digits: 9, is_valid: is_ssn, names: &["ssn", "social", "security"] },
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
    is_issued && is_luhn(digits) && digits.iter().any(|d| *d != digits[0])
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
fn is_inn_12(digits: &[u8]) -> bool {
    digits.len() == 12
        && last_is(&digits[..11], weighted(digits, &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10)
        && last_is(digits, weighted(digits, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10)
}

/// Russia, pension insurance: the last two digits are a sum modulo 101.
fn is_snils(digits: &[u8]) -> bool {
    let sum = weighted(digits, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100;
    digits.len() == 11 && u32::from(digits[9]) * 10 + u32::from(digits[10]) == sum
}

/// United States: no check digit; areas 000, 666 and 900 up, group 00 and serial 0000 are never given.
fn is_ssn(digits: &[u8]) -> bool {
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
    }
}
