//! Which trades continue each other.

use ledger::strategy::{Chain, Moment, Rules, StrategyLeg, chains, recognise};

use super::legs::{at, call, closed, far, opened, put};

fn linked(legs: &[StrategyLeg]) -> Vec<Chain> {
    let rules = Rules::default();
    chains(&recognise(legs, &rules).unwrap().trades, legs, &rules)
}

/// The trades of each chain, and its rolls as `a>b`.
fn outline(legs: &[StrategyLeg]) -> Vec<(String, String)> {
    let reversed: Vec<StrategyLeg> = legs.iter().rev().cloned().collect();
    let chains = linked(legs);
    assert_eq!(chains, linked(&reversed));
    let rolls = |chain: &Chain| {
        chain.rolls.iter().map(|roll| format!("{}>{}", roll.from, roll.to)).collect::<Vec<_>>().join(" ")
    };
    chains
        .iter()
        .map(|chain| {
            assert_eq!(Some(&chain.id), chain.trades.first());
            (chain.trades.join(" "), rolls(chain))
        })
        .collect()
}

fn rows<const N: usize>(rows: [(&str, &str); N]) -> Vec<(String, String)> {
    rows.map(|(trades, rolls)| (trades.to_owned(), rolls.to_owned())).to_vec()
}

#[test]
fn a_short_put_rolled_twice_is_one_chain() {
    let legs = [
        closed(10, put("a", 100, -1, "2")),
        closed(20, opened(10, far(put("b", 95, -1, "3")))),
        opened(20, put("c", 90, -1, "3")),
        opened(30, put("d", 90, -1, "3")),
    ];

    assert_eq!(outline(&legs), rows([("a b c", "a>b b>c"), ("d", "")]));
}

#[test]
fn a_roll_stays_on_its_side_and_right_and_underlying() {
    let next = [
        call("b", 95, -1, "3"),
        put("c", 95, 1, "3"),
        StrategyLeg { underlying: "ABC".to_owned(), ..put("d", 95, -1, "3") },
        put("e", 100, -1, "3"),
    ];

    for leg in next {
        let legs = [closed(10, put("a", 100, -1, "2")), opened(10, leg)];

        assert_eq!(outline(&legs).len(), 2, "{}", legs[1].id);
    }
}

#[test]
fn a_roll_happens_at_one_instant_or_by_one_order() {
    let first = |exit: Moment| StrategyLeg { exits: vec![exit], ..put("a", 100, -1, "2") };
    let exit = |second, order: Option<&str>| Moment { at: at(second), order: order.map(str::to_owned) };
    let second = |order: Option<&str>| StrategyLeg { opened: exit(10, order), ..put("b", 95, -1, "3") };
    let count = |exit, order| outline(&[first(exit), second(order)]).len();

    assert_eq!(count(exit(10, None), None), 1);
    assert_eq!(count(exit(9, None), None), 2);
    assert_eq!(count(exit(11, None), None), 2);
    assert_eq!(count(exit(9, Some("o")), Some("o")), 1);
    assert_eq!(count(exit(9, Some("o")), Some("p")), 2);
    assert_eq!(count(Moment { at: ledger::Timestamp(10_999_999_999), order: None }, None), 1);
    assert_eq!(count(Moment { at: ledger::Timestamp(9_000_000_001), order: None }, None), 1);
}

#[test]
fn a_spread_rolls_as_a_whole_and_in_part() {
    let legs = [
        closed(10, call("a", 100, -2, "5")),
        closed(10, call("b", 110, 2, "2")),
        opened(10, far(call("c", 105, -1, "5"))),
        opened(10, far(call("d", 115, 1, "2"))),
        opened(10, far(call("e", 115, -1, "2"))),
    ];

    let chains = linked(&legs);

    assert_eq!(chains.len(), 1);
    assert_eq!(chains[0].id, "a");
    assert_eq!(chains[0].trades.len(), 3);
}

#[test]
fn an_exit_before_the_last_one_can_be_a_roll() {
    let exits = [10, 20].map(|second| Moment { at: at(second), order: None }).to_vec();
    let legs = [StrategyLeg { exits, ..put("a", 100, -2, "2") }, opened(10, put("b", 95, -1, "3"))];

    assert_eq!(outline(&legs), rows([("a b", "a>b")]));
}

#[test]
fn nothing_continues_what_was_opened_after_it() {
    let legs = [opened(10, put("a", 100, -1, "2")), closed(10, opened(11, put("b", 95, -1, "3")))];

    assert_eq!(outline(&legs).len(), 2);
}

#[test]
fn a_roll_can_follow_at_once() {
    let rules = Rules { tolerance: None, ..Rules::default() };
    let moment = |order: &str| Moment { at: at(0), order: Some(order.to_owned()) };
    let first = StrategyLeg { opened: moment("o"), exits: vec![moment("p")], ..put("a", 100, -1, "2") };
    let legs = [first, StrategyLeg { opened: moment("p"), ..put("b", 95, -1, "3") }];

    assert_eq!(chains(&recognise(&legs, &rules).unwrap().trades, &legs, &rules).len(), 1);
}
