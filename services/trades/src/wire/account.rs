//! Accounts.

use super::timestamp;
use crate::domain::account::{self, Account};
use journal_proto::trades::v1 as proto;

/// An account as callers see it.
pub fn account(account: Account) -> proto::Account {
    proto::Account {
        id: account.id.to_string(),
        name: account.name,
        broker: account.broker,
        currency: account.currency,
        time_zone: account.time_zone,
        matching: account::matching_name(account.matching).to_owned(),
        opening_balance: account.opening_balance.map(|balance| balance.to_string()).unwrap_or_default(),
        created_at: Some(timestamp(account.created_at)),
        version: account.version,
        session_calendar: account.session_calendar,
    }
}
