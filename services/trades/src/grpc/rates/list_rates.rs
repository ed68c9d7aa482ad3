//! Lists exchange rates by currencies, oldest first.

use super::App;
use crate::{
    db::{self, exchange_rates::RateFilter},
    domain::{
        invalid::Invalid,
        page,
        rate::{RateKey, currency},
    },
    error::Result,
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{ListRatesRequest, ListRatesResponse};

pub(super) async fn list_rates(
    app: &App,
    user: UserId,
    request: ListRatesRequest,
) -> Result<ListRatesResponse> {
    let filter = RateFilter { from: sought("from", &request.from)?, to: sought("to", &request.to)? };
    let asked = request.page.unwrap_or_default();
    let (limit, place) = (page::limit(asked.limit)?, RateKey::of_cursor(&asked.cursor)?);
    let mut rates =
        db::exchange_rates::list(&mut *app.snapshot(user).await?, user, &filter, place.as_ref(), limit + 1)
            .await?;
    let has_more = rates.len() > limit;
    rates.truncate(limit);
    let last = rates.last().filter(|_| has_more);
    Ok(ListRatesResponse {
        next_cursor: last.map(|last| last.key.to_cursor()).unwrap_or_default(),
        rates: rates.into_iter().map(wire::rate).collect(),
    })
}

/// A currency to look for; any when nothing is said.
fn sought(field: &'static str, text: &str) -> Result<Option<String>, Invalid> {
    if text.is_empty() { Ok(None) } else { currency(field, text).map(Some) }
}
