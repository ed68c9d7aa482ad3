//! Closed positions: entry and exit in one row, for reports without deals.

use super::{
    Report,
    columns::{COMMISSION, POSITION, PRICE, PROFIT, SWAP, SYMBOL, TIME, TYPE, Table, nth_cell},
    deals::{volume, zero},
};
use crate::{
    Cells, ParseError, RowKind, Run, StatedPosition,
    cfd::{self, Lot, Money},
    numbers,
    paired::{self, Half, Pair},
    run::Out,
    symbols,
    tally::{Fault, Outcome, quoted},
};
use ledger::{Decimal, Side};

/// A closed position, until it is known whether the report has deals.
pub(super) struct Held {
    line: u64,
    position: Result<(Pair, Lot, Money), Fault>,
}

impl Report<'_> {
    pub(super) fn row(
        &mut self,
        table: Table,
        cells: Cells<'_>,
        out: &mut Out<'_>,
    ) -> Result<Outcome, Fault> {
        if let Some(skipped) = out.other_account(self.login().as_deref().unwrap_or_default()) {
            return Ok(skipped);
        }
        match table {
            Table::Deals => self.deal(cells, out),
            Table::Orders => Outcome::skip("order", "an order: it does not tell the price of its execution"),
            Table::OpenPositions => open(cells, out),
            Table::Positions if cells.any(POSITION).is_empty() && cells.any(SYMBOL).is_empty() => {
                Outcome::skip("total", "a total")
            }
            Table::Positions => {
                let position = self.position(cells, out);
                if let Ok((pair, lot, _)) = &position {
                    self.learn(pair, lot);
                }
                self.held.push(Held { line: cells.line, position });
                Ok(Outcome::Waits)
            }
        }
    }

    /// Accounts for the closed positions: deals tell the same executions one by one, so that a report with deals is read by those.
    pub(super) fn finish(self, run: &mut Run<'_>) -> Result<(), ParseError> {
        if self.account.borrow().currency.is_none() {
            cfd::tell_assumed_currency(run);
        }
        let account = self.currency(&run.out);
        run.out.kind = RowKind::ClosingDeal;
        for held in self.held {
            run.row(held.line, |out| {
                if self.deals > 0 {
                    return Outcome::skip(
                        "told-by-deals",
                        "the deals of this report tell the same executions",
                    );
                }
                let (pair, lot, money) = held.position?;
                cfd::hand_out(pair, &lot, money, &account.clone()?, out)
            })?;
        }
        Ok(())
    }

    /// Deals do not tell what closes what: their lots and rates are those of the positions.
    fn learn(&mut self, pair: &Pair, lot: &Lot) {
        self.lots.insert(pair.symbol.clone(), lot.clone());
        if let (Some(profit), Some(rate)) = (pair.claims.pnl, &pair.claims.implied_rate) {
            let key = [pair.symbol.clone(), pair.exit.at.text.clone(), profit.to_string()];
            self.rates.insert(key, rate.clone());
        }
    }

    fn position(&self, cells: Cells<'_>, out: &Out<'_>) -> Result<(Pair, Lot, Money), Fault> {
        let account = self.currency(out)?;
        let (symbol, quantity) = (symbols::clean("symbol", cells.any(SYMBOL))?, volume(cells)?);
        let opened_by = side(cells)?;
        let half = |n| -> Result<Half, Fault> {
            let price = numbers::decimal("price", nth_cell(&cells, PRICE, n), cells.point)?;
            Ok(Half::new(price, self.clock.read("time", nth_cell(&cells, TIME, n))?))
        };
        let (entry, mut exit) = (half(0)?, half(1)?);
        let profit = numbers::decimal("profit", cells.any(PROFIT), cells.point)?;
        let points = paired::points(opened_by, entry.price, exit.price, quantity)
            .ok_or_else(|| Fault::new("price", "bad-number", "price difference times volume is too large"))?;
        let lot = Lot::of(&symbol).sized_by(&account, points, profit);
        let money = Money {
            commission: zero(cells, "commission", COMMISSION)?,
            swap: zero(cells, "swap", SWAP)?,
            ..Money::default()
        };
        let currency = lot.currency(&account).to_owned();
        exit.charges = money.charges(&currency, &account);
        let claims = cfd::claims(profit, points.checked_mul(lot.size), &currency, &account);
        let pair = Pair {
            line: cells.line,
            id: symbols::identifier("position", cells.any(POSITION))?,
            account: self.login(),
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
        Ok((pair, lot, money))
    }
}

fn side(cells: Cells<'_>) -> Result<Side, Fault> {
    match cells.any(TYPE).to_ascii_lowercase().as_str() {
        "buy" => Ok(Side::Buy),
        "sell" => Ok(Side::Sell),
        _ => {
            let message = format!("{} is neither buy nor sell", quoted(cells.any(TYPE)));
            Err(Fault::new("type", "bad-side", message))
        }
    }
}

fn open(cells: Cells<'_>, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    if cells.any(POSITION).is_empty() && cells.any(SYMBOL).is_empty() {
        return Outcome::skip("total", "a total");
    }
    let (symbol, volume) = (symbols::clean("symbol", cells.any(SYMBOL))?, volume(cells)?);
    let quantity: Decimal = if side(cells)? == Side::Buy { volume } else { -volume };
    out.stated.positions.push(StatedPosition { symbol, quantity });
    Outcome::skip(
        "open-position",
        "still open: its execution is among the deals, or comes with the report in which it is closed",
    )
}
