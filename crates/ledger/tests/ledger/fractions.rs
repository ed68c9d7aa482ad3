//! Exact quotients: texts, equality, sums and rounding.

use ledger::{Decimal, Fraction};
use proptest::prelude::*;

fn fraction(numerator: &str, denominator: &str) -> Fraction {
    Fraction::new(numerator.parse().unwrap(), denominator.parse().unwrap()).unwrap()
}

#[test]
fn a_fraction_is_written_as_a_finite_decimal_or_in_lowest_terms() {
    for (numerator, denominator, text) in [
        ("31", "3", "31/3"),
        ("-62", "6", "-31/3"),
        ("62", "-6", "-31/3"),
        ("2.5", "3", "5/6"),
        ("0.1", "0.3", "1/3"),
        ("1", "0.03", "100/3"),
        ("10", "4", "2.5"),
        ("1", "1024", "0.0009765625"),
        ("3000", "0.5", "6000"),
        ("0", "7", "0"),
        ("7", "1", "7"),
    ] {
        assert_eq!(fraction(numerator, denominator).to_string(), text, "{numerator} over {denominator}");
    }
}

#[test]
fn a_finite_decimal_of_any_length_is_written_as_it_was_read() {
    let (nines, zeros) = ("9".repeat(80), "0".repeat(100));
    for rest in [".5", "", ".2", ".04", ".123"] {
        let text = format!("-{nines}{rest}");
        assert_eq!(text.parse::<Fraction>().unwrap().to_string(), text);
    }
    for digit in ["7", "8"] {
        let text = format!("0.{zeros}{digit}");
        assert_eq!(text.parse::<Fraction>().unwrap().to_string(), text);
    }
}

#[test]
fn a_fraction_without_a_finite_decimal_has_none() {
    assert_eq!(fraction("1", "8").to_decimal(), Some("0.125".parse().unwrap()));
    assert_eq!(fraction("6", "3").to_decimal(), Some(Decimal::from(2)));
    assert_eq!(fraction("1", "3").to_decimal(), None);
    assert_eq!((fraction("1", "7") + fraction("-1", "7")).to_decimal(), Some(Decimal::ZERO));
}

#[test]
fn a_quotient_of_a_decimal_is_rounded_by_its_value() {
    for (numerator, denominator, places, rounded) in [
        ("1.5", "7", 4, "0.2143"),
        ("-1.5", "7", 4, "-0.2143"),
        ("0.25", "3", 2, "0.08"),
        ("0.7", "3", 0, "0"),
        ("10.05", "0.7", 3, "14.357"),
    ] {
        let of = fraction(numerator, denominator);

        assert_eq!(of.round_half_even(places).to_string(), rounded, "{numerator} over {denominator}");
        assert_eq!(of.checked_round_half_even(places), Some(of.round_half_even(places)));
    }
}

#[test]
fn a_tie_of_77_digits_goes_to_the_even_neighbour() {
    let zeros = "0".repeat(74);
    for (whole, rounded) in [("92", "92"), ("93", "94"), ("-92", "-92"), ("-93", "-94")] {
        let (first, last) = whole.split_at(whole.len() - 1);
        let of: Fraction = format!("{first}{zeros}{last}.5").parse().unwrap();

        let (first, last) = rounded.split_at(rounded.len() - 1);
        assert_eq!(of.round_half_even(0).to_string(), format!("{first}{zeros}{last}"));
    }
}

#[test]
fn only_a_zero_denominator_makes_no_fraction() {
    let widest: Decimal = "9".repeat(76).parse().unwrap();
    let smallest: Decimal = format!("0.{}1", "0".repeat(75)).parse().unwrap();

    assert_eq!(Fraction::new(Decimal::ONE, Decimal::ZERO), None);
    assert_eq!(
        Fraction::new(smallest, widest).unwrap().to_string(),
        format!("1/{}{}", "9".repeat(76), "0".repeat(76))
    );
    assert_eq!(
        Fraction::new(widest, smallest).unwrap().to_string(),
        format!("{}{}", "9".repeat(76), "0".repeat(76))
    );
    assert_eq!(Fraction::new(smallest, smallest), Some(Fraction::from(Decimal::ONE)));
    assert_eq!(Fraction::new(widest, widest).unwrap(), Fraction::from(Decimal::ONE));
    assert_eq!((fraction("1", "3") + Fraction::new(Decimal::ONE, widest).unwrap()).signum(), 1);
    assert_eq!(
        (Fraction::from(widest) + Fraction::from(Decimal::ONE)).to_string(),
        format!("1{}", "0".repeat(76))
    );
}

#[test]
fn equal_quotients_are_equal_whatever_holds_them() {
    let (twos, fives) = (2_i128.pow(40), 5_i128.pow(20));
    let of = |numerator, scale, denominator| {
        Fraction::new(
            Decimal::from_scaled(numerator, scale).unwrap(),
            Decimal::from_scaled(denominator, 0).unwrap(),
        )
    };

    assert_eq!(of(fives, 70, 3 * fives), of(1, 70, 3));
    assert_eq!(of(fives, 70, 3 * fives).unwrap().to_string(), format!("1/3{}", "0".repeat(70)));
    assert_eq!(of(twos, 60, 3_i128.pow(40)).unwrap().signum(), 1);
    assert_eq!(
        of(1, 60, 3_i128.pow(40)).unwrap().to_string(),
        format!("1/{}{}", 3_i128.pow(40), "0".repeat(60))
    );
    assert_eq!(of(1, 40, 1).unwrap().to_decimal(), Decimal::from_scaled(1, 40));
    assert_eq!(of(10, 38, 10_i128.pow(37)).unwrap().to_decimal(), Decimal::from_scaled(1, 74));
    assert_ne!(of(1, 0, 3), of(2, 0, 3));
    assert_eq!(of(10, 1, 3), of(1, 0, 3));
}

