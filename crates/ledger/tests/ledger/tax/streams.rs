//! Random streams agree with the reference, every field of every row.

use serde_json::{Value, json};

use crate::oracle;

use super::rows::{printed, transactions};

/// `SplitMix64` (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    /// A number from 0 to below `bound`.
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// Purchases and sales up to `gap` days apart that never sell more than is held; half of them lose money.
fn stream(seed: u64, count: usize, gap: u64) -> Value {
    let mut random = Random(seed);
    let (mut day, mut held, mut price) = (19_000, 0, 2_000);
    let mut fills = Vec::new();
    for index in 0..count {
        day += random.below(gap + 1);
        price = (price + random.below(201)).saturating_sub(100).max(100);
        let sells = held > 0 && random.below(2) == 0;
        let quantity = if sells { 1 + random.below(held) } else { 1 + random.below(30) };
        held = if sells { held - quantity } else { held + quantity };
        let date = ledger::Day(i32::try_from(day).unwrap());
        fills.push(json!({
            "id": format!("E{index:04}"),
            "symbol": "X",
            "ts": format!("{date}T{:02}:{:02}:00Z", index / 60, index % 60),
            "side": if sells { "sell" } else { "buy" },
            "qty": format!("{}.{}", quantity / 10, quantity % 10),
            "price": format!("{}.{:02}", price / 100, price % 100),
            "fee": format!("0.{:02}", random.below(100)),
        }));
    }
    json!({ "fills": fills })
}

fn streams_agree(view: &str) {
    let Some(programs) = oracle::programs() else { return };
    for (seed, gap) in (1..).zip([0, 1, 2, 3, 5, 8, 13, 20, 31, 60, 200, 400]) {
        let document = stream(seed, 90, gap);

        let rows = printed(view, &transactions(&document)).unwrap();

        assert!(
            rows["disposals"].as_array().unwrap().len() > if gap == 0 { 0 } else { 10 },
            "too few: {seed}"
        );
        let expected = oracle::evaluate_tax(&programs, &format!("tax-{seed}"), &document, view);
        assert!(rows == expected, "seed {seed} differs");
    }
}

#[test]
fn streams_agree_on_wash_sales() {
    streams_agree("us");
}

#[test]
fn streams_agree_on_share_matching() {
    streams_agree("uk");
}
