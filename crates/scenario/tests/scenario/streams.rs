//! Generated streams with duplicates, corrections, busts, splits and cash in shuffled order agree with the reference.

use std::ops::Range;

use ledger::Method;
use scenario::Scenario;
use serde_json::{Value, json};

use crate::{METHODS, agrees, oracle};

/// What streams are generated and compared.
struct Streams<'a> {
    name: &'a str,
    seeds: Range<u64>,
    /// With trouble in them, without, or both.
    noises: &'a [bool],
    /// Arguments of the generator.
    shape: &'a [&'a str],
    /// The decimals of parts of a fee.
    places: Option<u32>,
    methods: &'a [(Method, &'a str)],
    /// Whether the figures are compared beside the rows.
    figures: bool,
}

impl Streams<'_> {
    fn agree(&self) {
        let Some(programs) = oracle::programs() else { return };
        for seed in self.seeds.clone() {
            for &noise in self.noises {
                let name = format!("{}-{seed}-{noise}", self.name);
                let seed = seed.to_string();
                let mut arguments = self.shape.to_vec();
                arguments.extend(["--seed", &seed]);
                arguments.extend(noise.then_some("--noise"));
                let mut document = oracle::generate(&programs, &name, &arguments);
                document["config"]["fee_dp"] = json!(self.places);
                let scenario = Scenario::read(&document).unwrap();
                for &(method, method_name) in self.methods {
                    let statement = scenario.settle(method).unwrap();

                    let evaluate = if self.figures { oracle::evaluate } else { oracle::match_only };
                    let reference = evaluate(&programs, &name, &document, method_name);

                    let figures = self.figures.then_some("metrics");
                    for what in ["trips", "legs", "open", "issues"].into_iter().chain(figures) {
                        let rows = scenario.rows(&statement, what).unwrap().to_string();
                        let rows: Value = serde_json::from_str(&rows).unwrap();
                        assert!(agrees(&rows, &reference[what]), "{name} {method_name}: {what} differ");
                    }
                }
            }
        }
    }
}

/// Runs what takes minutes only when asked to.
fn long() -> bool {
    let long = crate::long();
    if !long {
        eprintln!("skipped: runs with cargo dev test --long");
    }
    long
}

const SHORT: Streams<'_> = Streams {
    name: "exact",
    seeds: 1..4,
    noises: &[false, true],
    shape: &["--accounts", "2", "--symbols", "5", "--fills", "500"],
    places: None,
    methods: &METHODS,
    figures: true,
};

#[test]
fn streams_agree_with_exact_fee_parts() {
    SHORT.agree();
}

#[test]
fn streams_agree_with_fee_parts_in_cents() {
    Streams { name: "cents", seeds: 4..6, places: Some(2), ..SHORT }.agree();
}

#[test]
fn twenty_noisy_streams_of_twenty_thousand_fills_agree() {
    if long() {
        let shape = &["--accounts", "3", "--symbols", "6", "--fills", "20000"];
        Streams { name: "long", seeds: 100..120, noises: &[true], shape, ..SHORT }.agree();
    }
}

#[test]
fn a_noisy_stream_of_a_million_fills_agrees() {
    if long() {
        let shape = &["--accounts", "10", "--symbols", "100", "--fills", "1000000"];
        let methods = &METHODS[..1];
        let noises = &[true];
        Streams { name: "million", seeds: 1..2, noises, shape, methods, figures: false, ..SHORT }.agree();
    }
}
