//! What a description of a cash section says: `SOLD -1 VERTICAL SPY 100 (Weeklys) 5 JUN 26 715/714 PUT @.34`.

use crate::{
    numbers::{self, Point},
    times::{DateRule, date},
};
use ledger::{Decimal, Right, Side};

/// A trade in words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Trade {
    pub side: Side,
    /// Positive.
    pub quantity: Decimal,
    pub symbol: String,
    pub underlying: String,
    /// As written: `.34`, `112'16`.
    pub price: String,
    /// Stated for options.
    pub multiplier: Option<Decimal>,
    /// Several legs in one price.
    pub is_spread: bool,
}

/// Reads `BOT` or `SOLD`, a signed quantity, an instrument and a price; `None` when one is missing.
pub(super) fn trade(text: &str) -> Option<Trade> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words.iter().position(|word| matches!(*word, "BOT" | "SOLD"))?;
    let side = if words.get(at) == Some(&"BOT") { Side::Buy } else { Side::Sell };
    let quantity = number(words.get(at + 1)?)?.abs();
    let rest = words.get(at + 2..)?;
    let end = rest.iter().position(|word| word.starts_with('@'))?;
    let (instrument, price) = (rest.get(..end)?, rest.get(end)?.trim_start_matches('@'));
    let (symbol, underlying, multiplier, is_spread) = named(instrument)?;
    Some(Trade { side, quantity, symbol, underlying, price: price.to_owned(), multiplier, is_spread })
}

fn named(words: &[&str]) -> Option<(String, String, Option<Decimal>, bool)> {
    let first = *words.first()?;
    if words.len() == 1 {
        let symbol = without_exchange(first);
        return Some((symbol.to_owned(), symbol.to_owned(), None, false));
    }
    let at =
        words.iter().skip(1).position(|word| number(word).is_some() || is_fraction(word)).map(|at| at + 1)?;
    let underlying = without_exchange(words.get(at - 1)?);
    let multiplier = words.get(at).and_then(|word| number(word)).filter(Decimal::is_positive);
    if at == 1
        && let Some((symbol, _)) = contract(words)
    {
        return Some((symbol, underlying.to_owned(), multiplier, false));
    }
    let kept = words.iter().enumerate().filter(|(index, word)| *index != at && !word.starts_with('('));
    let symbol = kept.map(|(_, word)| *word).collect::<Vec<_>>().join(" ");
    Some((symbol, underlying.to_owned(), multiplier, true))
}

/// `SPY 100 (Weeklys) 5 JUN 26 715 PUT` anywhere in the words, as thinkorswim's own symbol, with the position of its root.
pub(super) fn contract(words: &[&str]) -> Option<(String, usize)> {
    let right =
        words.iter().rposition(|word| matches!(word.to_ascii_uppercase().as_str(), "CALL" | "PUT"))?;
    let day = words.get(right.checked_sub(4)?..right - 1)?.join(" ");
    let is_root = |two: &[&str]| matches!(two, [root, multiplier] if number(root).is_none() && number(multiplier).is_some());
    let root = words.get(..right - 4)?.windows(2).rposition(is_root)?;
    let symbol = option_symbol(words.get(root)?, &day, words.get(right - 1)?, words.get(right)?)?;
    Some((symbol, root))
}

/// `.SPY260605P715`, for a root, a day such as `5 JUN 26`, a strike and `CALL` or `PUT`.
pub(super) fn option_symbol(root: &str, day: &str, strike: &str, right: &str) -> Option<String> {
    let day = date(day, DateRule::MonthFirst)?;
    let right = if right.eq_ignore_ascii_case("call") { Right::Call } else { Right::Put };
    let letter = if right == Right::Call { 'C' } else { 'P' };
    let strike = number(strike).filter(Decimal::is_positive)?;
    Some(format!(".{root}{}{letter}{strike}", day.strftime("%y%m%d")))
}

/// `/NQM26:XCME` is the contract `/NQM26`.
pub(super) fn without_exchange(symbol: &str) -> &str {
    symbol.split_once(':').map_or(symbol, |(symbol, _)| symbol)
}

/// `1/50`: the multiplier of an option on a future.
fn is_fraction(word: &str) -> bool {
    word.split_once('/').is_some_and(|(one, parts)| one == "1" && number(parts).is_some())
}

pub(super) fn number(word: &str) -> Option<Decimal> {
    numbers::decimal("description", word, Point::Dot).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_name_side_quantity_instrument_and_price() {
        for (text, expected) in [
            ("BOT +14 KOD @35.22", "Buy 14 KOD @ 35.22 of KOD"),
            ("tAndroid SOLD -1,000 KOD @.50", "Sell 1000 KOD @ .50 of KOD"),
            ("BOT +1 AAPL 100 19 JUN 26 200 CALL @1.25", "Buy 1 .AAPL260619C200 @ 1.25 of AAPL"),
            (
                "SOLD -1 SPY 100 (Weeklys) 5 JUN 26 714.5 PUT @1.25 CBOE",
                "Sell 1 .SPY260605P714.5 @ 1.25 of SPY",
            ),
            (
                "SOLD -1 VERTICAL SPX 100 (Weeklys) 9 JUN 26 7050/7025 PUT @4.50",
                "Sell 1 VERTICAL SPX 9 JUN 26 7050/7025 PUT @ 4.50 of SPX spread",
            ),
            ("BOT +1 /NQM26:XCME @21000.25", "Buy 1 /NQM26 @ 21000.25 of /NQM26"),
            ("BOT +10,000 EUR/USD @1.08", "Buy 10000 EUR/USD @ 1.08 of EUR/USD"),
        ] {
            let trade = trade(text).unwrap_or_else(|| panic!("{text}"));
            let read = format!(
                "{:?} {} {} @ {} of {}{}",
                trade.side,
                trade.quantity,
                trade.symbol,
                trade.price,
                trade.underlying,
                if trade.is_spread { " spread" } else { "" }
            );
            assert_eq!(read, expected, "{text}");
        }
        for text in ["", "BOT", "BOT +1", "BOT +1 KOD", "ORDINARY DIVIDEND~KOD", "BOT x KOD @1"] {
            assert_eq!(trade(text), None, "{text}");
        }
    }
}
