//! What the file does not say.

use crate::{Limits, Mapping};

/// What the file does not say.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// IANA zone of times that carry none; the format's default when absent.
    pub time_zone: Option<String>,
    /// The account's currency, for files that name none.
    pub currency: String,
    /// Read only this account of a file that holds several.
    pub source_account: Option<String>,
    /// How the file orders day and month, where that is not what the format or the file itself says.
    pub date_order: Option<DateOrder>,
    /// The file's name, for formats that put the date nowhere else (DAS Trader). It never decides what the format is.
    pub file_name: Option<String>,
    /// The user's own layout of a generic CSV.
    pub mapping: Option<Mapping>,
    /// What the file may be at most.
    pub limits: Limits,
}

/// The order of day and month in a date such as 03/04/2026. A date that starts with the year needs none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// March 4th.
    MonthFirst,
    /// The 3rd of April.
    DayFirst,
}
