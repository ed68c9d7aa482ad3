//! Duplicates, conflicting versions, corrections and busts.

use ledger::{
    Bust, Correction, Entry, Event, Fill, Issue, IssueKind, Record, Resolved, Side, Timestamp, resolve,
};
use proptest::prelude::*;

use crate::strategies::{any_fills, fill};

fn executed(fill: Fill) -> Record<()> {
    in_book((), fill)
}

fn in_book<B>(book: B, fill: Fill) -> Record<B> {
    Record::Entry(Entry::new(book, Event::Fill(fill)))
}

fn bust(id: &str, refers_to: &str, second: i64) -> Record<()> {
    let time = Timestamp(second * 1_000_000_000);
    Record::Bust(Bust { execution_id: id.to_owned(), refers_to: refers_to.to_owned(), time, sequence: 0 })
}

fn correction(id: &str, refers_to: &str, second: i64, price: &str) -> Record<()> {
    Record::Correction(Correction {
        execution_id: id.to_owned(),
        refers_to: refers_to.to_owned(),
        time: Timestamp(second * 1_000_000_000),
        sequence: 0,
        book: None,
        trade_time: None,
        side: None,
        quantity: None,
        price: Some(price.parse().unwrap()),
        commission: None,
        fees: None,
    })
}

fn ids(resolved: &Resolved<()>) -> Vec<&str> {
    resolved.entries.iter().map(|entry| entry.event.id()).collect()
}

fn issue(kind: IssueKind, execution_id: &str) -> Issue {
    Issue { kind, execution_id: execution_id.to_owned() }
}

#[test]
fn the_same_fill_again_is_ignored_and_another_version_is_a_conflict() {
    let known = fill("a", 1, Side::Buy, "10", "120", "1");
    let rewritten = fill("a", 1, Side::Buy, "10.0", "120.00", "1");
    let other = fill("a", 1, Side::Buy, "10", "125", "1");

    let resolved = resolve([executed(other), executed(known.clone()), executed(rewritten)]);

    assert_eq!(resolved.entries, [Entry::new((), Event::Fill(known))]);
    assert_eq!(resolved.issues, [issue(IssueKind::Conflict, "a"), issue(IssueKind::Duplicate, "a")]);
}

#[test]
fn a_difference_in_any_field_is_a_conflict() {
    let known = fill("a", 1, Side::Buy, "10", "120", "1");
    let one = ledger::Decimal::ONE;
    let versions = [
        Fill { time: Timestamp(5), ..known.clone() },
        Fill { sequence: 1, ..known.clone() },
        Fill { side: Side::Sell, ..known.clone() },
        Fill { quantity: one, ..known.clone() },
        Fill { price: one, ..known.clone() },
        Fill { commission: -one, ..known.clone() },
        Fill { fees: one, ..known.clone() },
    ];

    for version in versions {
        let resolved = resolve([in_book("A", known.clone()), in_book("A", version.clone())]);
        assert_eq!(resolved.issues, [issue(IssueKind::Conflict, "a")], "{version:?}");
    }
    let resolved = resolve([in_book("B", known.clone()), in_book("A", known.clone())]);
    assert_eq!(
        (resolved.entries, resolved.issues),
        (vec![Entry::new("A", Event::Fill(known))], vec![issue(IssueKind::Conflict, "a")])
    );
}

#[test]
fn a_correction_keeps_the_trade_time_and_what_it_does_not_name() {
    let resolved =
        resolve([correction("x", "a", 9, "110"), executed(fill("a", 1, Side::Buy, "10", "120", "1"))]);

    assert_eq!(resolved.entries, [Entry::new((), Event::Fill(fill("a", 1, Side::Buy, "10", "110", "1")))]);
    assert!(resolved.issues.is_empty());
}

#[test]
fn a_correction_can_change_everything_but_the_id() {
    let corrected = Fill { fees: "0.5".parse().unwrap(), ..fill("a", 3, Side::Sell, "7", "110", "2") };
    let change = Record::Correction(Correction {
        execution_id: "x".to_owned(),
        refers_to: "a".to_owned(),
        time: Timestamp(9),
        sequence: 0,
        book: Some("NEW"),
        trade_time: Some(corrected.time),
        side: Some(corrected.side),
        quantity: Some(corrected.quantity),
        price: Some(corrected.price),
        commission: Some(corrected.commission),
        fees: Some(corrected.fees),
    });
    let original = in_book("OLD", fill("a", 1, Side::Buy, "10", "120", "1"));

    let resolved = resolve([original, change]);

    assert_eq!(resolved.entries, [Entry::new("NEW", Event::Fill(corrected))]);
}

