//! Luck: the distributions, p-values and corrections against the reference and against known values.

use ledger::{Decimal, Fraction};
use proptest::prelude::*;
use serde_json::{Value, json};
use statistics::{
    DayTrade, Metric, Options, RankingOptions, Setup, SharpeSample, Test, Undefined, benjamini_hochberg,
    day_block_expectancy, day_block_p, dsr, dsr_benchmark, mean_p, normal_cdf, normal_quantile, psr,
    rank_setups, ruin, student_upper_tail,
};

use crate::oracle;

/// Within `tolerance`, relative to the expected number.
fn assert_near(actual: f64, expected: f64, tolerance: f64, what: &str) {
    let distance = (actual - expected).abs();
    assert!(distance <= tolerance * expected.abs(), "{what}: {actual:e} instead of {expected:e}");
}

fn stored() -> Option<Value> {
    Some(oracle::read(&oracle::vectors()?.join("stats/32_statistics.json")))
}

fn float(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| value.as_str().unwrap().parse().unwrap())
}

fn floats(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(float).collect()
}

fn rows(p: &[f64]) -> Vec<Metric<f64>> {
    p.iter().copied().map(Ok).collect()
}

fn shape(sharpe: f64, n: u64, skewness: f64, kurtosis: f64) -> SharpeSample {
    SharpeSample { sharpe, n, skewness, kurtosis }
}

#[test]
fn the_stored_p_values_are_adjusted_alike() {
    let Some(vectors) = stored() else { return };
    let stored = &vectors["benjamini_hochberg"];

    let found = benjamini_hochberg(&rows(&floats(&stored["p"])), float(&stored["q"]));

    for (index, discovery) in found.iter().enumerate() {
        assert_near(discovery.adjusted, float(&stored["adjusted"][index]), 1e-15, "adjusted p");
        assert_eq!(json!(discovery.survives), stored["rejected"][index]);
    }
    assert_eq!(found.len(), 10);
}

#[test]
fn the_stored_sharpe_ratios_and_ruins_agree() {
    let Some(vectors) = stored() else { return };
    for case in vectors["psr"].as_array().unwrap() {
        let field = |name: &str| float(&case[name]);
        let n = case["n"].as_u64().unwrap();
        let found = psr(&shape(field("sr"), n, field("skew"), field("kurt")), field("bench")).unwrap();
        assert_near(found, field("value"), 1e-12, "psr");
    }
    for case in vectors["dsr_benchmark"].as_array().unwrap() {
        let found = dsr_benchmark(float(&case["var_sr"]), case["trials"].as_u64().unwrap());
        assert_near(found, float(&case["value"]), 1e-12, "dsr benchmark");
    }
    for case in vectors["ruin"].as_array().unwrap() {
        let found = ruin(float(&case["mean"]), float(&case["sd"]), float(&case["capital"]));
        assert_near(found, float(&case["value"]), 1e-12, "ruin");
    }
}

const NORMAL: &str = "
import json, sys, statistics
document = json.load(sys.stdin)
normal = statistics.NormalDist()
print(json.dumps({'cdf': [normal.cdf(x) for x in document['x']], 'inverse': [normal.inv_cdf(p) for p in document['p']]}))
";

#[test]
fn the_normal_distribution_is_that_of_python() {
    // Its cdf adds 1 to an error function, and so loses the digits of the lower tail.
    let x: Vec<f64> = (-30..=80).map(|step| f64::from(step) / 10.0).collect();
    let mut p: Vec<f64> = (1..200).map(|step| f64::from(step) / 200.0).collect();
    p.extend([
        1e-300,
        1e-100,
        1e-20,
        1e-16,
        1e-15,
        1e-12,
        1e-11,
        1.4e-11,
        1e-5,
        0.074_999,
        0.075,
        0.925,
        1.0 - 1e-12,
    ]);
    let Some(expected) = oracle::evaluate(NORMAL, &json!({"x": x, "p": p})) else { return };

    for (x, expected) in x.iter().zip(floats(&expected["cdf"])) {
        assert_near(normal_cdf(*x), expected, 1e-13, &format!("cdf({x})"));
    }
    for (p, expected) in p.iter().zip(floats(&expected["inverse"])) {
        assert_near(normal_quantile(*p), expected, 1e-14, &format!("inverse({p})"));
    }
}

