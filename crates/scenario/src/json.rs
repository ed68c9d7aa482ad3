//! JSON whose objects keep their order.

use std::borrow::Cow;
use std::fmt;

/// JSON whose objects keep the order of their members, printed with one space a level.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`: undefined.
    Null,
    /// A whole number.
    Integer(i64),
    /// An irrational number, to 17 digits.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
    /// A text; exact numbers are texts.
    Text(String),
    /// A list.
    Array(Vec<Json>),
    /// Members in order.
    Object(Vec<(Cow<'static, str>, Json)>),
}

impl Json {
    /// An exact number or another value with a text.
    pub fn text(value: impl fmt::Display) -> Self {
        Self::Text(value.to_string())
    }

    /// The text, or null.
    pub fn optional(value: Option<impl fmt::Display>) -> Self {
        value.map_or(Self::Null, Self::text)
    }

    fn write(&self, formatter: &mut fmt::Formatter<'_>, level: usize) -> fmt::Result {
        match self {
            Self::Integer(number) => write!(formatter, "{number}"),
            Self::Float(number) if number.is_finite() => write!(formatter, "{number:?}"),
            Self::Null | Self::Float(_) => formatter.write_str("null"),
            Self::Bool(truth) => write!(formatter, "{truth}"),
            Self::Text(text) => write_text(formatter, text),
            Self::Array(items) => write_all(formatter, level, ['[', ']'], items, |formatter, item| {
                item.write(formatter, level + 1)
            }),
            Self::Object(members) => {
                write_all(formatter, level, ['{', '}'], members, |formatter, (name, value)| {
                    write_text(formatter, name)?;
                    formatter.write_str(": ")?;
                    value.write(formatter, level + 1)
                })
            }
        }
    }
}

impl fmt::Display for Json {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(formatter, 0)
    }
}

fn write_all<T>(
    formatter: &mut fmt::Formatter<'_>,
    level: usize,
    [open, close]: [char; 2],
    items: &[T],
    write: impl Fn(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    write!(formatter, "{open}")?;
    for (index, item) in items.iter().enumerate() {
        write!(formatter, "{}\n{:width$}", if index > 0 { "," } else { "" }, "", width = level + 1)?;
        write(formatter, item)?;
    }
    if !items.is_empty() {
        write!(formatter, "\n{:level$}", "")?;
    }
    write!(formatter, "{close}")
}

fn write_text(formatter: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    write!(formatter, "{}", serde_json::Value::from(text))
}
