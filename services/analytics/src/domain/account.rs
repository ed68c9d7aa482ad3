//! What statistics need of an account.

use super::{Malformed, decimal};
use journal_proto::trades::v1 as proto;
use ledger::Decimal;
use uuid::Uuid;

pub(crate) struct Account {
    pub id: Uuid,
    pub currency: String,
    pub time_zone: String,
    pub opening_balance: Option<Decimal>,
    /// Empty: every day, from midnight to midnight.
    pub session_calendar: String,
    pub version: i64,
}

impl Account {
    pub fn parse(account: proto::Account) -> Result<Self, Malformed> {
        let opening = account.opening_balance;
        Ok(Self {
            id: account.id.parse().map_err(|_| Malformed)?,
            currency: account.currency,
            time_zone: account.time_zone,
            opening_balance: (!opening.is_empty()).then(|| decimal(&opening)).transpose()?,
            session_calendar: account.session_calendar,
            version: account.version,
        })
    }
}
