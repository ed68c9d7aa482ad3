//! Notes of days as JSON.

use super::{Time, page, required_time, time};
use crate::problem::Problem;
use journal_proto::trades::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What you wrote about a day. One about which nothing was written has empty notes and version 0.
#[derive(Serialize, ToSchema)]
pub(crate) struct Day {
    #[schema(example = "2026-01-05", format = Date)]
    pub date: String,
    /// Markdown.
    pub notes: String,
    /// Null: nothing was ever written.
    pub updated_at: Option<Time>,
    /// Grows with every change.
    pub version: i64,
}

impl From<proto::Day> for Day {
    fn from(day: proto::Day) -> Self {
        Self { date: day.date, notes: day.notes, updated_at: time(day.updated_at), version: day.version }
    }
}

/// The whole note.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DayContent {
    /// Markdown of at most 100,000 characters; empty: the day has no note any more.
    pub notes: String,
}

/// A day that has a note.
#[derive(Serialize, ToSchema)]
pub(crate) struct DayBeginning {
    #[schema(example = "2026-01-05", format = Date)]
    pub date: String,
    /// The first 200 characters of the note.
    pub beginning: String,
    pub updated_at: Time,
    /// Grows with every change.
    pub version: i64,
}

impl From<proto::DayBeginning> for DayBeginning {
    fn from(day: proto::DayBeginning) -> Self {
        Self {
            date: day.date,
            beginning: day.beginning,
            updated_at: required_time(day.updated_at),
            version: day.version,
        }
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DayFilter {
    /// This date or later.
    pub from: Option<String>,
    /// This date or earlier.
    pub to: Option<String>,
    /// 1..200, 50 when absent.
    pub limit: Option<u32>,
    /// The previous page's `next_cursor`.
    pub cursor: Option<String>,
}

impl DayFilter {
    pub fn into_request(self) -> Result<proto::ListDaysRequest, Problem> {
        Ok(proto::ListDaysRequest {
            page: page(self.limit, self.cursor)?,
            from: self.from.unwrap_or_default(),
            to: self.to.unwrap_or_default(),
        })
    }
}
