//! `TradeZero`, and the template that `TradeNote` made of its layout; `TradeStation` accounts come in its shorter form, too.

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
use ledger::{Decimal, Side};

/// The format `tradezero-trades`.
pub(crate) struct Trades;

const COLUMNS: [&str; 9] =
    ["account", "t/d", "exec time", "symbol", "side", "qty", "price", "gross proceeds", "net proceeds"];
/// Charges beside the commission.
const FEES: [&str; 6] = ["sec", "taf", "nscc", "nasdaq", "ecn remove", "ecn add"];

static DOC: Doc = Doc {
    id: "tradezero-trades",
    name: "TradeZero trades, TradeNote template (CSV)",
    how: "Portal > Reports > Trades > Export CSV; or the template of TradeNote.",
    kind: RowKind::Fill,
    carries: "Executions with every fee in a column of its own, gross and net proceeds. Also the short form of ten columns without \
              fees.",
    times: "MM/dd/yyyy or M/d/yy, and Exec Time; America/New_York unless the import names another zone.",
    fees: "Comm, SEC, TAF, NSCC, Nasdaq, ECN Remove, ECN Add: positive: charged, negative: a rebate. Without a Comm column what gross \
           and net proceeds differ by is read as commission. Otherwise the net proceeds are checked.",
    identity: "None: the content of the row and its turn among equal rows.",
    limits: "Equal partial executions of one second are told apart by their turn only.",
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
            "it needs the columns Account, T/D, Exec Time, Symbol, Side, Qty, Price, Gross Proceeds and Net Proceeds",
            |header: &Header| header.has(&COLUMNS),
            |row, out| read(row, &clock, out),
        )
    }

    fn sample(&self) -> &'static str {
        "Account,T/D,S/D,Currency,Type,Side,Symbol,Qty,Price,Exec Time,Comm,SEC,TAF,NSCC,Nasdaq,ECN Remove,ECN Add,Gross Proceeds,Net \
         Proceeds,Clr Broker,Liq,Note\n\
         TZ1,01/05/2026,01/06/2026,USD,2,B,AAPL,100,243.36,09:30:00,0.99,0,0,0.01,0,0.3,0,-24336,-24337.3,,R,\n\
         TZ1,01/05/2026,01/06/2026,USD,2,S,AAPL,100,243.40,09:31:00,0.99,0.56,0.02,0.01,0,0,-0.2,24340,24338.62,,A,\n\
         TZ1,01/05/2026,01/06/2026,USD,2,SS,TSLA,10,400,09:32:00,0.99,0.1,0.01,0,0,0,0,4000,3998.9,,,\n\
         TZ1,01/05/2026,01/06/2026,USD,2,BC,TSLA,10,399,09:33:00,0.99,0,0,0,0,0,0,-3990,-3990.99,,,\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    if let Some(other) = out.other_account(row.get("account")) {
        return Ok(other);
    }
    let (side, effect) = sides::side("side", row.get("side"))?;
    let moment = clock.read("exec time", &format!("{} {}", row.get("t/d"), row.get("exec time")))?;
    let symbol = symbols::clean("symbol", row.get("symbol"))?;
    let currency = symbols::currency("currency", row.get("currency"), "USD")?;
    let quantity = sides::quantity("qty", row.decimal("qty")?, side)?;
    let mut fill = ParsedFill::new(row.line, moment, symbol, side, quantity, row.decimal("price")?, currency);
    fill.effect = effect;
    fill.account = history::present(row.get("account"));
    instruments::identify(&mut fill, None, None)?;
    charge(row, &mut fill, out)?;
    out.fill(fill)?;
    Ok(Outcome::Read)
}

fn charge(row: Cells<'_>, fill: &mut ParsedFill, out: &mut Out<'_>) -> Result<(), Fault> {
    let (gross, net) = (row.optional("gross proceeds")?, row.optional("net proceeds")?);
    // Proceeds of purchases stand with or without their minus.
    let signed = |amount: Decimal| if fill.side == Side::Buy { -amount.abs() } else { amount };
    if !row.header.has(&["comm"]) {
        let charged = gross.zip(net).and_then(|(gross, net)| signed(gross).checked_sub(signed(net)));
        fill.commission = charged.unwrap_or(Decimal::ZERO);
        return Ok(());
    }
    fill.commission = row.decimal_or_zero("comm")?;
    for fee in FEES {
        fill.fees = fill
            .fees
            .checked_add(row.decimal_or_zero(fee)?)
            .ok_or_else(|| Fault::new(fee, "bad-number", "the sum of the fees is too large"))?;
    }
    if let Some(net) = net {
        history::check_amount(fill, signed(net), out);
    }
    Ok(())
}
