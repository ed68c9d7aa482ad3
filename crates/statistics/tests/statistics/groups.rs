//! Trades by groups, by size, and beside others.

use ledger::Fraction;
use proptest::prelude::*;
use statistics::{
    Amounts, Bins, Options, StatisticsError, Trades, Undefined, breakdown, compare, distribution, quantiles,
    r_multiples,
};

use crate::samples::{fraction, measured, trades};

fn amounts(texts: &[&str]) -> Amounts {
    texts.iter().map(|text| fraction(text)).collect()
}

#[test]
fn each_group_has_the_summary_of_its_trades() {
    let rows = trades(&["10", "-5", "7/3", "-1", "4"]);
    let keys = ["b", "a", "b", "b", "a"];

    let groups = breakdown(&keys, &Trades::from_rows(&rows).unwrap(), &Options::default()).unwrap();

    let of = |key: &str| {
        let rows: Vec<_> =
            rows.iter().zip(keys).filter(|(_, each)| *each == key).map(|(row, _)| row.clone()).collect();
        measured(&rows, &Options::default()).unwrap()
    };
    assert_eq!(groups.keys().copied().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!((&groups["a"], &groups["b"]), (&of("a"), &of("b")));
}

#[test]
fn keys_that_are_missing_are_refused() {
    let rows = Trades::from_rows(&trades(&["1", "2"])).unwrap();

    assert_eq!(breakdown(&[1], &rows, &Options::default()), Err(StatisticsError::UnequalColumns));
}

#[test]
fn multiples_are_exact() {
    let mut rows = trades(&["1", "2", "-1"]);
    rows[0].risk = Some(fraction("3"));
    rows[2].risk = Some(fraction("7"));

    assert_eq!(r_multiples(&Trades::from_rows(&rows).unwrap()), amounts(&["1/3", "-1/7"]));
}

#[test]
fn multiples_that_cancel_have_a_quality_of_zero() {
    let mut rows = trades(&["1", "1", "-2", "5", "-5"]);
    for row in &mut rows {
        row.risk = Some(fraction("3"));
    }

    assert_eq!(measured(&rows, &Options::default()).unwrap().sqn_r, Ok(0.0));
}

#[test]
fn bins_have_round_edges_and_zero_is_one() {
    let bins =
        distribution(&amounts(&["-7", "-0.5", "0", "3", "12", "12", "19.99"]), Bins::About(5)).unwrap();

    let shown: Vec<String> =
        bins.iter().map(|bin| format!("{}..{} {}", bin.from, bin.to, bin.count)).collect();
    assert_eq!(shown, ["-10..0 2", "0..10 2", "10..20 3"]);
}

#[test]
fn equal_results_are_one_bin_and_none_are_no_distribution() {
    let bins = distribution(&amounts(&["2.5", "2.5"]), Bins::FreedmanDiaconis).unwrap();

    assert_eq!((bins.len(), bins[0].count), (1, 2));
    assert_eq!(distribution(&amounts(&[]), Bins::FreedmanDiaconis), Err(Undefined::NoTrades));
}

#[test]
fn the_width_follows_the_middle_half() {
    // 0 to 99: quartiles 24.75 and 74.25, 2 x 49.5 / 100^(1/3) = 21.3.
    let values: Amounts = (0..100).map(Fraction::from).collect();

    let bins = distribution(&values, Bins::FreedmanDiaconis).unwrap();

    assert_eq!((bins.len(), &bins[1].to), (2, &fraction("100")));
    assert_eq!(bins[0].count, 50);
}

#[test]
fn quartiles_lie_between_two_results() {
    // Quartiles 6 and 8 by type 7: 2 x 2 / 4^(1/3) = 2.5.
    let bins = distribution(&amounts(&["0", "8", "8", "8"]), Bins::FreedmanDiaconis).unwrap();

    assert_eq!((&bins[0].from, &bins[0].to), (&fraction("0"), &fraction("5")));
}

#[test]
fn there_are_never_more_than_two_hundred_bins() {
    // Of width 1 there would be one for each of 0 to 200.
    let bins = distribution(&amounts(&["0", "200"]), Bins::About(1000)).unwrap();

    assert_eq!((bins.len(), &bins[0].to), (101, &fraction("2")));
}

#[test]
fn without_a_spread_of_the_middle_half_a_bin_is_a_tenth_of_the_range() {
    let bins = distribution(&amounts(&["0", "5", "5", "5", "5", "100"]), Bins::FreedmanDiaconis).unwrap();

    assert_eq!((bins.len(), &bins[0].to, bins[0].count), (11, &fraction("10"), 5));
}

#[test]
fn sets_that_differ_much_are_told_apart() {
    let a = amounts(&["10", "11", "9", "10.5", "31/3", "9.5", "10", "12"]);
    let b = amounts(&["-1", "1", "0", "-2", "2", "0.5", "-0.5", "0"]);

    let told = compare(&a, &b, &Options::default()).unwrap();

    assert_eq!(told.expectancy_difference, fraction("247/24"));
    let [low, high] = told.difference_interval.clone().unwrap();
    assert!(low > fraction("9") && high < fraction("12") && low < told.expectancy_difference);
    assert!(told.permutation_p.unwrap() < 0.003);
    assert_eq!(compare(&a, &b, &Options::default()), Ok(told));
}

#[test]
fn the_interval_of_two_draws_is_a_fortieth_within_them() {
    let (a, b) = (amounts(&["10", "11", "9", "14"]), amounts(&["-1", "1", "6"]));
    let interval = |bootstrap_draws| {
        let options = Options { bootstrap_draws, ..Options::default() };
        compare(&a, &b, &options).unwrap().difference_interval.unwrap()
    };

    let [first, same] = interval(1);
    let [low, high] = interval(2);

    assert_eq!(first, same);
    let fortieth = (&high - &low).checked_div(&fraction("38")).unwrap();
    assert!(fortieth.is_positive());
    assert!([low - &fortieth, high + &fortieth].contains(&first));
}

#[test]
fn the_test_without_resampling_agrees_with_an_independent_computation() {
    // The density of Student's t integrated numerically with 30 digits.
    let a = amounts(&["10", "5", "15", "31/3"]);
    let b = amounts(&["1", "-4", "6", "8", "0"]);

    let told = compare(&a, &b, &Options::default()).unwrap();

    let [low, high] = told.welch_interval.unwrap();
    let p = told.welch_p.unwrap();
    for (mine, theirs) in
        [(low, 0.851_532_859_482_042), (high, 14.915_133_807_184_62), (p, 0.032_930_440_210_947_5)]
    {
        assert!((mine / theirs - 1.0).abs() < 1e-9, "{mine} instead of {theirs}");
    }
}

#[test]
fn the_test_without_resampling_needs_two_trades_and_some_variance() {
    let (one, same, other) = (amounts(&["1"]), amounts(&["2", "2"]), amounts(&["1", "3"]));
    let test = |a, b| compare(a, b, &Options::default()).unwrap().welch_p;

    assert_eq!(test(&one, &other), Err(Undefined::TooFewTrades { needed: 2 }));
    assert_eq!(test(&same, &same), Err(Undefined::ZeroVariance));
    assert_eq!(test(&same, &other), Ok(1.0));
    let many: Amounts = (0..20_000).map(Fraction::from).collect();
    let told = compare(&many, &many, &Options::default()).unwrap();
    assert_eq!(
        (told.permutation_p, told.welch_p),
        (Err(Undefined::TooManyTrades { limit: 10_000 }), Ok(1.0))
    );
}

#[test]
fn quantiles_lie_between_neighbours() {
    let results = amounts(&["4", "1", "2"]);

    assert_eq!(
        quantiles(&results, &[0, 25, 50, 95, 100, 900]).unwrap(),
        ["1", "1.5", "2", "3.8", "4", "4"].map(fraction)
    );
    assert_eq!(quantiles(&amounts(&["7"]), &[1]).unwrap(), [fraction("7")]);
    assert_eq!(quantiles(&amounts(&[]), &[50]), Err(Undefined::NoTrades));
}

#[test]
fn a_set_beside_itself_does_not_differ() {
    let set = amounts(&["3", "-1", "2"]);

    let told = compare(&set, &set, &Options::default()).unwrap();

    assert!(told.expectancy_difference.is_zero());
    assert_eq!(told.permutation_p, Ok(1.0));
}

#[test]
fn too_little_and_too_much_are_not_resampled() {
    let (one, two) = (amounts(&["1"]), amounts(&["1", "2"]));
    let limited = Options { bootstrap_limit: 3, ..Options::default() };
    let reason = |a, b, options: &Options| compare(a, b, options).unwrap().difference_interval.unwrap_err();

    assert_eq!(reason(&one, &two, &Options::default()), Undefined::TooFewTrades { needed: 2 });
    assert_eq!(reason(&two, &two, &limited), Undefined::TooManyTrades { limit: 3 });
    assert_eq!(reason(&two, &two, &Options { bootstrap_draws: 0, ..limited.clone() }), Undefined::NoDraws);
    assert_eq!(compare(&amounts(&[]), &two, &limited), Err(Undefined::NoTrades));
}

proptest! {
    #[test]
    fn every_result_is_in_the_one_bin_that_holds_it(
        cents in proptest::collection::vec(-100_000_i64..100_000, 1..80),
        about in 1_u32..40,
    ) {
        let results = Amounts::from_integers(cents, 2);
        for kind in [Bins::FreedmanDiaconis, Bins::About(about)] {
            let bins = distribution(&results, kind).unwrap();

            prop_assert_eq!(bins.iter().map(|bin| bin.count).sum::<u64>(), results.len() as u64);
            prop_assert!(bins.len() <= 201);
            prop_assert!(bins.windows(2).all(|pair| pair[0].to == pair[1].from));
            for bin in &bins {
                let held = results.iter().filter(|result| bin.from <= *result && *result < bin.to).count();
                prop_assert_eq!(held as u64, bin.count);
            }
        }
    }

    #[test]
    fn columns_and_rows_give_the_same_figures(nets in proptest::collection::vec(-500_i64..500, 0..40)) {
        let texts: Vec<String> = nets.iter().map(|net| format!("{net}/100")).collect();
        let rows = trades(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let mut columns = Trades::from_rows(&rows).unwrap().columns().clone();
        columns.net = Amounts::from_integers(nets, 2);

        let summary = statistics::summarize(&Trades::from_columns(columns).unwrap(), &Options::default()).unwrap();

        prop_assert_eq!(summary, measured(&rows, &Options::default()).unwrap());
    }
}
