//! Notes of days.

use super::timestamp;
use crate::domain::day::{Day, DayBeginning, iso};
use journal_proto::trades::v1 as proto;

/// A day as its owner sees it.
pub fn day(day: Day) -> proto::Day {
    proto::Day {
        date: iso(day.date),
        notes: day.notes,
        updated_at: day.updated_at.map(timestamp),
        version: day.version,
    }
}

/// A day of a list.
pub fn day_beginning(day: DayBeginning) -> proto::DayBeginning {
    proto::DayBeginning {
        date: iso(day.date),
        beginning: day.beginning,
        updated_at: Some(timestamp(day.updated_at)),
        version: day.version,
    }
}
