//! Schwab "Realized Gain/Loss": one row a lot that was closed.

use crate::{
    Cells, Claims, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, Stated, instruments,
    reader::{Match, Reader},
    run::Out,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule},
};
use ledger::{Effect, Side};

/// The format `schwab-realized`.
pub(crate) struct RealizedGains;

const COLUMNS: [&str; 7] = [
    "symbol",
    "closed date",
    "opened date",
    "quantity",
    "proceeds per share",
    "cost per share",
    "gain/loss ($)",
];

static DOC: Doc = Doc {
    id: "schwab-realized",
    name: "Schwab.com Realized Gain/Loss (CSV)",
    how: "Accounts > Realized Gain/Loss > Export, with lot details.",
    kind: RowKind::RoundTrip,
    carries: "Lots that were closed, with their gain or loss: good to check the transactions against.",
    times: "MM/dd/yyyy without a time of day. America/New_York unless the import names another zone.",
    fees: "None of their own: proceeds and cost are after fees, and so is the P&L.",
    identity: "None: the content of the row and its turn among equal rows; `:entry` and `:exit` tell its two fills apart.",
    limits: "Prices per share are rounded by Schwab. Every lot is read as long: a lot that was closed before it was opened is refused. \
             Import either this or the transactions of an account.",
};

impl Reader for RealizedGains {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.columns(&COLUMNS)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("America/New_York", DateRule::MonthFirst)?;
        run.table(
            file,
            Encoding::Utf8,
            "it needs the columns Symbol, Closed Date, Opened Date, Quantity, Proceeds Per Share, Cost Per Share and Gain/Loss ($)",
            |header: &Header| header.has(&COLUMNS),
            |row, out| read(row, &clock, out),
        )
    }

    fn sample(&self) -> &'static str {
        "Symbol,Name,Closed Date,Opened Date,Quantity,Proceeds Per Share,Cost Per Share,Proceeds,Cost Basis (CB),Gain/Loss \
         ($),Gain/Loss (%),Term,Wash Sale?\n\
         AAPL,APPLE INC,01/12/2026,01/05/2026,100,$250.00,$243.36,\"$25,000.00\",\"$24,336.00\",$664.00,2.73%,Short Term,No\n\
         MSFT,MICROSOFT CORP,01/13/2026,01/06/2026,10,$400.00,$410.00,\"$4,000.00\",\"$4,100.00\",-$100.00,-2.44%,Short Term,Yes\n\
         Total,,,,,,,\"$29,000.00\",\"$28,436.00\",$564.00,1.98%,,\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    if row.get("symbol").to_ascii_lowercase().starts_with("total") {
        return Outcome::skip("totals", "the sum of all rows");
    }
    let symbol = symbols::clean("symbol", row.get("symbol"))?;
    let quantity = row.quantity("quantity")?;
    let opened = clock.read("opened date", row.get("opened date"))?;
    let closed = clock.read("closed date", row.get("closed date"))?;
    if opened.at > closed.at {
        let message = format!(
            "{} lies after the closed date: only lots that were bought first are read",
            quoted(&opened.text)
        );
        return Err(Fault::new("opened date", "closed-before-opened", message));
    }
    let pnl = row.optional("gain/loss ($)")?;
    let cost = row.decimal("cost per share")?;
    let mut entry = ParsedFill::new(row.line, opened, symbol, Side::Buy, quantity, cost, "USD");
    entry.effect = Some(Effect::Opens);
    instruments::identify(&mut entry, None, None)?;
    let mut exit = entry.clone();
    (exit.side, exit.effect, exit.executed_at) = (Side::Sell, Some(Effect::Closes), closed);
    exit.price = row.decimal("proceeds per share")?;
    exit.claims = Some(Box::new(Claims { pnl, pnl_is_net: true, ..Claims::default() }));
    let id = out.ids.id_of(&[
        &exit.symbol,
        &entry.executed_at.text,
        &exit.executed_at.text,
        &quantity.to_string(),
        &entry.price.to_string(),
        &exit.price.to_string(),
    ]);
    (entry.execution_id, exit.execution_id) = (format!("{id}:entry"), format!("{id}:exit"));
    out.fill(entry)?;
    out.fill(exit)?;
    if let Some(pnl) = pnl {
        Stated::add(&mut out.stated.net_pnl, "USD", pnl);
    }
    Ok(Outcome::Read)
}