#[test]
fn far_tails_of_the_normal_distribution_keep_their_digits() {
    // Abramowitz and Stegun, table 26.2, and an asymptotic expansion to 20 terms.
    assert_near(normal_cdf(-5.0), 2.866_515_718_791_939e-7, 1e-14, "5 deviations");
    assert_near(normal_cdf(-10.0), 7.619_853_024_160_527e-24, 1e-13, "10 deviations");
    assert_near(normal_quantile(0.975), 1.959_963_984_540_054, 1e-15, "97.5 %");
    assert_eq!(normal_cdf(0.0).to_bits(), 0.5_f64.to_bits());
}

#[test]
fn the_ends_of_the_normal_quantile_are_infinite() {
    assert_eq!(normal_quantile(0.0).to_bits(), f64::NEG_INFINITY.to_bits());
    assert_eq!(normal_quantile(1.0).to_bits(), f64::INFINITY.to_bits());
    assert!(normal_quantile(-0.1).is_nan());
    assert!(normal_quantile(1.1).is_nan());
    assert!(normal_quantile(f64::NAN).is_nan());
}

/// The finite series for whole degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4) with 60 digits.
const STUDENT: &str = "
import json, sys
from decimal import Decimal as D, getcontext
getcontext().prec = 60
def arctan(x):
    halvings = 0
    while abs(x) > D('0.05'):
        x = x / (1 + (1 + x * x).sqrt()); halvings += 1
    term, total, k = x, D(0), 0
    while abs(term) > D(10) ** -58:
        total += term / (2 * k + 1) * (1 if k % 2 == 0 else -1); term *= x * x; k += 1
    return total * 2 ** halvings
