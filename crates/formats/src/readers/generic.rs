//! The documented CSV of this project, and any other with the help of a [`Mapping`](crate::Mapping).
//!
//! `date,time` or `timestamp`, `symbol`, `side`, `quantity`, `price`, and optionally `commission`, `fees`, `currency`, `multiplier`,
//! `execution_id`, `order_id`, `account`; in any order, any case, separated by comma, semicolon, tab or bar.

mod columns;
mod row;

use crate::{
    Doc, File, Head, Header, Mapping, ParseError, RowKind, Run,
    numbers::Point,
    reader::{Match, Reader},
    source::Encoding,
    times::{Clock, DateRule},
};
use columns::Columns;
use row::Context;

/// The format `generic-csv`.
pub(crate) struct Generic;

const EXPECTED: &str =
    "it needs a header with the columns symbol, side, quantity, price, and timestamp or date";

/// What the header needs, in the names of the mapping.
fn expected(mapping: &Mapping) -> String {
    let named: Vec<String> = mapping
        .columns()
        .into_iter()
        .filter_map(|(usual, column)| Some(format!("{usual}, called {:?}", column?)))
        .collect();
    if named.is_empty() {
        return EXPECTED.to_owned();
    }
    format!("{EXPECTED}; your mapping has {}", named.join("; "))
}

static DOC: Doc = Doc {
    id: "generic-csv",
    name: "Generic CSV",
    how: "date,time or timestamp,symbol,side,quantity,price[,commission,fees,currency,multiplier,execution_id,order_id,account]",
    kind: RowKind::Fill,
    carries: "Executions with commission, fees, currency and multiplier, as far as the columns are there. A mapping names columns \
              that are called otherwise.",
    times: "RFC 3339 with an offset, or yyyy-MM-dd HH:mm:ss and its variants; MM/dd/yyyy unless the mapping or a date of the file says otherwise. Without \
            an offset: the zone of the import, else UTC.",
    fees: "Positive: charged; negative: a rebate; the other way round with a mapping that says so.",
    identity: "execution_id; without it the content of the row and its turn among equal rows.",
    limits: "One account at a time. Futures bring their multiplier from the table of contracts; other symbols count 1, options 100.",
};

/// A header and an example row of this format.
pub const fn template() -> &'static str {
    "timestamp,symbol,side,quantity,price,commission,fees,currency,multiplier,execution_id,account\n\
     2026-01-05T14:30:00Z,AAPL,buy,100,243.36,1.00,0.02,USD,1,EX-1,\n"
}

impl Reader for Generic {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        let required = ["symbol", "side", "quantity", "price"];
        let with = |time: &str| head.header(&[required.as_slice(), &[time]].concat());
        with("timestamp").or_else(|| with("date"))?;
        // Many brokers have these columns among others: any format that knows more of them wins.
        Some(Match {
            confidence: 0.5,
            why: "it has the columns symbol, side, quantity, price and a time".to_owned(),
        })
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let mapping = run.out.options.mapping.clone().unwrap_or_default();
        let clock = match mapping.date_order {
            Some(order) => Clock::new(run.out.options.time_zone.as_deref(), "UTC", order.into())?,
            None => run.out.clock("UTC", DateRule::MonthFirst)?,
        };
        let point = mapping.decimal_comma.map(|comma| if comma { Point::Comma } else { Point::Dot });
        let context = Context { mapping: &mapping, clock, point };
        let columns = |header: &Header| Columns::of(header, &mapping);
        run.table_of(file, Encoding::OrWindows1252, &expected(&mapping), columns, |columns, cells, out| {
            context.read(&columns, cells, out)
        })
    }

    fn sample(&self) -> &'static str {
        "timestamp,symbol,side,quantity,price,commission,fees,currency,multiplier,execution_id,account\n\
         2026-01-05T14:30:00Z,AAPL,buy,100,243.36,1.00,0.02,USD,1,EX-1,U1\n\
         2026-01-05 14:31:00,ESH6,sell,1,6000.25,-0.25,,USD,,EX-2,U1\n\
         01/05/2026 14:32:00,AAPL,sell,100,244,1.00,0.02,USD,1,,U1\n"
    }
}
