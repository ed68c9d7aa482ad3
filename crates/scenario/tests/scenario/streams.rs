//! Generated streams with duplicates, corrections, busts, splits and cash in shuffled order agree with the reference.

use scenario::Scenario;
use serde_json::{Value, json};

use crate::{METHODS, oracle};

/// Compares `seeds` streams of `fills` each, with noise and without, under every method.
fn streams_agree(test: &str, seeds: std::ops::Range<u64>, fills: usize, places: Option<u32>) {
    let Some(programs) = oracle::programs() else { return };
    for seed in seeds {
        for noise in [false, true] {
            let name = format!("{test}-{seed}-{noise}");
            let [fills, seed] = [fills.to_string(), seed.to_string()];
            let mut arguments = vec!["--accounts", "2", "--symbols", "5", "--fills", &fills, "--seed", &seed];
            arguments.extend(noise.then_some("--noise"));
            let mut document = oracle::generate(&programs, &name, &arguments);
            document["config"]["fee_dp"] = json!(places);
            let scenario = Scenario::read(&document).unwrap();
            for (method, method_name) in METHODS {
                let statement = scenario.settle(method).unwrap();
                let rows = scenario.rows(&statement, "all").unwrap().to_string();
                let rows: Value = serde_json::from_str(&rows).unwrap();

                let reference = oracle::evaluate(&programs, &name, &document, method_name);

                for what in ["trips", "legs", "open", "issues"] {
                    assert!(rows[what] == reference[what], "{name} {method_name}: {what} differ");
                }
            }
        }
    }
}

#[test]
fn streams_agree_with_exact_fee_parts() {
    streams_agree("exact", 1..4, 500, None);
}

#[test]
fn streams_agree_with_fee_parts_in_cents() {
    streams_agree("cents", 4..6, 500, Some(2));
}
