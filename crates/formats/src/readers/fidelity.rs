//! Fidelity: the history of an account, dates without times and actions in sentences.

use crate::{
    CashKind, Cause, Cells, Doc, File, Head, Header, Moment, OptionEventKind, ParseError, ParsedFill,
    RowKind, Run, instruments,
    reader::{Match, Reader},
    readers::history::{self, Booking},
    row::Row,
    run::{Line, Out},
    sides,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule},
};
use ledger::{Effect, Side};

/// The format `fidelity-history`.
pub(crate) struct History;

const COLUMNS: [&str; 8] =
    ["run date", "action", "symbol", "description", "type", "price ($)", "quantity", "amount ($)"];

static DOC: Doc = Doc {
    id: "fidelity-history",
    name: "Fidelity account history (CSV)",
    how: "Accounts & Trade > Activity & Orders > History > Download.",
    kind: RowKind::Fill,
    carries: "Executions of shares, funds and options; ends of options; dividends, interest, fees and transfers.",
    times: "MM/dd/yyyy without a time of day, newest first: rows of one day count from the bottom up. A day that the action names \
            (`as of Jan-16-2026`) counts instead. America/New_York unless the import names another zone.",
    fees: "Commission ($) and Fees ($), positive: charged.",
    identity: "None: the content of the row and its turn among equal rows.",
    limits: "Splits without a ratio, units that moved without a trade and cancelled trades are not read. Accrued interest of bonds is \
             in the amount only. Reinvestment in the core account, which has no price, is skipped.",
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
        run.expect_newest_first();
        run.tables(
            file,
            Encoding::OrWindows1252,
            "it needs the columns Run Date, Action, Symbol, Description, Type, Price ($), Quantity and Amount ($)",
            |row: &Row| {
                if row.at(0).trim_start_matches('\u{feff}').eq_ignore_ascii_case("run date") && Header::of(row).has(&COLUMNS) {
                    return Line::Header(());
                }
                let is_text = row.at(0).starts_with(|c: char| c.is_ascii_alphabetic()) && row.cells().skip(1).all(str::is_empty);
                if is_text { Line::Skip("disclaimer", "a text below the rows".to_owned()) } else { Line::Data }
            },
            |(), row, out| read(row, &clock, out),
        )
    }

    fn sample(&self) -> &'static str {
        "Run Date,Account,Account Number,Action,Symbol,Description,Type,Price ($),Quantity,Commission ($),Fees ($),Accrued Interest \
         ($),Amount ($),Settlement Date\n\
         01/20/2026,Individual,Z1,EXPIRED PUT (NVDA) as of Jan-16-2026 (Margin),-NVDA260116P195,PUT (NVDA) JAN 16 26 $195,Margin,,1,,,,0.00,\n\
         01/12/2026,Individual,Z1,YOU SOLD APPLE INC (AAPL) (Cash),AAPL,APPLE INC,Cash,250,-100,,0.05,,24999.95,01/13/2026\n\
         01/06/2026,Individual,Z1,YOU SOLD OPENING TRANSACTION PUT (NVDA) (Margin),-NVDA260116P195,PUT (NVDA) JAN 16 26 $195,Margin,2,\
         -1,0.65,0.02,,199.33,01/07/2026\n\
         01/05/2026,Individual,Z1,YOU BOUGHT APPLE INC (AAPL) (Cash),AAPL,APPLE INC,Cash,243.36,100,,,,-24336,01/06/2026\n\
         01/05/2026,Individual,Z1,DIVIDEND RECEIVED VANGUARD (VTI) (Cash),VTI,VANGUARD,Cash,,0,,,,12.5,\n\
         01/02/2026,Individual,Z1,Electronic Funds Transfer Received (Cash),,No Description,Cash,,0,,,,50000,\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let account = row.any(&["account number", "account"]);
    if let Some(other) = out.other_account(account) {
        return Ok(other);
    }
    let action = row.get("action").to_ascii_lowercase();
    let moment = moment(row, clock)?;
    let side = match action.as_str() {
        text if text.contains("cancel") => return Err(unknown(row)),
        text if text.starts_with("you bought") => Some(Side::Buy),
        text if text.starts_with("you sold") => Some(Side::Sell),
        text if text.starts_with("reinvestment") => {
            if row.get("price ($)").is_empty() {
                return Outcome::skip("core-account", "cash that stays in the core account");
            }
            Some(Side::Buy)
        }
        _ => None,
    };
    if let Some(side) = side {
        return trade(row, side, &action, moment, out);
    }
    let booking = Booking {
        line: row.line,
        id: "",
        account,
        symbol: row.get("symbol"),
        description: row.get("action"),
        moment,
    };
    let end = match action.as_str() {
        text if text.starts_with("expired") => Some(OptionEventKind::Expiry),
        text if text.starts_with("assigned") => Some(OptionEventKind::Assignment),
        text if text.starts_with("exercised") => Some(OptionEventKind::Exercise),
        _ => None,
    };
    if let Some(kind) = end {
        return booking.option_end(kind, row.decimal("quantity")?, true, out);
    }
    if action.contains("split") {
        return booking.split(out);
    }
    let amount = row.decimal_or_zero("amount ($)")?;
    if amount.is_zero() && !row.decimal_or_zero("quantity")?.is_zero() {
        return booking.moved_units(out);
    }
    booking.cash(history::cash_kind(&action, amount).unwrap_or(CashKind::Other), amount, "USD", out)
}

/// `ASSIGNED as of Jan-16-2026 PUT (NVDA)`: the day that the action names counts.
fn moment(row: Cells<'_>, clock: &Clock) -> Result<Moment, Fault> {
    let run_date = clock.read("run date", row.get("run date"))?;
    let named = row.get("action").split_once(" as of ").and_then(|(_, rest)| rest.split_whitespace().next());
    let Some(Ok(moment)) = named.map(|day| clock.read("action", day)) else { return Ok(run_date) };
    Ok(Moment { text: format!("{} as of {}", run_date.text, moment.text), ..moment })
}

fn trade(
    row: Cells<'_>,
    side: Side,
    action: &str,
    moment: Moment,
    out: &mut Out<'_>,
) -> Result<Outcome, Fault> {
    let symbol = symbols::clean("symbol", row.get("symbol"))?;
    let quantity = sides::quantity("quantity", row.decimal("quantity")?, side)?;
    let mut fill =
        ParsedFill::new(row.line, moment, symbol, side, quantity, row.decimal("price ($)")?, "USD");
    fill.account = history::present(row.any(&["account number", "account"]));
    fill.effect = match action {
        text if text.contains("opening transaction") => Some(Effect::Opens),
        text if text.contains("closing transaction") => Some(Effect::Closes),
        _ => None,
    };
    fill.cause = match action {
        text if text.contains("assigned") => Cause::Assignment,
        text if text.contains("exercised") => Cause::Exercise,
        _ => Cause::Trade,
    };
    fill.commission = row.decimal_or_zero("commission ($)")?;
    fill.fees = row.decimal_or_zero("fees ($)")?;
    instruments::identify(&mut fill, None, None)?;
    if let Some(amount) = row.optional("amount ($)")? {
        history::check_amount(&fill, amount, out);
    }
    out.fill(fill)?;
    Ok(Outcome::Read)
}

fn unknown(row: Cells<'_>) -> Fault {
    let message = format!("{} is no trade that stands: take it back by hand", quoted(row.get("action")));
    Fault::new("action", "unknown-action", message)
}
