//! Puts the two rows of a trade together.

use super::columns::{NUMBER, SIZE, TIME, commission, currency, excursions, net, price};
use crate::{
    AssetClass, Cells, Claims, MultiplierSource, ParseError, ParsedFill, Run, Severity,
    instruments::derived_multiplier,
    numbers,
    paired::{self, Half, Pair},
    run::Out,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::Clock,
};
use ledger::{Decimal, Effect, Side};
use std::collections::BTreeMap;

/// The trades of a file while it is read.
pub(super) struct Trades {
    clock: Clock,
    symbol: Option<String>,
    told_symbol: bool,
    /// By number, the row whose other half has not come yet.
    waiting: BTreeMap<String, Row>,
}

/// One of the two rows.
struct Row {
    line: u64,
    enters: bool,
    /// The position is still open: the row's price is the last one, not an exit's.
    open: bool,
    opened_by: Side,
    quantity: Decimal,
    half: Half,
    claims: Claims,
    currency: String,
}

impl Trades {
    pub fn new(clock: Clock, file_name: Option<&str>) -> Self {
        let symbol = file_name.and_then(symbol_of);
        Self { clock, symbol, told_symbol: false, waiting: BTreeMap::new() }
    }

    pub fn row(&mut self, cells: Cells<'_>, out: &mut Out<'_>) -> Result<Outcome, Fault> {
        let number = symbols::identifier("trade number", cells.any(NUMBER))?;
        let row = self.read(cells, out)?;
        self.tell_symbol(out);
        if row.open {
            return Outcome::skip(
                "open",
                "the position is still open: the row tells the last price and no exit",
            );
        }
        if let Some(other) = self.waiting.get(&number) {
            row.belongs_to(other)?;
        }
        let Some(other) = self.waiting.remove(&number) else {
            self.waiting.insert(number, row);
            return Ok(Outcome::Waits);
        };
        out.completes(other.line);
        let (entry, exit) = if row.enters { (row, other) } else { (other, row) };
        self.pair(entry, exit).hand_out(out)?;
        Ok(Outcome::Read)
    }

    /// Accounts for the rows whose other half never came: an entry is still open, an exit cannot be read.
    pub fn finish(self, run: &mut Run<'_>) -> Result<(), ParseError> {
        let symbol = self.symbol().to_owned();
        for (_, row) in self.waiting {
            run.row(row.line, |out| {
                if !row.enters {
                    return Err(Fault::new("type", "unpaired", "an exit whose entry is not in the file"));
                }
                out.fill(row.entry(&symbol))?;
                Ok(Outcome::Read)
            })?;
        }
        Ok(())
    }

    fn read(&self, cells: Cells<'_>, out: &Out<'_>) -> Result<Row, Fault> {
        let kind = cells.get("type").to_lowercase();
        let (enters, opened_by) = match kind.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["entry", "long"] => (true, Side::Buy),
            ["entry", "short"] => (true, Side::Sell),
            ["exit", "long"] => (false, Side::Buy),
            ["exit", "short"] => (false, Side::Sell),
            _ => {
                let message =
                    format!("{} is no type such as Entry long or Exit short", quoted(cells.get("type")));
                return Err(Fault::new("type", "bad-side", message));
            }
        };
        let mut half = Half::new(
            numbers::decimal("price", price(&cells), cells.point)?,
            self.clock.read("date and time", cells.any(TIME))?,
        );
        half.charges.commission = numbers::decimal_or_zero("commission", commission(&cells), cells.point)?;
        let excursion = |cell| numbers::optional("excursion", cell, cells.point);
        let [best, worst] = excursions(&cells);
        Ok(Row {
            line: cells.line,
            enters,
            open: !enters && cells.get("signal").eq_ignore_ascii_case("open"),
            opened_by,
            quantity: cells.quantity_of("size (qty)", SIZE)?,
            half,
            claims: Claims {
                pnl: numbers::optional("net pnl", net(&cells), cells.point)?,
                pnl_is_net: true,
                mae: excursion(worst)?.map(|worst| -worst.abs()),
                mfe: excursion(best)?.map(Decimal::abs),
                ..Claims::default()
            },
            currency: symbols::currency("price", currency(&cells), &out.options.currency)?,
        })
    }

    fn pair(&self, mut entry: Row, exit: Row) -> Pair {
        // Both rows tell what the whole trade cost.
        entry.half.charges.commission = Decimal::ZERO;
        let charged = exit.half.charges.commission;
        let gross = exit.claims.pnl.and_then(|net| net.checked_add(charged));
        let points = paired::points(entry.opened_by, entry.half.price, exit.half.price, exit.quantity);
        let derived =
            gross.zip(points).and_then(|(gross, points)| derived_multiplier(gross, points, Decimal::ONE));
        Pair {
            line: exit.line,
            id: String::new(),
            account: None,
            symbol: self.symbol().to_owned(),
            asset_class: AssetClass::Unknown,
            opened_by: entry.opened_by,
            quantity: exit.quantity,
            currency: exit.currency,
            multiplier: derived.unwrap_or(Decimal::ONE),
            multiplier_source: derived.map_or(MultiplierSource::Usual, |_| MultiplierSource::Derived),
            entry: entry.half,
            exit: exit.half,
            claims: exit.claims,
        }
    }

    fn symbol(&self) -> &str {
        self.symbol.as_deref().unwrap_or("STRATEGY")
    }

    fn tell_symbol(&mut self, out: &mut Out<'_>) {
        if self.symbol.is_none() && !self.told_symbol {
            self.told_symbol = true;
            let message = "the file does not name its instrument: it is called STRATEGY; keep the file's name to have its symbol";
            out.remark(Severity::Warning, "unknown-symbol", message);
        }
    }
}

impl Row {
    /// An entry belongs to the exit of the same direction and size.
    fn belongs_to(&self, other: &Self) -> Result<(), Fault> {
        if self.enters != other.enters && self.opened_by == other.opened_by && self.quantity == other.quantity
        {
            return Ok(());
        }
        let message = format!("line {} tells of the same trade and is not its other half", other.line);
        Err(Fault::new("type", "unpaired", message))
    }

    /// The entry of a position that is still open.
    fn entry(self, symbol: &str) -> ParsedFill {
        let at = self.half.at;
        let fill = ParsedFill::new(
            self.line,
            at,
            symbol,
            self.opened_by,
            self.quantity,
            self.half.price,
            self.currency,
        );
        ParsedFill { effect: Some(Effect::Opens), commission: self.half.charges.commission, ..fill }
    }
}

/// The symbol in `My_strategy_NASDAQ_AAPL_2026-01-05.csv`: what stands before the date.
fn symbol_of(file_name: &str) -> Option<String> {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let mut parts = stem.rsplit('_');
    let date = parts.next()?.split_whitespace().next()?;
    let is_date = date.len() == 10 && date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let symbol = parts.next().filter(|symbol| {
        is_date && symbol.bytes().all(|b| b.is_ascii_alphanumeric() || b"!.".contains(&b))
    })?;
    symbols::clean("file name", symbol).ok()
}
