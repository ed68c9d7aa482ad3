//! Schwab "Transactions": one row an execution or a movement of cash, dates without times.

use crate::{
    CashKind, Cells, Doc, File, Head, Header, OptionEventKind, ParseError, ParsedFill, RowKind, Run,
    instruments,
    reader::{Match, Reader},
    readers::history::{self, Booking},
    run::Out,
    sides,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule},
};
use ledger::{Effect, Side};

/// The format `schwab-transactions`.
pub(crate) struct Transactions;

const COLUMNS: [&str; 7] = ["date", "action", "symbol", "description", "quantity", "price", "fees & comm"];

static DOC: Doc = Doc {
    id: "schwab-transactions",
    name: "Schwab.com transactions (CSV)",
    how: "Accounts > History > Export, for at most 10,000 rows.",
    kind: RowKind::Fill,
    carries: "Executions of shares, funds and options; dividends, interest, fees, taxes, deposits and transfers; expiries, \
              assignments and exercises of options.",
    times: "MM/dd/yyyy without a time of day, newest first: rows of one day count from the bottom up. Of `08/11/2025 as of \
            08/08/2025` the second day counts. America/New_York unless the import names another zone.",
    fees: "Fees & Comm in one figure, positive: charged. It is read as commission.",
    identity: "None: the content of the row and its turn among equal rows.",
    limits: "Splits without a ratio in their description, units that moved without a trade and cancelled trades are not read. The \
             price of a bond is per 100 of its face value: its amount is checked and differs.",
};

impl Reader for Transactions {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.columns(&COLUMNS)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("America/New_York", DateRule::MonthFirst)?;
        run.expect_newest_first();
        run.table(
            file,
            Encoding::Utf8,
            "it needs the columns Date, Action, Symbol, Description, Quantity, Price and Fees & Comm",
            |header: &Header| header.has(&COLUMNS),
            |row, out| read(row, &clock, out),
        )
    }

    fn sample(&self) -> &'static str {
        "Date,Action,Symbol,Description,Quantity,Price,Fees & Comm,Amount\n\
         01/20/2026,Qualified Dividend,AAPL,APPLE INC,,,,$26.00\n\
         01/19/2026 as of 01/16/2026,Expired,SPY 01/16/2026 580.00 C,CALL SPDR S&P 500 $580,1,,,\n\
         01/12/2026,Sell,AAPL,APPLE INC,100,$250.00,$0.05,\"$24,999.95\"\n\
         01/05/2026,Sell to Open,SPY 01/16/2026 580.00 C,CALL SPDR S&P 500 $580,1,$1.25,$0.66,$124.34\n\
         01/05/2026,Buy,AAPL,APPLE INC,100,$243.36,,\"-$24,336.00\"\n\
         01/02/2026,MoneyLink Transfer,,Tfr BANK,,,,$50000.00\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let date = row.get("date");
    if date.to_ascii_lowercase().contains("total") {
        return Outcome::skip("totals", "the sum of all rows");
    }
    let action = row.get("action").to_ascii_lowercase();
    if let Some((side, effect)) = trade_side(&action) {
        return trade(row, side, effect, clock, out);
    }
    let booking = Booking {
        line: row.line,
        id: "",
        account: "",
        symbol: row.get("symbol"),
        description: row.get("description"),
        moment: history::effective(clock, "date", date)?,
    };
    let end = match action.as_str() {
        "expired" => Some(OptionEventKind::Expiry),
        "assigned" => Some(OptionEventKind::Assignment),
        "exchange or exercise" | "exercised" => Some(OptionEventKind::Exercise),
        _ => None,
    };
    if let Some(kind) = end {
        return booking.option_end(kind, row.decimal("quantity")?, true, out);
    }
    if action.contains("split") {
        return booking.split(out);
    }
    let Some(amount) = row.optional("amount")? else {
        return match row.optional("quantity")? {
            Some(_) if !action.contains("cancel") => booking.moved_units(out),
            _ => Err(unknown(row)),
        };
    };
    match history::cash_kind(&action, amount) {
        Some(kind) => booking.cash(kind, amount, "USD", out),
        None if row.optional("quantity")?.is_none() => booking.cash(CashKind::Other, amount, "USD", out),
        None => Err(unknown(row)),
    }
}

fn trade_side(action: &str) -> Option<(Side, Option<Effect>)> {
    if action == "reinvest shares" {
        return Some((Side::Buy, None));
    }
    let is_trade = action.starts_with("buy") || action.starts_with("sell");
    is_trade.then(|| sides::side("action", action).ok())?
}

fn trade(
    row: Cells<'_>,
    side: Side,
    effect: Option<Effect>,
    clock: &Clock,
    out: &mut Out<'_>,
) -> Result<Outcome, Fault> {
    let moment = history::effective(clock, "date", row.get("date"))?;
    let symbol = symbols::clean("symbol", row.get("symbol"))?;
    let quantity = sides::quantity("quantity", row.decimal("quantity")?, side)?;
    let mut fill = ParsedFill::new(row.line, moment, symbol, side, quantity, row.decimal("price")?, "USD");
    fill.effect = effect;
    fill.commission = row.decimal_or_zero("fees & comm")?;
    instruments::identify(&mut fill, None, None)?;
    if let Some(amount) = row.optional("amount")? {
        history::check_amount(&fill, amount, out);
    }
    out.fill(fill)?;
    Ok(Outcome::Read)
}

fn unknown(row: Cells<'_>) -> Fault {
    let message = format!(
        "{} is not known: expected a purchase, a sale, the end of an option, or a movement of cash with an amount",
        quoted(row.get("action"))
    );
    Fault::new("action", "unknown-action", message)
}
