//! What each field of a filter must be.

use super::{Band, time};
use crate::{domain::WEEKDAYS, error::Error};
use ::time::OffsetDateTime;
use ledger::Decimal;
use std::ops::RangeInclusive;
use uuid::Uuid;

/// Longest text of a filter, in bytes.
const LONGEST: usize = 128;
/// Most values of one field.
const MOST: usize = 100;

const fn invalid(field: &'static str, expected: &'static str) -> Error {
    Error::Invalid { field, expected }
}

fn few<T>(field: &'static str, values: &[T]) -> Result<(), Error> {
    if values.len() > MOST { Err(invalid(field, "must be at most 100 values")) } else { Ok(()) }
}

pub(super) fn text(field: &'static str, text: String) -> Result<Option<String>, Error> {
    if text.len() > LONGEST || text.chars().any(char::is_control) {
        return Err(invalid(field, "must be at most 128 bytes without control characters"));
    }
    Ok((!text.is_empty()).then_some(text))
}

pub(super) fn texts(field: &'static str, values: Vec<String>) -> Result<Vec<String>, Error> {
    few(field, &values)?;
    values
        .into_iter()
        .map(|value| text(field, value)?.ok_or_else(|| invalid(field, "must not be empty")))
        .collect()
}

pub(super) fn ids(
    field: &'static str,
    values: &[String],
    expected: &'static str,
) -> Result<Vec<Uuid>, Error> {
    few(field, values)?;
    let ids = values.iter().map(|id| id.parse().map_err(|_| invalid(field, expected)));
    ids.collect()
}

pub(super) fn side(value: String) -> Result<Option<String>, Error> {
    match value.as_str() {
        "" => Ok(None),
        "long" | "short" => Ok(Some(value)),
        _ => Err(invalid("side", "must be long or short")),
    }
}

pub(super) fn outcomes(values: &[String]) -> Result<Vec<i32>, Error> {
    few("outcome", values)?;
    let signs = values.iter().map(|outcome| match outcome.as_str() {
        "win" => Ok(1),
        "loss" => Ok(-1),
        "scratch" => Ok(0),
        _ => Err(invalid("outcome", "must be win, loss or scratch")),
    });
    signs.collect()
}

pub(super) fn numbers(
    field: &'static str,
    values: &[u32],
    range: RangeInclusive<i32>,
    expected: &'static str,
) -> Result<Vec<i32>, Error> {
    few(field, values)?;
    let number = |value: &u32| i32::try_from(*value).ok().filter(|number| range.contains(number));
    values.iter().map(|value| number(value).ok_or_else(|| invalid(field, expected))).collect()
}

/// 1 (Monday)..7.
pub(super) fn weekdays(values: &[String]) -> Result<Vec<i32>, Error> {
    few("weekday", values)?;
    let number = |name: &String| WEEKDAYS.iter().zip(1..).find(|(weekday, _)| *weekday == name);
    let numbers = values.iter().map(|name| number(name).map(|(_, number)| number));
    numbers.map(|number| number.ok_or_else(|| invalid("weekday", "must be monday to sunday"))).collect()
}

pub(super) fn seconds(field: &'static str, value: Option<u64>) -> Result<Option<i64>, Error> {
    // A hundred years and more are no holding time, and would overflow an interval.
    let seconds = |value: u64| i64::try_from(value).ok().filter(|seconds| *seconds <= 4_000_000_000);
    let parsed =
        value.map(|value| seconds(value).ok_or_else(|| invalid(field, "must be at most 4000000000")));
    parsed.transpose()
}

pub(super) fn band(fields: [&'static str; 2], texts: [&String; 2]) -> Result<Band<Decimal>, Error> {
    let [min, max] = fields;
    let [low, high] = texts;
    Ok(Band { min: decimal(min, low)?, max: decimal(max, high)? })
}

fn decimal(field: &'static str, text: &str) -> Result<Option<Decimal>, Error> {
    let parse = |text: &str| Decimal::from_str_exact(text).map_err(|_| invalid(field, "must be a decimal"));
    (!text.is_empty()).then(|| parse(text)).transpose()
}

pub(super) fn bound(
    field: &'static str,
    at: Option<journal_proto::Timestamp>,
) -> Result<Option<OffsetDateTime>, Error> {
    at.map(time).transpose().map_err(|_| invalid(field, "is outside of the calendar"))
}

/// The upper end, which is named, must lie above the lower one.
pub(super) fn ordered<T: PartialOrd>(
    field: &'static str,
    min: Option<T>,
    max: Option<T>,
) -> Result<(), Error> {
    match (min, max) {
        (Some(min), Some(max)) if max <= min => Err(invalid(field, "must lie above the lower bound")),
        _ => Ok(()),
    }
}