def tail(t, v):
    t = D(t); cos2 = v / (v + t * t); sin = t / (v + t * t).sqrt()
    total, term = D(0), D(1)
    if v % 2 == 0:
        for k in range(v // 2):
            total += term; term *= cos2 * (2 * k + 1) / (2 * k + 2)
        inner = sin * total
    else:
        cos, term = cos2.sqrt(), cos2.sqrt()
        for k in range((v - 1) // 2):
            total += term; term *= cos2 * (2 * k + 2) / (2 * k + 3)
        inner = (arctan(t / D(v).sqrt()) + sin * total) * 2 / (4 * arctan(D(1)))
    return (1 - inner) / 2
print(json.dumps([float(tail(t, v)) for t, v in json.load(sys.stdin)]))
";

#[test]
fn tails_of_student_keep_twelve_digits() {
    let mut cases = Vec::new();
    for degrees in [1_u64, 2, 3, 4, 5, 9, 24, 29, 99, 198, 199, 200, 201, 1000, 9999] {
        for t in [-3.0, -0.5, 0.0, 0.01, 0.3, 1.0, 1.7, 2.5, 4.0, 8.0] {
            cases.push((t, degrees));
        }
    }
    let Some(expected) = oracle::evaluate(STUDENT, &json!(cases)) else { return };

    for ((t, degrees), expected) in cases.iter().zip(floats(&expected)) {
        assert_near(student_upper_tail(*t, *degrees), expected, 1e-12, &format!("t {t}, {degrees} degrees"));
    }
}

#[test]
fn known_critical_values_of_student_are_met() {
    // Table of the t distribution, one-sided 5 %, 2.5 % and 0.5 %.
    for (t, degrees, expected) in [(6.3138, 1, 0.05), (2.0639, 24, 0.025), (2.6259, 100, 0.005)] {
        assert_near(student_upper_tail(t, degrees), expected, 1e-4, "table");
    }
    assert!(student_upper_tail(1.0, 0).is_nan());
    assert!(student_upper_tail(f64::NAN, 5).is_nan());
}

#[test]
fn the_t_test_of_a_sample_is_the_one_done_by_hand() {
    // Mean 2, deviation sqrt(5/2): t = 2 / sqrt(1/2) with 4 degrees of freedom.
    let p = mean_p(&[0.0, 1.0, 2.0, 3.0, 4.0]).unwrap();

    assert_near(p, student_upper_tail(8.0_f64.sqrt(), 4), 1e-14, "t-test");
    assert_near(p, 0.023_710_327_792_159, 1e-12, "scipy ttest_1samp, greater");
}

#[test]
fn samples_that_show_nothing_have_no_p() {
    assert_eq!(mean_p(&[1.0]), Err(Undefined::TooFewTrades { needed: 2 }));
    assert_eq!(mean_p(&[]), Err(Undefined::TooFewTrades { needed: 2 }));
    assert_eq!(mean_p(&[0.1, 0.1, 0.1]), Err(Undefined::ZeroVariance));
    assert_eq!(SharpeSample::of(&[0.1, 0.1, 0.1]), Err(Undefined::ZeroVariance));
    assert_eq!(SharpeSample::of(&[2.0]), Err(Undefined::TooFewTrades { needed: 2 }));
}

#[test]
fn the_shape_of_a_sample_is_the_one_done_by_hand() {
    // 1, 1, 1, 5: mean 2, m2 = 3, m3 = 6, m4 = 21.
    let sample = SharpeSample::of(&[1.0, 1.0, 1.0, 5.0]).unwrap();

    assert_near(sample.sharpe, 1.0, 1e-15, "2 / 2");
    assert_near(sample.skewness, 6.0 / 27.0_f64.sqrt(), 1e-15, "skewness");
    assert_near(sample.kurtosis, 21.0 / 9.0, 1e-15, "kurtosis");
    assert_eq!(sample.n, 4);
}

#[test]
fn the_deflated_ratio_is_the_probabilistic_one_against_the_luckiest() {
    let sample = SharpeSample { sharpe: 0.2, n: 100, skewness: -0.5, kurtosis: 4.0 };
    let looked_at = [0.2, 0.05, -0.1, 0.0];
    // The variance of these four is 0.0475 / 3.
    let benchmark = dsr_benchmark(0.046_875 / 3.0, 4);

    assert_near(dsr(&sample, &looked_at).unwrap(), psr(&sample, benchmark).unwrap(), 1e-13, "dsr");
    assert!(dsr(&sample, &looked_at).unwrap() < psr(&sample, 0.0).unwrap());
    let two = psr(&sample, dsr_benchmark(0.02, 2)).unwrap();
    assert_near(dsr(&sample, &[0.2, 0.0]).unwrap(), two, 1e-13, "the variance of 0.2 and 0 is 0.02");
    assert_eq!(dsr(&sample, &[0.2]), psr(&sample, 0.0));
    assert_eq!(dsr(&sample, &[]), psr(&sample, 0.0));
}

#[test]
fn a_sharpe_ratio_without_a_distribution_has_no_probability() {
    assert_eq!(psr(&shape(0.1, 1, 0.0, 3.0), 0.0), Err(Undefined::TooFewTrades { needed: 2 }));
    assert_eq!(psr(&shape(1.0, 10, 3.0, 1.0), 0.0), Err(Undefined::ZeroVariance));
    assert_eq!(psr(&shape(0.25, 10, 4.0, 1.0), 0.0), Err(Undefined::ZeroVariance));
    assert_eq!(psr(&shape(0.3, 2, 0.0, 3.0), 0.3), Ok(0.5));
}

#[test]
fn the_benchmark_of_one_setup_is_nothing() {
    assert_eq!(dsr_benchmark(0.01, 0).to_bits(), 0);
    assert_eq!(dsr_benchmark(0.01, 1).to_bits(), 0);
    assert!(dsr_benchmark(0.01, 2) > 0.0);
}

#[test]
fn without_an_edge_ruin_is_certain_and_without_losses_it_never_comes() {
    assert_eq!(ruin(-1.0, 10.0, 1e9).to_bits(), 1.0_f64.to_bits());
    assert_eq!(ruin(1.0, 10.0, 0.0).to_bits(), 1.0_f64.to_bits());
    assert_eq!(ruin(1.0, 0.0, 10.0).to_bits(), 0.0_f64.to_bits());
    assert_eq!(ruin(0.0, 0.0, 10.0).to_bits(), 1.0_f64.to_bits());
    assert_eq!(ruin(1.0, 0.0, 0.0).to_bits(), 1.0_f64.to_bits());
    assert_near(ruin(1.0, 10.0, 100.0), (-2.0_f64).exp(), 1e-15, "exp(-2)");
}

#[test]
fn a_row_without_a_p_was_looked_at_as_well() {
    let alone = benjamini_hochberg(&rows(&[0.03]), 0.05);
    let among = benjamini_hochberg(&[Ok(0.03), Err(Undefined::NoTrades)], 0.05);

    assert!(alone[0].survives);
    assert!(benjamini_hochberg(&rows(&[0.05]), 0.05)[0].survives);
    assert!(!among[0].survives);
    assert_eq!(
        (among[0].adjusted.to_bits(), among[1].adjusted.to_bits()),
        (0.06_f64.to_bits(), 1.0_f64.to_bits())
    );
}

fn trades(rows: &[(i64, i64)]) -> Vec<DayTrade> {
    rows.iter()
        .map(|(day, cents)| DayTrade {
            day: *day,
            net: Decimal::from_scaled(i128::from(*cents), 2).unwrap().into(),
        })
        .collect()
}

const BLOCKS: &str = "
import json, sys
from fractions import Fraction as F
from oracle_metrics import splitmix, quantile, s
document = json.load(sys.stdin)
days = {}
for day, cents in document['trades']:
    days.setdefault(day, []).append(F(cents, 100))
days = [days[day] for day in sorted(days)]
rng, n, draws = splitmix(document['seed']), len(days), document['draws']
every = [x for day in days for x in day]
mean = sum(every) / len(every)
means = []
for _ in range(draws):
    drawn = [x for day in [days[(next(rng) * n) >> 64] for _ in range(n)] for x in day]
    means.append(sum(drawn) / len(drawn))
print(json.dumps({'mean': s(mean), 'low': s(quantile(means, F(1, 40))), 'high': s(quantile(means, F(39, 40))),
                  'p': float(F(1 + sum(m - mean >= mean for m in means), draws + 1))}))
";

#[test]
fn resampled_days_agree_with_a_plain_program() {
    let many =
        (0..60).map(|index| (20_000 + (index * index) % 17, (index * 7_919) % 9_001 - 3_900)).collect();
    // Of two days, a quarter of the draws has exactly twice the mean.
    let few = vec![(1, 400), (2, 0)];
    for (rows, draws) in [(many, 333), (few, 40)] {
        let rows: Vec<(i64, i64)> = rows;
        let options = Options { bootstrap_draws: draws, seed: 7, ..Options::default() };
        let document = json!({"trades": rows, "seed": 7, "draws": draws});
        let Some(expected) = oracle::evaluate(BLOCKS, &document) else { return };

        let found = day_block_expectancy(&trades(&rows), &options).unwrap();

        assert_eq!(json!(found.value.to_string()), expected["mean"]);
        assert_eq!(json!(found.low.unwrap().to_string()), expected["low"]);
        assert_eq!(json!(found.high.unwrap().to_string()), expected["high"]);
        assert_eq!(found.n, u64::try_from(rows.len()).unwrap());
        let p = day_block_p(&trades(&rows), &options).unwrap();
        assert_eq!(p.to_bits(), float(&expected["p"]).to_bits());
    }
}

#[test]
fn a_day_is_drawn_as_a_whole() {
    // Two trades a day that cancel: no draw of whole days has another mean than 0.
    let rows: Vec<(i64, i64)> =
        (0..20).map(|index| (index / 2, if index % 2 == 0 { 500 } else { -500 })).collect();

    let found = day_block_expectancy(&trades(&rows), &Options::default()).unwrap();

    assert_eq!((found.low, found.high), (Some(Fraction::ZERO), Some(Fraction::ZERO)));
    assert_eq!(day_block_p(&trades(&rows), &Options::default()), Err(Undefined::ZeroVariance));
}

#[test]
fn where_no_days_can_be_drawn_there_is_no_interval_and_no_p() {
    let one_day = trades(&[(1, 100), (1, 300)]);
    let none = Options { bootstrap_draws: 0, ..Options::default() };

    let found = day_block_expectancy(&one_day, &Options::default()).unwrap();

    assert_eq!((found.value, found.low, found.high, found.n), (Fraction::from(2), None, None, 2));
    assert_eq!(day_block_p(&one_day, &Options::default()), Err(Undefined::TooFewSessions { needed: 2 }));
    assert_eq!(
        day_block_p(&trades(&[(1, 100), (2, 300)]), &none),
        Err(Undefined::TooFewTrades { needed: 2 })
    );
    assert_eq!(day_block_p(&[], &Options::default()), Err(Undefined::NoTrades));
    assert_eq!(day_block_expectancy(&[], &Options::default()), Err(Undefined::NoTrades));
}

#[test]
fn sums_beyond_128_bits_are_refused() {
    let p = |amount: &str| {
        let net: Fraction = amount.parse().unwrap();
        let mut rows: Vec<DayTrade> = (0..100).map(|day| DayTrade { day, net: net.clone() }).collect();
        rows.push(DayTrade { day: 100, net: Fraction::from(1) });
        day_block_p(&rows, &Options { bootstrap_draws: 10, ..Options::default() })
    };

    assert_eq!(p(&format!("1{}", "0".repeat(36))), Err(Undefined::TooManyDigits));
    // Twice the sum of 101 such days times 101 trades has to stay below 2^127, about 1.7e38.
    assert_eq!(p(&format!("1{}", "0".repeat(34))), Err(Undefined::TooManyDigits));
    assert!(p(&format!("8{}", "0".repeat(33))).is_ok());
}

#[test]
fn amounts_without_a_finite_decimal_are_drawn_as_well() {
    let third = |day, text: &str| DayTrade { day, net: text.parse().unwrap() };

    let found = day_block_expectancy(&[third(1, "1/3"), third(2, "-1/7")], &Options::default()).unwrap();

    assert_eq!(found.value.to_string(), "2/21");
    assert_eq!((found.low, found.high), (Some("-1/7".parse().unwrap()), Some("1/3".parse().unwrap())));
}

/// `count` trades, one a day, around `mean` cents.
fn sample(mean: i64, count: i64) -> Vec<DayTrade> {
    let rows: Vec<(i64, i64)> = (0..count).map(|day| (day, mean + (day * 37 % 101 - 50) * 100)).collect();
    trades(&rows)
}

#[test]
fn only_what_survives_among_all_rows_is_called_best() {
    let (good, fair, poor, few) =
        (sample(1_200, 100), sample(600, 100), sample(-300, 100), trades(&[(1, 9_000), (2, 2_000)]));
    let setup = |trades, hidden| Setup { trades, hidden };
    let shown = [setup(&poor, false), setup(&good, false), setup(&few, false), setup(&fair, false)];

    let ranking = rank_setups(&shown, &RankingOptions::default());

    let order: Vec<usize> = ranking.rows.iter().map(|row| row.setup).collect();
    assert_eq!(order, [2, 1, 3, 0]);
    let chance: Vec<bool> = ranking.rows.iter().map(|row| row.may_be_chance).collect();
    assert_eq!(chance, [true, false, false, true]);
    assert_eq!(ranking.best, Some(1));
}

#[test]
fn rows_filtered_away_still_count() {
    let fair = sample(620, 100);
    let noise: Vec<Vec<DayTrade>> = (0..9).map(|index| sample(-index * 10, 100)).collect();
    let alone = [Setup { trades: &fair, hidden: false }];
    let mut among = alone.to_vec();
    among.extend(noise.iter().map(|trades| Setup { trades, hidden: true }));

    let (alone, among) =
        (rank_setups(&alone, &RankingOptions::default()), rank_setups(&among, &RankingOptions::default()));

    assert_eq!(alone.best, Some(0));
    assert_eq!(among.best, None);
    assert_eq!(alone.rows[0].p_student, among.rows[0].p_student);
    assert_near(among.rows[0].adjusted_p, 10.0 * alone.rows[0].adjusted_p, 1e-12, "ten rows");
}

#[test]
fn a_hidden_row_is_not_called_best() {
    let (good, fair) = (sample(1_500, 100), sample(1_000, 100));
    let rows = [Setup { trades: &good, hidden: true }, Setup { trades: &fair, hidden: false }];

    assert_eq!(rank_setups(&rows, &RankingOptions::default()).best, Some(1));
}

#[test]
fn the_bootstrap_decides_when_asked_to() {
    // Ten like trades a day: the t-test takes them for ten facts, the bootstrap for one.
    let days = [500, 400, -300, 200, -250, 350, -100, 50];
    let rows: Vec<(i64, i64)> =
        (0..).zip(days).flat_map(|(day, cents)| (0..10).map(move |index| (day, cents + index))).collect();
    let dependent = trades(&rows);
    let setups = [Setup { trades: &dependent, hidden: false }];
    let blocks = RankingOptions { test: Test::DayBlocks, ..RankingOptions::default() };

    assert!(!rank_setups(&setups, &RankingOptions::default()).rows[0].may_be_chance);
    let row = &rank_setups(&setups, &blocks).rows[0];
    assert!(row.may_be_chance);
    assert_eq!(row.adjusted_p.to_bits(), row.p_day_blocks.unwrap().to_bits());
}

#[test]
fn a_setup_without_trades_comes_last() {
    let poor = sample(-300, 20);
    let rows = [Setup { trades: &[], hidden: false }, Setup { trades: &poor, hidden: false }];

    let ranking = rank_setups(&rows, &RankingOptions::default());

    assert_eq!(ranking.rows[1].setup, 0);
    assert_eq!(ranking.rows[1].expectancy, Err(Undefined::NoTrades));
    assert_eq!(rank_setups(&[], &RankingOptions::default()).best, None);
}

proptest! {
    #[test]
    fn adjusted_p_values_keep_the_order_and_never_shrink(p in proptest::collection::vec(0.0_f64..=1.0, 0..40)) {
        let found = benjamini_hochberg(&rows(&p), 0.1);

        prop_assert_eq!(found.len(), p.len());
        for (one, first) in found.iter().zip(&p) {
            // p x m / m may be off by its last digit.
            prop_assert!(one.adjusted >= *first * (1.0 - 1e-15) && one.adjusted <= 1.0);
            prop_assert_eq!(one.survives, one.adjusted <= 0.1);
            for (other, second) in found.iter().zip(&p) {
                prop_assert!(first > second || one.adjusted <= other.adjusted);
            }
        }
    }

    #[test]
    fn more_rows_never_help(p in proptest::collection::vec(0.0_f64..=1.0, 1..20)) {
        let among: Vec<f64> = p.iter().copied().chain([1.0]).collect();

        for (one, other) in benjamini_hochberg(&rows(&p), 0.1).iter().zip(benjamini_hochberg(&rows(&among), 0.1)) {
            prop_assert!(one.adjusted <= other.adjusted);
        }
    }

    #[test]
    fn the_quantile_undoes_the_distribution(x in -6.0_f64..6.0) {
        prop_assert!((normal_quantile(normal_cdf(x)) - x).abs() < 1e-7);
        prop_assert!((normal_cdf(x) + normal_cdf(-x) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn ruin_shrinks_with_capital(mean in 0.01_f64..10.0, deviation in 0.1_f64..100.0, capital in 0.1_f64..1e4) {
        prop_assert!(ruin(mean, deviation, capital) >= ruin(mean, deviation, capital * 1.5));
    }

    #[test]
    fn the_order_of_trades_does_not_matter(nets in proptest::collection::vec((0_i64..6, -500_i64..500), 2..30)) {
        let options = Options { bootstrap_draws: 40, ..Options::default() };
        let mut turned = nets.clone();
        turned.reverse();

        prop_assert_eq!(day_block_expectancy(&trades(&nets), &options), day_block_expectancy(&trades(&turned), &options));
        prop_assert_eq!(day_block_p(&trades(&nets), &options), day_block_p(&trades(&turned), &options));
    }
}
