//! What the fuzzer calls and nobody else does: the parsers of single cells.

use crate::{
    Moment, OptionTerms,
    instruments::{future, kraken_pair, option, pair, root, without_broker_suffix},
    numbers::{self, Point, split_unit, thirty_seconds},
    sides, symbols,
    times::{Clock, DateRule},
};
use jiff::civil::Date;
use ledger::Decimal;

/// All that a symbol was taken for.
#[derive(Debug)]
pub struct Instruments {
    /// Terms of an option.
    pub options: Vec<OptionTerms>,
    /// Base and quote.
    pub pairs: Vec<(String, String)>,
    /// Symbols, codes and ids.
    pub symbols: Vec<String>,
}

/// The number of a plain cell.
pub fn plain(cell: &str) -> Option<Decimal> {
    numbers::decimal("cell", cell, Point::Dot).ok()
}

/// Every number that a cell may be.
pub fn numbers(cell: &str) -> Vec<Decimal> {
    let points = [Point::Dot, Point::Comma, Point::Indian];
    let of = |point| {
        [
            numbers::optional("cell", cell, point).ok().flatten(),
            split_unit(cell, None, point).map(|(number, _)| number),
            split_unit(cell, Some("1INCH"), point).map(|(number, _)| number),
            thirty_seconds(cell, point),
        ]
    };
    points.into_iter().flat_map(of).flatten().collect()
}

/// The time of a cell when dates put the month first, the day first, or the year; below a header of this name.
pub fn times(header: &str, cell: &str) -> [Option<Moment>; 3] {
    [DateRule::MonthFirst, DateRule::DayFirst, DateRule::YearFirst]
        .map(|rule| Clock::utc(rule).of_header(header).read("cell", cell).ok())
}

/// All that a symbol may be.
pub fn instruments(cell: &str) -> Instruments {
    let contract = future(cell, Date::constant(2026, 1, 1)).and_then(|future| root(&future.root));
    let multipliers = contract.is_none_or(|contract| contract.multiplier.is_positive());
    assert!(multipliers, "a contract without a multiplier: {cell:?}");
    let _ = sides::side("cell", cell);
    let options = option(cell).into_iter().collect();
    let pairs = pair(cell).into_iter().chain(kraken_pair(cell)).collect();
    let texts = [
        symbols::clean("cell", cell),
        symbols::currency("cell", cell, "USD"),
        symbols::identifier("cell", cell),
    ];
    let plain = without_broker_suffix(cell).to_owned();
    let symbols =
        texts.into_iter().flatten().chain((!plain.is_empty() && plain.len() <= 64).then_some(plain));
    Instruments { options, pairs, symbols: symbols.collect() }
}
