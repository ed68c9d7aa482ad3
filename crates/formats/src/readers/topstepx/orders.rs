//! `TopstepX` and other platforms on `ProjectX`, orders: one row is an order.

use crate::{
    Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, futures,
    reader::{Match, Reader},
    run::Out,
    sides::side,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule},
};
use ledger::Effect;

static DOC: Doc = Doc {
    id: "topstepx-orders",
    name: "TopstepX (ProjectX) orders",
    how: "In TopstepX open the Orders tab, choose Export and a range of dates.",
    kind: RowKind::Order,
    carries: "Each filled order: side, size, average price, account, and whether it opened or closed.",
    times: "Month first, with an offset in each row.",
    fees: "None: they stand in the trades export.",
    identity: "`Id`.",
    limits: "An order's executions are averaged. The trades export tells of the same executions: import one of the two.",
};

const REQUIRED: [&str; 9] = [
    "id",
    "contractname",
    "status",
    "size",
    "side",
    "createdat",
    "filledat",
    "executeprice",
    "positiondisposition",
];
const EXPECTED: &str = "it needs the columns Id, ContractName, Status, Size, Side, CreatedAt, FilledAt, ExecutePrice and PositionDisposition";

/// The reader.
pub(crate) struct Orders;

impl Reader for Orders {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.columns(&REQUIRED)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("America/Chicago", DateRule::MonthFirst)?;
        let is_header = |header: &Header| header.has(&REQUIRED);
        run.table(file, Encoding::Utf8, EXPECTED, is_header, |cells, out| row(cells, &clock, out))
    }

    fn sample(&self) -> &'static str {
        include_str!("../samples/topstepx-orders.csv")
    }
}

fn row(cells: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let account = cells.get("accountname");
    if let Some(skipped) = out.other_account(account) {
        return Ok(skipped);
    }
    let status = cells.get("status");
    if !status.eq_ignore_ascii_case("filled") {
        return Outcome::skip("not-filled", format!("an order whose status is {}", quoted(status)));
    }
    let symbol = symbols::clean("contractname", cells.get("contractname"))?;
    let (side, _) = side("side", cells.get("side"))?;
    let at = clock.read("filledat", cells.get("filledat"))?;
    let terms = futures::future_terms("contractname", &symbol, &at, None, &out.options.currency)?;
    let (quantity, price) = (cells.quantity("size")?, cells.decimal("executeprice")?);
    let id = symbols::identifier("id", cells.get("id"))?;
    let mut fill = ParsedFill::new(cells.line, at, symbol, side, quantity, price, "");
    futures::apply(&mut fill, terms);
    out.fill(ParsedFill {
        // Order numbers grow with time: they order what happened in one second.
        sequence: id.parse().unwrap_or_default(),
        order_id: Some(id.clone()),
        execution_id: id,
        account: (!account.is_empty()).then(|| account.to_owned()),
        effect: match cells.get("positiondisposition").to_ascii_lowercase().as_str() {
            "opening" => Some(Effect::Opens),
            "closing" => Some(Effect::Closes),
            _ => None,
        },
        ..fill
    })?;
    Ok(Outcome::Read)
}
