use super::{futures::Future, *};
use ledger::Right;

const TRADED: Date = Date::constant(2026, 4, 9);

#[test]
fn futures_are_read_in_every_way() {
    for (symbol, root, year, month) in [
        ("ESH6", "ES", 2026, 3),
        ("MNQM26", "MNQ", 2026, 6),
        ("MNQZ2026", "MNQ", 2026, 12),
        ("/NQM26", "NQ", 2026, 6),
        ("/ESM26:XCME", "ES", 2026, 6),
        ("6EU6", "6E", 2026, 9),
        ("M6EU6", "M6E", 2026, 9),
        ("CLZ5", "CL", 2025, 12),
        ("CLZ4", "CL", 2034, 12),
        ("MES 09-26", "MES", 2026, 9),
        ("MES JUN26", "MES", 2026, 6),
        ("CON.F.US.MES.U25", "MES", 2025, 9),
    ] {
        let expected = Future { root: root.to_owned(), month, year };
        assert_eq!(future(symbol, TRADED), Some(expected), "{symbol}");
    }
    for symbol in ["AAPL", "ES", "ESA6", "H6", "", "GER40", "US30", "BRK.B", "MES 13-26", "é6"] {
        assert_eq!(future(symbol, TRADED), None, "{symbol}");
    }
}

#[test]
fn options_are_read_in_every_way() {
    for (symbol, expected) in [
        ("SPY   260320C00580000", "SPY 2026-03-20 Call 580"),
        ("SPY251114C00672000", "SPY 2025-11-14 Call 672"),
        ("VXX   110917C00005000", "VXX 2011-09-17 Call 5"),
        (".SPY260320C580", "SPY 2026-03-20 Call 580"),
        (".SPXW260320P5812.5", "SPXW 2026-03-20 Put 5812.5"),
        ("SPY 20MAR26 580 C", "SPY 2026-03-20 Call 580"),
        ("MOH 1/15/2027 Call $200.00", "MOH 2027-01-15 Call 200"),
        ("SPY 03/20/2026 580.00 C", "SPY 2026-03-20 Call 580"),
        ("-NVDA260710P195", "NVDA 2026-07-10 Put 195"),
        ("SYM 240119C150", "SYM 2024-01-19 Call 150"),
    ] {
        let terms = option(symbol).unwrap_or_else(|| panic!("{symbol}"));
        let right = if terms.right == Right::Call { "Call" } else { "Put" };
        let read = format!("{} {} {right} {}", terms.underlying, terms.expiry, terms.strike);
        assert_eq!(read, expected, "{symbol}");
    }
    for symbol in
        ["AAPL", "ESH6", "EURUSD", "SPY 260231C580", "SPY   260320X00580000", "BTC-26JUN26", "12345678"]
    {
        assert_eq!(option(symbol), None, "{symbol}");
    }
}

#[test]
fn pairs_are_read_with_the_usual_codes() {
    for (symbol, base, quote) in [
        ("EURUSD", "EUR", "USD"),
        ("EUR.USD", "EUR", "USD"),
        ("BTC-USD", "BTC", "USD"),
        ("XBT/USD", "BTC", "USD"),
        ("ETHUSDT", "ETH", "USDT"),
        ("XDG/EUR", "DOGE", "EUR"),
    ] {
        assert_eq!(pair(symbol), Some((base.to_owned(), quote.to_owned())), "{symbol}");
    }
    for symbol in ["AAPL", "BRK.B", "USD", ""] {
        assert_eq!(pair(symbol), None, "{symbol}");
    }
    assert_eq!(kraken_pair("XXBTZEUR"), Some(("BTC".to_owned(), "EUR".to_owned())));
    assert_eq!(kraken_pair("ALGO/EUR"), Some(("ALGO".to_owned(), "EUR".to_owned())));
    assert_eq!(kraken_pair("XBTUSDT"), Some(("BTC".to_owned(), "USDT".to_owned())));
}

#[test]
fn what_brokers_put_behind_symbols_comes_off() {
    for (symbol, expected) in [
        ("EURUSD.x", "EURUSD"),
        ("GER40+", "GER40"),
        ("XAUUSDm", "XAUUSD"),
        ("EURUSD.pro", "EURUSD"),
        ("EURUSD", "EURUSD"),
        ("BRK.B", "BRK.B"),
    ] {
        assert_eq!(without_broker_suffix(symbol), expected, "{symbol}");
    }
}

#[test]
fn multipliers_are_derived_exactly_or_not_at_all() {
    let number = |text| Decimal::from_str_exact(text).unwrap();
    let derived = |value, points, quantity| {
        derived_multiplier(number(value), number(points), number(quantity))
            .map(|multiplier| multiplier.to_string())
    };
    assert_eq!(derived("285317.50", "28531.75", "5").as_deref(), Some("2"));
    assert_eq!(derived("-12.50", "-1.25", "5").as_deref(), Some("2"));
    assert_eq!(derived("10", "3", "1"), None);
    assert_eq!(derived("-10", "1", "1"), None);
    assert_eq!(derived("10", "0", "1"), None);
}
