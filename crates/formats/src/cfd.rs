//! Reports of forex and CFD brokers: what a lot is, and how money in the account's currency stands beside prices in another.
//!
//! Lots are those that retail brokers commonly use: 100,000 units of the base currency for a pair, 100 ounces of gold, 5,000 of silver,
//! one coin, one index. A broker may differ, so such a size is always labelled as usual.

use crate::{
    AssetClass, CashKind, Charge, ChargeKind, Claims, MultiplierSource, ParsedCash, ParsedEvent, ParsedFill,
    Run, Severity, instruments,
    paired::{Charges, Pair, cent},
    run::Out,
    tally::{Fault, Outcome, quoted},
};
use ledger::{Decimal, Fraction};

/// What a symbol stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lot {
    pub class: AssetClass,
    /// Units of the underlying in one lot: money per point of price.
    pub size: Decimal,
    pub source: MultiplierSource,
    /// The currency of the price; `None` when the symbol does not tell.
    pub quote: Option<String>,
}

const METALS: [(&str, i64); 4] = [("XAU", 100), ("XAG", 5_000), ("XPT", 100), ("XPD", 100)];

/// Names of indices and commodities by the currency they are quoted in.
const NAMES: [(&str, &[&str]); 7] = [
    ("AUD", &["AUS200", "AU200"]),
    ("CHF", &["SWI20", "CH20"]),
    (
        "EUR",
        &[
            "CAC40", "DAX", "DAX30", "DAX40", "DE30", "DE40", "ES35", "ESP35", "ESTX50", "EU50", "EUSTX50",
            "F40", "FR40", "FRA40", "GER30", "GER40", "IT40", "ITA40", "NED25", "NETH25", "SPA35", "STOXX50",
        ],
    ),
    ("GBP", &["FTSE100", "UK100"]),
    ("HKD", &["HK50"]),
    ("JPY", &["JP225", "JPN225", "NIK225"]),
    (
        "USD",
        &[
            "BRENT",
            "CHINA50",
            "CN50",
            "DJ30",
            "NAS100",
            "NATGAS",
            "NDX100",
            "SP500",
            "SPX500",
            "UKOIL",
            "US100",
            "US2000",
            "US30",
            "US500",
            "USOIL",
            "USTEC",
            "USTECH100",
            "WS30",
            "WTI",
            "XBRUSD",
            "XNGUSD",
            "XTIUSD",
        ],
    ),
];

impl Lot {
    /// Reads a symbol such as `EURUSD`, `XAUUSD+`, `GBPJPYm`, `GER40.cash` or `#BTCUSD`.
    pub fn of(symbol: &str) -> Self {
        let bare = instruments::without_broker_suffix(symbol.trim_start_matches('#')).to_ascii_uppercase();
        let lot = |class, size: i64, quote: &str| Self {
            class,
            size: Decimal::from(size),
            source: MultiplierSource::Usual,
            quote: Some(quote.to_owned()),
        };
        let named = NAMES.iter().find(|(_, names)| names.contains(&bare.as_str()));
        if let Some((quote, _)) = named {
            return lot(AssetClass::Cfd, 1, quote);
        }
        for (metal, ounces) in METALS {
            let quote = bare.strip_prefix(metal).map(|quote| quote.trim_start_matches('/'));
            if let Some(quote) = quote.filter(|quote| instruments::is_currency(quote)) {
                return lot(AssetClass::Cfd, ounces, quote);
            }
        }
        match instruments::pair(&bare) {
            Some((first, quote)) if instruments::is_currency(&first) => {
                lot(AssetClass::Forex, 100_000, &quote)
            }
            Some((_, quote)) => lot(AssetClass::Crypto, 1, &quote),
            None => Self { quote: None, ..lot(AssetClass::Cfd, 1, "") },
        }
    }

    /// The price's currency; the account's where the symbol does not tell.
    pub fn currency<'c>(&'c self, account: &'c str) -> &'c str {
        self.quote.as_deref().unwrap_or(account)
    }

