//! Monte Carlo: the paths against a plain program, and facts that hold for all of them.

use ledger::{Decimal, Fraction};
use proptest::prelude::*;
use serde_json::{Value, json};
use statistics::{
    Amounts, FAN_POINTS, MonteCarlo, MonteCarloOptions, PATH_LIMIT, Quantiles, Resampling, Undefined,
    monte_carlo,
};

use crate::oracle;

fn fraction(text: &str) -> Fraction {
    text.parse().unwrap()
}

fn cents(amounts: &[i64]) -> Amounts {
    amounts.iter().map(|amount| Decimal::from_scaled(i128::from(*amount), 2).unwrap()).collect()
}

fn texts<T: ToString>(of: &Quantiles<T>) -> Value {
    json!([&of.p5, &of.p25, &of.p50, &of.p75, &of.p95].map(ToString::to_string))
}

/// Follows every path on its own.
const PATHS: &str = "
import json, sys
from fractions import Fraction as F
from oracle_metrics import splitmix, quantile, drawdown, s
d = json.load(sys.stdin)
nets, start, rng, n = [F(x) for x in d['nets']], F(d['start'] or 0), splitmix(d['seed']), len(d['nets'])
deck, curves = nets[:], []
for _ in range(d['paths']):
    curve = [start]
    for k in range(n):
        if d['shuffled']:
            j = k + ((next(rng) * (n - k)) >> 64)
            deck[k], deck[j] = deck[j], deck[k]
            curve.append(curve[-1] + deck[k])
        else:
            curve.append(curve[-1] + nets[(next(rng) * n) >> 64])
    curves.append(curve)
