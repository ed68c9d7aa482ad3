//! Figures of daily returns at their edges.

use std::collections::{BTreeMap, BTreeSet};

use ledger::Fraction;
use statistics::{
    Calendar, DailyAccount, DailyOptions, DailySummary, ProfitFactor, Sessions, Undefined, daily,
    drawdown_spells, equity_curve,
};
use time::Date;

use crate::samples::fraction;
use crate::vectors::date;

fn amounts(days: &[(&str, &str)]) -> BTreeMap<Date, Fraction> {
    days.iter().map(|(day, amount)| (date(day), fraction(amount))).collect()
}

/// Everything projected onto a year.
fn unlimited() -> DailyOptions {
    DailyOptions { shortest_year: 0, ..DailyOptions::default() }
}

fn measured(equity: &str, days: &[(&str, &str)]) -> DailySummary {
    daily(&DailyAccount::new(Some(&fraction(equity)), &amounts(days)), &unlimited())
}

fn text(share: &statistics::Metric<statistics::Ratio>) -> String {
    share.as_ref().unwrap().to_string()
}

#[test]
fn without_days_nothing_is_known() {
    let summary = measured("1000", &[]);

    assert_eq!((summary.days, summary.calendar_days), (0, 0));
    assert_eq!(summary.twr, Err(Undefined::NoTrades));
    assert_eq!(summary.max_drawdown, Err(Undefined::NoTrades));
    assert_eq!(summary.best_day_of_limit, Err(Undefined::NoTrades));
}

#[test]
fn without_equity_there_is_money_and_there_are_no_returns() {
    let days = amounts(&[("2024-01-01", "1"), ("2024-01-02", "-2")]);
    let debt = fraction("-5");

    for equity in [None, Some(&debt)] {
        let summary = daily(&DailyAccount::new(equity, &days), &unlimited());

        assert_eq!((summary.days, summary.days_won, summary.days_lost), (2, 1, 1));
        assert_eq!(
            (summary.sharpe, &summary.twr),
            (Err(Undefined::NoOpeningEquity), &Err(Undefined::NoOpeningEquity))
        );
        assert_eq!(summary.max_drawdown.unwrap().depth, fraction("2"));
    }
}

#[test]
fn an_account_may_begin_with_a_deposit() {
    let (pnl, flows) = (amounts(&[("2024-01-03", "10")]), amounts(&[("2024-01-02", "100")]));
    let zero = Fraction::ZERO;
    let period = Some((date("2024-01-01"), date("2024-01-04")));

    let account = DailyAccount { flows: &flows, period, ..DailyAccount::new(Some(&zero), &pnl) };
    let summary = daily(&account, &unlimited());

    assert_eq!((text(&summary.twr), summary.days), ("0.1".to_owned(), 4));
    assert_eq!(summary.end_equity, Ok(fraction("110")));
}

#[test]
fn a_lost_equity_ends_all_returns() {
    let summary = measured("1000", &[("2024-01-01", "-1000"), ("2024-01-02", "2")]);

    assert_eq!((&summary.twr, summary.sharpe), (&Err(Undefined::EquityLost), Err(Undefined::EquityLost)));
    assert_eq!(summary.recovery_factor.unwrap().to_string(), "-0.998");
    assert_eq!(summary.end_equity, Ok(fraction("2")));
}

#[test]
fn a_loss_of_the_first_day_is_a_drawdown() {
    let summary = measured("1000", &[("2024-01-02", "-100"), ("2024-01-03", "50"), ("2024-01-05", "60")]);

    let (money, share) = (summary.max_drawdown.unwrap(), summary.max_drawdown_share.unwrap());
    assert_eq!((money.depth, share.depth), (fraction("100"), fraction("0.1")));
    assert_eq!((money.from, money.to), (date("2024-01-01"), date("2024-01-02")));
    assert_eq!((share.from, share.to), (money.from, money.to));
    assert_eq!(
        (money.recovered_on, share.recovered_on),
        (Some(date("2024-01-05")), Some(date("2024-01-05")))
    );
    assert_eq!((summary.longest_drawdown_sessions, summary.longest_drawdown_days), (Ok(4), Ok(4)));
}

