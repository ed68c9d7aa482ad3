//! The stored scenarios of the reference, every field of every row.

use crate::oracle;

use super::rows::{printed, transactions};

#[test]
fn every_tax_scenario_agrees() {
    let Some(folder) = oracle::vectors() else { return };
    let scenarios =
        ["23_us_wash_pub550", "24_us_wash_1091_2", "26_us_rewash_chain", "27_uk_same_day", "28_uk_30_day"];

    for scenario in scenarios {
        let document = oracle::read(&folder.join(format!("{scenario}.json")));

        let rows = printed(document["tax"].as_str().unwrap(), &transactions(&document)).unwrap();

        assert_eq!(rows, document["expected"], "{scenario}");
    }
}
