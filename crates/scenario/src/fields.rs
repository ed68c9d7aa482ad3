//! The fields of one object of a document, and where it stands in it.

use std::str::FromStr;

use ledger::{Decimal, Fraction, Timestamp};
use serde_json::Value;

use crate::{ScenarioError, instant};

/// The fields of one object of a document, and where it stands in it.
#[derive(Clone)]
pub(crate) struct Fields<'d> {
    value: &'d Value,
    place: String,
}

impl<'d> Fields<'d> {
    pub(crate) const fn new(value: &'d Value, place: String) -> Self {
        Self { value, place }
    }

    /// The objects of a list; a missing list is empty.
    pub(crate) fn list(&self, name: &str) -> Result<Vec<Self>, ScenarioError> {
        let items = match self.field(name) {
            None => return Ok(Vec::new()),
            Some(Value::Array(items)) => items,
            Some(other) => return Err(self.unexpected(name, "a list", other)),
        };
        let place = |index| format!("{}[{index}]", self.place_of(name));
        Ok(items.iter().enumerate().map(|(index, item)| Fields::new(item, place(index))).collect())
    }

    /// The named objects of an object; a missing object is empty.
    pub(crate) fn entries(&self, name: &str) -> Result<Vec<(&'d str, Self)>, ScenarioError> {
        let entries = match self.field(name) {
            None => return Ok(Vec::new()),
            Some(Value::Object(entries)) => entries,
            Some(other) => return Err(self.unexpected(name, "an object", other)),
        };
        let place = |key: &str| format!("{}.{key}", self.place_of(name));
        Ok(entries.iter().map(|(key, item)| (key.as_str(), Fields::new(item, place(key)))).collect())
    }

    pub(crate) fn object(&self, name: &str) -> Self {
        Fields::new(self.field(name).unwrap_or(&Value::Null), self.place_of(name))
    }

    pub(crate) fn text(&self, name: &str) -> Result<Option<&'d str>, ScenarioError> {
        match self.field(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(self.unexpected(name, "a text", other)),
        }
    }

    pub(crate) fn needed_text(&self, name: &str) -> Result<&'d str, ScenarioError> {
        self.text(name)?.ok_or_else(|| self.missing(name, "a text"))
    }

    pub(crate) fn integer(&self, name: &str) -> Result<Option<i64>, ScenarioError> {
        self.parsed(name, "a whole number")
    }

    pub(crate) fn decimal(&self, name: &str) -> Result<Option<Decimal>, ScenarioError> {
        self.parsed(name, "a decimal of at most 76 digits")
    }

    pub(crate) fn needed_decimal(&self, name: &str) -> Result<Decimal, ScenarioError> {
        self.decimal(name)?.ok_or_else(|| self.missing(name, "a decimal"))
    }

    pub(crate) fn fraction(&self, name: &str) -> Result<Fraction, ScenarioError> {
        self.parsed(name, "a decimal or n/d")?.ok_or_else(|| self.missing(name, "a decimal or n/d"))
    }

    pub(crate) fn instant(&self, name: &str) -> Result<Option<Timestamp>, ScenarioError> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let found = instant::parse(text);
        found
            .map(Some)
            .ok_or_else(|| self.unexpected(name, "a time such as 2026-01-05T14:30:00Z", &text.into()))
    }

    pub(crate) fn needed_instant(&self, name: &str) -> Result<Timestamp, ScenarioError> {
        self.instant(name)?.ok_or_else(|| self.missing(name, "a time"))
    }

    /// One of a few words; the first when the field is missing.
    pub(crate) fn choice<T: Copy>(
        &self,
        name: &str,
        expected: &'static str,
        words: &[(&str, T)],
    ) -> Result<T, ScenarioError> {
        let text = self.text(name)?;
        let found = words.iter().find(|(word, _)| text.is_none_or(|text| text == *word));
        found
            .map(|(_, choice)| *choice)
            .ok_or_else(|| self.unexpected(name, expected, &text.unwrap_or_default().into()))
    }

    pub(crate) fn unexpected(&self, name: &str, expected: &'static str, found: &Value) -> ScenarioError {
        ScenarioError::Unexpected {
            place: self.place_of(name),
            expected,
            found: shortened(&found.to_string()),
        }
    }

    fn missing(&self, name: &str, expected: &'static str) -> ScenarioError {
        ScenarioError::Unexpected { place: self.place_of(name), expected, found: "nothing".to_owned() }
    }

    /// A number, which may stand as one or as a text.
    pub(crate) fn parsed<T: FromStr>(
        &self,
        name: &str,
        expected: &'static str,
    ) -> Result<Option<T>, ScenarioError> {
        let (value, text) = match self.field(name) {
            None => return Ok(None),
            Some(value @ Value::String(text)) => (value, text.clone()),
            Some(value @ Value::Number(number)) => (value, number.to_string()),
            Some(other) => return Err(self.unexpected(name, expected, other)),
        };
        text.parse().map(Some).map_err(|_| self.unexpected(name, expected, value))
    }

    fn field(&self, name: &str) -> Option<&'d Value> {
        self.value.get(name).filter(|value| !value.is_null())
    }

    fn place_of(&self, name: &str) -> String {
        if self.place.is_empty() { name.to_owned() } else { format!("{}.{name}", self.place) }
    }
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
