//! What statistics need of an account.

use super::{Malformed, decimal};
use journal_proto::trades::v1 as proto;
use ledger::Decimal;
use statistics::{Calendar, Zone};
use uuid::Uuid;

pub(crate) struct Account {
    pub id: Uuid,
    pub currency: String,
    pub time_zone: String,
    pub opening_balance: Option<Decimal>,
    /// Empty: Mondays to Fridays, from midnight to midnight.
    pub session_calendar: String,
    /// A trading day is the date in this zone, so many seconds ahead of the clock there.
    pub day_zone: String,
    pub day_lead: i64,
    pub version: i64,
}

impl Account {
    pub fn parse(account: proto::Account) -> Result<Self, Malformed> {
        let opening = account.opening_balance;
        let calendar = Calendar::by_id(&account.session_calendar);
        let market_zone = calendar.and_then(Calendar::zone).map(Zone::name);
        Ok(Self {
            id: account.id.parse().map_err(|_| Malformed)?,
            currency: account.currency,
            day_zone: market_zone.unwrap_or(&account.time_zone).to_owned(),
            day_lead: calendar.map_or(0, |calendar| calendar.lead().whole_seconds()),
            time_zone: account.time_zone,
            opening_balance: (!opening.is_empty()).then(|| decimal(&opening)).transpose()?,
            session_calendar: account.session_calendar,
            version: account.version,
        })
    }
}
