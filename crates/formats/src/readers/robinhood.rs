//! Robinhood: its account activity, dates without times.

use crate::{
    CashKind, Cause, Cells, Doc, File, Head, Header, OptionEventKind, ParseError, ParsedFill, RowKind, Run,
    Severity, instruments, numbers,
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
use ledger::Decimal;

/// The format `robinhood-activity`.
pub(crate) struct Activity;

const COLUMNS: [&str; 7] =
    ["activity date", "instrument", "description", "trans code", "quantity", "price", "amount"];

static DOC: Doc = Doc {
    id: "robinhood-activity",
    name: "Robinhood account activity (CSV)",
    how: "Account > Menu > Reports and statements > Account activity > Generate report.",
    kind: RowKind::Fill,
    carries: "Executions of shares and options; ends of options; dividends, interest, fees and transfers.",
    times: "M/d/yyyy without a time of day, newest first: rows of one day count from the bottom up. America/New_York unless the \
            import names another zone.",
    fees: "Hidden in Amount: what it holds beyond quantity x price x multiplier is read as fees, so that cash is right to the cent. \
           More than a dollar and a hundredth of the trade is no fee, and warned about.",
    identity: "None: the content of the row and its turn among equal rows. Equal rows are legitimate.",
    limits: "One account, which the file does not name. Splits without a ratio in their description and units that moved without a \
             trade are not read.",
};

impl Reader for Activity {
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
            Encoding::Utf8,
            "it needs the columns Activity Date, Instrument, Description, Trans Code, Quantity, Price and Amount",
            |row: &Row| {
                if row.at(0).eq_ignore_ascii_case("activity date") && Header::of(row).has(&COLUMNS) {
                    return Line::Header(());
                }
                let is_text = (0..COLUMNS.len()).all(|index| row.at(index).is_empty());
                if is_text { Line::Skip("disclaimer", "a text below the rows".to_owned()) } else { Line::Data }
            },
            |(), row, out| read(row, &clock, out),
        )
    }

    fn sample(&self) -> &'static str {
        "\"Activity Date\",\"Process Date\",\"Settle Date\",\"Instrument\",\"Description\",\"Trans \
         Code\",\"Quantity\",\"Price\",\"Amount\"\n\
         1/20/2026,1/20/2026,1/20/2026,AAPL,Cash Div: R/D 2026-01-10 P/D 2026-01-20,CDIV,,,$26.00\n\
         1/16/2026,1/16/2026,1/20/2026,SPY,Option Expiration for SPY 1/16/2026 Call $580.00,OEXP,1S,,\n\
         1/12/2026,1/12/2026,1/13/2026,AAPL,Apple CUSIP: 037833100,Sell,100,$250.00,\"$24,999.31\"\n\
         1/6/2026,1/6/2026,1/7/2026,SPY,SPY 1/16/2026 Call $580.00,STO,1,$1.25,$124.95\n\
         1/5/2026,1/5/2026,1/6/2026,AAPL,Apple CUSIP: 037833100,Buy,100,$243.36,\"($24,336.00)\"\n\
         1/2/2026,1/2/2026,1/2/2026,,ACH Deposit,ACH,,,\"$50,000.00\"\n\
         ,,,,,,,,,\"The data provided is for informational purposes only.\"\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let code = row.get("trans code").to_ascii_uppercase();
    let description = row.get("description");
    let moment = clock.read("activity date", row.get("activity date"))?;
    if matches!(code.as_str(), "BUY" | "SELL" | "BTO" | "STO" | "BTC" | "STC" | "SS" | "BC") {
        let (side, effect) = sides::side("trans code", &code)?;
        let symbol = if code.ends_with(['O', 'C']) && code.len() == 3 {
            contract(description)
        } else {
            row.get("instrument")
        };
        let symbol = symbols::clean("instrument", symbol)?;
        let mut fill =
            ParsedFill::new(row.line, moment, symbol, side, quantity(row)?, row.decimal("price")?, "USD");
        fill.effect = effect;
        fill.cause = cause(description);
        instruments::identify(&mut fill, None, None)?;
        hidden_fees(&mut fill, row.decimal("amount")?, out);
        out.fill(fill)?;
        return Ok(Outcome::Read);
    }
    let ends = match code.as_str() {
        "OEXP" => Some(OptionEventKind::Expiry),
        "OASGN" => Some(OptionEventKind::Assignment),
        "OEXCS" => Some(OptionEventKind::Exercise),
        _ => None,
    };
    let symbol = if ends.is_some() { contract(description) } else { row.get("instrument") };
    let booking = Booking { line: row.line, id: "", account: "", symbol, description, moment };
    if let Some(kind) = ends {
        return booking.option_end(kind, quantity(row)?, true, out);
    }
    if matches!(code.as_str(), "SPL" | "SPR") {
        return booking.split(out);
    }
    let Some(amount) = row.optional("amount")? else {
        return if row.get("quantity").is_empty() { Err(unknown(row)) } else { booking.moved_units(out) };
    };
    booking.cash(cash_kind(&code, description, amount), amount, "USD", out)
}

