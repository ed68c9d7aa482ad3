//! One row of a generic CSV.

use super::columns::Columns;
use crate::{
    Cells, Mapping, ParsedFill, export,
    numbers::{self, Point},
    run::Out,
    sides, symbols,
    tally::{Fault, Outcome},
    times::Clock,
};
use ledger::{Decimal, Effect, Side};
use std::borrow::Cow;

/// What all rows share.
pub(super) struct Context<'m> {
    pub mapping: &'m Mapping,
    pub clock: Clock,
    /// How decimals are written, when the user says so.
    pub point: Option<Point>,
}

impl Context<'_> {
    pub fn read(&self, columns: &Columns, cells: Cells<'_>, out: &mut Out<'_>) -> Result<Outcome, Fault> {
        let at = |column: Option<usize>| column.map_or("", |column| cells.at(column));
        // An export of ours, or of another program, neutralises text that a spreadsheet would compute.
        let words = |column: Option<usize>| export::plain(at(column));
        let point = self.point.unwrap_or(cells.point);
        let account = at(columns.account);
        if let Some(other) = out.other_account(account) {
            return Ok(other);
        }
        let symbol = symbols::clean("symbol", words(columns.symbol))?;
        let signed = numbers::decimal("quantity", at(columns.quantity), point)?;
        let (side, effect) = self.side(columns, &cells, signed)?;
        let price = numbers::decimal("price", at(columns.price), point)?;
        let (column, text) = match at(columns.timestamp) {
            "" if at(columns.time).is_empty() => ("date", Cow::Borrowed(at(columns.date))),
            "" => ("date", Cow::Owned(format!("{} {}", at(columns.date), at(columns.time)))),
            text => ("timestamp", Cow::Borrowed(text)),
        };
        let moment = self.clock.read(column, &text)?;
        let multiplier = numbers::optional("multiplier", at(columns.multiplier), point)?;
        let currency = symbols::currency("currency", at(columns.currency), &out.options.currency)?;
        let quantity = sides::quantity("quantity", signed, side)?;
        let mut fill = ParsedFill::new(cells.line, moment, symbol, side, quantity, price, currency);
        fill.effect = effect;
        fill.commission = self.charge("commission", at(columns.commission), point)?;
        fill.fees = self.charge("fees", at(columns.fees), point)?;
        out.instruments.identify(&mut fill, None, multiplier)?;
        if !words(columns.execution_id).is_empty() {
            fill.execution_id = symbols::identifier("execution_id", words(columns.execution_id))?;
        }
        fill.order_id = Some(at(columns.order_id)).filter(|id| !id.is_empty()).map(str::to_owned);
        fill.account = Some(account).filter(|account| !account.is_empty()).map(str::to_owned);
        out.fill(fill)?;
        Ok(Outcome::Read)
    }

    fn side(
        &self,
        columns: &Columns,
        cells: &Cells<'_>,
        signed: Decimal,
    ) -> Result<(Side, Option<Effect>), Fault> {
        let Some(column) = columns.side.filter(|_| !self.mapping.side_by_sign) else {
            return Ok((if signed.is_negative() { Side::Sell } else { Side::Buy }, None));
        };
        let cell = cells.at(column);
        let is = |words: &[String]| words.iter().any(|word| word.eq_ignore_ascii_case(cell));
        if is(&self.mapping.buy_words) {
            return Ok((Side::Buy, None));
        }
        if is(&self.mapping.sell_words) {
            return Ok((Side::Sell, None));
        }
        sides::side("side", cell)
    }

    fn charge(&self, column: &'static str, cell: &str, point: Point) -> Result<Decimal, Fault> {
        let charge = numbers::decimal_or_zero(column, cell, point)?;
        Ok(if self.mapping.negative_is_charge { -charge } else { charge })
    }
}
