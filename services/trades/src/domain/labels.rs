//! What a trade is sorted by beside its tags: mistakes, a rating, a playbook and fields of its owner's own.

use super::{
    custom_field::CustomValue,
    ids::{CustomFieldId, PlaybookId, RuleId},
    invalid::Invalid,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The labels of a trade.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Labels {
    /// What went wrong, in the order in which it was given, as it was typed.
    pub mistakes: Vec<String>,
    /// From 1 to 5: how well it was traded, whatever came of it.
    pub rating: Option<i16>,
    /// The way in which it was traded.
    pub playbook: Option<PlaybookId>,
    /// The rules of that playbook that were kept.
    pub followed_rules: Vec<RuleId>,
    /// By field; one that is not here has no value.
    pub custom: BTreeMap<CustomFieldId, CustomValue>,
}

impl Labels {
    /// These, completed by `other`: what both say is kept as it is here, and mistakes are united.
    #[must_use]
    pub(super) fn merged_with(self, other: Self) -> Self {
        let (playbook, followed_rules) = match self.playbook {
            Some(_) => (self.playbook, self.followed_rules),
            None => (other.playbook, other.followed_rules),
        };
        let mut custom = other.custom;
        custom.extend(self.custom);
        Self {
            mistakes: super::journal::without_repeats(self.mistakes.into_iter().chain(other.mistakes)),
            rating: self.rating.or(other.rating),
            playbook,
            followed_rules,
            custom,
        }
    }
}

/// From 1 to 5, or none (0).
pub fn rating(told: u32) -> Result<Option<i16>, Invalid> {
    match told {
        0 => Ok(None),
        1..=5 => Ok(i16::try_from(told).ok()),
        _ => Err(Invalid::new("rating", "must be from 1 to 5")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn merging_completes_and_overwrites_nothing() {
        let [one, two] = [1, 2].map(|n| CustomFieldId(Uuid::from_u128(n)));
        let value = |text: &str| CustomValue::Text(text.to_owned());
        let own = Labels {
            mistakes: vec!["late".to_owned()],
            rating: Some(2),
            custom: BTreeMap::from([(one, value("own"))]),
            ..Labels::default()
        };
        let other = Labels {
            mistakes: vec!["Late".to_owned(), "no stop".to_owned()],
            rating: Some(5),
            playbook: Some(PlaybookId(Uuid::nil())),
            followed_rules: vec![RuleId(Uuid::nil())],
            custom: BTreeMap::from([(one, value("other")), (two, value("other"))]),
        };

        let merged = own.merged_with(other.clone());

        assert_eq!(merged.mistakes, ["late", "no stop"]);
        assert_eq!(
            (merged.rating, merged.playbook, &merged.followed_rules),
            (Some(2), other.playbook, &other.followed_rules)
        );
        assert_eq!(merged.custom, BTreeMap::from([(one, value("own")), (two, value("other"))]));
    }

    #[test]
    fn a_rating_is_from_1_to_5() {
        assert_eq!((rating(0), rating(5)), (Ok(None), Ok(Some(5))));
        assert_eq!(rating(6).unwrap_err().field, "rating");
    }
}
