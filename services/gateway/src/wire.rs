//! The JSON of the public API, and how the services' messages become it.

pub(crate) mod accounts;
pub(crate) mod admin;
pub(crate) mod analytics;
pub(crate) mod api_keys;
pub(crate) mod attachments;
pub(crate) mod auth;
pub(crate) mod bars;
pub(crate) mod cash;
pub(crate) mod credentials;
pub(crate) mod custom_fields;
pub(crate) mod exports;
pub(crate) mod fills;
pub(crate) mod imports;
pub(crate) mod journal;
pub(crate) mod mappings;
pub(crate) mod me;
pub(crate) mod mentors;
pub(crate) mod mfa;
pub(crate) mod notifications;
pub(crate) mod oidc;
pub(crate) mod passkeys;
pub(crate) mod playbooks;
pub(crate) mod rates;
pub(crate) mod regroupings;
pub(crate) mod saved_views;
pub(crate) mod strategies;
pub(crate) mod tags;
pub(crate) mod tax;
pub(crate) mod templates;
pub(crate) mod trades;

use crate::{cursors, problem::Problem};
use journal_proto::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use utoipa::ToSchema;

/// A time: RFC 3339 in UTC.
pub(crate) type Time = String;

/// An amount of money where no `currency` stands beside it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Money {
    /// Exact decimal.
    #[schema(example = "12.30")]
    pub amount: String,
    /// ISO 4217 code or coin symbol.
    #[schema(example = "USD")]
    pub currency: String,
}

impl Money {
    pub fn new(amount: String, currency: &str) -> Self {
        Self { amount, currency: currency.to_owned() }
    }
}

/// A page of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct Page<T> {
    /// This page.
    pub items: Vec<T>,
    /// Asks for the next page; null on the last one.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// Of the messages of a service, and the place at which it goes on.
    pub fn new<M>(messages: Vec<M>, next_cursor: &str) -> Self
    where
        T: From<M>,
    {
        Self { items: messages.into_iter().map(T::from).collect(), next_cursor: cursors::next(next_cursor) }
    }
}

/// Tells null (`Some(None)`) from absent (`None`).
#[expect(clippy::option_option, reason = "a PATCH tells null from absent")]
pub(crate) fn present<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// Protobuf's empty string is JSON's null.
pub(crate) fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// A protobuf time as RFC 3339.
pub(crate) fn time(timestamp: Option<Timestamp>) -> Option<Time> {
    let timestamp = timestamp?;
    let nanos = i128::from(timestamp.seconds) * 1_000_000_000 + i128::from(timestamp.nanos);
    OffsetDateTime::from_unix_timestamp_nanos(nanos).ok()?.format(&Rfc3339).ok()
}

/// A protobuf time that is always there.
pub(crate) fn required_time(timestamp: Option<Timestamp>) -> Time {
    time(timestamp).unwrap_or_default()
}

/// A query parameter's RFC 3339 time as protobuf.
pub(crate) fn parse_time(field: &str, text: Option<&str>) -> Result<Option<Timestamp>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let time = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| {
        Problem::invalid_field(field, "must be an RFC 3339 time such as 2026-01-05T14:30:00Z")
    })?;
    let nanos = i32::try_from(time.nanosecond()).unwrap_or_default();
    Ok(Some(Timestamp { seconds: time.unix_timestamp(), nanos }))
}

/// Paging as the trades service takes it.
pub(crate) fn page(
    limit: Option<u32>,
    cursor: Option<String>,
) -> Result<Option<journal_proto::trades::v1::Page>, Problem> {
    let limit = valid_limit(limit)?;
    Ok(Some(journal_proto::trades::v1::Page { limit, cursor: cursor.unwrap_or_default() }))
}

/// 1..200, or 0 for the default.
pub(crate) fn valid_limit(limit: Option<u32>) -> Result<u32, Problem> {
    match limit {
        None => Ok(0),
        Some(limit @ 1..=200) => Ok(limit),
        Some(_) => Err(Problem::invalid_field("limit", "must be between 1 and 200")),
    }
}
