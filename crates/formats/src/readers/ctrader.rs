//! cTrader history (CSV or XLSX): one row is a deal that closed a position or a part of it.

mod columns;
mod row;

use crate::{
    Doc, File, Head, ParseError, RowKind, Run,
    reader::{Match, Reader},
    source::Encoding,
    times::DateRule,
};
use columns::is_header;
use row::History;

static DOC: Doc = Doc {
    id: "ctrader-history",
    name: "cTrader history",
    how: "In cTrader open the History tab, choose the columns, and save the statement as CSV or Excel.",
    kind: RowKind::ClosingDeal,
    carries: "Entry and exit of each closing deal, commission, swap, gross and net profit. English and Spanish headers.",
    times: "Day first. The zone stands in the column's name, as in `Closing time (UTC+2)`; without one UTC is assumed.",
    fees: "In the account's currency, which stands in the column's name, as in `Net USD`; negative is charged. Commission is put on the exit, \
           swap is a movement of cash of its own. Gross is before both.",
    identity: "The deal's or order's id with closing time and quantity, since partial closes repeat it, and its turn among equals.",
    limits: "Columns are user-chosen. Without an opening time the entry is told at the time of the exit. Quantities in lots are read with the \
             usual lots, those in units as units. Prices are in the quote currency: the rate to the account's is the one that the gross \
             profit implies.",
};

const EXPECTED: &str = "it needs the columns Symbol, Opening direction, Closing time, Entry price, Closing price, Closing quantity, and Net or \
                        Gross with a currency";

/// The reader.
pub(crate) struct CTrader;

impl Reader for CTrader {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        let found = head.rows.iter().any(is_header);
        found.then(|| Match::certain("it has cTrader's columns of closing deals"))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        run.expect_newest_first();
        let mut history = History::new(run.out.clock("UTC", DateRule::DayFirst)?);
        run.table(file, Encoding::OrWindows1252, EXPECTED, is_header, |cells, out| history.row(cells, out))
    }

    fn sample(&self) -> &'static str {
        include_str!("samples/ctrader.csv")
    }
}
