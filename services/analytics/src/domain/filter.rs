//! Which closed trades count.

use super::time;
use crate::error::Error;
use ::time::OffsetDateTime;
use journal_proto::analytics::v1 as proto;
use uuid::Uuid;

/// A parsed filter; `None` means any.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    pub account_id: Option<Uuid>,
    pub symbol: Option<String>,
    pub side: Option<String>,
    pub from: Option<OffsetDateTime>,
    pub to: Option<OffsetDateTime>,
    pub currency: Option<String>,
}

impl Filter {
    pub fn parse(filter: Option<proto::Filter>) -> Result<Self, Error> {
        let filter = filter.unwrap_or_default();
        let side = text("side", filter.side)?;
        if side.as_deref().is_some_and(|side| side != "long" && side != "short") {
            return Err(Error::Invalid { field: "side", expected: "must be long or short" });
        }
        Ok(Self {
            account_id: text("account_id", filter.account_id)?
                .map(|id| id.parse())
                .transpose()
                .map_err(|_| Error::Invalid { field: "account_id", expected: "must be an account's id" })?,
            symbol: text("symbol", filter.symbol)?,
            side,
            from: bound("from", filter.from)?,
            to: bound("to", filter.to)?,
            currency: text("currency", filter.currency)?,
        })
    }
}

fn text(field: &'static str, text: String) -> Result<Option<String>, Error> {
    if text.len() > 128 || text.chars().any(char::is_control) {
        return Err(Error::Invalid {
            field,
            expected: "must be at most 128 bytes without control characters",
        });
    }
    Ok((!text.is_empty()).then_some(text))
}

fn bound(field: &'static str, at: Option<journal_proto::Timestamp>) -> Result<Option<OffsetDateTime>, Error> {
    at.map(time).transpose().map_err(|_| Error::Invalid { field, expected: "is outside of the calendar" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_filter_selects_everything() {
        let filter = Filter::parse(None).unwrap();

        assert!(filter.account_id.is_none() && filter.symbol.is_none() && filter.currency.is_none());
    }

    #[test]
    fn a_nul_or_a_wrong_side_is_named() {
        for (filter, field) in [
            (proto::Filter { symbol: "A\u{0}".to_owned(), ..Default::default() }, "symbol"),
            (proto::Filter { side: "up".to_owned(), ..Default::default() }, "side"),
            (proto::Filter { account_id: "1".to_owned(), ..Default::default() }, "account_id"),
        ] {
            let error = Filter::parse(Some(filter)).unwrap_err();
            assert!(matches!(error, Error::Invalid { field: named, .. } if named == field), "{error}");
        }
    }
}
