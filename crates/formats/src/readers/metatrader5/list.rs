//! MetaTrader 5 position history list (CSV or XLSX): a cut-down table of deals that some brokers offer on their web pages.

use crate::{
    Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, Stated,
    cfd::{self, Lot},
    reader::{Match, Reader},
    run::Out,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule},
};
use ledger::{Effect, Side};

static DOC: Doc = Doc {
    id: "metatrader5-list",
    name: "MetaTrader 5 position history list",
    how: "In the broker's web terminal open the position history and export the list.",
    kind: RowKind::Fill,
    carries: "Each deal with its volume and price; the profit of those that close.",
    times: "The broker's server time, month first, which stands without a zone: read as Eastern European time unless you name one.",
    fees: "None.",
    identity: "No id of a deal: the row's content, and its turn among equals. The account is `Account Number`.",
    limits: "No commission and no swap. Profit is in the account's currency and the price in the quote currency. Lots are the usual ones.",
};

const REQUIRED: [&str; 7] = [
    "symbol",
    "position",
    "position status",
    "date time",
    "transaction type",
    "trade volume lots",
    "open price",
];
const EXPECTED: &str = "it needs the columns Symbol, Position, Position Status, Date Time, Transaction Type, Trade Volume Lots and Open Price";

/// The reader.
pub(crate) struct PositionList;

impl Reader for PositionList {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.columns(&REQUIRED)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock(crate::readers::metatrader4::SERVER_ZONE, DateRule::MonthFirst)?;
        cfd::tell_assumed_currency(run);
        let is_header = |header: &Header| header.has(&REQUIRED);
        run.table(file, Encoding::OrWindows1252, EXPECTED, is_header, |cells, out| row(cells, &clock, out))
    }

    fn sample(&self) -> &'static str {
        include_str!("../samples/metatrader5-list.csv")
    }
}

fn row(cells: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let login = cells.get("account number");
    if let Some(skipped) = out.other_account(login) {
        return Ok(skipped);
    }
    let (side, effect) = transaction(cells)?;
    let symbol = symbols::clean("symbol", cells.get("symbol"))?;
    let account = symbols::currency("currency", "", &out.options.currency)?;
    let lot = Lot::of(&symbol);
    let quote = lot.currency(&account).to_owned();
    let at = clock.read("date time", cells.get("date time"))?;
    let (volume, price) = (cells.quantity("trade volume lots")?, cells.decimal("open price")?);
    let profit = cells.optional("profit")?.filter(|_| effect == Effect::Closes);
    let fill = ParsedFill::new(cells.line, at, symbol, side, volume, price, &quote);
    out.fill(ParsedFill {
        account: (!login.is_empty()).then(|| login.to_owned()),
        asset_class: lot.class,
        effect: Some(effect),
        multiplier: lot.size,
        multiplier_source: lot.source,
        claims: profit.map(|profit| Box::new(cfd::claims(profit, None, &quote, &account))),
        ..fill
    })?;
    if let Some(profit) = profit {
        Stated::add(&mut out.stated.gross_pnl, &account, profit);
    }
    Ok(Outcome::Read)
}

/// `Trade Buy In`, `Trade Sell Out`.
fn transaction(cells: Cells<'_>) -> Result<(Side, Effect), Fault> {
    let text = cells.get("transaction type").to_ascii_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let side = match words.as_slice() {
        ["trade", "buy", _] => Side::Buy,
        ["trade", "sell", _] => Side::Sell,
        _ => return Err(unknown(cells)),
    };
    match words.last() {
        Some(&"in") => Ok((side, Effect::Opens)),
        Some(&"out") => Ok((side, Effect::Closes)),
        _ => Err(unknown(cells)),
    }
}

fn unknown(cells: Cells<'_>) -> Fault {
    let message = format!("{} is no transaction such as Trade Buy In", quoted(cells.get("transaction type")));
    Fault::new("transaction type", "bad-side", message)
}
