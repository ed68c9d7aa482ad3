//! Firstrade: the history of an account; the time of an execution stands inside of its description.

use crate::{
    CashKind, Cells, Doc, File, Head, Header, Moment, OptionEventKind, ParseError, ParsedFill, RowKind, Run,
    instruments,
    reader::{Match, Reader},
    readers::history::{self, Booking},
    run::Out,
    sides,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome},
    times::{Clock, DateRule},
};

/// The format `firstrade-history`.
pub(crate) struct History;

const COLUMNS: [&str; 8] =
    ["symbol", "quantity", "price", "action", "description", "tradedate", "amount", "recordtype"];

static DOC: Doc = Doc {
    id: "firstrade-history",
    name: "Firstrade account history (CSV)",
    how: "Accounts > Tax and Account history > Download CSV.",
    kind: RowKind::Fill,
    carries: "Executions of shares and options; dividends, interest and other movements of cash; ends of options that the description \
              names.",
    times: "TradeDate, yyyy-MM-dd or MM/dd/yyyy, with the time that Description names (EXEC TIME 10:30:15); without one the day \
            alone. America/New_York unless the import names another zone.",
    fees: "Commission and Fee, positive: charged.",
    identity: "None: the content of the row and its turn among equal rows.",
    limits: "Splits without a ratio in their description and units that moved without a trade are not read.",
};

impl Reader for History {
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
            Encoding::OrWindows1252,
            "it needs the columns Symbol, Quantity, Price, Action, Description, TradeDate, Amount and RecordType",
            |header: &Header| header.has(&COLUMNS),
            |row, out| read(row, &clock, out),
        )
    }

    fn sample(&self) -> &'static str {
        "Symbol,Quantity,Price,Action,Description,TradeDate,SettledDate,Interest,Amount,Commission,Fee,CUSIP,RecordType\n\
         AAPL,100,243.36,BUY,APPLE INC UNSOLICITED EXEC TIME 09:30:15,2026-01-05,2026-01-06,0,-24336,0,0,037833100,Trade\n\
         AAPL,-100,250,SELL,APPLE INC UNSOLICITED EXEC TIME 10:30:15,2026-01-12,2026-01-13,0,24999.31,0,0.69,037833100,Trade\n\
         AAPL,0,0,Dividend,APPLE INC CASH DIV,2026-01-20,2026-01-20,0,26,0,0,037833100,Financial\n\
         ,0,0,Interest,INTEREST ON CREDIT BALANCE,2026-01-31,2026-01-31,0,1.25,0,0,,Financial\n\
         ,0,0,Other,ACH DEPOSIT,2026-01-02,2026-01-02,0,50000,0,0,,Financial\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let (action, description) = (row.get("action"), row.get("description"));
    let moment = moment(row, clock)?;
    if let Ok((side, effect)) = sides::side("action", action) {
        let symbol = symbols::clean("symbol", row.get("symbol"))?;
        let quantity = sides::quantity("quantity", row.decimal("quantity")?, side)?;
        let mut fill =
            ParsedFill::new(row.line, moment, symbol, side, quantity, row.decimal("price")?, "USD");
        fill.effect = effect;
        fill.commission = row.decimal_or_zero("commission")?;
        fill.fees = row.decimal_or_zero("fee")?;
        instruments::identify(&mut fill, None, None)?;
        if let Some(amount) = row.optional("amount")? {
            history::check_amount(&fill, amount, out);
        }
        out.fill(fill)?;
        return Ok(Outcome::Read);
    }
    let booking =
        Booking { line: row.line, id: "", account: "", symbol: row.get("symbol"), description, moment };
    let text = description.to_ascii_lowercase();
    let (amount, quantity) = (row.decimal_or_zero("amount")?, row.decimal_or_zero("quantity")?);
    if !quantity.is_zero() && amount.is_zero() {
        return match end(&text) {
            Some(kind) => booking.option_end(kind, quantity, true, out),
            None if text.contains("split") => booking.split(out),
            None => booking.moved_units(out),
        };
    }
    let kind = history::cash_kind(action, amount).or_else(|| history::cash_kind(description, amount));
    booking.cash(kind.unwrap_or(CashKind::Other), amount, "USD", out)
}

fn end(text: &str) -> Option<OptionEventKind> {
    [
        ("expir", OptionEventKind::Expiry),
        ("assign", OptionEventKind::Assignment),
        ("exercise", OptionEventKind::Exercise),
    ]
    .into_iter()
    .find(|(word, _)| text.contains(word))
    .map(|(_, kind)| kind)
}

/// The day, and the time that the description names.
fn moment(row: Cells<'_>, clock: &Clock) -> Result<Moment, Fault> {
    let day = row.required("tradedate")?;
    let named =
        row.get("description").split_once("EXEC TIME").and_then(|(_, rest)| rest.split_whitespace().next());
    match named {
        Some(time) => clock.read("tradedate", &format!("{day} {time}")),
        None => clock.read("tradedate", day),
    }
}
