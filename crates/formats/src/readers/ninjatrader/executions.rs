//! NinjaTrader 8, Executions grid: one row is one execution.

use crate::{
    Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, futures, numbers,
    reader::{Match, Reader},
    run::Out,
    sides::side,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome},
    times::{Clock, user_ordered},
};
use ledger::Effect;

static DOC: Doc = Doc {
    id: "ninjatrader-executions",
    name: "NinjaTrader 8 executions",
    how: "In the Control Center open the Executions tab, or Trade Performance with the Executions display, and export the grid.",
    kind: RowKind::Fill,
    carries: "Each execution with its order, account and commission, and whether it entered or exited. Comma or semicolon, decimal point \
              or comma, English and French headers.",
    times: "The clock of the computer that exported, without a zone: read as Chicago's unless you name one. Day and month stand in the \
            order of its Windows settings: told by a late day, by AM and PM or by decimal commas, else by you.",
    fees: "Positive is charged. The grid has no other fees.",
    identity: "`ID`; when that column was hidden, the row's content and its turn among equals.",
    limits: "Columns are user-chosen: Instrument, Action, Quantity, Price, Time and E/X must be there.",
};

const INSTRUMENT: &[&str] = &["instrument"];
const ACTION: &[&str] = &["action"];
const QUANTITY: &[&str] = &["quantity", "quantité", "qté"];
const PRICE: &[&str] = &["price", "prix"];
const TIME: &[&str] = &["time", "heure"];
const ENTRY_OR_EXIT: &[&str] = &["e/x", "e/s"];
const ACCOUNT: &[&str] =
    &["account display name", "account name", "account", "nom d'affichage du compte", "compte"];
const ORDER: &[&str] = &["order id", "id d'ordre", "id d’ordre"];
const REQUIRED: [&[&str]; 6] = [INSTRUMENT, ACTION, QUANTITY, PRICE, TIME, ENTRY_OR_EXIT];
const EXPECTED: &str = "it needs the columns Instrument, Action, Quantity, Price, Time and E/X";

/// The reader.
pub(crate) struct Executions;

impl Reader for Executions {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        let found = head.rows.iter().any(is_header);
        found
            .then(|| Match { confidence: 0.95, why: "it has NinjaTrader's columns of executions".to_owned() })
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let dates = user_ordered(file.head(), run.out.options);
        let clock = run.out.clock("America/Chicago", dates)?;
        run.table(file, Encoding::OrWindows1252, EXPECTED, is_header, |cells, out| row(cells, &clock, out))
    }

    fn sample(&self) -> &'static str {
        include_str!("../samples/ninjatrader-executions.csv")
    }
}

fn is_header(header: &Header) -> bool {
    REQUIRED.iter().all(|names| header.has_any(names))
}

fn row(cells: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let account = cells.any(ACCOUNT);
    if let Some(skipped) = out.other_account(account) {
        return Ok(skipped);
    }
    let symbol = symbols::clean("instrument", cells.any(INSTRUMENT))?;
    let (side, effect) = side("action", cells.any(ACTION))?;
    let at = clock.by_point(cells.point).read("time", cells.any(TIME))?;
    let quantity = cells.quantity_of("quantity", QUANTITY)?;
    let price = numbers::decimal("price", cells.any(PRICE), cells.point)?;
    let terms = futures::terms("instrument", &symbol, &at, None, &out.options.currency)?;
    let mut fill = ParsedFill::new(cells.line, at, symbol, side, quantity, price, "");
    futures::apply(&mut fill, terms);
    let fill = ParsedFill {
        execution_id: match cells.get("id") {
            "" => String::new(),
            id => symbols::identifier("id", id)?,
        },
        order_id: Some(cells.any(ORDER)).filter(|order| !order.is_empty()).map(str::to_owned),
        account: (!account.is_empty()).then(|| account.to_owned()),
        effect: match cells.any(ENTRY_OR_EXIT).to_lowercase().as_str() {
            "entry" | "entrée" => Some(Effect::Opens),
            "exit" | "sortie" => Some(Effect::Closes),
            _ => effect,
        },
        commission: cells.decimal_or_zero("commission")?,
        ..fill
    };
    out.stated.add_charges(&fill);
    out.fill(fill)?;
    Ok(Outcome::Read)
}