five = lambda values: [s(quantile(values, F(p, 100))) for p in (5, 25, 50, 75, 95)]
points = min(n, 199)
steps = [0] + [k * n // points for k in range(1, points + 1)]
print(json.dumps({
    'dd': five([drawdown(c)[0] for c in curves]), 'percent': [float(F(x)) for x in five([drawdown(c)[1] for c in curves])],
    'final': five([c[-1] for c in curves]), 'fan': [[k, five([c[k] for c in curves])] for k in steps],
    'ruin': [sum(start - min(c) >= F(level) for c in curves) for level in d['levels']],
    'profitable': sum(c[-1] > start for c in curves)}))
";

fn compare(nets: &Amounts, options: &MonteCarloOptions) {
    let document = json!({
        "nets": nets.iter().map(|net| net.to_string()).collect::<Vec<_>>(),
        "start": options.opening_equity.as_ref().map(ToString::to_string),
        "seed": options.seed, "paths": options.paths, "shuffled": options.resampling == Resampling::Shuffled,
        "levels": options.ruin_levels.iter().map(Fraction::to_string).collect::<Vec<_>>(),
    });
    let Some(expected) = oracle::evaluate(PATHS, &document) else { return };

    let found = monte_carlo(nets, options).unwrap();

    assert_eq!(texts(&found.outcome.max_drawdown), expected["dd"]);
    assert_eq!(texts(&found.outcome.final_equity), expected["final"]);
    let fan: Vec<Value> =
        found.outcome.fan.iter().map(|point| json!([point.trades, texts(&point.equity)])).collect();
    assert_eq!(json!(fan), expected["fan"]);
    let of_paths =
        |hits: &Value| hits.as_f64().unwrap() / f64::from(u32::try_from(found.dealt.paths).unwrap());
    for (risk, hits) in found.outcome.ruin.iter().zip(expected["ruin"].as_array().unwrap()) {
        assert_eq!(risk.probability.unwrap().value.to_bits(), of_paths(hits).to_bits());
    }
    assert_eq!(found.outcome.ruin.len(), options.ruin_levels.len());
    assert_eq!(
        found.outcome.profitable.unwrap().value.to_bits(),
        of_paths(&expected["profitable"]).to_bits()
    );
    if let Ok(percent) = found.outcome.max_drawdown_percent {
        let mine = [percent.p5, percent.p25, percent.p50, percent.p75, percent.p95];
        for (mine, expected) in mine.iter().zip(expected["percent"].as_array().unwrap()) {
            assert!((mine - expected.as_f64().unwrap()).abs() <= 1e-14, "{mine} instead of {expected}");
        }
    }
}

#[test]
fn paths_agree_with_a_plain_program() {
    let nets: Vec<i64> = (0..37).map(|index| (index * 7_919) % 9_001 - 4_000).collect();
    for resampling in [Resampling::WithReplacement, Resampling::Shuffled] {
        for (opening, seed) in [(Some("150.5"), 42), (None, 7)] {
            let options = MonteCarloOptions {
                opening_equity: opening.map(fraction),
                paths: 57,
                seed,
                resampling,
                ruin_levels: ["50", "150.5", "0", "1000000"].map(fraction).to_vec(),
            };
            compare(&cents(&nets), &options);
        }
    }
}

#[test]
fn a_long_fan_is_thinned_out_alike() {
    let nets: Vec<i64> = (0..450).map(|index| (index * 7_919) % 9_001 - 4_400).collect();

    compare(&cents(&nets), &MonteCarloOptions { paths: 11, ..MonteCarloOptions::default() });
}

fn run(nets: &[i64], options: &MonteCarloOptions) -> MonteCarlo {
    monte_carlo(&cents(nets), options).unwrap()
}

#[test]
fn the_fan_starts_at_the_opening_equity_and_ends_at_the_last_trade() {
    let options =
        MonteCarloOptions { opening_equity: Some(fraction("1000")), ..MonteCarloOptions::default() };

    let found = run(&[100; 1000], &options);

    assert_eq!(found.outcome.fan.len(), FAN_POINTS);
    assert_eq!((found.outcome.fan[0].trades, &found.outcome.fan[0].equity.p50), (0, &fraction("1000")));
    assert_eq!((found.outcome.fan[199].trades, &found.outcome.fan[199].equity.p5), (1000, &fraction("2000")));
    assert_eq!(found.outcome.final_equity, found.outcome.fan[199].equity);
}

#[test]
fn a_shuffle_changes_the_way_and_not_the_sum() {
    let options = MonteCarloOptions { resampling: Resampling::Shuffled, ..MonteCarloOptions::default() };

    let found = run(&[500, -300, 200, -450, 700, -100], &options);

    assert_eq!(
        (found.outcome.final_equity.p5, found.outcome.final_equity.p95),
        (fraction("5.5"), fraction("5.5"))
    );
    assert!(found.outcome.max_drawdown.p5 < found.outcome.max_drawdown.p95);
}

#[test]
fn breaking_even_is_no_profit() {
    let options = MonteCarloOptions { resampling: Resampling::Shuffled, ..MonteCarloOptions::default() };

    assert_eq!(run(&[5, -5], &options).outcome.profitable.unwrap().value.to_bits(), 0);
}

#[test]
fn the_work_is_stated_and_capped() {
    let options = |paths| MonteCarloOptions { paths, ..MonteCarloOptions::default() };
    let small = run(&[1, -1], &options(50));
    let many = run(&[1, -1], &options(1_000_000));

    assert_eq!(
        (small.dealt.trades, small.dealt.paths, small.dealt.steps, small.dealt.seed),
        (2, 50, 100, 42)
    );
    assert_eq!(many.dealt.paths, u64::try_from(PATH_LIMIT).unwrap());
}

#[test]
fn nothing_to_deal_is_no_simulation() {
    let none = MonteCarloOptions { paths: 0, ..MonteCarloOptions::default() };

    assert_eq!(monte_carlo(&cents(&[]), &MonteCarloOptions::default()), Err(Undefined::NoTrades));
    assert_eq!(monte_carlo(&cents(&[1]), &none), Err(Undefined::NoTrades));
}

#[test]
fn without_an_opening_equity_there_is_no_percentage() {
    for opening in [None, Some(fraction("0")), Some(fraction("-5"))] {
        let options = MonteCarloOptions { opening_equity: opening, ..MonteCarloOptions::default() };

        let found = run(&[100, -100], &options);

        assert_eq!(found.outcome.max_drawdown_percent, Err(Undefined::NoOpeningEquity));
        assert_eq!(found.outcome.fan[0].equity.p50, Fraction::ZERO);
    }
}

#[test]
fn amounts_too_wide_for_integers_are_refused() {
    let refused = |text: &str| {
        monte_carlo(&[fraction(text)].into_iter().collect(), &MonteCarloOptions::default())
            == Err(Undefined::TooManyDigits)
    };

    assert!(refused(&"9".repeat(40)));
    // Fits, but not with the hundredths of a quantile: 2^127 / (2 x 200) is 4.25e35.
    assert!(refused("426000000000000000000000000000000000"));
    assert!(!refused("425000000000000000000000000000000000"));
    assert!(refused(&format!("0.{}1", "0".repeat(38))));
    assert!(!refused(&format!("0.{}1", "0".repeat(37))));
}

#[test]
fn thirds_are_dealt_exactly() {
    let nets: Amounts = ["1/3", "1/3", "-1/7"].map(fraction).into_iter().collect();
    let options = MonteCarloOptions { resampling: Resampling::Shuffled, ..MonteCarloOptions::default() };

    let found = monte_carlo(&nets, &options).unwrap();

    assert_eq!(found.outcome.final_equity.p50, fraction("11/21"));
    assert_eq!(found.outcome.max_drawdown.p95, fraction("1/7"));
}

proptest! {
    #[test]
    fn quantiles_are_in_order_at_every_step(nets in proptest::collection::vec(-500_i64..500, 1..40), seed: u64) {
        let options = MonteCarloOptions { paths: 23, seed, opening_equity: Some(fraction("3")), ..MonteCarloOptions::default() };

        let found = run(&nets, &options);

        let equities = found.outcome.fan.iter().map(|point| point.equity.clone());
        for of in equities.chain([found.outcome.max_drawdown.clone(), found.outcome.final_equity]) {
            prop_assert!(of.p5 <= of.p25 && of.p25 <= of.p50 && of.p50 <= of.p75 && of.p75 <= of.p95);
        }
        prop_assert!(found.outcome.fan.windows(2).all(|pair| pair[0].trades < pair[1].trades));
        prop_assert!(!found.outcome.max_drawdown.p5.is_negative());
    }

    #[test]
    fn a_larger_loss_is_never_more_likely(nets in proptest::collection::vec(-500_i64..500, 1..40)) {
        let levels = [0, 1, 5, 20, 100].map(Fraction::from).to_vec();
        let options = MonteCarloOptions { paths: 50, ruin_levels: levels, ..MonteCarloOptions::default() };

        let found = run(&nets, &options);

        let chances: Vec<f64> = found.outcome.ruin.iter().map(|risk| risk.probability.unwrap().value).collect();
        prop_assert_eq!(chances[0].to_bits(), 1.0_f64.to_bits());
        prop_assert!(chances.windows(2).all(|pair| pair[0] >= pair[1]));
    }

    #[test]
    fn the_same_seed_deals_the_same_paths(nets in proptest::collection::vec(-500_i64..500, 1..20), seed: u64) {
        let options = MonteCarloOptions { paths: 9, seed, ..MonteCarloOptions::default() };

        prop_assert_eq!(run(&nets, &options), run(&nets, &options));
    }
}
