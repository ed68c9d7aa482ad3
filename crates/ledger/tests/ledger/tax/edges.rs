//! The days on which the rules begin and end to apply.

use ledger::Side::{Buy, Sell};
use ledger::tax::Transaction;
use ledger::tax::uk::{Rule, ShareMatching, share_matching};
use ledger::tax::us::{WashSales, wash_sales};

use super::rows::transaction;

fn us(transactions: &[Transaction]) -> WashSales {
    wash_sales(transactions).unwrap()
}

fn uk(transactions: &[Transaction]) -> ShareMatching {
    share_matching(transactions).unwrap()
}

fn rules(matching: &ShareMatching, disposal: usize) -> Vec<(Rule, String)> {
    matching.disposals[disposal].parts.iter().map(|part| (part.rule, part.quantity.to_string())).collect()
}

/// A sale at a loss of 30 on 2024-06-15, and a purchase on another day.
fn loss_and_purchase(day: &str) -> [Transaction; 3] {
    let (lot, sale) =
        (transaction("a", "2024-01-02", Buy, "10", "10"), transaction("b", "2024-06-15", Sell, "10", "7"));
    let purchase = transaction("c", day, Buy, "10", "8");
    if day < "2024-06-15" { [lot, purchase, sale] } else { [lot, sale, purchase] }
}

#[test]
fn a_wash_sale_reaches_thirty_days_in_both_directions() {
    for (day, disallowed) in [
        ("2024-05-15", "0"),
        ("2024-05-16", "30"),
        ("2024-06-15", "30"),
        ("2024-07-15", "30"),
        ("2024-07-16", "0"),
    ] {
        let view = us(&loss_and_purchase(day));

        assert_eq!(view.disposals[0].disallowed.to_string(), disallowed, "{day}");
        assert_eq!(view.lots[0].basis.to_string(), if disallowed == "0" { "80" } else { "110" }, "{day}");
    }
}

#[test]
fn a_gain_and_a_sale_at_cost_are_never_washed() {
    for price in ["10", "11"] {
        let [lot, sale, purchase] = loss_and_purchase("2024-06-16");

        let view = us(&[lot, Transaction { price: price.parse().unwrap(), ..sale }, purchase]);

        assert!(view.disposals[0].disallowed.is_zero());
        assert_eq!(view.lots[0].held_from, view.disposals[0].day.plus(1));
    }
}

#[test]
fn long_term_begins_after_365_days() {
    for (day, long_term) in [("2024-01-01", false), ("2024-01-02", true)] {
        let view =
            us(&[transaction("a", "2023-01-01", Buy, "1", "10"), transaction("b", day, Sell, "1", "12")]);

        assert_eq!(view.disposals[0].long_term, long_term, "{day}");
    }
}

#[test]
fn a_replacement_counts_the_days_of_what_it_replaces() {
    let view = us(&[
        transaction("a", "2023-06-01", Buy, "1", "10"),
        transaction("b", "2024-01-01", Sell, "1", "8"),
        transaction("c", "2024-01-11", Buy, "1", "8"),
        transaction("d", "2024-06-11", Sell, "1", "9"),
    ]);

    assert_eq!(view.disposals[1].held_from.to_string(), "2023-06-11");
    assert!(view.disposals[1].long_term, "214 days of the first share and 152 of the second");
    assert_eq!(view.allowed.to_string(), "-1");
}

#[test]
fn shares_still_held_replace_before_later_ones_and_each_once() {
    let view = us(&[
        transaction("old", "2024-01-02", Buy, "10", "10"),
        transaction("held", "2024-06-01", Buy, "4", "8"),
        transaction("loss", "2024-06-10", Sell, "10", "7"),
        transaction("next", "2024-06-20", Buy, "3", "7"),
        transaction("last", "2024-06-21", Buy, "9", "7"),
    ]);

    let lots: Vec<_> = view.lots.iter().map(|lot| (lot.id.as_str(), lot.basis.to_string())).collect();
    let expected = [("held", "44"), ("next", "30"), ("last", "30"), ("last", "42")];
    assert_eq!(lots, expected.map(|(id, basis)| (id, basis.to_owned())));
}

