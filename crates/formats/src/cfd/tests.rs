use super::*;

fn number(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

#[test]
fn symbols_tell_class_lot_and_quote() {
    for (symbol, class, size, quote) in [
        ("EURUSD", AssetClass::Forex, "100000", Some("USD")),
        ("eurusd", AssetClass::Forex, "100000", Some("USD")),
        ("GBPJPY+", AssetClass::Forex, "100000", Some("JPY")),
        ("USDCADm", AssetClass::Forex, "100000", Some("CAD")),
        ("EUR/USD", AssetClass::Forex, "100000", Some("USD")),
        ("EURUSD.x", AssetClass::Forex, "100000", Some("USD")),
        ("XAUUSD.pro", AssetClass::Cfd, "100", Some("USD")),
        ("XAGEUR", AssetClass::Cfd, "5000", Some("EUR")),
        ("#BTCUSD", AssetClass::Crypto, "1", Some("USD")),
        ("BTCUSDT", AssetClass::Crypto, "1", Some("USDT")),
        ("GER40", AssetClass::Cfd, "1", Some("EUR")),
        ("GER40.cash", AssetClass::Cfd, "1", Some("EUR")),
        ("US30m", AssetClass::Cfd, "1", Some("USD")),
        ("SBUX.NAS", AssetClass::Cfd, "1", None),
        ("", AssetClass::Cfd, "1", None),
    ] {
        let lot = Lot::of(symbol);

        assert_eq!((lot.class, lot.size, lot.quote.as_deref()), (class, number(size), quote), "{symbol}");
        assert_eq!(lot.source, MultiplierSource::Usual, "{symbol}");
    }
}

#[test]
fn a_profit_in_the_accounts_currency_shows_the_brokers_lot_and_no_other_does() {
    for (symbol, account, points, pnl, size) in [
        // The usual lot gives the profit, to the cent.
        ("EURUSD", "USD", "0.00111", "111.00", "100000"),
        ("EURUSD", "USD", "0.000111", "11.10", "100000"),
        // A mini account.
        ("EURUSD", "USD", "0.00111", "11.10", "10000"),
        ("US30", "USD", "-20", "-200", "10"),
        ("US30", "USD", "20", "2.00", "0.1"),
        // Another currency, a profit that is no power of ten of the points, and one too small to tell.
        ("EURUSD", "EUR", "0.00111", "11.10", "100000"),
        ("US30", "USD", "20", "25", "1"),
        ("US30", "USD", "0.5", "0.05", "1"),
    ] {
        let lot = Lot::of(symbol).sized_by(account, number(points), number(pnl));

        assert_eq!(lot.size, number(size), "{symbol} {account} {points} {pnl}");
        assert_eq!(
            lot.source == MultiplierSource::Derived,
            size != Lot::of(symbol).size.to_string(),
            "{symbol} {pnl}"
        );
    }
}

#[test]
fn charges_stay_apart_beside_a_price_in_another_currency() {
    let money = Money { commission: number("-3.5"), swap: number("-1"), ..Money::default() };

    let (same, other) = (money.charges("USD", "USD"), money.charges("JPY", "USD"));

    assert_eq!((same.commission, same.foreign.len()), (number("3.5"), 0));
    assert_eq!((other.commission, other.foreign.len()), (Decimal::ZERO, 1));
    let expected = Charge { kind: ChargeKind::Commission, amount: number("3.5"), currency: "USD".to_owned() };
    assert_eq!(other.foreign, [expected]);
}

#[test]
fn a_rate_is_implied_only_between_two_currencies_and_by_a_price_that_moved() {
    let rate = |value: &str, quote| {
        claims(number("11.10"), Some(number(value)), quote, "USD").implied_rate.map(|rate| rate.to_string())
    };

    assert_eq!(rate("10", "EUR").as_deref(), Some("1.11"));
    assert_eq!(rate("10", "USD"), None);
    assert_eq!(rate("0", "EUR"), None);
}
