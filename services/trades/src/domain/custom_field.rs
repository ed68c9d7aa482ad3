//! Custom fields: what else a trader notes about each trade.

use super::{ids::CustomFieldId, invalid::Invalid, text};
use ledger::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use time::OffsetDateTime;

const LONGEST_NAME: usize = 100;
const LONGEST_TEXT: usize = 2_000;
const LONGEST_CHOICE: usize = 100;
const MOST_CHOICES: usize = 100;

/// A field of its owner's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomField {
    /// Its id.
    pub id: CustomFieldId,
    /// Unique among the owner's fields.
    pub name: String,
    /// What its values are; it never changes.
    pub kind: Kind,
    /// What a choice chooses from; empty for other kinds.
    pub choices: Vec<String>,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// Grows with every change.
    pub version: i64,
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Up to 2,000 characters.
    Text,
    /// An exact decimal number.
    Number,
    /// One of the field's choices.
    Choice,
    /// True or false.
    Boolean,
}

impl Kind {
    /// Its name: `text`, `number`, `choice` or `boolean`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Choice => "choice",
            Self::Boolean => "boolean",
        }
    }

    /// The kind of a name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Text, Self::Number, Self::Choice, Self::Boolean].into_iter().find(|kind| kind.name() == name)
    }
}

/// What a trade has in a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CustomValue {
    /// Of a boolean.
    Boolean(bool),
    /// Of all other kinds; numbers are exact text.
    Text(String),
}

impl CustomField {
    /// A value as it is kept.
    pub fn checked(&self, value: &CustomValue) -> Result<CustomValue, Invalid> {
        let wrong = |expected: &str| Invalid::new("custom", format!("{}: must be {expected}", self.name));
        match (self.kind, value) {
            (Kind::Boolean, CustomValue::Boolean(_)) => Ok(value.clone()),
            (Kind::Boolean, CustomValue::Text(_)) => Err(wrong("true or false")),
            (Kind::Text, CustomValue::Text(told)) => {
                Ok(CustomValue::Text(text::lines("custom", told, LONGEST_TEXT)?))
            }
            (Kind::Number, CustomValue::Text(told)) => {
                let number: Decimal =
                    told.trim().parse().map_err(|_| wrong("a decimal number such as \"1.5\""))?;
                Ok(CustomValue::Text(number.to_string()))
            }
            (Kind::Choice, CustomValue::Text(told)) if self.choices.contains(told) => Ok(value.clone()),
            (Kind::Choice, CustomValue::Text(_)) => {
                Err(wrong(&format!("one of {}", self.choices.join(", "))))
            }
            (Kind::Text | Kind::Number | Kind::Choice, CustomValue::Boolean(_)) => Err(wrong("text")),
        }
    }
}

/// A name of 1 to 100 characters.
pub fn name(text: &str) -> Result<String, Invalid> {
    text::required_line("name", text, LONGEST_NAME)
}

/// One of the kinds.
pub fn kind(name: &str) -> Result<Kind, Invalid> {
    Kind::parse(name).ok_or_else(|| Invalid::new("kind", "must be text, number, choice or boolean"))
}

/// 1 to 100 different choices of up to 100 characters for a choice, none for anything else.
pub fn choices(kind: Kind, texts: &[String]) -> Result<Vec<String>, Invalid> {
    let choices = texts.iter().map(|choice| text::required_line("choices", choice, LONGEST_CHOICE));
    let choices = choices.collect::<Result<Vec<_>, _>>()?;
    let different: HashSet<&String> = choices.iter().collect();
    let fine = match kind {
        Kind::Choice => (1..=MOST_CHOICES).contains(&choices.len()) && different.len() == choices.len(),
        Kind::Text | Kind::Number | Kind::Boolean => choices.is_empty(),
    };
    let expected = "must be 1 to 100 different texts for a choice, and none for other kinds";
    if fine { Ok(choices) } else { Err(Invalid::new("choices", expected)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn field(kind: Kind, choices: &[&str]) -> CustomField {
        CustomField {
            id: CustomFieldId(Uuid::nil()),
            name: "Mood".to_owned(),
            kind,
            choices: choices.iter().map(|&choice| choice.to_owned()).collect(),
            created_at: OffsetDateTime::UNIX_EPOCH,
            version: 1,
        }
    }

    fn told(value: &str) -> CustomValue {
        CustomValue::Text(value.to_owned())
    }

    #[test]
    fn values_are_of_their_fields_kind() {
        let yes = CustomValue::Boolean(true);
        assert_eq!(field(Kind::Boolean, &[]).checked(&yes), Ok(yes.clone()));
        assert_eq!(field(Kind::Number, &[]).checked(&told(" 1.50 ")), Ok(told("1.5")));
        assert_eq!(field(Kind::Choice, &["calm", "angry"]).checked(&told("calm")), Ok(told("calm")));
        assert_eq!(field(Kind::Text, &[]).checked(&told("a\nb")), Ok(told("a\nb")));
        for (kind, wrong) in [
            (Kind::Boolean, told("true")),
            (Kind::Number, told("1e")),
            (Kind::Number, yes.clone()),
            (Kind::Choice, told("Calm")),
            (Kind::Text, yes),
            (Kind::Text, told("\0")),
        ] {
            assert_eq!(field(kind, &["calm"]).checked(&wrong).unwrap_err().field, "custom", "{kind:?}");
        }
    }

    #[test]
    fn only_a_choice_has_choices() {
        let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        assert!(choices(Kind::Choice, &texts(&["a", "b"])).is_ok());
        assert!(choices(Kind::Text, &[]).is_ok());
        for (kind, wrong) in
            [(Kind::Choice, texts(&[])), (Kind::Choice, texts(&["a", " a"])), (Kind::Text, texts(&["a"]))]
        {
            assert_eq!(choices(kind, &wrong).unwrap_err().field, "choices");
        }
    }
}