#[test]
fn the_rest_of_a_lot_can_replace_in_a_later_loss() {
    let view = us(&[
        transaction("old", "2024-01-02", Buy, "4", "10"),
        transaction("held", "2024-06-01", Buy, "6", "8"),
        transaction("one", "2024-06-10", Sell, "1", "7"),
        transaction("two", "2024-06-11", Sell, "3", "6"),
    ]);

    let lots: Vec<_> =
        view.lots.iter().map(|lot| (lot.quantity.to_string(), lot.basis.to_string())).collect();
    let expected = [("1", "11"), ("3", "36"), ("2", "16")];
    assert_eq!(lots, expected.map(|(quantity, basis)| (quantity.to_owned(), basis.to_owned())));
}

#[test]
fn shares_of_one_sale_do_not_replace_each_other() {
    let view = us(&[
        transaction("a", "2024-06-01", Buy, "5", "10"),
        transaction("b", "2024-06-02", Buy, "5", "9"),
        transaction("c", "2024-06-10", Sell, "10", "7"),
    ]);

    assert_eq!(view.allowed.to_string(), "-25");
}

#[test]
fn the_thirty_day_rule_ends_after_thirty_days() {
    for (day, rule) in [
        ("2024-06-15", Rule::SameDay),
        ("2024-06-16", Rule::ThirtyDays),
        ("2024-07-15", Rule::ThirtyDays),
        ("2024-07-16", Rule::Pool),
    ] {
        assert_eq!(rules(&uk(&loss_and_purchase(day)), 0), [(rule, "10".to_owned())], "{day}");
    }
}

#[test]
fn a_purchase_before_the_sale_is_only_matched_through_the_pool() {
    assert_eq!(rules(&uk(&loss_and_purchase("2024-06-14")), 0), [(Rule::Pool, "10".to_owned())]);
}

#[test]
fn same_day_matches_of_later_days_come_before_thirty_day_matches() {
    let matching = uk(&[
        transaction("a", "2024-01-02", Buy, "100", "1"),
        transaction("b", "2024-06-01", Sell, "10", "3"),
        transaction("c", "2024-06-10", Buy, "10", "2"),
        transaction("d", "2024-06-10", Sell, "7", "4"),
    ]);

    let parts = [(Rule::ThirtyDays, "3".to_owned()), (Rule::Pool, "7".to_owned())];
    assert_eq!(rules(&matching, 0), parts);
    assert_eq!(rules(&matching, 1), [(Rule::SameDay, "7".to_owned())]);
}

#[test]
fn the_earliest_disposal_takes_the_earliest_acquisition() {
    let matching = uk(&[
        transaction("a", "2024-01-02", Buy, "100", "1"),
        transaction("b", "2024-06-01", Sell, "10", "3"),
        transaction("c", "2024-06-02", Sell, "10", "3"),
        transaction("d", "2024-06-10", Buy, "4", "2"),
        transaction("e", "2024-06-11", Buy, "9", "2"),
    ]);

    let acquired = |index: usize| -> Vec<_> {
        matching.disposals[index].parts.iter().map(|part| part.acquired.map(|day| day.to_string())).collect()
    };
    assert_eq!(acquired(0), [Some("2024-06-10".to_owned()), Some("2024-06-11".to_owned())]);
    assert_eq!(acquired(1), [Some("2024-06-11".to_owned()), None]);
}

#[test]
fn a_fill_counts_with_commission_and_fees() {
    let mut fill = crate::strategies::fill("a", 1, Buy, "2", "5", "1.5");
    fill.fees = "0.25".parse().unwrap();

    let view = us(&[Transaction::of(&fill, ledger::Day::in_utc(fill.time)).unwrap()]);

    assert_eq!(view.lots[0].basis.to_string(), "11.75");
    assert_eq!(view.lots[0].held_from, ledger::Day(0));
}
