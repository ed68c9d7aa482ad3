//! Lightspeed: its trade report, one row an execution with every fee in a column of its own.

use crate::{
    Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, instruments, numbers,
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

/// The format `lightspeed-trades`.
pub(crate) struct Trades;

const COLUMNS: [&str; 7] =
    ["trade number", "trade date", "execution time", "symbol", "qty", "price", "commission amount"];

static DOC: Doc = Doc {
    id: "lightspeed-trades",
    name: "Lightspeed trades (CSV)",
    how: "Account center > Reports > Trades > Export.",
    kind: RowKind::Fill,
    carries: "Executions with commission, fees and net amount.",
    times: "Trade Date and Execution Time, MM/dd/yyyy HH:mm:ss; America/New_York unless the import names another zone.",
    fees: "Commission Amount, and the sum of all columns that begin with Fee; positive: charged. NET Amount is checked.",
    identity: "Trade Date and Trade Number.",
    limits: "Ends of options and cash are not in the file.",
};

impl Reader for Trades {
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
            "it needs the columns Trade Number, Trade Date, Execution Time, Symbol, Qty, Price and Commission Amount",
            |header: &Header| header.has(&COLUMNS),
            |row, out| read(row, &clock, out),
        )
    }

    fn sample(&self) -> &'static str {
        "Trade Number,Trade Date,Execution Time,Symbol,Side,Qty,Price,Commission Amount,FeeSEC,FeeTAF,Buy/Sell,Principal Amount,NET \
         Amount\n\
         T1,01/05/2026,09:30:00,AAPL,B,100,243.36,0.45,0,0,Buy,24336,24336.45\n\
         T2,01/05/2026,09:31:00,AAPL,S,100,243.40,0.45,0.56,0.02,Sell,24340,24338.97\n\
         T3,01/05/2026,09:32:00,TSLA,SS,10,400,0.45,0.1,0.01,Sell Short,4000,3999.44\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let account = row.any(&["account number", "account"]);
    if let Some(other) = out.other_account(account) {
        return Ok(other);
    }
    let number = symbols::identifier("trade number", row.get("trade number"))?;
    let (side, effect) =
        sides::side("side", row.get("side")).or_else(|_| sides::side("buy/sell", row.get("buy/sell")))?;
    let day = row.get("trade date");
    let moment = clock.read("execution time", &format!("{day} {}", row.get("execution time")))?;
    let symbol = symbols::clean("symbol", row.get("symbol"))?;
    let currency = symbols::currency("currency", row.any(&["currency", "currency code"]), "USD")?;
    let quantity = sides::quantity("qty", row.decimal("qty")?, side)?;
    let mut fill = ParsedFill::new(row.line, moment, symbol, side, quantity, row.decimal("price")?, currency);
    fill.effect = effect;
    fill.account = history::present(account);
    fill.execution_id = format!("{day}:{number}");
    fill.commission = row.decimal_or_zero("commission amount")?;
    for name in row.header.names().filter(|name| name.starts_with("fee")) {
        let fee = numbers::decimal_or_zero("fee", row.get(name), row.point)?;
        let sum = fill.fees.checked_add(fee);
        fill.fees = sum.ok_or_else(|| Fault::new("fee", "bad-number", "the sum of the fees is too large"))?;
    }
    instruments::identify(&mut fill, None, None)?;
    if let Some(net) = row.optional("net amount")? {
        let net = if side == Side::Buy { -net.abs() } else { net.abs() };
        history::check_amount(&fill, net, out);
    }
    out.fill(fill)?;
    Ok(Outcome::Read)
}
