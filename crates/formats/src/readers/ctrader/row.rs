//! The rows of a cTrader history.

use super::columns::{
    CLOSING_PRICE, CLOSING_TIME, COMMISSION, DIRECTION, ENTRY_PRICE, ID, OPENING_TIME, QUANTITY, SYMBOL,
    money, starting,
};
use crate::{
    Cells, Claims, MultiplierSource, Severity, Stated,
    cfd::{self, Lot, Money},
    numbers,
    paired::{self, Half, Pair, cent},
    run::Out,
    sides::side,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::Clock,
};
use ledger::Decimal;

/// One file while it is read.
pub(super) struct History {
    clock: Clock,
    /// It was said that there are no opening times.
    told_no_opening: bool,
}

/// What a row earned, in the account's currency.
struct Profit {
    currency: String,
    /// Before commission and swap.
    gross: Option<Decimal>,
    /// After both.
    net: Option<Decimal>,
}

impl History {
    pub const fn new(clock: Clock) -> Self {
        Self { clock, told_no_opening: false }
    }

    pub fn row(&mut self, cells: Cells<'_>, out: &mut Out<'_>) -> Result<Outcome, Fault> {
        if cells.any(SYMBOL).is_empty() && cells.any(DIRECTION).is_empty() {
            return Outcome::skip("total", "a total");
        }
        let money = Money {
            commission: numbers::decimal_or_zero("commission", cells.any(COMMISSION), cells.point)?,
            swap: cells.decimal_or_zero("swap")?,
            ..Money::default()
        };
        let profit = profit(cells, money, out)?;
        let symbol = symbols::clean("symbol", cells.any(SYMBOL))?;
        let (opened_by, _) = side("opening direction", cells.any(DIRECTION))?;
        let (entry, mut exit) = self.halves(cells, out)?;
        let (quantity, unit) = quantity(cells)?;
        let points = paired::points(opened_by, entry.price, exit.price, quantity).ok_or_else(|| {
            Fault::new("closing price", "bad-number", "price difference times quantity is too large")
        })?;
        let mut lot = Lot::of(&symbol);
        if unit == Unit::Lots {
            lot = profit.gross.map_or(lot.clone(), |gross| lot.sized_by(&profit.currency, points, gross));
        } else {
            (lot.size, lot.source) = (Decimal::ONE, MultiplierSource::Stated);
        }
        let currency = lot.currency(&profit.currency).to_owned();
        exit.charges = money.charges(&currency, &profit.currency);
        let claims = claims(&profit, points.checked_mul(lot.size), &currency);
        let pair = Pair {
            line: cells.line,
            id: id(cells, &exit, quantity, out)?,
            account: None,
            symbol,
            asset_class: lot.class,
            opened_by,
            quantity,
            currency,
            multiplier: lot.size,
            multiplier_source: lot.source,
            entry,
            exit,
            claims,
        };
        cfd::hand_out(pair, &lot, money, &profit.currency, out)
    }

    fn halves(&mut self, cells: Cells<'_>, out: &mut Out<'_>) -> Result<(Half, Half), Fault> {
        let price = |name, names| numbers::decimal(name, cells.any(names), cells.point);
        let time = |name, names| {
            let column = starting(cells.header, names)?;
            Some(self.clock.of_header(column).read(name, cells.get(column)))
        };
        let closed = time("closing time", CLOSING_TIME)
            .ok_or_else(|| Fault::new("closing time", "missing-value", "the column is missing"))??;
        let opened = time("opening time", OPENING_TIME).transpose()?;
        if opened.is_none() && !self.told_no_opening {
            self.told_no_opening = true;
            let message = "the file has no opening times: entries are told at the time of their exit; export it with the column Opening time";
            out.remark(Severity::Warning, "no-opening-time", message);
        }
        let opened = opened.unwrap_or_else(|| closed.clone());
        let entry = Half::new(price("entry price", ENTRY_PRICE)?, opened);
        let mut exit = Half::new(price("closing price", CLOSING_PRICE)?, closed);
        exit.order_id = Some(cells.any(ID)).filter(|id| !id.is_empty()).map(str::to_owned);
        Ok((entry, exit))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Lots,
    Units,
}

/// `0.10 Lots`, `0.5` (lots), `1500 Oz`, `10 000 EUR`.
fn quantity(cells: Cells<'_>) -> Result<(Decimal, Unit), Fault> {
    let cell = cells.any(QUANTITY);
    let (quantity, unit) = numbers::split_unit(cell, None, cells.point)
        .filter(|(quantity, _)| quantity.is_positive())
        .ok_or_else(|| {
            let message = format!("{} is no quantity such as 0.10 Lots or 1500 Oz", quoted(cell));
            Fault::new("closing quantity", "bad-number", message)
        })?;
    let lots = ["", "lot", "lots", "lote", "lotes"].iter().any(|word| unit.eq_ignore_ascii_case(word));
    Ok((quantity, if lots { Unit::Lots } else { Unit::Units }))
}

/// Gross and net; says when they do not differ by commission and swap.
fn profit(cells: Cells<'_>, money: Money, out: &mut Out<'_>) -> Result<Profit, Fault> {
    let (gross, net) = (money_column(cells, "gross", "bruto")?, money_column(cells, "net", "neto")?);
    let named = net.as_ref().or(gross.as_ref()).map(|(_, currency)| currency.as_str());
    let currency = symbols::currency("net", named.unwrap_or_default(), &out.options.currency)?;
    let (gross, net) = (gross.and_then(|(amount, _)| amount), net.and_then(|(amount, _)| amount));
    if gross.is_none() && net.is_none() {
        return Err(Fault::new("net", "missing-value", "the row has neither a gross nor a net profit"));
    }
    let ours = gross.and_then(|gross| gross.checked_add(money.commission)?.checked_add(money.swap));
    if let Some((ours, net)) = ours.zip(net)
        && ours.checked_sub(net).is_none_or(|difference| difference.abs() > cent())
    {
        let message =
            format!("the file states a net profit of {net}, gross, commission and swap give {ours}");
        out.remark(Severity::Warning, "pnl-mismatch", message);
    }
    if let Some(net) = net {
        Stated::add(&mut out.stated.net_pnl, &currency, net);
    }
    Ok(Profit { currency, gross, net })
}

fn money_column(
    cells: Cells<'_>,
    english: &'static str,
    spanish: &str,
) -> Result<Option<(Option<Decimal>, String)>, Fault> {
    let Some((name, currency)) = money(cells.header, english, spanish) else { return Ok(None) };
    Ok(Some((numbers::optional(english, cells.get(name), cells.point)?, currency)))
}

fn claims(profit: &Profit, value: Option<Decimal>, quote: &str) -> Claims {
    match (profit.gross, profit.net) {
        (Some(gross), _) => cfd::claims(gross, value, quote, &profit.currency),
        (None, Some(net)) => {
            Claims { pnl_is_net: true, implied_rate: None, ..cfd::claims(net, None, quote, &profit.currency) }
        }
        (None, None) => Claims::default(),
    }
}

/// Partial closes repeat the id: closing time and quantity belong to it.
fn id(cells: Cells<'_>, exit: &Half, quantity: Decimal, out: &mut Out<'_>) -> Result<String, Fault> {
    match cells.any(ID) {
        "" => Ok(String::new()),
        cell => {
            let id = symbols::identifier("id", cell)?;
            Ok(out.ids.id_of(&[&id, &exit.at.at.0.to_string(), &quantity.to_string()]))
        }
    }
}
