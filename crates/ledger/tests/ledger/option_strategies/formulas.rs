//! The textbook formula of each structure gives what the payoff gives (Options Industry Council, strategy guide).

use ledger::strategy::{AtExpiry, Extreme, StrategyLeg};
use ledger::{Fraction, Right};
use proptest::prelude::*;

use super::legs::{call, option, put, shares, trade};
use super::risk::at_expiry;

fn number(value: i64) -> Fraction {
    Fraction::from(value)
}

/// Profit and loss per unit of the underlying, 100 of them, and break-evens between them.
fn result(profit: Option<i64>, loss: Option<i64>, break_evens: &[i64]) -> AtExpiry {
    let extreme =
        |amount: Option<i64>| amount.map_or(Extreme::Unlimited, |one| Extreme::Limited(number(one * 100)));
    AtExpiry {
        max_profit: extreme(profit),
        max_loss: extreme(loss),
        break_evens: break_evens.iter().copied().map(number).collect(),
    }
}

fn gives(legs: &[StrategyLeg], expected: &AtExpiry) -> Result<(), TestCaseError> {
    let found = trade(legs);
    prop_assert_eq!(at_expiry(&found), expected);
    Ok(())
}

/// Ascending strikes with at least 20 between them, and a premium below 20.
fn strikes() -> impl Strategy<Value = ([i64; 4], i64)> {
    (100_i64..200, 20_i64..40, 20_i64..40, 20_i64..40, 1_i64..20).prop_map(
        |(first, one, two, three, premium)| {
            ([first, first + one, first + one + two, first + one + two + three], premium)
        },
    )
}

proptest! {
    #[test]
    fn verticals([low, high, ..] in strikes().prop_map(|(strikes, _)| strikes), premium in 1_i64..20) {
        let (width, price) = (high - low, premium.to_string());
        let legs = |right, sign: i64, prices: [&str; 2]| {
            [option("a", right, low, sign, prices[0]), option("b", right, high, -sign, prices[1])]
        };

        gives(&legs(Right::Call, 1, [&price, "0"]), &result(Some(width - premium), Some(premium), &[low + premium]))?;
        gives(&legs(Right::Call, -1, [&price, "0"]), &result(Some(premium), Some(width - premium), &[low + premium]))?;
        gives(&legs(Right::Put, 1, ["0", &price]), &result(Some(premium), Some(width - premium), &[high - premium]))?;
        gives(&legs(Right::Put, -1, ["0", &price]), &result(Some(width - premium), Some(premium), &[high - premium]))?;
    }

    #[test]
    fn straddles_and_strangles(([low, high, ..], premium) in strikes()) {
        let price = premium.to_string();
        for (low, high) in [(low, low), (low, high)] {
            let legs = |sign| [put("p", low, sign, "0"), call("c", high, sign, &price)];
            let points = [low - premium, high + premium];

            gives(&legs(1), &result(None, Some(premium), &points))?;
            gives(&legs(-1), &result(Some(premium), None, &points))?;
        }
    }

    #[test]
    fn iron_condors_and_butterflies(([first, second, third, fourth], premium) in strikes()) {
        let price = premium.to_string();
        for third in [second, third] {
            let legs = [
                put("a", first, 1, "0"),
                put("b", second, -1, &price),
                call("c", third, -1, "0"),
                call("d", fourth, 1, "0"),
            ];
            let wing = (second - first).max(fourth - third);

            gives(&legs, &result(Some(premium), Some(wing - premium), &[second - premium, third + premium]))?;
        }
    }

    #[test]
    fn condors_and_butterflies_of_one_right((first, wing, inner, premium) in (100_i64..200, 20_i64..40, 0_i64..30, 1_i64..20)) {
        let (price, second, third) = (premium.to_string(), first + wing, first + wing + inner);
        let points = [first + premium, third + wing - premium];
        for right in [Right::Call, Right::Put] {
            let inside = if inner == 0 {
                vec![option("b", right, second, -2, "0")]
            } else {
                vec![option("b", right, second, -1, "0"), option("c", right, third, -1, "0")]
            };
            let outside = [option("a", right, first, 1, &price), option("d", right, third + wing, 1, "0")];
            let legs: Vec<StrategyLeg> = outside.into_iter().chain(inside).collect();

            gives(&legs, &result(Some(wing - premium), Some(premium), &points))?;
        }
    }

    #[test]
    fn covered_calls_and_collars(([low, middle, high, _], premium) in strikes()) {
        let (price, paid) = (premium.to_string(), middle.to_string());
        let covered = [shares("s", 100, &paid), call("c", high, -1, &price)];
        let collar = [shares("s", 100, &paid), put("p", low, 1, "0"), call("c", high, -1, &price)];
        let profit = Some(high - middle + premium);
        let point = [middle - premium];

        gives(&covered, &result(profit, Some(middle - premium), &point))?;
        gives(&collar, &result(profit, Some(middle - low - premium), &point))?;
    }
}
