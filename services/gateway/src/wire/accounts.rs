//! Accounts as JSON.

#![expect(clippy::option_option, reason = "a PATCH tells null from absent")]

use super::{Money, Time, present, required_time, some};
use crate::problem::Problem;
use journal_proto::trades::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct Account {
    pub id: String,
    pub name: String,
    pub broker: String,
    pub currency: String,
    /// IANA name: days and hours of statistics are in this zone.
    pub time_zone: String,
    /// Which open lot a closing fill closes first: `fifo`, `lifo` or `average`.
    pub matching: String,
    /// Which days are trading days and when each ends: the id of one of `GET /v1/calendars`. null: Mondays to Fridays, from
    /// midnight to midnight.
    pub session_calendar: Option<String>,
    pub opening_balance: Option<Money>,
    pub created_at: Time,
    pub version: i64,
}

impl From<proto::Account> for Account {
    fn from(account: proto::Account) -> Self {
        let opening = account.opening_balance;
        Self {
            opening_balance: (!opening.is_empty()).then(|| Money::new(opening, &account.currency)),
            id: account.id,
            name: account.name,
            broker: account.broker,
            currency: account.currency,
            time_zone: account.time_zone,
            matching: account.matching,
            session_calendar: some(account.session_calendar),
            created_at: required_time(account.created_at),
            version: account.version,
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAccount {
    #[schema(example = "Main account")]
    pub name: String,
    #[schema(example = "Interactive Brokers")]
    pub broker: String,
    #[schema(example = "USD")]
    pub currency: String,
    #[schema(example = "America/New_York")]
    pub time_zone: String,
    /// `fifo` (the default), `lifo` or `average`.
    pub matching: Option<String>,
    /// One of `GET /v1/calendars`.
    #[schema(example = "us-equities")]
    pub session_calendar: Option<String>,
    /// In the account's currency.
    pub opening_balance: Option<Money>,
}

impl NewAccount {
    pub fn into_request(self) -> Result<proto::CreateAccountRequest, Problem> {
        let opening_balance = match self.opening_balance {
            Some(money) if money.currency != self.currency => {
                return Err(Problem::invalid_field(
                    "opening_balance.currency",
                    "must be the account's currency",
                ));
            }
            Some(money) => money.amount,
            None => String::new(),
        };
        Ok(proto::CreateAccountRequest {
            name: self.name,
            broker: self.broker,
            currency: self.currency,
            time_zone: self.time_zone,
            matching: self.matching.unwrap_or_default(),
            session_calendar: self.session_calendar.unwrap_or_default(),
            opening_balance,
        })
    }
}

/// Only what is present changes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountChange {
    pub name: Option<String>,
    pub broker: Option<String>,
    pub time_zone: Option<String>,
    /// `fifo`, `lifo` or `average`. What is open is matched again at once; closed trades have the same totals under every one.
    pub matching: Option<String>,
    /// One of `GET /v1/calendars`; null removes it.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub session_calendar: Option<Option<String>>,
    /// null removes it. In the account's currency.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Money>)]
    pub opening_balance: Option<Option<Money>>,
}

impl AccountChange {
    pub fn into_request(self, account_id: String) -> proto::UpdateAccountRequest {
        proto::UpdateAccountRequest {
            account_id,
            name: self.name,
            broker: self.broker,
            time_zone: self.time_zone,
            matching: self.matching,
            session_calendar: self.session_calendar.map(Option::unwrap_or_default),
            opening_balance: self
                .opening_balance
                .map(|money| money.map(|money| money.amount).unwrap_or_default()),
        }
    }
}
