//! What is exported is read again, to the last digit, whatever text the fills hold.

use crate::read;
use formats::export::{FILLS_HEADER, FillLine};
use proptest::prelude::*;

/// A fill as text.
#[derive(Clone, Debug)]
struct Fill {
    symbol: String,
    side: &'static str,
    numbers: [String; 5],
    id: String,
    second: u32,
}

fn decimal(signed: bool) -> impl Strategy<Value = String> {
    (any::<bool>(), 1..10_000_000_u64, 0..10_u32).prop_map(move |(minus, digits, scale)| {
        let minus = if signed && minus { "-" } else { "" };
        let digits = format!("{digits:0>width$}", width = scale as usize + 1);
        let (whole, part) = digits.split_at(digits.len() - scale as usize);
        if part.is_empty() { format!("{minus}{whole}") } else { format!("{minus}{whole}.{part}") }
    })
}

fn fill() -> impl Strategy<Value = Fill> {
    let risky = "['=+@-]{0,3}[A-Z,\"][A-Z0-9=+@'.;|,\"-]{0,12}[A-Z0-9'\"]";
    (
        risky,
        any::<bool>(),
        [decimal(false), decimal(true), decimal(true), decimal(true), decimal(false)],
        risky,
        0..86_400_u32,
    )
        .prop_map(|(symbol, buys, numbers, id, second)| Fill {
            symbol,
            side: if buys { "buy" } else { "sell" },
            numbers,
            id,
            second,
        })
}

fn csv(fills: &[Fill]) -> String {
    let mut file = FILLS_HEADER.to_owned();
    for fill in fills {
        let (hour, minute, second) = (fill.second / 3600, fill.second / 60 % 60, fill.second % 60);
        let timestamp = format!("2026-01-05T{hour:02}:{minute:02}:{second:02}.000001Z");
        let [quantity, price, commission, fees, multiplier] = &fill.numbers;
        let line = FillLine {
            timestamp: &timestamp,
            symbol: &fill.symbol,
            side: fill.side,
            quantity,
            price,
            commission,
            fees,
            currency: "USD",
            multiplier,
            execution_id: &fill.id,
        };
        line.write_to(&mut file);
    }
    file
}

fn value(text: &str) -> ledger::Decimal {
    ledger::Decimal::from_str_exact(text).unwrap()
}

/// Ten thousand rows in the long form.
fn cases() -> u32 {
    if std::env::var_os("LONG_TESTS").is_some() { 400 } else { 16 }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn an_import_of_an_export_is_what_was_exported(fills in prop::collection::vec(fill(), 1..50)) {
        let file = csv(&fills);

        let (report, collected) = read(&file);

        prop_assert_eq!(report.rows.read, fills.len() as u64, "{}\n{:?}", file, collected.diagnostics);
        for (read, fill) in collected.fills.iter().zip(&fills) {
            prop_assert_eq!(&read.symbol, &fill.symbol);
            prop_assert_eq!(&read.execution_id, &fill.id);
            prop_assert_eq!(read.side == ledger::Side::Buy, fill.side == "buy");
            let numbers = [read.quantity, read.price, read.commission, read.fees, read.multiplier];
            prop_assert_eq!(numbers, fill.numbers.each_ref().map(|text| value(text)));
        }
        for line in file.lines().skip(1) {
            let symbol = line.split(',').nth(1).unwrap_or_default();
            let shown = symbol.strip_prefix('"').unwrap_or(symbol);
            prop_assert!(!shown.starts_with(['=', '+', '-', '@']), "{}", line);
        }
    }
}