#[test]
fn a_decimal_of_76_places_is_held_alike_however_it_was_made() {
    let decimal: Decimal = format!("0.{}1", "0".repeat(75)).parse().unwrap();
    let factor = fraction(&"7".repeat(76), "3");

    let detour = (Fraction::from(decimal) * &factor).checked_div(&factor).unwrap();

    assert_eq!(detour, Fraction::from(decimal));
    assert_eq!(detour.to_decimal(), Some(decimal));
}

#[test]
fn a_fraction_rounds_half_even_to_as_many_places_as_digits_allow() {
    assert_eq!(fraction("310", "3").round_half_even(4).to_string(), "103.3333");
    assert_eq!(fraction("-2", "3").round_half_even(2).to_string(), "-0.67");
    assert_eq!(fraction("1", "8").round_half_even(2).to_string(), "0.12");
    assert_eq!(fraction("5", "2").round_half_even(0).to_string(), "2");

    let large = fraction(&format!("1{}", "0".repeat(70)), "3");
    assert_eq!(large.checked_round_half_even(8), None);
    assert_eq!(large.round_half_even(8).to_string(), format!("{}.333333", "3".repeat(70)));
}

fn small() -> impl Strategy<Value = (i64, i64)> {
    (-5_000_i64..5_000, 1_i64..5_000)
}

proptest! {
    #[test]
    fn sums_agree_with_cross_multiplication((a, b) in small(), (c, d) in small()) {
        let of = |n: i64, d: i64| Fraction::new(Decimal::from(n), Decimal::from(d)).unwrap();

        let sum = of(a, b) + of(c, d);

        prop_assert_eq!(&sum, &of(a * d + c * b, b * d));
        prop_assert_eq!(sum.to_string(), of(a * d + c * b, b * d).to_string());
        prop_assert_eq!(&sum - of(c, d), of(a, b));
        prop_assert_eq!(sum.is_zero(), a * d + c * b == 0);
        prop_assert_eq!(i64::from(sum.signum()), (a * d + c * b).signum());
        prop_assert_eq!(of(a, b) == of(c, d), a * d == c * b);
        prop_assert_eq!(of(a, b).cmp(&of(c, d)), (a * d).cmp(&(c * b)));
        prop_assert_eq!(of(a, b) * of(c, d), of(a * c, b * d));
        prop_assert_eq!(of(a, b).checked_div(&of(c, d)), (c != 0).then(|| of(a * d * c.signum(), b * c.abs())));
        prop_assert_eq!(sum.to_string().parse::<Fraction>().unwrap(), sum);
    }

    #[test]
    fn big_integers_go_on_where_76_digits_end(numbers in prop::collection::vec(small(), 1..40)) {
        let of = |n: i64, d: i64| Fraction::new(Decimal::from(n), Decimal::from(d)).unwrap();
        let parts: Vec<Fraction> = numbers.iter().map(|&(n, d)| of(n, d)).collect();

        let sum: Fraction = parts.iter().sum();
        let product = parts.iter().filter(|part| !part.is_zero()).fold(of(1, 1), |all, part| all * part);

        let back = parts.iter().rev().fold(sum.clone(), |rest, part| rest - part);
        prop_assert!(back.is_zero(), "{}", back);
        let ones = parts.iter().filter(|part| !part.is_zero());
        let one = ones.fold(product.clone(), |rest, part| rest.checked_div(part).unwrap());
        prop_assert_eq!(one, of(1, 1));
        prop_assert_eq!(product.to_string().parse::<Fraction>(), Ok(product.clone()));
        prop_assert_eq!(sum.to_string().parse::<Fraction>(), Ok(sum.clone()));
        prop_assert_eq!(sum.cmp(&(sum.clone() + of(1, 1_000_000_000))), std::cmp::Ordering::Less);
        let whole = Fraction::from(Decimal::from_scaled(sum.floor().unwrap(), 0).unwrap());
        prop_assert!(whole <= sum && sum < whole + of(1, 1));
        let rounded = Fraction::from(sum.round_half_even(20));
        prop_assert!((rounded - &sum).abs() <= Fraction::new(Decimal::ONE, Decimal::from_scaled(2 * 10_i128.pow(20), 0).unwrap()).unwrap());
    }
}

#[test]
fn a_fraction_tells_its_two_integers_while_they_fit() {
    assert_eq!(fraction("-1.50", "1").terms(), Some((-15, 10)));
    assert_eq!(fraction("4", "-6").terms(), Some((-2, 3)));
    assert_eq!(fraction(&"9".repeat(39), "1").terms(), None);
    let large = fraction("1", &"7".repeat(70));
    assert_eq!((&large * &large).terms(), None);
}
