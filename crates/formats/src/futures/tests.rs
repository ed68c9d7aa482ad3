use super::*;
use crate::TimeSource;

fn traded() -> Moment {
    // 2026-04-09
    let at = ledger::Timestamp(1_775_736_000_000_000_000);
    Moment { at, text: String::new(), source: TimeSource::Utc, doubt: None, date_only: false }
}

fn number(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

#[test]
fn contracts_are_found_in_every_way_of_writing_them() {
    for (symbol, root) in [
        ("MNQU6", "MNQ"),
        ("MES 09-26", "MES"),
        ("MES JUN26", "MES"),
        ("CON.F.US.MES.U25", "MES"),
        ("F.US.MESM26", "MES"),
        ("CME_MINI:MNQH2026", "MNQ"),
        ("CME_MINI:MES1!", "MES"),
        ("MNQH26_FUT_CME", "MNQ"),
        ("ESM26.CME", "ES"),
    ] {
        let found = contract(symbol, Date::constant(2026, 4, 9)).map(|contract| contract.root);
        assert_eq!(found, Some(root), "{symbol}");
    }
    for symbol in ["NASDAQ:WCT", "FX_IDC:EURUSD", "XYZ 09-26", "!", ""] {
        assert_eq!(contract(symbol, Date::constant(2026, 4, 9)), None, "{symbol}");
    }
}

#[test]
fn what_a_point_is_worth_comes_from_the_table_the_profit_or_not_at_all() {
    let stated = Some((number("3"), number("75")));
    let read = |symbol, stated| {
        terms("symbol", symbol, &traded(), stated, "USD")
            .map(|terms| (terms.class, terms.multiplier.to_string(), terms.source, terms.currency))
    };

    for (symbol, stated, class, multiplier, source, currency) in [
        ("MESM6", stated, AssetClass::Future, "5", MultiplierSource::Table, "USD"),
        ("XYZM6", stated, AssetClass::Future, "25", MultiplierSource::Derived, "USD"),
        ("NASDAQ:WCT", stated, AssetClass::Stock, "1", MultiplierSource::Usual, "USD"),
        ("FX_IDC:USDJPY", None, AssetClass::Forex, "1", MultiplierSource::Usual, "JPY"),
        ("BINANCE:BTCUSDT", None, AssetClass::Crypto, "1", MultiplierSource::Usual, "USDT"),
    ] {
        let expected = (class, multiplier.to_owned(), source, currency.to_owned());
        assert_eq!(read(symbol, stated).unwrap(), expected, "{symbol}");
    }
    assert_eq!(read("XYZM6", None).unwrap_err().code, "unknown-contract");
    assert_eq!(future_terms("symbol", "AAPL", &traded(), None, "USD").unwrap_err().code, "unknown-contract");
    assert_eq!(terms("symbol", "AAPL", &traded(), None, "??").unwrap_err().code, "bad-currency");
}
