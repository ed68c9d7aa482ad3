//! Exact decimals: reading, writing, comparing, arithmetic and rounding.

use std::cmp::Ordering;
use std::collections::HashSet;

use ledger::{Decimal, ParseDecimalError};
use proptest::prelude::*;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn nines(count: usize) -> String {
    "9".repeat(count)
}

#[test]
fn a_plain_decimal_is_read_and_written_in_its_one_form() {
    for (text, canonical) in [
        ("0", "0"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("+7.250", "7.25"),
        (".5", "0.5"),
        ("-.5", "-0.5"),
        ("007", "7"),
        ("100", "100"),
        ("0.000000000000000001", "0.000000000000000001"),
        ("-1234567890123.123456789012345678", "-1234567890123.123456789012345678"),
        ("170141183460469231731687303715884105728", "170141183460469231731687303715884105728"),
    ] {
        assert_eq!(decimal(text).to_string(), canonical, "{text}");
    }
}

#[test]
fn seventy_six_digits_are_read_and_one_more_is_refused() {
    let widest = [nines(76), format!("-{}", nines(76)), format!("0.{}", nines(76))];
    for text in &widest {
        assert_eq!(decimal(text).to_string(), *text);
    }
    assert_eq!(decimal(&format!("000{}.000", nines(76))), decimal(&nines(76)));

    for text in
        [nines(77), format!("0.{}", nines(77)), format!("1.{}", nines(76)), format!("0.{}1", "0".repeat(76))]
    {
        assert_eq!(Decimal::from_str_exact(&text), Err(ParseDecimalError::TooManyDigits), "{text}");
    }
}

#[test]
fn anything_but_a_plain_decimal_is_refused_with_its_reason() {
    let unexpected = |found, at| ParseDecimalError::UnexpectedCharacter { found, at };
    for (text, error) in [
        ("", ParseDecimalError::Empty),
        ("-", ParseDecimalError::MissingDigit),
        ("+", ParseDecimalError::MissingDigit),
        (".", ParseDecimalError::MissingDigit),
        ("5.", ParseDecimalError::MissingDigit),
        ("NaN", unexpected('N', 0)),
        ("inf", unexpected('i', 0)),
        ("1e5", unexpected('e', 1)),
        (" 1", unexpected(' ', 0)),
        ("1 ", unexpected(' ', 1)),
        ("1_000", unexpected('_', 1)),
        ("1,000.00", unexpected(',', 1)),
        ("1.2.3", unexpected('.', 3)),
        ("1.2.", unexpected('.', 3)),
        ("--1", unexpected('-', 1)),
        ("1-", unexpected('-', 1)),
        ("-e.", unexpected('e', 1)),
        ("\u{663}", unexpected('\u{663}', 0)),
        ("1\u{2212}", unexpected('\u{2212}', 1)),
    ] {
        assert_eq!(Decimal::from_str_exact(text), Err(error), "{text:?}");
    }
}

#[test]
fn equal_values_are_equal_and_hash_alike_whatever_their_zeros() {
    let product = decimal("2.5").checked_mul(decimal("0.4")).unwrap();

    assert_eq!(product, Decimal::ONE);
    assert_eq!(HashSet::from([product, Decimal::ONE, decimal("1.000")]).len(), 1);
    assert_eq!(product.to_string(), "1");
    assert_eq!(product.scale(), 0);
    assert_eq!(decimal("1.2500").scale(), 2);
    assert_eq!(decimal("100").scale(), 0);
    assert_eq!(Decimal::default(), Decimal::ZERO);
}

#[test]
fn signs_are_told_and_turned() {
    let loss = decimal("-2.5");

    assert!(loss.is_negative() && !loss.is_positive() && !loss.is_zero());
    assert_eq!((loss.signum(), loss.abs().signum(), Decimal::ZERO.signum()), (-1, 1, 0));
    assert_eq!(-loss, decimal("2.5"));
    assert_eq!((-Decimal::ZERO).to_string(), "0");
    assert!(!Decimal::ZERO.is_negative() && !Decimal::ZERO.is_positive());
}

#[test]
fn arithmetic_beyond_128_bits_is_exact_and_beyond_76_digits_is_none() {
    let ether = decimal("1234567890123456789.123456789012345678");
    let smallest = decimal(&format!("0.{}1", "0".repeat(75)));
    let widest = decimal(&nines(76));

    assert_eq!(
        ether.checked_mul(ether).unwrap().to_string(),
        "1524157875323883675323883573814967253.796829776281054720527968299765279684"
    );
    assert_eq!(
        decimal("12345678901234567890").checked_add(decimal("0.000000000000000001")).unwrap().to_string(),
        "12345678901234567890.000000000000000001"
    );
    assert_eq!(widest.checked_add(Decimal::ONE), None);
    assert_eq!((-widest).checked_sub(Decimal::ONE), None);
    assert_eq!(widest.checked_mul(decimal("2")), None);
    assert_eq!(widest.checked_add(smallest), None);
    assert_eq!(smallest.checked_mul(smallest), None);
    assert_eq!(smallest.checked_mul(decimal("10")).unwrap().scale(), 75);
    assert_eq!(Decimal::checked_sum([widest, Decimal::ONE]), None);
    assert_eq!(Decimal::checked_sum([]), Some(Decimal::ZERO));
}

#[test]
fn zeros_at_the_end_never_make_a_result_too_long() {
    let zeros = decimal("0.5").checked_mul(decimal(&format!("0.{}2", "0".repeat(69)))).unwrap();
    let large = decimal(&format!("1{}", "0".repeat(70)));
    let small = decimal(&format!("0.{}5", "0".repeat(74)));

    assert_eq!(zeros.scale(), 70);
    assert_eq!(large.checked_mul(small).unwrap().to_string(), "0.00005");
    assert_eq!(Decimal::from_scaled(1_000, 79).unwrap().scale(), 76);
    assert_eq!(Decimal::from_scaled(1, 77), None);
    assert_eq!(Decimal::from_scaled(-125, 2).unwrap().to_string(), "-1.25");
    assert_eq!(
        Decimal::from_scaled(i128::MIN, 0).unwrap().abs().to_string(),
        "170141183460469231731687303715884105728"
    );
}

#[test]
fn rounding_takes_the_even_neighbour_at_a_tie() {
    for (text, scale, rounded) in [
        ("2.345", 2, "2.34"),
        ("2.355", 2, "2.36"),
        ("-2.345", 2, "-2.34"),
        ("-2.355", 2, "-2.36"),
        ("2.3450000000000000000000000000000000000000000001", 2, "2.35"),
        ("0.5", 0, "0"),
        ("1.5", 0, "2"),
        ("-0.5", 0, "0"),
        ("0.499", 0, "0"),
        ("9.99", 1, "10"),
        ("1.2", 5, "1.2"),
        ("0.001", 2, "0"),
    ] {
        assert_eq!(decimal(text).round_half_even(scale).to_string(), rounded, "{text} to {scale}");
    }
    let all_nines = decimal(&format!("0.{}", nines(76)));
    assert_eq!(all_nines.round_half_even(0), Decimal::ONE);
}

#[test]
fn a_quotient_is_rounded_once_and_half_even() {
    let divide = |left: &str, right: &str, scale| {
        decimal(left).checked_div_rounded(decimal(right), scale).map(|quotient| quotient.to_string())
    };

    assert_eq!(divide("1", "3", 4).as_deref(), Some("0.3333"));
    assert_eq!(divide("2", "3", 4).as_deref(), Some("0.6667"));
    assert_eq!(divide("-2", "3", 4).as_deref(), Some("-0.6667"));
    assert_eq!(divide("2", "-3", 4).as_deref(), Some("-0.6667"));
    assert_eq!(divide("1", "8", 2).as_deref(), Some("0.12"));
    assert_eq!(divide("3", "8", 2).as_deref(), Some("0.38"));
    assert_eq!(divide("0", "7", 2).as_deref(), Some("0"));
    assert_eq!(divide("10", "0.004", 0).as_deref(), Some("2500"));
    assert_eq!(divide("1", "0", 2), None);
    assert_eq!(divide("1", "3", 76).unwrap().len(), 78);
    assert_eq!(divide("10", "3", 76), None);
    assert_eq!(divide(&nines(76), &nines(76), 70).as_deref(), Some("1"));
}

#[test]
fn the_binary_number_is_the_nearest_one() {
    for (text, float) in
        [("0.1", 0.1), ("-1234.5678", -1234.5678), ("0", 0.0), ("9007199254740993", 9_007_199_254_740_992.0)]
    {
        assert_eq!(decimal(text).to_f64().to_bits(), f64::to_bits(float), "{text}");
    }
}

/// A decimal text of up to 76 digits, and the sign, digits and scale that it is made of.
fn parts() -> impl Strategy<Value = (bool, String, usize)> {
    (any::<bool>(), "[0-9]{1,38}", 0_usize..38)
}

fn text((negative, digits, scale): &(bool, String, usize)) -> String {
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, fraction) = padded.split_at(padded.len() - scale);
    format!("{}{whole}{}{fraction}", if *negative { "-" } else { "" }, if *scale > 0 { "." } else { "" })
}

