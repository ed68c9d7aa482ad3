//! Random streams, with duplicates, corrections and busts in shuffled order, agree with the reference row by row.

use std::path::Path;

use ledger::{FeeRounding, Method};
use serde_json::{Value, json};

use crate::{oracle, scenario};

const SEEDS: [&str; 3] = ["1", "7", "2024"];

/// A stream of the generator without what this crate does not handle yet: splits and cash.
fn stream(programs: &Path, name: &str, seed: &str, noise: bool) -> Value {
    let mut arguments = vec!["--accounts", "2", "--symbols", "5", "--fills", "500", "--seed", seed];
    arguments.extend(noise.then_some("--noise"));
    let mut document = oracle::generate(programs, name, &arguments);
    document["fills"]
        .as_array_mut()
        .unwrap()
        .retain(|event| !matches!(event["kind"].as_str(), Some("split" | "cash")));
    document
}

fn agrees(test: &str, places: Option<u32>, (method, method_name): (Method, &str), rounding: FeeRounding) {
    let Some(programs) = oracle::programs() else { return };
    for seed in SEEDS {
        for noise in [false, true] {
            let name = format!("{test}-{seed}-{noise}");
            let mut document = stream(&programs, &name, seed, noise);
            document["config"]["fee_dp"] = json!(places);

            let rows = scenario::run(&document, method, rounding);

            assert!(rows.trips.len() > 80 && rows.legs.len() > 250, "a stream without substance: {name}");
            let reference = oracle::evaluate(&programs, &name, &document, method_name);
            assert!(rows == scenario::expected(&reference), "{name} differs");
        }
    }
}

#[test]
fn streams_agree_with_exact_fee_parts() {
    agrees("exact", None, (Method::Fifo, "fifo"), FeeRounding::Exact);
}

#[test]
fn streams_agree_with_fee_parts_in_cents() {
    agrees("cents", Some(2), (Method::Fifo, "fifo"), FeeRounding::Places(2));
}

#[test]
fn streams_agree_with_fee_parts_of_at_least_eight_decimals() {
    agrees("eight", Some(8), (Method::Fifo, "fifo"), FeeRounding::AtLeast(8));
}

#[test]
fn streams_agree_last_in_first_out() {
    agrees("lifo", Some(8), (Method::Lifo, "lifo"), FeeRounding::Places(8));
}