#[test]
fn the_last_correction_by_its_own_time_holds() {
    let records = [
        correction("x2", "a", 8, "112"),
        executed(fill("a", 1, Side::Buy, "10", "120", "1")),
        correction("x1", "a", 7, "111"),
    ];

    let resolved = resolve(records);

    assert_eq!(resolved.entries, [Entry::new((), Event::Fill(fill("a", 1, Side::Buy, "10", "112", "1")))]);
}

#[test]
fn the_time_of_a_correction_outweighs_its_id() {
    let records = [
        executed(fill("a", 1, Side::Buy, "10", "120", "1")),
        correction("x1", "a", 8, "112"),
        correction("x2", "a", 7, "111"),
    ];

    let resolved = resolve(records);

    assert_eq!(resolved.entries, [Entry::new((), Event::Fill(fill("a", 1, Side::Buy, "10", "112", "1")))]);
}

#[test]
fn corrections_and_busts_that_differ_in_time_alone_are_conflicts() {
    for [early, late] in [
        [bust("x", "a", 5), bust("x", "a", 6)],
        [correction("x", "a", 5, "111"), correction("x", "a", 6, "111")],
    ] {
        let known = executed(fill("a", 1, Side::Buy, "10", "120", "1"));

        let resolved = resolve([late.clone(), known.clone(), early.clone(), late]);

        assert_eq!(resolved.entries, resolve([known, early]).entries);
        assert_eq!(resolved.issues, [issue(IssueKind::Conflict, "x"), issue(IssueKind::Conflict, "x")]);
    }
}

#[test]
fn a_bust_removes_its_fill_and_what_follows_it_is_an_orphan() {
    let records = [
        executed(fill("a", 1, Side::Buy, "10", "120", "1")),
        executed(fill("b", 2, Side::Buy, "10", "120", "1")),
        bust("x1", "a", 5),
        bust("x2", "a", 6),
        correction("x3", "a", 7, "1"),
        bust("x4", "unknown", 5),
        bust("x4", "unknown", 5),
        bust("x4", "unknown too", 5),
    ];

    let resolved = resolve(records);

    assert_eq!(ids(&resolved), ["b"]);
    let issues = [
        issue(IssueKind::Conflict, "x4"),
        issue(IssueKind::Duplicate, "x4"),
        issue(IssueKind::OrphanBust, "x2"),
        issue(IssueKind::OrphanBust, "x4"),
        issue(IssueKind::OrphanCorrection, "x3"),
    ];
    assert_eq!(resolved.issues, issues);
}

/// Records of a stream with some duplicates, changed versions, corrections and busts.
fn any_records() -> impl Strategy<Value = Vec<Record<()>>> {
    let trouble = prop::collection::vec((any::<prop::sample::Index>(), 0_u8..4), 0..12);
    (any_fills(), trouble).prop_map(|(fills, trouble)| {
        let mut records: Vec<Record<()>> = fills.iter().cloned().map(executed).collect();
        for (second, (index, kind)) in (100..).zip(trouble) {
            let known = index.get(&fills);
            let id = format!("X{}", second % 5);
            records.push(match kind {
                0 => executed(known.clone()),
                1 => executed(Fill { price: ledger::Decimal::ONE, ..known.clone() }),
                2 => correction(&id, &known.execution_id, second, "3.5"),
                _ => bust(&id, &known.execution_id, second),
            });
        }
        records
    })
}

proptest! {
    #[test]
    fn arrival_order_and_repetition_change_nothing(
        (records, shuffled) in any_records().prop_flat_map(|records| {
            (Just(records.clone()), Just(records).prop_shuffle())
        }),
        repeated in any::<prop::sample::Index>(),
    ) {
        let expected = resolve(records.clone());

        prop_assert_eq!(&resolve(shuffled), &expected);
        let again = repeated.get(&records).clone();
        let repeated = resolve(records.into_iter().chain([again]));
        prop_assert_eq!(repeated.entries, expected.entries);
        prop_assert_eq!(repeated.issues.len(), expected.issues.len() + 1);
    }

    #[test]
    fn a_busted_fill_might_as_well_never_have_been(fills in any_fills(), busted in any::<prop::sample::Index>()) {
        let busted = busted.index(fills.len());
        let id = fills[busted].execution_id.clone();
        let all = fills.iter().cloned().map(executed).chain([bust("X", &id, 9)]);
        let others = fills.iter().filter(|fill| fill.execution_id != id).cloned().map(executed);

        prop_assert_eq!(resolve(all), resolve(others));
    }
}
