//! Exact decimals: reading, writing, comparing, arithmetic and rounding.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use ledger::{Decimal, ParseDecimalError};

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
fn different_values_rarely_share_a_hash() {
    let state = RandomState::new();
    let hashes: HashSet<u64> = (0..100).map(|number| state.hash_one(Decimal::from(number))).collect();

    assert!(hashes.len() > 90);
}

#[test]
fn numbers_of_very_different_size_are_in_order() {
    let texts = [
        format!("-{}", nines(76)),
        format!("-1{}.5", "0".repeat(73)),
        format!("-0.{}1", "0".repeat(75)),
        "0".to_owned(),
        format!("0.{}1", "0".repeat(75)),
        "0.1".to_owned(),
        format!("1{}.5", "0".repeat(73)),
        nines(76),
    ];
    let numbers: Vec<Decimal> = texts.iter().map(|text| decimal(text)).collect();

    for (i, left) in numbers.iter().enumerate() {
        for (j, right) in numbers.iter().enumerate() {
            assert_eq!(left.cmp(right), i.cmp(&j), "{left} and {right}");
        }
    }
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
fn a_result_of_76_digits_is_found_by_way_of_longer_numbers() {
    let (whole, tenths) = (decimal(&format!("1{}", "0".repeat(75))), decimal(&format!("{}.9", nines(75))));

    assert_eq!(whole.checked_sub(tenths), Some(decimal("0.1")));
    assert_eq!(tenths.checked_add(decimal("0.1")), Some(whole));
    assert_eq!(tenths.checked_add(decimal("0.2")), None);

    let long = decimal(&format!("1516{}.{}1", "0".repeat(33), "0".repeat(36)));
    assert_eq!(
        long.checked_mul(Decimal::from(660)).unwrap().to_string(),
        format!("1000560{}.{}66", "0".repeat(33), "0".repeat(34))
    );
    assert_eq!(decimal(&nines(76)).checked_mul(Decimal::ZERO), Some(Decimal::ZERO));
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
    assert_eq!(divide(&nines(76), "0.1", 0), None);
    assert_eq!(divide(&format!("0.{}1", "0".repeat(75)), &nines(76), 8).as_deref(), Some("0"));
    assert_eq!(divide(&format!("0.{}", "5".repeat(76)), "1", 0).as_deref(), Some("1"));
    assert_eq!(divide("0.25", "0.5", 0).as_deref(), Some("0"));
    assert_eq!(divide("0.2500000000000000000000000000000000000001", "0.5", 0).as_deref(), Some("1"));
    assert_eq!(divide("16.5", "1.1", 0).as_deref(), Some("15"));
    assert_eq!(divide("0.07", "2", 1).as_deref(), Some("0"));
    assert_eq!(divide("1.01", "2", 0).as_deref(), Some("1"));
    assert_eq!(divide(&nines(76), &nines(76), 70).as_deref(), Some("1"));
    let smallest = format!("0.{}1", "0".repeat(75));
    assert_eq!(divide(&smallest, "1", 100).as_deref(), Some(smallest.as_str()));
    assert_eq!(divide(&smallest, "3", 100), None);
}

#[test]
fn the_binary_number_is_the_nearest_one() {
    for (text, float) in
        [("0.1", 0.1), ("-1234.5678", -1234.5678), ("0", 0.0), ("9007199254740993", 9_007_199_254_740_992.0)]
    {
        assert_eq!(decimal(text).to_f64().to_bits(), f64::to_bits(float), "{text}");
    }
}

#[test]
fn written_to_a_text_and_displayed_a_number_is_the_same() {
    for number in [
        "0",
        "-0.5",
        "100",
        "1.250",
        "18446744073709551615",
        "-18446744073709551616",
        "0.0000000000000000001",
        "-0.00000000000000000000000000000000000001",
        "1234567890123456789012345678901234567890.12345",
    ] {
        let mut text = "<".to_owned();
        decimal(number).write_to(&mut text);

        assert_eq!(text, format!("<{}", decimal(number)), "{number}");
    }
}