/// `1S` is one contract that was short.
fn quantity(row: Cells<'_>) -> Result<Decimal, Fault> {
    let cell = row.get("quantity").trim_end_matches(['S', 's']);
    let quantity = numbers::decimal("quantity", cell, row.point)?;
    if quantity.is_positive() {
        return Ok(quantity);
    }
    Err(Fault::new("quantity", "zero-quantity", format!("{} is no quantity greater than 0", quoted(cell))))
}

/// The contract that a description names: `Option Expiration for MOH 1/15/2027 Call $200.00`.
fn contract(description: &str) -> &str {
    let words = description.rsplit_once(" for ").map_or(description, |(_, contract)| contract);
    words.lines().next().unwrap_or_default().trim()
}

fn cause(description: &str) -> Cause {
    match description.to_ascii_lowercase() {
        text if text.contains("option assigned") => Cause::Assignment,
        text if text.contains("option exercised") => Cause::Exercise,
        _ => Cause::Trade,
    }
}

/// Reads fees out of the amount, as long as they can be fees.
fn hidden_fees(fill: &mut ParsedFill, amount: Decimal, out: &mut Out<'_>) {
    let Some(charged) = history::charged(fill, amount) else { return };
    let hundredth = amount.abs().checked_mul(Decimal::from_scaled(1, 2).unwrap_or(Decimal::ZERO));
    let most = hundredth.and_then(|hundredth| hundredth.checked_add(Decimal::ONE));
    if most.is_some_and(|most| charged.abs() <= most) {
        fill.fees = charged;
    } else {
        let message = format!(
            "the amount of {amount} differs by {charged} from quantity x price: too much for a fee, left out"
        );
        out.remark(Severity::Warning, "amount-mismatch", message);
    }
}

fn cash_kind(code: &str, description: &str, amount: Decimal) -> CashKind {
    match code {
        "CDIV" | "MDIV" | "QDIV" | "LCAP" | "SCAP" => CashKind::Dividend,
        "INT" | "MINT" | "SLIP" => CashKind::Interest,
        "GOLD" | "AFEE" | "DFEE" | "FEE" => CashKind::Fee,
        "DTAX" | "TAX" => CashKind::Tax,
        "MTCH" | "REWARD" | "GMPC" | "REC" => CashKind::Reward,
        "ACH" | "RTP" | "WIRE" | "DCF" if amount.is_negative() => CashKind::Withdrawal,
        "ACH" | "RTP" | "WIRE" | "DCF" => CashKind::Deposit,
        "ITRF" | "XENT_CC" | "XENT" | "JNL" | "JNLC" | "ACATI" | "ACATO" => CashKind::Transfer,
        _ => history::cash_kind(description, amount).unwrap_or(CashKind::Other),
    }
}

fn unknown(row: Cells<'_>) -> Fault {
    let message = format!(
        "{} is not known: expected a purchase, a sale, the end of an option, or a movement of cash with an amount",
        quoted(row.get("trans code"))
    );
    Fault::new("trans code", "unknown-action", message)
}
