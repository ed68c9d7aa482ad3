//! The stored scenarios of the reference pass exactly, rational results included.

use scenario::Scenario;
use serde_json::Value;

use crate::{METHODS, agrees, oracle};

#[test]
fn every_stored_scenario_agrees_under_every_method() {
    let Some(folder) = oracle::vectors() else { return };
    let mut compared = 0;
    for path in oracle::scenarios(&folder) {
        let document = oracle::read(&path);
        if document["tax"].is_string() {
            continue;
        }
        let scenario = Scenario::read(&document).unwrap();
        for (method, name) in METHODS {
            let statement = scenario.settle(method).unwrap();
            for what in ["trips", "legs", "open", "issues", "metrics", "daily", "excursion"] {
                if document["expected"][name][what].is_null() {
                    continue;
                }
                let rows: Value =
                    serde_json::from_str(&scenario.rows(&statement, what).unwrap().to_string()).unwrap();

                let expected = &document["expected"][name][what];
                assert!(
                    agrees(&rows, expected),
                    "{} {name} {what}: {rows:#} is not {expected:#}",
                    path.display()
                );
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 32 * 3 * 5 + 2 * 3, "every scenario, method and kind of row");
}
