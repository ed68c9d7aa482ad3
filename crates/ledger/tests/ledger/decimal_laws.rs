//! What holds for all exact decimals, checked against arithmetic as on paper.

use std::cmp::Ordering;

use ledger::Decimal;
use proptest::prelude::*;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// The sign, digits and scale of a decimal; few digits as often as many.
fn parts() -> impl Strategy<Value = (bool, String, usize)> {
    let digits = prop_oneof!["[0-9]{1,12}", "[0-9]{1,38}", "[0-9]{1,76}", "[1-9][05]{1,37}0{1,37}"];
    (any::<bool>(), digits, 0_usize..70)
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
    fn a_product_is_the_one_on_paper_or_has_too_many_digits(left in parts(), right in parts()) {
        let product = decimal(&text(&left)).checked_mul(decimal(&text(&right)));

        let paper = (left.0 != right.0, multiply_on_paper(&left.1, &right.1), left.2 + right.2);
        prop_assert_eq!(product, Decimal::from_str_exact(&text(&paper)).ok());
    }

    #[test]
    fn sums_undo_differences_and_distribute_over_products(
        left in parts(), right in parts(), factor in -999_i64..999,
    ) {
        let (left, right) = (decimal(&text(&left)), decimal(&text(&right)));
        let factor = Decimal::from(factor);
        let Some(sum) = left.checked_add(right) else {
            prop_assert_eq!((-left).checked_sub(right), None);
            return Ok(());
        };

        prop_assert_eq!(sum.checked_sub(right), Some(left));
        prop_assert_eq!(right.checked_add(left), Some(sum));
        if let (Some(a), Some(b)) = (left.checked_mul(factor), right.checked_mul(factor)) {
            prop_assert_eq!(sum.checked_mul(factor), a.checked_add(b));
        }
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
        let Some(quotient) = left.checked_div_rounded(divisor, scale) else { return Ok(()) };

        let Some(back) = quotient.checked_mul(divisor) else { return Ok(()) };
        let Some(error) = back.checked_sub(left).map(Decimal::abs) else { return Ok(()) };
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
