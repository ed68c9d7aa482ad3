//! Which legs count as opened together.

use std::time::Duration;

use ledger::strategy::{Kind, LegFault, Moment, Rules, StrategyLeg, recognise};
use ledger::{Right::Call, Timestamp};

use super::legs::{call, opened, ordered, outline, put, trades};

/// The kinds of what comes of a call bought at 0 and another sold so many nanoseconds later.
fn apart(nanoseconds: i64, rules: &Rules) -> Vec<Kind> {
    let later = Moment { at: Timestamp(nanoseconds), order: None };
    let legs = [call("a", 100, 1, "3"), StrategyLeg { opened: later, ..call("b", 110, -1, "1") }];
    recognise(&legs, rules).unwrap().trades.iter().map(|trade| trade.kind).collect()
}

fn tolerance(tolerance: Option<Duration>) -> Rules {
    Rules { tolerance, ..Rules::default() }
}

#[test]
fn one_instant_is_less_than_a_second() {
    let rules = Rules::default();

    assert_eq!(apart(999_999_999, &rules), [Kind::Vertical(Call)]);
    assert_eq!(apart(1_000_000_000, &rules), [Kind::Single, Kind::Single]);
}

#[test]
fn the_user_sets_how_long_an_instant_is() {
    let minute = tolerance(Some(Duration::from_mins(1)));

    assert_eq!(apart(60_000_000_000, &minute), [Kind::Vertical(Call)]);
    assert_eq!(apart(60_000_000_001, &minute), [Kind::Single, Kind::Single]);
    assert_eq!(apart(0, &tolerance(Some(Duration::ZERO))), [Kind::Vertical(Call)]);
    assert_eq!(apart(0, &tolerance(None)), [Kind::Single, Kind::Single]);
}

#[test]
fn an_instant_begins_with_its_first_leg() {
    let half = |id: &str, strike, quantity, nanoseconds| {
        let opened = Moment { at: Timestamp(nanoseconds), order: None };
        StrategyLeg { opened, ..call(id, strike, quantity, "1") }
    };
    let legs = [half("a", 100, 1, 0), half("b", 110, -1, 600_000_000), half("c", 120, 1, 1_200_000_000)];

    let found = outline(&trades(&legs));

    assert_eq!(found, [(Kind::Vertical(Call), "a+1 b-1".to_owned()), (Kind::Single, "c+1".to_owned())]);
}

#[test]
fn one_order_holds_over_any_time() {
    let legs = [ordered("o", call("a", 100, 1, "3")), ordered("o", opened(3_600, call("b", 110, -1, "1")))];

    assert_eq!(trades(&legs).len(), 1);
    assert_eq!(recognise(&legs, &tolerance(None)).unwrap().trades.len(), 1);
}

#[test]
fn an_order_joins_the_instants_in_which_it_traded() {
    let legs = [
        ordered("o", put("a", 80, 1, "1")),
        put("b", 90, -1, "2"),
        ordered("o", opened(3_600, call("c", 110, -1, "2"))),
        opened(3_600, call("d", 120, 1, "1")),
    ];

    assert_eq!(outline(&trades(&legs)), [(Kind::IronCondor, "c-1 d+1 a+1 b-1".to_owned())]);
}

#[test]
fn underlyings_never_mix() {
    let other = StrategyLeg { underlying: "ABC".to_owned(), ..call("b", 110, -1, "1") };
    let legs = [ordered("o", call("a", 100, 1, "3")), ordered("o", other)];

    assert_eq!(trades(&legs).len(), 2);
}

#[test]
fn what_the_user_groups_comes_first() {
    let by_hand = vec![vec!["b".to_owned(), "c".to_owned()], vec!["d".to_owned()]];
    let rules = Rules { by_hand, ..Rules::default() };
    let legs = [
        call("a", 100, 1, "3"),
        call("b", 110, -1, "1"),
        opened(90, put("c", 110, -1, "2")),
        call("d", 120, 1, "1"),
    ];

    let recognised = recognise(&legs, &rules).unwrap();

    let rows = [(Kind::Single, "a+1"), (Kind::Straddle, "b-1 c-1"), (Kind::Single, "d+1")];
    assert_eq!(outline(&recognised.trades), rows.map(|(kind, parts)| (kind, parts.to_owned())));
    assert!(recognised.void.is_empty());
}

#[test]
fn a_group_made_by_hand_is_never_split() {
    let rules = Rules { by_hand: vec![vec!["a".to_owned(), "b".to_owned()]], ..Rules::default() };
    let legs = [call("a", 100, 3, "3"), call("b", 110, -2, "1")];

    let recognised = recognise(&legs, &rules).unwrap();

    assert_eq!(outline(&recognised.trades), [(Kind::Custom, "a+3 b-2".to_owned())]);
}

#[test]
fn a_group_made_by_hand_that_does_not_hold_is_reported_and_not_applied() {
    let group = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let by_hand = vec![
        group(&["a", "x"]),
        group(&["a", "b"]),
        group(&["b", "c"]),
        group(&["c", "o"]),
        group(&["c", "c"]),
    ];
    let other = StrategyLeg { underlying: "ABC".to_owned(), ..call("o", 110, -1, "1") };
    let legs = [call("a", 100, 1, "3"), call("b", 110, -1, "1"), call("c", 120, 1, "1"), other];

    let recognised = recognise(&legs, &Rules { by_hand, ..Rules::default() }).unwrap();

    let void: Vec<_> =
        recognised.void.iter().map(|void| (void.group, void.error.leg.as_str(), void.error.fault)).collect();
    let faults = [
        (0, "x", LegFault::Unknown),
        (2, "b", LegFault::GroupedTwice),
        (3, "o", LegFault::OtherUnderlying),
        (4, "c", LegFault::GroupedTwice),
    ];
    assert_eq!(void, faults);
    assert_eq!(recognised.trades.len(), 3);
}