#[test]
fn of_two_falls_of_one_depth_the_first_is_told() {
    let days = [("2024-01-02", "-100"), ("2024-01-03", "100"), ("2024-01-04", "-100"), ("2024-01-05", "100")];
    let summary = measured("1000", &days);

    for fall in [summary.max_drawdown, summary.max_drawdown_share] {
        let fall = fall.unwrap();
        assert_eq!((fall.to, fall.recovered_on), (date("2024-01-02"), Some(date("2024-01-03"))));
    }
}

#[test]
fn a_withdrawal_is_no_drawdown_and_no_return() {
    let pnl = amounts(&[("2024-01-01", "10"), ("2024-01-03", "10")]);
    let flows = amounts(&[("2024-01-02", "-910")]);
    let opening = fraction("1000");

    let summary =
        daily(&DailyAccount { flows: &flows, ..DailyAccount::new(Some(&opening), &pnl) }, &unlimited());

    assert_eq!(summary.max_drawdown_share, Err(Undefined::NoDrawdown));
    // 1.01 x 1.1 - 1
    assert_eq!(text(&summary.twr), "0.111");
    assert_eq!(summary.end_equity, Ok(fraction("110")));
}

#[test]
fn what_a_day_without_equity_made_is_no_return() {
    // 10 % on 100; all 110 taken out, and 50 made on nothing; then 10 % on those 50.
    let pnl = amounts(&[("2024-01-01", "10"), ("2024-01-02", "50"), ("2024-01-03", "5")]);
    let flows = amounts(&[("2024-01-02", "-110")]);
    let opening = fraction("100");

    let summary =
        daily(&DailyAccount { flows: &flows, ..DailyAccount::new(Some(&opening), &pnl) }, &unlimited());

    assert_eq!(text(&summary.twr), "0.21");
    assert_eq!(summary.end_equity, Ok(fraction("55")));
}

#[test]
fn the_curve_moves_with_flows_and_its_index_does_not() {
    let pnl = amounts(&[("2024-01-01", "100"), ("2024-01-03", "-55"), ("2024-01-04", "110")]);
    let flows = amounts(&[("2024-01-03", "-550"), ("2024-01-05", "1000")]);
    let opening = fraction("1000");

    let curve = equity_curve(&DailyAccount { flows: &flows, ..DailyAccount::new(Some(&opening), &pnl) });

    let shown: Vec<_> = curve
        .iter()
        .map(|day| {
            let money = [&day.pnl, &day.flow, &day.cumulative, &day.drawdown, day.equity.as_ref().unwrap()];
            (
                day.date.day(),
                money.map(ToString::to_string).join(" "),
                (day.index.unwrap() * 1e9).round() / 1e9,
            )
        })
        .collect();
    // 1.1, then -55 of 550, then 110 of 495.
    let expected = [
        (1, "100 0 100 0 1100", 1.1),
        (2, "0 0 100 0 1100", 1.1),
        (3, "-55 -550 45 55 495", 0.99),
        (4, "110 0 155 0 605", 1.21),
        (5, "0 1000 155 0 1605", 1.21),
    ];
    assert_eq!(shown, expected.map(|(day, money, index)| (day, money.to_owned(), index)));
    let spells = drawdown_spells(&curve);
    assert_eq!(spells.len(), 1);
    assert_eq!(
        (&spells[0].amount, spells[0].from, spells[0].to),
        (&fraction("55"), date("2024-01-02"), date("2024-01-03"))
    );
    assert_eq!(spells[0].recovered_on, Some(date("2024-01-04")));
    assert!((spells[0].share.unwrap() - 0.1).abs() < 1e-12);
}

