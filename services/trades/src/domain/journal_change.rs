//! What changes of the entry of a trade.

use super::{
    custom_field::CustomValue,
    ids::{CustomFieldId, PlaybookId, RuleId},
    invalid::Invalid,
    journal::{Journal, MOST_TAGS, without_repeats},
    playbook::Playbook,
    tag::folded,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A change; what is `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JournalChange {
    /// Other notes.
    pub notes: Option<String>,
    /// Other tags instead of all.
    pub tags: Option<Vec<String>>,
    /// Tags beside those that are there.
    pub add_tags: Vec<String>,
    /// Tags that go, whatever their capitals.
    pub remove_tags: Vec<String>,
    /// Other mistakes instead of all.
    pub mistakes: Option<Vec<String>>,
    /// Another rating, or none.
    pub rating: Option<Option<i16>>,
    /// Another playbook, or none: then no rule is kept, unless this change says so.
    pub playbook: Option<Option<PlaybookId>>,
    /// Other rules kept instead of all.
    pub followed_rules: Option<Vec<RuleId>>,
    /// Values of fields, or none.
    pub custom: BTreeMap<CustomFieldId, Option<CustomValue>>,
}

impl JournalChange {
    /// All tags that it puts on a trade.
    pub fn tags_given(&self) -> Vec<String> {
        self.tags.iter().flatten().chain(&self.add_tags).cloned().collect()
    }

    /// The same with tags as they are spelled, by what their spellings have in common.
    #[must_use]
    pub fn spelled(mut self, known: &HashMap<String, String>) -> Self {
        for tag in self.tags.iter_mut().flatten().chain(&mut self.add_tags) {
            if let Some(spelling) = known.get(&folded(tag)) {
                tag.clone_from(spelling);
            }
        }
        self
    }

    /// The entry that comes of one; its version grows if it differs. `playbook` is what the trade is traded by after the change, where
    /// rules are kept.
    pub fn apply(&self, entry: &Journal, playbook: Option<&Playbook>) -> Result<Journal, Invalid> {
        let mut changed = entry.clone();
        if let Some(notes) = &self.notes {
            changed.notes.clone_from(notes);
        }
        changed.tags = self.tags_after(entry)?;
        let labels = &mut changed.labels;
        if let Some(mistakes) = &self.mistakes {
            labels.mistakes.clone_from(mistakes);
        }
        labels.rating = self.rating.unwrap_or(labels.rating);
        if let Some(other) = self.playbook.filter(|other| *other != labels.playbook) {
            labels.playbook = other;
            labels.followed_rules.clear();
        }
        if let Some(rules) = &self.followed_rules {
            let own = playbook.filter(|playbook| labels.playbook == Some(playbook.id));
            if !rules.is_empty() && !own.is_some_and(|playbook| playbook.has(rules)) {
                return Err(Invalid::new("followed_rules", "must be rules of the trade's playbook"));
            }
            labels.followed_rules.clone_from(rules);
        }
        for (field, value) in &self.custom {
            match value {
                Some(value) => labels.custom.insert(*field, value.clone()),
                None => labels.custom.remove(field),
            };
        }
        changed.version += i64::from(changed != *entry);
        Ok(changed)
    }

    fn tags_after(&self, entry: &Journal) -> Result<Vec<String>, Invalid> {
        let kept = self.tags.clone().unwrap_or_else(|| entry.tags.clone());
        let gone: HashSet<String> = self.remove_tags.iter().map(|tag| folded(tag)).collect();
        let kept = kept.into_iter().filter(|tag| !gone.contains(&folded(tag)));
        let tags = without_repeats(kept.chain(self.add_tags.iter().cloned()));
        if tags.len() > MOST_TAGS {
            return Err(Invalid::new("add_tags", format!("would give a trade more than {MOST_TAGS} tags")));
        }
        Ok(tags)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{labels::Labels, playbook::Rule};
    use time::OffsetDateTime;
    use uuid::Uuid;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    fn playbook(id: u128, rules: &[u128]) -> Playbook {
        let rules =
            rules.iter().map(|rule| Rule { id: RuleId(Uuid::from_u128(*rule)), text: "wait".to_owned() });
        Playbook {
            id: PlaybookId(Uuid::from_u128(id)),
            name: "Gap".to_owned(),
            description: String::new(),
            rules: rules.collect(),
            created_at: OffsetDateTime::UNIX_EPOCH,
            version: 1,
        }
    }

    #[test]
    fn tags_come_and_go_whatever_their_capitals() {
        let entry = Journal { tags: texts(&["Gap", "news"]), version: 3, ..Journal::default() };
        let change = JournalChange {
            add_tags: texts(&["gap", "FOMO"]),
            remove_tags: texts(&["NEWS", "none"]),
            ..JournalChange::default()
        };

        let changed = change.apply(&entry, None).unwrap();

        assert_eq!((changed.tags.clone(), changed.version), (texts(&["Gap", "FOMO"]), 4));
        assert_eq!(change.apply(&changed, None).unwrap(), changed, "the same again changes nothing");
    }

    #[test]
    fn no_trade_gets_more_than_fifty_tags() {
        let fifty: Vec<String> = (0..50).map(|n| n.to_string()).collect();
        let entry = Journal { tags: fifty, ..Journal::default() };
        let change = JournalChange { add_tags: texts(&["one more"]), ..JournalChange::default() };

        assert_eq!(change.apply(&entry, None).unwrap_err().field, "add_tags");
    }

    #[test]
    fn rules_are_those_of_the_playbook_and_go_with_it() {
        let (gap, other) = (playbook(1, &[10, 11]), playbook(2, &[20]));
        let followed = |playbook: Option<Option<PlaybookId>>, rules: Option<&[u128]>| JournalChange {
            playbook,
            followed_rules: rules
                .map(|rules| rules.iter().map(|rule| RuleId(Uuid::from_u128(*rule))).collect()),
            ..JournalChange::default()
        };
        let entry = followed(Some(Some(gap.id)), Some(&[11])).apply(&Journal::default(), Some(&gap)).unwrap();
        assert_eq!(entry.labels.followed_rules, [RuleId(Uuid::from_u128(11))]);

        let same = followed(Some(Some(gap.id)), None).apply(&entry, Some(&gap)).unwrap();
        let moved = followed(Some(Some(other.id)), None).apply(&entry, Some(&other)).unwrap();
        let none = followed(Some(None), None).apply(&entry, None).unwrap();

        assert_eq!(same, entry);
        assert_eq!(moved.labels, Labels { playbook: Some(other.id), ..Labels::default() });
        assert_eq!(none.labels, Labels::default());
        assert!(followed(None, Some(&[20])).apply(&entry, Some(&gap)).is_err());
        assert!(followed(None, Some(&[20])).apply(&entry, Some(&other)).is_err());
        assert!(followed(None, Some(&[10])).apply(&none, None).is_err());
    }
}