    /// The same lot when the price is in the account's currency and the stated P&L shows that the broker's lot is another one: the power
    /// of ten that makes `points` (price difference times quantity) the P&L, to the cent.
    pub fn sized_by(self, account: &str, points: Decimal, pnl: Decimal) -> Self {
        let fits = |size: Decimal| {
            let value = points.checked_mul(size);
            value
                .and_then(|value| value.checked_sub(pnl))
                .is_some_and(|difference| difference.abs() <= cent())
        };
        if self.currency(account) != account || fits(self.size) || pnl.abs() < Decimal::ONE {
            return self;
        }
        let powers = (0..=8_u32).filter_map(|power| Decimal::from_scaled(10_i128.pow(power), 2));
        match powers.into_iter().find(|size| fits(*size)) {
            Some(size) => Self { size, source: MultiplierSource::Derived, ..self },
            None => self,
        }
    }
}

/// What a row says in the account's currency, in the platform's signs: negative is charged.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Money {
    pub commission: Decimal,
    pub fee: Decimal,
    pub tax: Decimal,
    pub swap: Decimal,
}

impl Money {
    /// The charges beside a price in `quote`: in another currency they stay apart.
    pub fn charges(&self, quote: &str, account: &str) -> Charges {
        let (commission, fees, taxes) = (-self.commission, -self.fee, -self.tax);
        if quote == account {
            return Charges { commission, fees, taxes, foreign: Vec::new() };
        }
        let kinds = [(ChargeKind::Commission, commission), (ChargeKind::Fee, fees), (ChargeKind::Tax, taxes)];
        let foreign = kinds.into_iter().filter(|(_, amount)| !amount.is_zero());
        let foreign =
            foreign.map(|(kind, amount)| Charge { kind, amount, currency: account.to_owned() }).collect();
        Charges { foreign, ..Charges::default() }
    }
}

/// The financing of a position, as a movement of cash of its own.
pub(crate) fn swap(fill: &ParsedFill, amount: Decimal, currency: &str) -> ParsedEvent {
    ParsedEvent::Cash(ParsedCash {
        line: fill.line,
        id: format!("{}:swap", fill.execution_id),
        account: fill.account.clone(),
        kind: CashKind::Swap,
        amount,
        currency: currency.to_owned(),
        symbol: Some(fill.symbol.clone()),
        execution_id: Some(fill.execution_id.clone()),
        booked_at: fill.executed_at.clone(),
        description: "swap".to_owned(),
    })
}

/// The stated P&L of a closed position; beside a price in another currency with the rate that it implies.
pub(crate) fn claims(pnl: Decimal, value: Option<Decimal>, quote: &str, account: &str) -> Claims {
    let other = quote != account;
    Claims {
        pnl: Some(pnl),
        pnl_currency: other.then(|| account.to_owned()),
        implied_rate: value.filter(|_| other).and_then(|value| Fraction::new(pnl, value)),
        ..Claims::default()
    }
}

/// Says that the account's currency stands nowhere in the file.
pub(crate) fn tell_assumed_currency(run: &mut Run<'_>) {
    let message =
        format!("the file does not name the account's currency: read as {}", run.out.options.currency);
    run.remark(0, Severity::Warning, "assumed-currency", message);
}

/// Hands out a closed position: entry, exit and swap, with what there is to say about its lot.
pub(crate) fn hand_out(
    pair: Pair,
    lot: &Lot,
    money: Money,
    account: &str,
    out: &mut Out<'_>,
) -> Result<Outcome, Fault> {
    if lot.quote.is_none() {
        let message =
            format!("{} does not tell the currency of its price: read as {account}", quoted(&pair.symbol));
        out.remark(Severity::Warning, "assumed-quote-currency", message);
    }
    let exit = pair.hand_out(out)?;
    if !money.swap.is_zero() {
        out.event(swap(&exit, money.swap, account));
    }
    Ok(Outcome::Read)
}

#[cfg(test)]
mod tests;
