//! Which closed trades count.

mod parse;

use super::time;
use crate::error::Error;
use ::time::OffsetDateTime;
use journal_proto::analytics::v1 as proto;
use ledger::Decimal;
use uuid::Uuid;

/// A parsed filter; empty and `None` mean any. Of several values of one field, any will do.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub account_ids: Vec<Uuid>,
    pub symbols: Vec<String>,
    pub asset_classes: Vec<String>,
    pub side: Option<String>,
    pub from: Option<OffsetDateTime>,
    pub to: Option<OffsetDateTime>,
    pub currency: Option<String>,
    /// In lower case.
    pub tags: Vec<String>,
    /// In lower case.
    pub mistakes: Vec<String>,
    /// 1..5.
    pub ratings: Vec<i32>,
    pub playbook_ids: Vec<Uuid>,
    /// Signs of the net P&L.
    pub outcomes: Vec<i32>,
    /// 0..23, 1 (Monday)..7, 1..12: when it closed on its account's clock.
    pub hours: Vec<i32>,
    pub weekdays: Vec<i32>,
    pub months: Vec<i32>,
    /// In seconds.
    pub hold: Band<i64>,
    pub size: Band<Decimal>,
    pub price: Band<Decimal>,
    pub text: Option<String>,
}

/// Bounds: `min <= x < max`.
#[derive(Clone, Debug)]
pub(crate) struct Band<T> {
    pub min: Option<T>,
    pub max: Option<T>,
}

impl<T> Default for Band<T> {
    fn default() -> Self {
        Self { min: None, max: None }
    }
}

impl Filter {
    pub fn parse(filter: Option<proto::Filter>) -> Result<Self, Error> {
        let filter = filter.unwrap_or_default();
        let parsed = Self {
            account_ids: parse::ids("account_id", &filter.account_ids, "must be an account's id")?,
            symbols: parse::texts("symbol", filter.symbols)?,
            asset_classes: parse::texts("asset_class", filter.asset_classes)?,
            side: parse::side(filter.side)?,
            from: parse::bound("from", filter.from)?,
            to: parse::bound("to", filter.to)?,
            currency: parse::text("currency", filter.currency)?,
            tags: parse::texts("tag", filter.tags)?.iter().map(|tag| tag.to_lowercase()).collect(),
            mistakes: parse::texts("mistake", filter.mistakes)?
                .iter()
                .map(|mistake| mistake.to_lowercase())
                .collect(),
            ratings: parse::numbers("rating", &filter.ratings, 1..=5, "must be between 1 and 5")?,
            playbook_ids: parse::ids("playbook_id", &filter.playbook_ids, "must be a playbook's id")?,
            outcomes: parse::outcomes(&filter.outcomes)?,
            hours: parse::numbers("hour", &filter.hours, 0..=23, "must be between 0 and 23")?,
            weekdays: parse::weekdays(&filter.weekdays)?,
            months: parse::numbers("month", &filter.months, 1..=12, "must be between 1 and 12")?,
            hold: Band {
                min: parse::seconds("min_hold_seconds", filter.min_hold_seconds)?,
                max: parse::seconds("max_hold_seconds", filter.max_hold_seconds)?,
            },
            size: parse::band(["min_size", "max_size"], [&filter.min_size, &filter.max_size])?,
            price: parse::band(["min_price", "max_price"], [&filter.min_price, &filter.max_price])?,
            text: parse::text("text", filter.text)?,
        };
        parse::ordered("to", parsed.from, parsed.to)?;
        parse::ordered("max_hold_seconds", parsed.hold.min, parsed.hold.max)?;
        parse::ordered("max_size", parsed.size.min, parsed.size.max)?;
        parse::ordered("max_price", parsed.price.min, parsed.price.max)?;
        Ok(parsed)
    }

    /// Whether labels decide what it selects.
    pub fn asks_labels(filter: &proto::Filter) -> bool {
        !(filter.mistakes.is_empty() && filter.ratings.is_empty() && filter.playbook_ids.is_empty())
    }

    /// This filter for what closed before it; `None` when it has no beginning.
    pub fn before(&self) -> Option<Self> {
        self.from.map(|from| Self { from: None, to: Some(from), ..self.clone() })
    }

    /// This filter without what looks at the trade's end: for trades that have none yet.
    pub fn of_open_trades(&self) -> Self {
        Self {
            from: None,
            to: None,
            outcomes: Vec::new(),
            hours: Vec::new(),
            weekdays: Vec::new(),
            months: Vec::new(),
            hold: Band::default(),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_filter_selects_everything() {
        let filter = Filter::parse(None).unwrap();

        assert!(filter.account_ids.is_empty() && filter.symbols.is_empty() && filter.currency.is_none());
    }

    #[test]
    fn what_is_wrong_is_named() {
        let list = |text: &str| vec![text.to_owned()];
        for (filter, field) in [
            (proto::Filter { symbols: list("A\u{0}"), ..Default::default() }, "symbol"),
            (proto::Filter { symbols: vec!["A".to_owned(); 101], ..Default::default() }, "symbol"),
            (proto::Filter { side: "up".to_owned(), ..Default::default() }, "side"),
            (proto::Filter { account_ids: list("1"), ..Default::default() }, "account_id"),
            (proto::Filter { playbook_ids: list("gap"), ..Default::default() }, "playbook_id"),
            (proto::Filter { mistakes: list(""), ..Default::default() }, "mistake"),
            (proto::Filter { ratings: vec![6], ..Default::default() }, "rating"),
            (proto::Filter { outcomes: list("draw"), ..Default::default() }, "outcome"),
            (proto::Filter { hours: vec![24], ..Default::default() }, "hour"),
            (proto::Filter { weekdays: list("moonday"), ..Default::default() }, "weekday"),
            (proto::Filter { months: vec![0], ..Default::default() }, "month"),
            (proto::Filter { min_hold_seconds: Some(u64::MAX), ..Default::default() }, "min_hold_seconds"),
            (proto::Filter { min_size: "1e5".to_owned(), ..Default::default() }, "min_size"),
            (
                proto::Filter { min_price: "2".to_owned(), max_price: "1".to_owned(), ..Default::default() },
                "max_price",
            ),
        ] {
            let error = Filter::parse(Some(filter)).unwrap_err();
            assert!(matches!(error, Error::Invalid { field: named, .. } if named == field), "{error}");
        }
    }
}
