//! What no tax view may lose or invent.

use std::collections::BTreeMap;

use ledger::tax::Transaction;
use ledger::tax::uk::share_matching;
use ledger::tax::us::wash_sales;
use ledger::{Day, Decimal, Fraction, Side};
use proptest::prelude::*;

/// Up to 40 transactions that never sell more than is held.
fn any_transactions() -> impl Strategy<Value = Vec<Transaction>> {
    let row = (any::<bool>(), 1_i64..40, -50_i64..3_000, -20_i64..90, prop_oneof![0..3, 0..45]);
    prop::collection::vec(row, 1..40).prop_map(|rows| {
        let (mut held, mut day) = (0, 19_000);
        let mut transactions = Vec::new();
        for (index, (sells, quantity, price, fee, gap)) in rows.into_iter().enumerate() {
            day += gap;
            let side = if sells && held > 0 { Side::Sell } else { Side::Buy };
            let quantity = if side == Side::Sell { quantity.min(held) } else { quantity };
            held += if side == Side::Sell { -quantity } else { quantity };
            let cents = |number: i64| Decimal::from_scaled(number.into(), 2).unwrap();
            let (price, fee, quantity) = (cents(price), cents(fee), Decimal::from(quantity));
            transactions.push(Transaction {
                id: format!("E{index}"),
                day: Day(day),
                side,
                quantity,
                price,
                fee,
            });
        }
        transactions
    })
}

fn total(transactions: &[Transaction], side: Side, value: impl Fn(&Transaction) -> Fraction) -> Fraction {
    transactions.iter().filter(|one| one.side == side).map(value).sum()
}

fn quantity(transaction: &Transaction) -> Fraction {
    Fraction::from(transaction.quantity)
}

fn money(transaction: &Transaction) -> Fraction {
    let (value, fee) =
        (quantity(transaction) * Fraction::from(transaction.price), Fraction::from(transaction.fee));
    if transaction.side == Side::Buy { value + fee } else { value - fee }
}

proptest! {
    #[test]
    fn every_share_sold_or_held_was_bought_once(transactions in any_transactions()) {
        let view = wash_sales(&transactions).unwrap();

        let mut shares: BTreeMap<&str, Fraction> = BTreeMap::new();
        let sold = view.disposals.iter().map(|row| (row.lot.as_str(), &row.quantity));
        for (id, quantity) in sold.chain(view.lots.iter().map(|lot| (lot.id.as_str(), &lot.quantity))) {
            prop_assert!(quantity.is_positive());
            *shares.entry(id).or_default() += quantity;
        }
        let purchases = transactions.iter().filter(|one| one.side == Side::Buy);
        let bought: BTreeMap<&str, Fraction> = purchases.map(|one| (one.id.as_str(), quantity(one))).collect();
        prop_assert_eq!(shares, bought);
        let sold: Fraction = view.disposals.iter().map(|row| &row.quantity).sum();
        prop_assert_eq!(sold, total(&transactions, Side::Sell, quantity));
    }

    /// Money paid = money received - allowed gains + basis still held: a deferred loss is in an open lot's basis.
    #[test]
    fn what_is_not_allowed_is_deferred_and_never_lost(transactions in any_transactions()) {
        let view = wash_sales(&transactions).unwrap();

        let held: Fraction = view.lots.iter().map(|lot| &lot.basis).sum();
        let economic = total(&transactions, Side::Sell, money) - total(&transactions, Side::Buy, money) + held;
        prop_assert_eq!(&view.allowed, &economic);
        for row in &view.disposals {
            prop_assert_eq!(&row.allowed, &(&row.gain + &row.disallowed));
            prop_assert!(row.disallowed.is_zero() || (row.disallowed.is_positive() && !row.allowed.is_positive()));
        }
    }

    /// Shares that absorb losses are at most those bought within 30 days of a sale at a loss.
    #[test]
    fn no_share_replaces_twice(transactions in any_transactions()) {
        let view = wash_sales(&transactions).unwrap();

        let losses: Vec<Day> =
            view.disposals.iter().filter(|row| row.disallowed.is_positive()).map(|row| row.day).collect();
        let replaced: Fraction = view.disposals.iter()
            .filter_map(|row| (&row.disallowed * &row.quantity).checked_div(&-&row.gain))
            .sum();
        let near = |one: &Transaction| losses.iter().any(|day| (day.since(one.day)).abs() <= 30);
        let available = total(&transactions, Side::Buy, |one| if near(one) { quantity(one) } else { Fraction::ZERO });
        prop_assert!(replaced <= available);
    }

    #[test]
    fn the_pool_and_the_disposals_share_what_was_bought(transactions in any_transactions()) {
        let matching = share_matching(&transactions).unwrap();

        let parts = || matching.disposals.iter().flat_map(|row| &row.parts);
        let sold: Fraction = parts().map(|part| &part.quantity).sum();
        prop_assert_eq!(&sold, &total(&transactions, Side::Sell, quantity));
        prop_assert_eq!(sold + &matching.pool.quantity, total(&transactions, Side::Buy, quantity));
        let cost: Fraction = parts().map(|part| &part.cost).sum();
        prop_assert_eq!(cost + &matching.pool.cost, total(&transactions, Side::Buy, money));
        let gain: Fraction = matching.disposals.iter().map(|row| &row.proceeds - &row.cost).sum();
        prop_assert_eq!(gain, matching.gain);
    }

    #[test]
    fn both_views_agree_once_everything_is_sold(transactions in any_transactions()) {
        let held = total(&transactions, Side::Buy, quantity) - total(&transactions, Side::Sell, quantity);
        prop_assume!(held.is_positive());
        let day = transactions.last().unwrap().day.plus(31);
        let last = Transaction {
            id: "last".to_owned(), day, side: Side::Sell, quantity: held.to_decimal().unwrap(),
            price: Decimal::ONE, fee: Decimal::ZERO,
        };
        let all: Vec<Transaction> = transactions.into_iter().chain([last]).collect();

        let (us, uk) = (wash_sales(&all).unwrap(), share_matching(&all).unwrap());

        prop_assert_eq!(&us.allowed, &uk.gain);
        prop_assert!(us.lots.is_empty() && uk.pool.quantity.is_zero() && uk.pool.cost.is_zero());
    }
}
