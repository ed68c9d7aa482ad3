//! The stored scenarios of the reference pass exactly, rational results included.

use ledger::Method;

use crate::{oracle, scenario};

const SCENARIOS: [&str; 22] = [
    "01_simple_long",
    "02_scale_in_out",
    "03_flip_through_zero",
    "04_short_scale",
    "05_same_timestamp",
    "06a_before_late_fill",
    "06b_after_late_fill",
    "07_dup_correct_bust",
    "08_futures_multiplier",
    "13_eighteen_decimals",
    "14a_fee_thirds_exact",
    "14b_fee_thirds_cents",
    "15_breakeven",
    "16a_no_trades",
    "16b_single_win",
    "16c_single_loss",
    "16d_zero_variance",
    "16e_all_breakeven",
    "17_metrics_fixture",
    "18_excursion",
    "19_negative_price",
    "30_random_clean",
];

fn every_scenario_agrees(method: Method, name: &str) {
    let Some(folder) = oracle::vectors() else { return };
    for scenario in SCENARIOS {
        let document = oracle::read(&folder.join(format!("{scenario}.json")));

        let rows = scenario::run(&document, method, scenario::fee_rounding(&document));

        assert_eq!(rows, scenario::expected(&document["expected"][name]), "{scenario}");
    }
}

#[test]
fn every_scenario_agrees_first_in_first_out() {
    every_scenario_agrees(Method::Fifo, "fifo");
}

#[test]
fn every_scenario_agrees_last_in_first_out() {
    every_scenario_agrees(Method::Lifo, "lifo");
}
