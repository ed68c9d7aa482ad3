//! Rows that pair a part of a buy fill with a part of a sell fill: a fill is in as many rows as it was paired with.

use super::{
    contract::{self, Worth},
    fills::{Fills, Key},
};
use crate::{
    Cells, File, Header, ParseError, ParsedFill, Run, Severity, Stated,
    run::Out,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule},
};
use ledger::{Decimal, Side};

/// What a report calls its columns.
pub(super) struct Columns {
    pub symbol: &'static str,
    pub quantity: &'static str,
    pub pnl: &'static str,
    pub buy: Half,
    pub sell: Half,
    /// What only one of the reports has.
    pub own: Option<Own>,
}

/// The columns of one of the two fills.
#[derive(Clone, Copy)]
pub(super) struct Half {
    pub id: &'static str,
    pub price: &'static str,
    pub time: &'static str,
}

/// Columns that not every report has.
pub(super) struct Own {
    pub account: &'static str,
    pub product: &'static str,
    pub currency: &'static str,
    /// Tells a pair from all others.
    pub pair: &'static str,
}

impl Columns {
    /// Those that the report must have.
    pub fn required(&self) -> [&'static str; 8] {
        let Half { id, price, time } = self.sell;
        [self.symbol, self.quantity, self.buy.id, self.buy.price, self.buy.time, id, price, time]
    }

    /// Reads a report with these columns.
    pub fn parse(&self, file: File<'_>, expected: &str, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("America/Chicago", DateRule::MonthFirst)?;
        let mut fills = Fills::default();
        run.table(
            file,
            Encoding::Utf8,
            expected,
            |header: &Header| header.has(&self.required()),
            |row, out| self.read(row, &clock, &mut fills, out),
        )?;
        run.remark(0, Severity::Info, "no-fees", "this export carries no commissions or fees");
        fills.into_fills().into_iter().try_for_each(|fill| run.emit(fill))
    }

    fn read(
        &self,
        row: Cells<'_>,
        clock: &Clock,
        fills: &mut Fills,
        out: &mut Out<'_>,
    ) -> Result<Outcome, Fault> {
        let own = |column: fn(&Own) -> &'static str| self.own.as_ref().map_or("", |own| row.get(column(own)));
        let account = own(|own| own.account);
        if self.own.is_some()
            && let Some(other) = out.other_account(account)
        {
            return Ok(other);
        }
        let quantity = row.quantity(self.quantity)?;
        let prices = [row.decimal(self.buy.price)?, row.decimal(self.sell.price)?];
        let points = prices[1]
            .checked_sub(prices[0])
            .ok_or_else(|| Fault::new(self.buy.price, "bad-number", "the numbers are too large"))?;
        let worth = Worth { value: row.optional(self.pnl)?, points, quantity };
        let currency = symbols::currency("currency", own(|own| own.currency), &out.options.currency)?;
        let half = |half: &Half, side: Side, price: Decimal| -> Result<ParsedFill, Fault> {
            let moment = clock.read(half.time, row.get(half.time))?;
            let symbol = symbols::clean(self.symbol, row.get(self.symbol))?;
            let mut fill =
                ParsedFill::new(row.line, moment, symbol, side, quantity, price, currency.as_str());
            fill.execution_id = symbols::identifier(half.id, row.get(half.id))?;
            // Fill ids grow with time: they order what happened in one second.
            fill.sequence = fill.execution_id.parse().unwrap_or_default();
            fill.account = Some(account).filter(|account| !account.is_empty()).map(str::to_owned);
            contract::identify(&mut fill, own(|own| own.product), &worth)?;
            Ok(fill)
        };
        let halves = [half(&self.buy, Side::Buy, prices[0])?, half(&self.sell, Side::Sell, prices[1])?];
        let multiplier = halves[0].multiplier;
        let pair = own(|own| own.pair);
        let key = if pair.is_empty() { Key::Row } else { Key::Pair(pair) };
        if !fills.add(key, halves)? {
            return Outcome::skip("repeated-pair", format!("pair {} stands in an earlier row", quoted(pair)));
        }
        worth.check(multiplier, &currency, out);
        Ok(Outcome::Read)
    }
}

impl Worth {
    /// Notes the file's P&L, and says so when it is not what prices and multiplier give.
    fn check(&self, multiplier: Decimal, currency: &str, out: &mut Out<'_>) {
        let Some(stated) = self.value else { return };
        let ours = self.points.checked_mul(self.quantity).and_then(|points| points.checked_mul(multiplier));
        if ours != Some(stated) {
            let ours = ours.map_or_else(|| "a number too large".to_owned(), |ours| ours.to_string());
            let message =
                format!("the file states a P/L of {stated}, prices and multiplier {multiplier} give {ours}");
            out.remark(Severity::Warning, "pnl-mismatch", message);
        }
        Stated::add(&mut out.stated.gross_pnl, currency, stated);
    }
}
