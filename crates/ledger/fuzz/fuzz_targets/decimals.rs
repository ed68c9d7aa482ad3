//! Any text is a number or refused; a number survives its own text and keeps the laws of arithmetic.
#![no_main]

use ledger::{Decimal, Fraction};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut numbers = text.split_whitespace().filter_map(|word| word.parse::<Decimal>().ok());
    let (Some(left), Some(right)) = (numbers.next(), numbers.next()) else {
        if let Ok(fraction) = text.parse::<Fraction>() {
            assert_eq!(fraction.to_string().parse::<Fraction>().as_ref(), Ok(&fraction));
        }
        return;
    };
    assert_eq!(left.to_string().parse(), Ok(left));
    let (exact_left, exact_right) = (Fraction::from(left), Fraction::from(right));
    if let Some(sum) = left.checked_add(right) {
        assert_eq!(&exact_left + &exact_right, sum);
    }
    if let Some(product) = left.checked_mul(right) {
        assert_eq!(&exact_left * &exact_right, product);
    }
    if let Some(quotient) = exact_left.checked_div(&exact_right) {
        assert_eq!(&quotient * &exact_right, exact_left);
        if let (Some(one), Some(other)) = (left.checked_div_rounded(right, 8), quotient.checked_round_half_even(8)) {
            assert_eq!(one, other);
        }
    }
    assert_eq!(left.cmp(&right), exact_left.cmp(&exact_right));
});
