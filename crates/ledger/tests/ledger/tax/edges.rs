//! The days on which the rules begin and end to apply.

use ledger::Side::{Buy, Sell};
use ledger::tax::Transaction;
use ledger::tax::uk::{Rule, ShareMatching, share_matching};
use ledger::tax::us::{WashSales, wash_sales};

use super::rows::transaction;

/// Transactions such as `a 2024-01-02 +10@5`: the id, the day, bought or sold, the quantity, the price.
fn transactions(rows: &[&str]) -> Vec<Transaction> {
    let read = |row: &&str| {
        let (id, rest) = row.split_once(' ').unwrap();
        let (day, trade) = rest.split_once(' ').unwrap();
        let side = if trade.starts_with('+') { Buy } else { Sell };
        let (quantity, price) = trade[1..].split_once('@').unwrap();
        transaction(id, day, side, quantity, price)
    };
    rows.iter().map(read).collect()
}

fn us(rows: &[&str]) -> WashSales {
    wash_sales(&transactions(rows)).unwrap()
}

fn uk(rows: &[&str]) -> ShareMatching {
    share_matching(&transactions(rows)).unwrap()
}

fn rules(matching: &ShareMatching, disposal: usize) -> Vec<(Rule, String)> {
    matching.disposals[disposal].parts.iter().map(|part| (part.rule, part.quantity.to_string())).collect()
}

/// Ten shares of 10 each, sold at a price on 2024-06-15, and a purchase on another day.
fn sold_and_bought<T>(price: &str, day: &str, view: impl Fn(&[&str]) -> T) -> T {
    let (lot, sale) = ("a 2024-01-02 +10@10", format!("b 2024-06-15 -10@{price}"));
    let purchase = format!("c {day} +10@8");
    if day < "2024-06-15" { view(&[lot, &purchase, &sale]) } else { view(&[lot, &sale, &purchase]) }
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
        let view = sold_and_bought("7", day, us);

        assert_eq!(view.disposals[0].disallowed.to_string(), disallowed, "{day}");
        assert_eq!(view.lots[0].basis.to_string(), if disallowed == "0" { "80" } else { "110" }, "{day}");
    }
}

#[test]
fn a_gain_and_a_sale_at_cost_are_never_washed() {
    for price in ["10", "11"] {
        let view = sold_and_bought(price, "2024-06-16", us);

        assert!(view.disposals[0].disallowed.is_zero());
        assert_eq!(view.lots[0].held_from, view.disposals[0].day.plus(1));
    }
}

#[test]
fn long_term_begins_after_365_days() {
    for (day, long_term) in [("2024-01-01", false), ("2024-01-02", true)] {
        let view = us(&["a 2023-01-01 +1@10", &format!("b {day} -1@12")]);

        assert_eq!(view.disposals[0].long_term, long_term, "{day}");
    }
}

#[test]
fn a_replacement_counts_the_days_of_what_it_replaces() {
    let view = us(&["a 2023-06-01 +1@10", "b 2024-01-01 -1@8", "c 2024-01-11 +1@8", "d 2024-06-11 -1@9"]);

    assert_eq!(view.disposals[1].held_from.to_string(), "2023-06-11");
    assert!(view.disposals[1].long_term, "214 days of the first share and 152 of the second");
    assert_eq!(view.allowed.to_string(), "-1");
}

#[test]
fn shares_still_held_replace_before_later_ones_and_each_once() {
    let view = us(&[
        "old 2024-01-02 +10@10",
        "held 2024-06-01 +4@8",
        "loss 2024-06-10 -10@7",
        "next 2024-06-20 +3@7",
        "last 2024-06-21 +9@7",
    ]);

    let lots: Vec<_> = view.lots.iter().map(|lot| (lot.id.as_str(), lot.basis.to_string())).collect();
    let expected = [("held", "44"), ("next", "30"), ("last", "30"), ("last", "42")];
    assert_eq!(lots, expected.map(|(id, basis)| (id, basis.to_owned())));
}

#[test]
fn the_rest_of_a_lot_can_replace_in_a_later_loss() {
    let view =
        us(&["old 2024-01-02 +4@10", "held 2024-06-01 +6@8", "one 2024-06-10 -1@7", "two 2024-06-11 -3@6"]);

    let lots: Vec<_> =
        view.lots.iter().map(|lot| (lot.quantity.to_string(), lot.basis.to_string())).collect();
    let expected = [("1", "11"), ("3", "36"), ("2", "16")];
    assert_eq!(lots, expected.map(|(quantity, basis)| (quantity.to_owned(), basis.to_owned())));
}

#[test]
fn shares_of_one_sale_do_not_replace_each_other() {
    let view = us(&["a 2024-06-01 +5@10", "b 2024-06-02 +5@9", "c 2024-06-10 -10@7"]);

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
        assert_eq!(rules(&sold_and_bought("7", day, uk), 0), [(rule, "10".to_owned())], "{day}");
    }
}

#[test]
fn a_purchase_before_the_sale_is_only_matched_through_the_pool() {
    assert_eq!(rules(&sold_and_bought("7", "2024-06-14", uk), 0), [(Rule::Pool, "10".to_owned())]);
}

#[test]
fn same_day_matches_of_later_days_come_before_thirty_day_matches() {
    let matching =
        uk(&["a 2024-01-02 +100@1", "b 2024-06-01 -10@3", "c 2024-06-10 +10@2", "d 2024-06-10 -7@4"]);

    let parts = [(Rule::ThirtyDays, "3".to_owned()), (Rule::Pool, "7".to_owned())];
    assert_eq!(rules(&matching, 0), parts);
    assert_eq!(rules(&matching, 1), [(Rule::SameDay, "7".to_owned())]);
}

#[test]
fn the_earliest_disposal_takes_the_earliest_acquisition() {
    let matching = uk(&[
        "a 2024-01-02 +100@1",
        "b 2024-06-01 -10@3",
        "c 2024-06-02 -10@3",
        "d 2024-06-10 +4@2",
        "e 2024-06-11 +9@2",
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

    let view = wash_sales(&[Transaction::of(&fill, ledger::Day::in_utc(fill.time)).unwrap()]).unwrap();

    assert_eq!(view.lots[0].basis.to_string(), "11.75");
    assert_eq!(view.lots[0].held_from, ledger::Day(0));
}
