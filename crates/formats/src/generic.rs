//! The documented CSV of this project.
//!
//! `date,time` or `timestamp`, `symbol`, `side`, `quantity`, `price`, and optionally `commission`, `fees`, `currency`, `multiplier`,
//! `execution_id`, `account`; in any order, any case, separated by comma, semicolon, tab or bar.

use crate::{
    AssetClass, Format, Options, ParseError, ParsedFill, Report, Severity, Sink, Stated, contracts,
    identity::Ordinals,
    numbers::{Point, decimal, decimal_or_zero},
    rows::{Fault, Tally, quoted},
    symbols,
    table::{Row, Table, names_of},
    times::Zone,
};
use ledger::{Decimal, Side};
use std::{collections::BTreeSet, io::BufRead};

const DEFAULT_ZONE: &str = "UTC";
const EXPECTED: &str =
    "it needs a header with the columns symbol, side, quantity, price, and timestamp or date";

/// A header and an example row of this format.
pub const fn template() -> &'static str {
    "timestamp,symbol,side,quantity,price,commission,fees,currency,multiplier,execution_id,account\n\
     2026-01-05T14:30:00Z,AAPL,buy,100,243.36,1.00,0.02,USD,1,EX-1,\n"
}

/// True for a line that names this format's required columns.
pub(crate) fn is_header(line: &str) -> bool {
    has_required(&names_of(line))
}

fn has_required(names: &[String]) -> bool {
    let has = |column: &str| names.iter().any(|name| name == column);
    ["symbol", "side", "quantity", "price"].into_iter().all(has) && (has("timestamp") || has("date"))
}

/// What all rows share.
struct Context<'o> {
    options: &'o Options,
    zone: Zone,
    point: Point,
    ordinals: Ordinals,
    accounts: BTreeSet<String>,
}

/// Reads a whole file.
pub(crate) fn parse<'a>(
    input: Box<dyn BufRead + 'a>,
    options: &Options,
    sink: &mut dyn Sink,
) -> Result<Report, ParseError> {
    let mut table = Table::open(input, Format::GenericCsv.name(), EXPECTED, has_required)?;
    let zone = Zone::new(options.time_zone.as_deref(), DEFAULT_ZONE)?;
    let mut tally = Tally::new(sink);
    let mut context = Context {
        options,
        zone,
        point: table.point,
        ordinals: Ordinals::default(),
        accounts: BTreeSet::new(),
    };
    let mut told_zone = false;
    while let Some(row) = table.next()? {
        if row.is_blank() {
            continue;
        }
        tally.begin()?;
        let line = row.line;
        if let Some(other) = context.other_account(&row) {
            tally.skip(line, "other-account", format!("belongs to account {}", quoted(&other)));
            continue;
        }
        match context.fill(&row) {
            Ok((fill, doubt)) => {
                if let (false, Some(zone)) = (told_zone || row_has_offset(&fill), context.zone.assumed()) {
                    told_zone = true;
                    let message =
                        format!("times carry no zone: read as {zone}; import with time_zone to change that");
                    tally.remark(line, Severity::Info, "assumed-time-zone", message);
                }
                if let Some(doubt) = doubt {
                    tally.remark(line, Severity::Warning, "ambiguous-time", doubt);
                }
                tally.fill(fill)?;
                tally.read();
            }
            Err(fault) => tally.reject(line, fault),
        }
    }
    if context.accounts.len() > 1 {
        return Err(ParseError::SeveralAccounts(context.accounts.into_iter().collect()));
    }
    let accounts = context.accounts.into_iter().collect();
    Ok(Report { format: Format::GenericCsv, rows: tally.rows(), accounts, stated: Stated::default() })
}

fn row_has_offset(fill: &ParsedFill) -> bool {
    fill.time_source == crate::TimeSource::RowOffset
}

impl Context<'_> {
    /// The row's account when it is not the one to read. Remembers the accounts that are read.
    fn other_account(&mut self, row: &Row<'_>) -> Option<String> {
        let account = row.cell("account");
        match self.options.source_account.as_deref() {
            Some(wanted) if account != wanted => return Some(account.to_owned()),
            _ if account.is_empty() => {}
            _ => {
                self.accounts.insert(account.to_owned());
            }
        }
        None
    }

    fn fill(&mut self, row: &Row<'_>) -> Result<(ParsedFill, Option<&'static str>), Fault> {
        if row.is_oversized() {
            return Err(Fault::new("row", "row-too-long", "a row has at most 64 KiB"));
        }
        let symbol = symbols::clean("symbol", row.cell("symbol"))?;
        let side = side(row.cell("side"))?;
        let quantity = decimal("quantity", row.cell("quantity"), self.point)?.abs();
        if quantity.is_zero() {
            return Err(Fault::new("quantity", "zero-quantity", "a fill moves a quantity other than 0"));
        }
        let price = decimal("price", row.cell("price"), self.point)?;
        let commission = decimal_or_zero("commission", row.cell("commission"), self.point)?;
        let fees = decimal_or_zero("fees", row.cell("fees"), self.point)?;
        let time_text = time_text(row);
        let read = self
            .zone
            .read(if row.cell("timestamp").is_empty() { "date" } else { "timestamp" }, &time_text)?;
        let contract = contracts::of_symbol(&symbol);
        let multiplier = match (row.cell("multiplier"), contract) {
            ("", Some(contract)) => contract.multiplier(),
            ("", None) => Decimal::ONE,
            (cell, _) => decimal("multiplier", cell, self.point)?,
        };
        if !multiplier.is_positive() {
            return Err(Fault::new("multiplier", "bad-multiplier", "a multiplier is greater than 0"));
        }
        let currency = symbols::currency("currency", row.cell("currency"), &self.options.currency)?;
        let execution_id = match row.cell("execution_id") {
            "" => self.ordinals.id_of(&[
                &time_text,
                &symbol,
                if side == Side::Buy { "buy" } else { "sell" },
                &quantity.to_string(),
                &price.to_string(),
                &commission.to_string(),
                &fees.to_string(),
                &currency,
            ]),
            id => symbols::identifier("execution_id", id)?,
        };
        let account = row.cell("account");
        let fill = ParsedFill {
            line: row.line,
            execution_id,
            account: (!account.is_empty()).then(|| account.to_owned()),
            asset_class: if contract.is_some() { AssetClass::Future } else { symbols::guess(&symbol) },
            symbol,
            side,
            quantity,
            price,
            commission,
            fees,
            currency,
            multiplier,
            executed_at: read.at,
            sequence: i64::try_from(row.line).unwrap_or(i64::MAX),
            time_text,
            time_source: read.source,
        };
        Ok((fill, read.doubt))
    }
}

/// The timestamp, or date and time as one text.
fn time_text(row: &Row<'_>) -> String {
    let timestamp = row.cell("timestamp");
    if !timestamp.is_empty() {
        return timestamp.to_owned();
    }
    format!("{} {}", row.cell("date"), row.cell("time")).trim_end().to_owned()
}

fn side(cell: &str) -> Result<Side, Fault> {
    match cell.to_ascii_lowercase().as_str() {
        "buy" | "b" | "bot" | "bought" | "bc" | "buy to cover" | "buy to open" | "buy to close" => {
            Ok(Side::Buy)
        }
        "sell" | "s" | "sld" | "sold" | "ss" | "sell short" | "sell to open" | "sell to close" | "short" => {
            Ok(Side::Sell)
        }
        _ => Err(Fault::new("side", "bad-side", format!("{} is neither buy nor sell", quoted(cell)))),
    }
}