/// Multiplies as on paper: one digit with one digit.
fn multiply_on_paper(left: &str, right: &str) -> String {
    let mut cells = vec![0_u32; left.len() + right.len()];
    for (i, a) in left.bytes().rev().enumerate() {
        for (j, b) in right.bytes().rev().enumerate() {
            cells[i + j] += u32::from(a - b'0') * u32::from(b - b'0');
        }
    }
    for i in 1..cells.len() {
        cells[i] += cells[i - 1] / 10;
        cells[i - 1] %= 10;
    }
    cells.iter().rev().map(u32::to_string).collect()
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(parts in parts()) {
        let number = decimal(&text(&parts));

        prop_assert_eq!(decimal(&number.to_string()), number);
        prop_assert!(!number.to_string().ends_with('.') && number.to_string() != "-0");
    }

    #[test]
    fn a_product_is_the_one_on_paper(left in parts(), right in parts()) {
        let product = decimal(&text(&left)).checked_mul(decimal(&text(&right))).unwrap();

        let paper = (left.0 != right.0, multiply_on_paper(&left.1, &right.1), left.2 + right.2);
        prop_assert_eq!(product, decimal(&text(&paper)));
    }

    #[test]
    fn sums_undo_differences_and_distribute_over_products(left in parts(), right in parts(), factor in -999_i64..999) {
        let (left, right) = (decimal(&text(&left)), decimal(&text(&right)));
        let factor = Decimal::from(factor);
        let (Some(sum), Some(a), Some(b)) = (left.checked_add(right), left.checked_mul(factor), right.checked_mul(factor)) else {
            return Ok(());
        };

        prop_assert_eq!(sum.checked_sub(right), Some(left));
        prop_assert_eq!(sum.checked_mul(factor), a.checked_add(b));
        prop_assert_eq!(right.checked_add(left), Some(sum));
    }

    #[test]
    fn order_is_the_sign_of_the_difference(left in parts(), right in parts()) {
        let (left, right) = (decimal(&text(&left)), decimal(&text(&right)));
        let Some(difference) = left.checked_sub(right) else { return Ok(()) };

        prop_assert_eq!(left.cmp(&right), difference.signum().cmp(&0));
        prop_assert_eq!(right.cmp(&left), left.cmp(&right).reverse());
        prop_assert_eq!(left == right, left.cmp(&right) == Ordering::Equal);
    }

    #[test]
    fn a_rounded_quotient_is_within_half_a_unit_and_even_at_a_tie(
        left in parts(), divisor in 1_i64..2_000_000, divisor_scale in 0_u32..7, scale in 0_u32..12,
    ) {
        let left = decimal(&text(&left));
        let divisor = Decimal::from_scaled(i128::from(divisor), divisor_scale).unwrap();
        let quotient = left.checked_div_rounded(divisor, scale).unwrap();

        let error = quotient.checked_mul(divisor).unwrap().checked_sub(left).unwrap().abs();
        let twice = error.checked_mul(Decimal::from(2)).unwrap();
        let unit = Decimal::from_scaled(1, scale).unwrap();
        let bound = unit.checked_mul(divisor).unwrap();
        prop_assert!(twice <= bound && quotient.scale() <= scale);
        if twice == bound {
            let units = quotient.checked_div_rounded(unit, 0).unwrap();
            let half = units.checked_mul(decimal("0.5")).unwrap();
            prop_assert_eq!(half.scale(), 0);
        }
    }
}