#[test]
fn the_curve_agrees_with_the_figures() {
    let pnl =
        amounts(&[("2024-01-01", "-5"), ("2024-01-03", "10"), ("2024-01-04", "-3"), ("2024-01-08", "-4")]);
    let flows = amounts(&[("2024-01-04", "17"), ("2024-01-09", "-20")]);
    let opening = fraction("50");
    let account = DailyAccount { flows: &flows, ..DailyAccount::new(Some(&opening), &pnl) };

    let (curve, summary) = (equity_curve(&account), daily(&account, &unlimited()));

    let last = curve.last().unwrap();
    assert_eq!((curve.len() as u64, &last.equity), (summary.days, &summary.end_equity));
    assert!((last.index.unwrap() - 1.0 - summary.twr.unwrap().to_f64()).abs() < 1e-15);
    let (spells, deepest) = (drawdown_spells(&curve), summary.max_drawdown.unwrap());
    // From the start, and from the recovery on.
    let days: Vec<_> = spells.iter().map(|spell| (spell.from.to_string(), spell.to.to_string())).collect();
    assert_eq!(
        days,
        [("2023-12-31", "2024-01-01"), ("2024-01-03", "2024-01-08")]
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
    assert_eq!((&spells[1].amount, spells[1].to, spells[1].recovered_on), (&deepest.depth, deepest.to, None));
}

#[test]
fn a_curve_says_where_it_has_no_equity_and_no_index() {
    let pnl = amounts(&[("2024-01-01", "1"), ("2024-01-02", "-12"), ("2024-01-03", "5")]);
    let index = |opening: Option<&Fraction>| {
        equity_curve(&DailyAccount::new(opening, &pnl)).iter().map(|day| day.index).collect::<Vec<_>>()
    };
    let (none, lost) = (Err(Undefined::NoOpeningEquity), Err(Undefined::EquityLost));

    assert_eq!(index(None), [none; 3]);
    assert_eq!(index(Some(&fraction("10"))), [Ok(1.1), lost, lost]);
    // Above 0 from the first gain on.
    assert_eq!(index(Some(&Fraction::ZERO)), [none, lost, lost]);
    assert!(equity_curve(&DailyAccount::new(None, &BTreeMap::new())).is_empty());
    assert!(drawdown_spells(&[]).is_empty());
}

#[test]
fn a_day_is_a_session_when_any_calendar_says_so() {
    let calendar = |id| Calendar::by_id(id).unwrap();
    let pnl = amounts(&[("2024-12-20", "1"), ("2024-12-30", "1")]);
    let opening = fraction("100");
    let days = |calendars: &[&Calendar]| {
        let account =
            DailyAccount { sessions: Sessions::Of(calendars), ..DailyAccount::new(Some(&opening), &pnl) };
        daily(&account, &unlimited()).days
    };

    // 20 to 30 December: 11 days, 7 of them from Monday to Friday, one of these Christmas.
    assert_eq!(days(&[calendar("us-equities")]), 6);
    assert_eq!(days(&[calendar("us-equities"), calendar("weekdays")]), 7);
    assert_eq!(days(&[calendar("24/7"), calendar("cme")]), 11);
}

#[test]
fn falls_across_deposits_are_compared_exactly() {
    // Down a half, doubled, then up by 10 %, a deposit, and down to a third of the peak.
    let pnl = amounts(&[
        ("2024-01-01", "-50"),
        ("2024-01-02", "50"),
        ("2024-01-03", "10"),
        ("2024-01-04", "-37"),
        ("2024-01-05", "-73"),
    ]);
    let flows = amounts(&[("2024-01-04", "1"), ("2024-01-05", "36")]);
    let opening = fraction("100");

    let summary =
        daily(&DailyAccount { flows: &flows, ..DailyAccount::new(Some(&opening), &pnl) }, &unlimited());

    // 74/111 x 37/110
    assert_eq!(summary.max_drawdown_share.unwrap().depth, fraction("1") - fraction("37/165"));
}

#[test]
fn one_session_has_a_return_and_no_ratios() {
    let summary = measured("1000", &[("2024-01-01", "-500")]);

    let too_few = Err(Undefined::TooFewSessions { needed: 2 });
    assert_eq!((summary.sharpe, summary.volatility), (too_few, too_few));
    assert_eq!((summary.days, text(&summary.twr)), (1, "-0.5".to_owned()));
    assert_eq!(text(&summary.value_at_risk), "-0.5");
}

#[test]
fn equal_returns_have_no_sharpe_ratio() {
    // 10 % a day, of amounts that binary fractions do not hold.
    let summary = measured("1", &[("2024-01-01", "0.1"), ("2024-01-02", "0.11"), ("2024-01-03", "0.121")]);

    assert_eq!(summary.sharpe, Err(Undefined::ZeroVariance));
    assert_eq!(summary.sortino, Err(Undefined::NoDownside));
    assert_eq!(summary.volatility, Ok(0.0));
    assert_eq!(summary.k_ratio_2013, Err(Undefined::StraightLine));
    assert_eq!(summary.probabilistic_sharpe, Err(Undefined::ZeroVariance));
    assert_eq!(summary.omega, Ok(ProfitFactor::Infinite));
    assert_eq!(text(&summary.tail_ratio), "1");
}

#[test]
fn idle_days_only_have_nothing_to_divide_by() {
    let summary = measured("1000", &[("2024-01-01", "0"), ("2024-01-04", "0")]);

    assert_eq!((summary.days, summary.days_flat, summary.sharpe), (4, 4, Err(Undefined::ZeroVariance)));
    assert_eq!(summary.omega, Err(Undefined::OnlyScratches));
    assert_eq!(summary.tail_ratio, Err(Undefined::ZeroQuantile));
    assert_eq!(summary.ulcer, Ok(0.0));
    assert_eq!(summary.upi, Err(Undefined::NoDrawdown));
    assert_eq!(summary.best_day_share, Err(Undefined::NoProfit));
}

#[test]
fn gains_that_losses_undo_have_a_sharpe_ratio_of_zero() {
    // 1/3, 1/3 and -2/3 of the equity: their sum is 0, which no binary fraction sees.
    let summary = measured("3", &[("2024-01-01", "1"), ("2024-01-02", "4/3"), ("2024-01-03", "-32/9")]);

    assert_eq!(summary.sharpe, Ok(0.0));
    assert_eq!(summary.sortino, Ok(0.0));
}

#[test]
fn idle_days_lower_the_sharpe_ratio() {
    let busy = measured("1000", &[("2024-01-01", "10"), ("2024-01-02", "30")]);
    let idle = measured("1000", &[("2024-01-01", "10"), ("2024-01-12", "30")]);

    assert_eq!((busy.days, idle.days), (2, 10));
    assert!(idle.sharpe.unwrap() < busy.sharpe.unwrap());
}

#[test]
fn a_calendar_decides_which_days_are_sessions() {
    let opening = fraction("1000");
    let pnl = amounts(&[("2024-01-01", "1"), ("2024-01-06", "1"), ("2024-01-08", "1")]);
    let listed = BTreeSet::from([date("2024-01-03"), date("2024-02-01")]);
    let days = |sessions| {
        daily(&DailyAccount { sessions, ..DailyAccount::new(Some(&opening), &pnl) }, &unlimited()).days
    };

    // The Saturday has P&L.
    assert_eq!(
        [days(Sessions::Weekdays), days(Sessions::EveryDay), days(Sessions::Listed(&listed))],
        [7, 8, 4]
    );
}

#[test]
fn nothing_is_annualised_below_ninety_days() {
    // 1 January to 30 March 2024 are 90 days.
    let opening = fraction("1000");
    let until = |last: &str| {
        let pnl = amounts(&[("2024-01-01", "-10"), (last, "30")]);
        daily(&DailyAccount::new(Some(&opening), &pnl), &DailyOptions::default())
    };
    let (short, long) = (until("2024-03-29"), until("2024-03-30"));

    let too_short = Err(Undefined::TooShort { days: 89 });
    let figures = |summary: &DailySummary| {
        [
            summary.cagr,
            summary.calmar,
            summary.sharpe,
            summary.sortino,
            summary.volatility,
            summary.upi,
            summary.k_ratio_2013,
            summary.mwr.map(|found| found.rate),
        ]
    };
    assert!(figures(&short).iter().all(|figure| *figure == too_short), "{:?}", figures(&short));
    assert!(figures(&long).iter().all(Result::is_ok), "{:?}", figures(&long));
    assert!(short.k_ratio_2003.is_ok() && short.under_one_year && long.under_one_year);
    assert!(!until("2024-12-30").under_one_year && until("2024-12-29").under_one_year);
}

#[test]
fn the_best_day_is_a_share_of_the_total_and_of_its_limit() {
    let opening = fraction("1000");
    let options = DailyOptions { day_limit: Some(fraction("200")), ..unlimited() };
    let pnl = amounts(&[("2024-01-01", "50"), ("2024-01-02", "-20"), ("2024-01-03", "70")]);

    let summary = daily(&DailyAccount::new(Some(&opening), &pnl), &options);

    assert_eq!(
        (text(&summary.best_day_share), text(&summary.best_day_of_limit)),
        ("0.7".to_owned(), "0.35".to_owned())
    );
    assert_eq!(measured("1000", &[("2024-01-01", "50")]).best_day_of_limit, Err(Undefined::NoLimit));
}
