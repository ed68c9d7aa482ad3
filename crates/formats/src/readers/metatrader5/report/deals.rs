//! Deals: executions and movements of cash.

use super::{
    Report,
    columns::{
        BALANCE, COMMENT, COMMISSION, DEAL, DIRECTION, FEE, ORDER, PRICE, PROFIT, SWAP, SYMBOL, TIME, TYPE,
        VOLUME,
    },
};
use crate::{
    CashKind, Cells, Claims, ParsedCash, ParsedEvent, ParsedFill, Stated,
    cfd::{self, Money},
    numbers,
    run::Out,
    symbols,
    tally::{Fault, Outcome, quoted},
};
use ledger::{Decimal, Effect, Side};

impl Report<'_> {
    pub(super) fn deal(&mut self, cells: Cells<'_>, out: &mut Out<'_>) -> Result<Outcome, Fault> {
        let kind = cells.any(TYPE).to_ascii_lowercase();
        if kind.is_empty() && cells.any(DEAL).is_empty() {
            return Outcome::skip("total", "a total");
        }
        let side = match kind.as_str() {
            "buy" => Side::Buy,
            "sell" => Side::Sell,
            "buy canceled" | "sell canceled" => {
                return Outcome::skip("cancelled", "a deal that the broker cancelled");
            }
            _ => return self.movement(cells, &kind, out),
        };
        let fill = self.execution(cells, side, out)?;
        let account = self.currency(out)?;
        let money = Money {
            commission: zero(cells, "commission", COMMISSION)?,
            fee: zero(cells, "fee", FEE)?,
            swap: zero(cells, "swap", SWAP)?,
            ..Money::default()
        };
        let charges = money.charges(&fill.currency, &account);
        let (swap, profit) = (money.swap, zero(cells, "profit", PROFIT)?);
        let closes = fill.effect != Some(Effect::Opens);
        let claims = closes.then(|| {
            let key = [fill.symbol.clone(), fill.executed_at.text.clone(), profit.to_string()];
            let implied_rate = self.rates.get(&key).cloned();
            Box::new(Claims { implied_rate, ..cfd::claims(profit, None, &fill.currency, &account) })
        });
        let fill = ParsedFill {
            commission: charges.commission,
            fees: charges.fees,
            foreign_charges: charges.foreign,
            claims,
            ..fill
        };
        if !swap.is_zero() {
            out.event(cfd::swap(&fill, swap, &account));
        }
        out.stated.add_charges(&fill);
        out.fill(fill)?;
        Stated::add(&mut out.stated.gross_pnl, &account, profit);
        note_balance(cells, &account, out);
        self.deals += 1;
        Ok(Outcome::Read)
    }

    /// The execution of a deal, without its money.
    fn execution(&self, cells: Cells<'_>, side: Side, out: &Out<'_>) -> Result<ParsedFill, Fault> {
        let account = self.currency(out)?;
        let symbol = symbols::clean("symbol", cells.any(SYMBOL))?;
        let lot = self.lot(&symbol);
        let effect = match cells.any(DIRECTION).to_ascii_lowercase().as_str() {
            "in" => Some(Effect::Opens),
            "out" | "out by" => Some(Effect::Closes),
            // Closes what is there and opens the other way: neither alone.
            "in/out" | "in / out" | "inout" => None,
            _ => {
                let message = format!("{} is none of in, out and in/out", quoted(cells.any(DIRECTION)));
                return Err(Fault::new("direction", "bad-direction", message));
            }
        };
        let fill = ParsedFill::new(
            cells.line,
            self.clock.read("time", cells.any(TIME))?,
            symbol,
            side,
            volume(cells)?,
            numbers::decimal("price", cells.any(PRICE), cells.point)?,
            lot.currency(&account),
        );
        let id = symbols::identifier("deal", cells.any(DEAL))?;
        Ok(ParsedFill {
            // Deal numbers grow with time: they order what happened in one second.
            sequence: id.parse().unwrap_or_default(),
            execution_id: id,
            order_id: Some(cells.any(ORDER)).filter(|order| !order.is_empty()).map(str::to_owned),
            account: self.login(),
            asset_class: lot.class,
            effect,
            multiplier: lot.size,
            multiplier_source: lot.source,
            ..fill
        })
    }

    /// A deposit, a correction, a fee: what the broker books beside trades.
    fn movement(&mut self, cells: Cells<'_>, kind: &str, out: &mut Out<'_>) -> Result<Outcome, Fault> {
        let currency = self.currency(out)?;
        let amount = numbers::decimal("profit", cells.any(PROFIT), cells.point)?;
        let kind = match kind {
            "balance" if amount.is_negative() => CashKind::Withdrawal,
            "balance" => CashKind::Deposit,
            "bonus" => CashKind::Reward,
            "charge" => CashKind::Fee,
            "interest" => CashKind::Interest,
            "tax" => CashKind::Tax,
            "credit" | "correction" => CashKind::Other,
            _ if kind.contains("commission") || kind.contains("agent") => CashKind::Commission,
            _ if kind.contains("dividend") => CashKind::Dividend,
            _ => {
                let message = format!("{} is no deal such as buy, sell and balance", quoted(cells.any(TYPE)));
                return Err(Fault::new("type", "bad-side", message));
            }
        };
        out.event(ParsedEvent::Cash(ParsedCash {
            line: cells.line,
            id: symbols::identifier("deal", cells.any(DEAL))?,
            account: self.login(),
            kind,
            amount,
            currency: currency.clone(),
            symbol: None,
            execution_id: None,
            booked_at: self.clock.read("time", cells.any(TIME))?,
            description: cells.any(COMMENT).to_owned(),
        }));
        note_balance(cells, &currency, out);
        Ok(Outcome::Read)
    }
}

/// The balance after the last deal is the report's.
fn note_balance(cells: Cells<'_>, currency: &str, out: &mut Out<'_>) {
    if let Ok(Some(balance)) = numbers::optional("balance", cells.any(BALANCE), cells.point) {
        out.stated.balances.insert(currency.to_owned(), balance);
    }
}

/// `0.09 / 0.1` is 0.09 of an order of 0.1.
pub(super) fn volume(cells: Cells<'_>) -> Result<Decimal, Fault> {
    let cell = cells.any(VOLUME);
    let done = cell.split_once('/').map_or(cell, |(done, _)| done);
    let volume = numbers::decimal("volume", done, cells.point)?;
    if volume.is_positive() {
        return Ok(volume);
    }
    Err(Fault::new("volume", "zero-quantity", format!("{} is no volume greater than 0", quoted(cell))))
}

pub(super) fn zero(cells: Cells<'_>, column: &'static str, names: &[&str]) -> Result<Decimal, Fault> {
    numbers::decimal_or_zero(column, cells.any(names), cells.point)
}
