//! Webull outside of the United States: one row a trade, dates without times, the day first.

use crate::{
    Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, instruments,
    reader::{Match, Reader},
    readers::history,
    run::Out,
    sides,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome},
    times::{Clock, DateRule},
};
use ledger::Side;

/// The format `webull-international`.
pub(crate) struct International;

const COLUMNS: [&str; 7] =
    ["symbol & name", "trade date", "buy/sell", "quantity", "traded price", "gross amount", "net amount"];

static DOC: Doc = Doc {
    id: "webull-international",
    name: "Webull international trades (CSV)",
    how: "The trades of a statement, as CSV.",
    kind: RowKind::Fill,
    carries: "Trades with their gross and net amounts.",
    times: "dd/MM/yyyy without a time of day: rows of one day count in the file's order, from its older end. America/New_York unless \
            the import names another zone.",
    fees: "Comm/Fee/Tax in one figure, read as commission; VAT is read as a tax. The sign is not relied on: both are charges.",
    identity: "None: the content of the row and its turn among equal rows.",
    limits: "The file names no currency: it is the account's.",
};

impl Reader for International {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.columns(&COLUMNS)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("America/New_York", DateRule::DayFirst)?;
        run.table(
            file,
            Encoding::Utf8,
            "it needs the columns Symbol & Name, Trade Date, Buy/Sell, Quantity, Traded Price, Gross Amount and Net Amount",
            |header: &Header| header.has(&COLUMNS),
            |row, out| read(row, &clock, out),
        )
    }

    fn sample(&self) -> &'static str {
        "Symbol & Name,Trade Date,Settlement Date,Buy/Sell,Quantity,Traded Price,Gross Amount,Comm/Fee/Tax,VAT,Net Amount\n\
         AAPL APPLE INC,05/01/2026,06/01/2026,Buy,10,243.36,2433.60,1.00,0.07,2434.67\n\
         AAPL APPLE INC,13/01/2026,14/01/2026,Sell,10,250.00,2500.00,1.00,0.07,2498.93\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let (side, effect) = sides::side("buy/sell", row.get("buy/sell"))?;
    let moment = clock.read("trade date", row.get("trade date"))?;
    let ticker = row.get("symbol & name").split_whitespace().next().unwrap_or_default();
    let symbol = symbols::clean("symbol & name", ticker)?;
    let currency = symbols::currency("currency", row.get("currency"), &out.options.currency)?;
    let quantity = sides::quantity("quantity", row.decimal("quantity")?, side)?;
    let mut fill =
        ParsedFill::new(row.line, moment, symbol, side, quantity, row.decimal("traded price")?, currency);
    fill.effect = effect;
    fill.commission = row.decimal_or_zero("comm/fee/tax")?.abs();
    fill.taxes = row.decimal_or_zero("vat")?.abs();
    instruments::identify(&mut fill, None, None)?;
    if let Some(net) = row.optional("net amount")? {
        let net = if side == Side::Buy { -net.abs() } else { net.abs() };
        history::check_amount(&fill, net, out);
    }
    out.fill(fill)?;
    Ok(Outcome::Read)
}
