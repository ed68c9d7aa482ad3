//! Price bars from a user's own file: the open, high, low and close of an instrument over time.
//!
//! ```text
//! CSV or TSV with time, open, high, low, close --price_bars--> bars in order, rows accounted for
//! ```

mod lasting;
mod row;

use crate::{
    Diagnostic, Doc, File, Moment, Options, ParseError, ParsedFill, RowKind, Rows, Run, Sink, SinkError,
    source::Encoding,
    tally::{Fault, Outcome},
    times::DateRule,
};
use ledger::{Decimal, Timestamp};
use row::{Columns, read};
use std::{
    collections::{BTreeMap, btree_map::Entry},
    io::BufRead,
    time::Duration,
};

const EXPECTED: &str = "it needs a column for the time (such as time, date or timestamp) and the columns open, high, low and close";

static DOC: Doc = Doc {
    id: "price-bars",
    name: "price bars",
    how: "From a charting platform: export the chart's data.",
    kind: RowKind::Fill,
    carries: "Open, high, low and close of one instrument over time.",
    times: "When a bar begins: RFC 3339, seconds or milliseconds since 1970, or the usual layouts; UTC unless the user names another zone.",
    fees: "None.",
    identity: "The time at which a bar begins.",
    limits: "All bars of a file last equally long, until the next one begins at the latest.",
};

/// One bar as a file tells it. Prices are exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedBar {
    /// The file's line, from 1.
    pub line: u64,
    /// When it begins.
    pub starts_at: Moment,
    /// When it ends: after the file's interval, or when the next one begins.
    pub ends_at: Timestamp,
    /// The first price.
    pub open: Decimal,
    /// The highest price.
    pub high: Decimal,
    /// The lowest price.
    pub low: Decimal,
    /// The last price.
    pub close: Decimal,
}

/// What a file of price bars says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceBars {
    /// The oldest first, at least two, without overlaps.
    pub bars: Vec<ParsedBar>,
    /// How long a bar lasts: the distance that most bars have from the next one.
    pub interval: Duration,
    /// Where every data row went.
    pub rows: Rows,
    /// What there is to say, in the order of the rows.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a whole file of price bars of one instrument; in whatever order its rows are.
///
/// [`ParseError::WrongFormat`] without the columns, and with fewer than two bars: how long a bar lasts is seen from the next.
pub fn price_bars(input: &mut dyn BufRead, options: &Options) -> Result<PriceBars, ParseError> {
    let file = File::open(input, options.limits)?.without_xml();
    let mut remarks = Remarks::default();
    let mut run = Run::new(&DOC, options, &mut remarks);
    run.out.note_dates(file.head());
    let clock = run.out.clock("UTC", DateRule::MonthFirst)?;
    let mut known = BTreeMap::new();
    run.table_of(file, Encoding::OrWindows1252, EXPECTED, Columns::of, |columns, cells, out| {
        let bar = read(columns, &cells, &clock)?;
        out.tell_zone(&bar.starts_at);
        keep(&mut known, bar)
    })?;
    let rows = run.close()?;
    let mut bars: Vec<ParsedBar> = known.into_values().collect();
    let interval = lasting::settle(&mut bars).ok_or_else(|| ParseError::WrongFormat {
        format: DOC.name,
        expected: "it needs at least two bars: how long one lasts is seen from the next".to_owned(),
    })?;
    Ok(PriceBars { bars, interval, rows, diagnostics: remarks.0 })
}

/// Keeps a bar, unless another one begins at the same time.
fn keep(known: &mut BTreeMap<Timestamp, ParsedBar>, bar: ParsedBar) -> Result<Outcome, Fault> {
    match known.entry(bar.starts_at.at) {
        Entry::Vacant(place) => {
            place.insert(bar);
            Ok(Outcome::Read)
        }
        Entry::Occupied(first) => {
            let first = first.get();
            let prices = |bar: &ParsedBar| [bar.open, bar.high, bar.low, bar.close];
            if prices(first) == prices(&bar) {
                return Outcome::skip("repeated-bar", format!("the same bar as on line {}", first.line));
            }
            let message =
                format!("another bar begins at this time on line {}, with other prices", first.line);
            Err(Fault::new("time", "conflict", message))
        }
    }
}

/// Diagnostics, and nothing else.
#[derive(Default)]
struct Remarks(Vec<Diagnostic>);

impl Sink for Remarks {
    fn fill(&mut self, fill: ParsedFill) -> Result<(), SinkError> {
        drop(fill);
        Ok(())
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }
}
