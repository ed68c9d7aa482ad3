//! Tradovate "Position History": one row pairs a part of a buy fill with a part of a sell fill.
//!
//! A fill appears in as many rows as it was paired with; its quantity is the sum of their paired quantities. The file carries no fees
//! and no zone.

use crate::{
    AssetClass, Format, Options, ParseError, ParsedFill, Report, Severity, Sink, Stated, contracts,
    numbers::{Point, decimal},
    rows::{Fault, Tally, quoted},
    symbols,
    table::{Row, Table, names_of},
    times::{Read, Zone},
};
use ledger::{Decimal, Side};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, hash_map::Entry},
    io::BufRead,
};

/// The exporter's own zone is not in the file; the exchange's is the best guess.
const DEFAULT_ZONE: &str = "America/Chicago";
const EXPECTED: &str = "it needs the columns Pair ID, Buy Fill ID, Sell Fill ID, Paired Qty, Buy Price, Sell Price, Bought \
                        Timestamp and Sold Timestamp";
const REQUIRED: [&str; 8] = [
    "buy fill id",
    "sell fill id",
    "paired qty",
    "buy price",
    "sell price",
    "bought timestamp",
    "sold timestamp",
    "contract",
];

/// True for a line that names this format's columns.
pub(crate) fn is_header(line: &str) -> bool {
    has_required(&names_of(line))
}

fn has_required(names: &[String]) -> bool {
    REQUIRED.into_iter().all(|column| names.iter().any(|name| name == column))
}

/// One side of a row.
struct Half {
    id: String,
    fill: ParsedFill,
}

/// Fills by id in the order they first appeared.
#[derive(Default)]
struct Fills {
    index: HashMap<(Side, String), usize>,
    fills: Vec<ParsedFill>,
}

/// Reads a whole file. Fills come out at its end, when their quantities are known.
pub(crate) fn parse<'a>(
    input: Box<dyn BufRead + 'a>,
    options: &Options,
    sink: &mut dyn Sink,
) -> Result<Report, ParseError> {
    let mut table = Table::open(input, Format::TradovatePositionHistory.name(), EXPECTED, has_required)?;
    let zone = Zone::new(options.time_zone.as_deref(), DEFAULT_ZONE)?;
    let mut tally = Tally::new(sink);
    if let Some(zone) = zone.assumed() {
        let message = format!(
            "the file carries no time zone: read as {zone}; import with time_zone when your computer's zone was another"
        );
        tally.remark(table.header_line, Severity::Warning, "assumed-time-zone", message);
    }
    tally.remark(table.header_line, Severity::Info, "no-fees", "this export carries no commissions or fees");
    let mut fills = Fills::default();
    let mut stated: BTreeMap<String, Decimal> = BTreeMap::new();
    let mut accounts = BTreeSet::new();
    while let Some(row) = table.next()? {
        if row.is_blank() {
            continue;
        }
        tally.begin()?;
        let account = row.cell("account").to_owned();
        if options.source_account.as_ref().is_some_and(|wanted| *wanted != account) {
            tally.skip(row.line, "other-account", format!("belongs to account {}", quoted(&account)));
            continue;
        }
        match read_row(&row, &zone, options, &mut fills, &mut stated, &mut tally) {
            Ok(()) => tally.read(),
            Err(fault) => tally.reject(row.line, fault),
        }
        if !account.is_empty() {
            accounts.insert(account);
        }
    }
    if accounts.len() > 1 {
        return Err(ParseError::SeveralAccounts(accounts.into_iter().collect()));
    }
    for fill in fills.fills {
        tally.fill(fill)?;
    }
    let stated = Stated { gross_pnl: stated, ..Stated::default() };
    let accounts = accounts.into_iter().collect();
    Ok(Report { format: Format::TradovatePositionHistory, rows: tally.rows(), accounts, stated })
}

