//! Which trades a list shows.

use super::{
    ids::{AccountId, PlaybookId},
    invalid::Invalid,
    text, trade,
};
use ledger::Direction;
use time::OffsetDateTime;

const LONGEST: usize = 200;

/// What a trade must be to be listed; `None` means any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TradeFilter {
    /// Of this account.
    pub account_id: Option<AccountId>,
    /// In this symbol.
    pub symbol: Option<String>,
    /// In this direction.
    pub side: Option<Direction>,
    /// Open or closed.
    pub open: Option<bool>,
    /// Closed with this outcome.
    pub outcome: Option<Outcome>,
    /// With this tag, whatever its capitals.
    pub tag: Option<String>,
    /// With this mistake, whatever its capitals.
    pub mistake: Option<String>,
    /// Traded by this playbook.
    pub playbook: Option<PlaybookId>,
    /// Of this rating, from 1 to 5.
    pub rating: Option<i16>,
    /// With this text in symbol, notes or tags, whatever its capitals.
    pub text: Option<String>,
    /// Closed (an open one: opened) then or later.
    pub from: Option<OffsetDateTime>,
    /// Closed (an open one: opened) before.
    pub to: Option<OffsetDateTime>,
}

impl TradeFilter {
    /// Whether what is written about a trade decides.
    #[must_use]
    pub const fn is_of_journal(&self) -> bool {
        self.tag.is_some()
            || self.mistake.is_some()
            || self.playbook.is_some()
            || self.rating.is_some()
            || self.text.is_some()
    }
}

/// How a closed trade ended, by its net result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Above 0.
    Win,
    /// Below 0.
    Loss,
    /// Exactly 0.
    Scratch,
}

/// `long`, `short` or any (empty).
pub fn side(name: &str) -> Result<Option<Direction>, Invalid> {
    if name.is_empty() {
        return Ok(None);
    }
    trade::direction_of(name).map(Some).ok_or_else(|| Invalid::new("side", "must be long or short"))
}

/// Whether `open` was asked for; `open`, `closed` or any (empty).
pub fn open(status: &str) -> Result<Option<bool>, Invalid> {
    match status {
        "" => Ok(None),
        "open" => Ok(Some(true)),
        "closed" => Ok(Some(false)),
        _ => Err(Invalid::new("status", "must be open or closed")),
    }
}

/// `win`, `loss`, `scratch` or any (empty).
pub fn outcome(name: &str) -> Result<Option<Outcome>, Invalid> {
    match name {
        "" => Ok(None),
        "win" => Ok(Some(Outcome::Win)),
        "loss" => Ok(Some(Outcome::Loss)),
        "scratch" => Ok(Some(Outcome::Scratch)),
        _ => Err(Invalid::new("outcome", "must be win, loss or scratch")),
    }
}

/// Text to look for; empty: any.
pub fn sought(field: &'static str, sought: &str) -> Result<Option<String>, Invalid> {
    let line = text::line(field, sought, LONGEST)?;
    Ok((!line.is_empty()).then_some(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_said_means_any() {
        assert_eq!((side(""), open(""), outcome("")), (Ok(None), Ok(None), Ok(None)));
        assert_eq!(sought("symbol", "  "), Ok(None));
    }

    #[test]
    fn unknown_words_are_refused() {
        assert_eq!(side("buy").unwrap_err().field, "side");
        assert_eq!(open("Open").unwrap_err().field, "status");
        assert_eq!(outcome("even").unwrap_err().field, "outcome");
        assert_eq!(sought("text", "a\0b").unwrap_err().field, "text");
    }
}
