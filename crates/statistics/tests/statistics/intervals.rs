//! Intervals of rates and means.

use statistics::{BOOTSTRAP_LIMIT, Options, wilson};

use crate::samples::{fraction, measured, trades};

fn assert_close(actual: Option<f64>, expected: f64) {
    assert!((actual.unwrap() - expected).abs() < 1e-6, "{actual:?} instead of {expected}");
}

#[test]
fn the_interval_of_a_rate_is_the_published_one() {
    // Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I, method 3.
    for (successes, n, low, high) in
        [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
    {
        let rate = wilson(successes, n).unwrap();

        assert!((rate.low.unwrap() - low).abs() < 5e-5, "{successes}/{n}: {rate:?}");
        assert!((rate.high.unwrap() - high).abs() < 5e-5, "{successes}/{n}: {rate:?}");
    }
}

#[test]
fn nothing_but_successes_still_leaves_doubt() {
    let rate = wilson(3, 3).unwrap();

    assert_close(rate.low, 0.438_503);
    assert_close(rate.high, 1.0);
}

#[test]
fn the_same_seed_gives_the_same_interval() {
    let rows = trades(&["10", "-4", "7.5", "-11", "3", "2", "-6", "14"]);
    let other = Options { seed: 7, ..Options::default() };
    let interval = |options: &Options| {
        let expectancy = measured(&rows, options).unwrap().expectancy.unwrap();
        (expectancy.low, expectancy.high)
    };

    assert_eq!(interval(&Options::default()), interval(&Options::default()));
    assert_ne!(interval(&Options::default()), interval(&other));
}

#[test]
fn amounts_beyond_128_bits_have_an_exact_interval_too() {
    let rows = trades(&["123456789012345678901234567890.123456789", "-0.000000000000000000000000001", "5"]);

    let expectancy = measured(&rows, &Options::default()).unwrap().expectancy.unwrap();

    let smallest = fraction("-0.000000000000000000000000001");
    assert_eq!(expectancy.low, Some(smallest));
    assert_eq!(expectancy.high, Some(fraction("123456789012345678901234567890.123456789")));
}

#[test]
fn very_many_trades_get_no_bootstrap() {
    let nets: Vec<&str> = ["1", "-1"].into_iter().cycle().take(BOOTSTRAP_LIMIT + 1).collect();

    let summary = measured(&trades(&nets), &Options::default()).unwrap();

    let expectancy = summary.expectancy.unwrap();
    assert_eq!((expectancy.low, expectancy.high, expectancy.n), (None, None, 10_001));
    assert!(summary.win_rate.unwrap().low.is_some());
}
