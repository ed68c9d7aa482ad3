//! The formats that can be imported, as JSON.

use crate::wire::some;
use journal_proto::trades::v1 as proto;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct Format {
    /// What `format` of an upload takes.
    pub id: String,
    pub name: String,
    /// How to get such a file.
    pub description: String,
    /// What one row is: `fill`, `order`, `closing deal`, `round trip` or `cash`.
    pub row: String,
    /// What the file carries.
    pub carries: String,
    /// How its times are read, and in which zone when none is given.
    pub times: String,
    /// What it says about fees.
    pub fees: String,
    /// What identifies an execution.
    pub identity: String,
    /// What cannot be known from such a file.
    pub limits: String,
    /// Its times may carry no zone: ask for `time_zone`, or they are read in `assumed_time_zone`.
    pub asks_time_zone: bool,
    /// Null when every time carries its own zone.
    pub assumed_time_zone: Option<String>,
}

impl From<proto::FormatDescription> for Format {
    fn from(format: proto::FormatDescription) -> Self {
        Self {
            id: format.id,
            name: format.name,
            description: format.description,
            row: format.row,
            carries: format.carries,
            times: format.times,
            fees: format.fees,
            identity: format.identity,
            limits: format.limits,
            asks_time_zone: format.asks_time_zone,
            assumed_time_zone: some(format.assumed_time_zone),
        }
    }
}
