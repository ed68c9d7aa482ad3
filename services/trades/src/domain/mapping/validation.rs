//! What a mapping may say.

use super::{Dates, Layout};
use crate::domain::{invalid::Invalid, text};
use std::collections::{BTreeMap, HashMap};

/// The fields of a request that name columns; behind the point stands our name.
const COLUMNS: [&str; 14] = [
    "columns.timestamp",
    "columns.date",
    "columns.time",
    "columns.symbol",
    "columns.side",
    "columns.quantity",
    "columns.price",
    "columns.commission",
    "columns.fees",
    "columns.currency",
    "columns.multiplier",
    "columns.execution_id",
    "columns.order_id",
    "columns.account",
];
const LONGEST_COLUMN: usize = 100;
const LONGEST_WORD: usize = 50;
const MOST_WORDS: usize = 50;

/// A name of 1 to 100 characters.
pub fn name(text: &str) -> Result<String, Invalid> {
    text::required_line("name", text, 100)
}

/// The layout, when it can be followed: known columns, each named once, and nothing that contradicts something else.
pub fn checked(layout: &Layout) -> Result<Layout, Invalid> {
    let layout = Layout {
        columns: named_columns(&layout.columns)?,
        buy_words: words("buy_words", &layout.buy_words)?,
        sell_words: words("sell_words", &layout.sell_words)?,
        ..layout.clone()
    };
    one_clock(&layout)?;
    one_way_to_tell_sides(&layout)?;
    Ok(layout)
}

/// `month_first`, `day_first` or nothing (empty).
pub fn dates(order: &str) -> Result<Option<Dates>, Invalid> {
    if order.is_empty() {
        return Ok(None);
    }
    let found = [Dates::MonthFirst, Dates::DayFirst].into_iter().find(|dates| dates.name() == order);
    found.map(Some).ok_or_else(|| Invalid::new("date_order", "must be month_first or day_first"))
}

fn named_columns(columns: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, Invalid> {
    let ours = |field: &'static str| field.strip_prefix("columns.").unwrap_or(field);
    if let Some(unknown) = columns.keys().find(|name| !COLUMNS.iter().any(|field| ours(field) == **name)) {
        let names: Vec<&str> = COLUMNS.into_iter().map(ours).collect();
        let unknown: String = unknown.chars().take(40).collect();
        return Err(Invalid::new("columns", format!("{unknown:?} is none of {}", names.join(", "))));
    }
    let mut named = BTreeMap::new();
    let mut taken: HashMap<String, &str> = HashMap::new();
    for field in COLUMNS {
        let Some(column) = columns.get(ours(field)) else { continue };
        let column = text::required_line(field, column, LONGEST_COLUMN)?;
        if let Some(other) = taken.insert(folded(&column), ours(field)) {
            return Err(Invalid::new(field, format!("names the same column as {other}")));
        }
        named.insert(ours(field).to_owned(), column);
    }
    Ok(named)
}

/// Headers are compared without case and surplus white space.
fn folded(column: &str) -> String {
    column.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn words(field: &'static str, words: &[String]) -> Result<Vec<String>, Invalid> {
    if words.len() > MOST_WORDS {
        return Err(Invalid::new(field, format!("must be at most {MOST_WORDS}")));
    }
    words.iter().map(|word| text::required_line(field, word, LONGEST_WORD)).collect()
}

fn one_clock(layout: &Layout) -> Result<(), Invalid> {
    let names = |column: &str| layout.columns.contains_key(column);
    if names("timestamp") && (names("date") || names("time")) {
        let problem = "holds date and time in one: leave date and time out, or leave this out";
        return Err(Invalid::new("columns.timestamp", problem));
    }
    Ok(())
}

fn one_way_to_tell_sides(layout: &Layout) -> Result<(), Invalid> {
    let Layout { columns, buy_words, sell_words, side_by_sign, .. } = layout;
    if *side_by_sign && (columns.contains_key("side") || !(buy_words.is_empty() && sell_words.is_empty())) {
        let problem =
            "tells sides by the sign of the quantity: leave columns.side, buy_words and sell_words out";
        return Err(Invalid::new("side_by_sign", problem));
    }
    if let Some(word) = sell_words.iter().find(|word| buy_words.iter().any(|buy| same(buy, word))) {
        return Err(Invalid::new("sell_words", format!("{word:?} is among buy_words too")));
    }
    Ok(())
}

/// Words are compared as the reader does: without the case of ASCII letters.
fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(
        columns: &[(&str, &str)],
        [buy, sell]: [&[&str]; 2],
        others: Layout,
    ) -> Result<Layout, Invalid> {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let columns = columns.iter().map(|(ours, theirs)| ((*ours).to_owned(), (*theirs).to_owned()));
        let mut layout = others;
        (layout.buy_words, layout.sell_words) = (words(buy), words(sell));
        layout.columns = columns.collect();
        checked(&layout)
    }

    fn field_of(refused: Result<Layout, Invalid>) -> &'static str {
        refused.unwrap_err().field
    }

    #[test]
    fn a_layout_names_known_columns_and_each_once() {
        let named =
            parsed(&[("symbol", " Ticker "), ("price", "Rate")], [&[], &[]], Layout::default()).unwrap();

        assert_eq!(named.renamed(), "price \"Rate\", symbol \"Ticker\"");
        assert_eq!(named.to_formats().symbol.as_deref(), Some("Ticker"));
        let twice = parsed(&[("symbol", "Ticker"), ("price", "TICKER")], [&[], &[]], Layout::default());
        assert_eq!(field_of(twice), "columns.price");
        let unknown = parsed(&[("colour", "Red")], [&[], &[]], Layout::default());
        assert_eq!(field_of(unknown), "columns");
        assert_eq!(field_of(parsed(&[("fees", " ")], [&[], &[]], Layout::default())), "columns.fees");
        assert_eq!(field_of(parsed(&[("fees", "a\0")], [&[], &[]], Layout::default())), "columns.fees");
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        let clock = parsed(&[("timestamp", "When"), ("time", "Clock")], [&[], &[]], Layout::default());
        assert_eq!(field_of(clock), "columns.timestamp");
        let by_sign = || Layout { side_by_sign: true, ..Layout::default() };
        assert_eq!(field_of(parsed(&[("side", "B/S")], [&[], &[]], by_sign())), "side_by_sign");
        assert_eq!(field_of(parsed(&[], [&["Kauf"], &[]], by_sign())), "side_by_sign");
        assert_eq!(field_of(parsed(&[], [&["X"], &["x"]], Layout::default())), "sell_words");
    }

    #[test]
    fn words_are_few_short_and_not_empty() {
        assert_eq!(field_of(parsed(&[], [&[""], &[]], Layout::default())), "buy_words");
        assert_eq!(field_of(parsed(&[], [&[], &["a"; 51]], Layout::default())), "sell_words");
        assert_eq!(dates("year_first").unwrap_err().field, "date_order");
        assert_eq!(dates("day_first"), Ok(Some(Dates::DayFirst)));
    }
}
