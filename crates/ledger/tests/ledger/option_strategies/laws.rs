//! What holds for any legs: nothing is lost, order does not matter, and no price does better than the best.

use std::collections::{BTreeMap, BTreeSet};

use ledger::strategy::{
    Contract, Extreme, Moment, Ratios, Risk, Rules, StrategyLeg, StrategyTrade, chains, recognise,
};
use ledger::{Decimal, Fraction, Right};
use proptest::prelude::*;

use super::legs::{at, call, far, put, shares};

fn any_leg() -> impl Strategy<Value = StrategyLeg> {
    let quantity = prop_oneof![-4_i64..=-1, 1_i64..=4];
    let order = prop::option::weighted(0.3, "[op]");
    let exit = prop::option::of(0_i64..6);
    (0..7, 0_i64..6, quantity, 0_i64..900, 0_i64..4, order, exit).prop_map(
        |(kind, strike, quantity, cents, second, order, exit)| {
            let (strike, price) = (80 + 10 * strike, (cents * 7 % 900).to_string());
            let leg = match kind {
                0 => shares("", quantity * 50, &price),
                1 | 2 => call("", strike, quantity, &price),
                3 => far(call("", strike, quantity, &price)),
                4 => far(put("", strike, quantity, &price)),
                _ => put("", strike, quantity, &price),
            };
            let exits =
                exit.map(|after| Moment { at: at(second + after), order: None }).into_iter().collect();
            StrategyLeg { opened: Moment { at: at(second), order }, exits, ..leg }
        },
    )
}

fn any_legs() -> impl Strategy<Value = Vec<StrategyLeg>> {
    prop::collection::vec(any_leg(), 0..14).prop_map(|legs| {
        let named = |(index, leg): (usize, StrategyLeg)| StrategyLeg { id: format!("L{index:02}"), ..leg };
        legs.into_iter().enumerate().map(named).collect()
    })
}

fn any_rules() -> impl Strategy<Value = Rules> {
    let ratios = prop_oneof![Just(Ratios::Split), Just(Ratios::Keep)];
    let by_hand = prop::collection::vec(prop::collection::vec("L0[0-9]", 1..4), 0..2);
    (ratios, by_hand).prop_map(|(ratios, by_hand)| Rules { ratios, by_hand, ..Rules::default() })
}

/// The result with the underlying at a price, written anew.
fn value_at(trade: &StrategyTrade, legs: &[StrategyLeg], price: &Fraction) -> Fraction {
    let result = |part: &ledger::strategy::Part| {
        let leg = legs.iter().find(|leg| leg.id == part.leg).unwrap();
        let worth = match part.contract {
            Contract::Underlying => price.clone(),
            Contract::Option(option) => {
                let above = price - Fraction::from(option.strike);
                let gain = if option.right == Right::Call { above } else { -above };
                if gain.is_positive() { gain } else { Fraction::ZERO }
            }
        };
        (worth - &leg.price) * Fraction::from(part.quantity) * Fraction::from(leg.multiplier)
    };
    trade.parts.iter().map(result).sum()
}

proptest! {
    #[test]
    fn every_leg_is_in_trades_exactly_once(legs in any_legs(), rules in any_rules()) {
        let recognised = recognise(&legs, &rules).unwrap();

        let mut quantities: BTreeMap<&str, Decimal> = BTreeMap::new();
        let mut shares: BTreeMap<&str, Fraction> = BTreeMap::new();
        for part in recognised.trades.iter().flat_map(|trade| &trade.parts) {
            let sum = quantities.entry(&part.leg).or_default();
            *sum = sum.checked_add(part.quantity).unwrap();
            *shares.entry(&part.leg).or_default() += &part.share;
            prop_assert!(part.share.is_positive());
        }
        let expected: BTreeMap<&str, Decimal> = legs.iter().map(|leg| (leg.id.as_str(), leg.quantity)).collect();
        prop_assert_eq!(quantities, expected);
        prop_assert!(shares.values().all(|share| *share == Fraction::from(1)));
        let ids: BTreeSet<&str> = recognised.trades.iter().map(|trade| trade.id.as_str()).collect();
        prop_assert_eq!(ids.len(), recognised.trades.len());
    }

    #[test]
    fn the_order_of_the_legs_does_not_matter(
        (legs, shuffled) in any_legs().prop_flat_map(|legs| (Just(legs.clone()), Just(legs).prop_shuffle())),
        rules in any_rules(),
    ) {
        let (one, other) = (recognise(&legs, &rules).unwrap(), recognise(&shuffled, &rules).unwrap());

        prop_assert_eq!(&one, &other);
        let mut reversed = other.trades;
        reversed.reverse();
        prop_assert_eq!(chains(&one.trades, &legs, &rules), chains(&reversed, &shuffled, &rules));
    }

    #[test]
    fn every_trade_is_in_one_chain(legs in any_legs(), rules in any_rules()) {
        let trades = recognise(&legs, &rules).unwrap().trades;

        let mut chained: Vec<String> =
            chains(&trades, &legs, &rules).into_iter().flat_map(|chain| chain.trades).collect();
        chained.sort_unstable();
        let mut ids: Vec<String> = trades.iter().map(|trade| trade.id.clone()).collect();
        ids.sort_unstable();
        prop_assert_eq!(chained, ids);
    }

    #[test]
    fn no_price_beats_the_extremes_and_break_evens_are_zeros(legs in any_legs()) {
        let rules = Rules { ratios: Ratios::Keep, ..Rules::default() };
        for trade in recognise(&legs, &rules).unwrap().trades {
            let Risk::Defined(result) = &trade.risk else { continue };
            let at = |price: &Fraction| value_at(&trade, &legs, price);
            let values: Vec<Fraction> = (0..200).map(|price| at(&Fraction::from(price))).collect();

            let (best, worst) = (values.iter().max().unwrap(), values.iter().min().unwrap());
            let rises = values[199] > values[198];
            let falls = values[199] < values[198];
            prop_assert_eq!(&result.max_profit, &if rises { Extreme::Unlimited } else { Extreme::Limited(best.clone()) });
            prop_assert_eq!(&result.max_loss, &if falls { Extreme::Unlimited } else { Extreme::Limited(-worst) });
            prop_assert!(result.break_evens.iter().all(|price| at(price).is_zero()));
            prop_assert!(result.break_evens.is_sorted());
            let crossings = values.windows(2).filter(|pair| pair[0].signum() * pair[1].signum() < 0).count();
            prop_assert!(result.break_evens.len() >= crossings);
        }
    }
}