fn read_row(
    row: &Row<'_>,
    zone: &Zone,
    options: &Options,
    fills: &mut Fills,
    stated: &mut BTreeMap<String, Decimal>,
    tally: &mut Tally<'_>,
) -> Result<(), Fault> {
    if row.is_oversized() {
        return Err(Fault::new("row", "row-too-long", "a row has at most 64 KiB"));
    }
    let quantity = decimal("Paired Qty", row.cell("paired qty"), Point::Dot)?;
    if !quantity.is_positive() {
        return Err(Fault::new("Paired Qty", "zero-quantity", "a pair has a quantity greater than 0"));
    }
    let buy = decimal("Buy Price", row.cell("buy price"), Point::Dot)?;
    let sell = decimal("Sell Price", row.cell("sell price"), Point::Dot)?;
    let pnl = match row.cell("p/l") {
        "" => None,
        cell => Some(decimal("P/L", cell, Point::Dot)?),
    };
    let points = sell.checked_sub(buy).and_then(|points| points.checked_mul(quantity));
    let points = points.ok_or_else(|| Fault::new("Buy Price", "bad-number", "the numbers are too large"))?;
    let multiplier = multiplier(row, points, pnl)?;
    let currency = symbols::currency("Currency", row.cell("currency"), &options.currency)?;
    let halves = [half(row, Side::Buy, buy, zone)?, half(row, Side::Sell, sell, zone)?];
    for (half, doubt) in &halves {
        fills.check(half)?;
        if let Some(doubt) = doubt {
            tally.remark(row.line, Severity::Warning, "ambiguous-time", *doubt);
        }
    }
    if let Some(pnl) = pnl {
        let ours = points.checked_mul(multiplier);
        if ours != Some(pnl) {
            let ours = ours.map_or_else(|| "a number too large".to_owned(), |ours| ours.to_string());
            let message =
                format!("the file states a P/L of {pnl}, prices and multiplier {multiplier} give {ours}");
            tally.remark(row.line, Severity::Warning, "pnl-mismatch", message);
        }
        let sum = stated.entry(currency.clone()).or_insert(Decimal::ZERO);
        *sum = sum.checked_add(pnl).ok_or_else(|| Fault::new("P/L", "bad-number", "the sum is too large"))?;
    }
    for (half, _) in halves {
        fills.add(half, quantity, multiplier, &currency)?;
    }
    Ok(())
}

/// From the contract table, else from the row's own P/L.
fn multiplier(row: &Row<'_>, points: Decimal, pnl: Option<Decimal>) -> Result<Decimal, Fault> {
    let known = contracts::root(row.cell("product")).or_else(|| contracts::of_symbol(row.cell("contract")));
    if let Some(contract) = known {
        return Ok(contract.multiplier());
    }
    let derived = pnl.and_then(|pnl| {
        let multiplier = pnl.checked_div_rounded(points, 8)?;
        (multiplier.is_positive() && multiplier.checked_mul(points) == Some(pnl)).then_some(multiplier)
    });
    derived.ok_or_else(|| {
        let message = format!(
            "the contract {} is not known, and its P/L does not tell what a point is worth",
            quoted(row.cell("contract"))
        );
        Fault::new("Contract", "unknown-contract", message)
    })
}

fn half(
    row: &Row<'_>,
    side: Side,
    price: Decimal,
    zone: &Zone,
) -> Result<(Half, Option<&'static str>), Fault> {
    let (id_column, id_name, time_column, time_name) = match side {
        Side::Buy => ("Buy Fill ID", "buy fill id", "Bought Timestamp", "bought timestamp"),
        Side::Sell => ("Sell Fill ID", "sell fill id", "Sold Timestamp", "sold timestamp"),
    };
    let id = symbols::identifier(id_column, row.cell(id_name))?;
    let time_text = row.cell(time_name).to_owned();
    let Read { at, source, doubt } = zone.read(time_column, &time_text)?;
    let account = row.cell("account");
    let fill = ParsedFill {
        line: row.line,
        execution_id: id.clone(),
        account: (!account.is_empty()).then(|| account.to_owned()),
        symbol: symbols::clean("Contract", row.cell("contract"))?,
        asset_class: AssetClass::Future,
        side,
        quantity: Decimal::ZERO,
        price,
        commission: Decimal::ZERO,
        fees: Decimal::ZERO,
        currency: String::new(),
        multiplier: Decimal::ONE,
        executed_at: at,
        // Fill ids grow with time: they order what happened in one second.
        sequence: id.parse().unwrap_or_default(),
        time_text,
        time_source: source,
    };
    Ok((Half { id, fill }, doubt))
}

impl Fills {
    /// A fill that recurs must be the same but for its quantity.
    fn check(&self, half: &Half) -> Result<(), Fault> {
        let Some(known) = self.index.get(&(half.fill.side, half.id.clone())).and_then(|i| self.fills.get(*i))
        else {
            return Ok(());
        };
        let same = known.symbol == half.fill.symbol
            && known.price == half.fill.price
            && known.executed_at == half.fill.executed_at;
        if same {
            return Ok(());
        }
        let message = format!("fill {} differs from what line {} says of it", quoted(&half.id), known.line);
        Err(Fault::new("Buy Fill ID", "conflicting-fill", message))
    }

    fn add(
        &mut self,
        half: Half,
        quantity: Decimal,
        multiplier: Decimal,
        currency: &str,
    ) -> Result<(), Fault> {
        let index = match self.index.entry((half.fill.side, half.id)) {
            Entry::Occupied(entry) => *entry.get(),
            Entry::Vacant(entry) => {
                entry.insert(self.fills.len());
                self.fills.push(ParsedFill { multiplier, currency: currency.to_owned(), ..half.fill });
                self.fills.len() - 1
            }
        };
        if let Some(fill) = self.fills.get_mut(index) {
            let sum = fill.quantity.checked_add(quantity);
            fill.quantity =
                sum.ok_or_else(|| Fault::new("Paired Qty", "bad-number", "the sum is too large"))?;
        }
        Ok(())
    }
}
