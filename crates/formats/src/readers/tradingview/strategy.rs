//! `TradingView`, the trades of the strategy tester: two rows are a round trip, the exit above the entry.

mod columns;
mod trades;

use crate::{
    Doc, File, Head, ParseError, RowKind, Run,
    reader::{Match, Reader},
    source::Encoding,
    times::DateRule,
};
use columns::is_header;
use trades::Trades;

static DOC: Doc = Doc {
    id: "tradingview-strategy",
    name: "TradingView strategy tester",
    how: "In the Strategy Tester open List of trades and download it as CSV or XLSX.",
    kind: RowKind::RoundTrip,
    carries: "Entry and exit of each simulated trade, net profit, commission, favourable and adverse excursion.",
    times: "The chart's zone, which stands nowhere in the file: read as UTC unless you name it.",
    fees: "`Commission` covers both sides and is put on the exit; positive is charged. Net P&L is after it.",
    identity: "None: `Trade number` starts again in every test. The trade's content, and its turn among equals.",
    limits: "Simulated trades. The symbol stands in the file's name only; without that the instrument is called STRATEGY. What a point is \
             worth is derived from the profit. A trade that is still open gives its entry alone. A row is kept until its other half comes.",
};

const EXPECTED: &str = "it needs the columns Trade number (or Trade #), Type, Date and time, Price with a currency and Size (qty)";

/// The reader.
pub(crate) struct StrategyTester;

impl Reader for StrategyTester {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        let found = head.rows.iter().any(is_header);
        found.then(|| Match::certain("it has the columns of the strategy tester"))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("UTC", DateRule::YearFirst)?;
        let mut trades = Trades::new(clock, run.out.options.file_name.as_deref());
        run.table(file, Encoding::Utf8, EXPECTED, is_header, |cells, out| trades.row(cells, out))?;
        trades.finish(run)
    }

    fn sample(&self) -> &'static str {
        include_str!("../samples/tradingview-strategy.csv")
    }
}
