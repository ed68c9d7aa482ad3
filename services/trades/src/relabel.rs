//! What trades are sorted by changes itself: it changes on all trades that have it.

use crate::{
    db,
    domain::{
        ids::{CustomFieldId, PlaybookId, RuleId},
        journal::Journal,
    },
    error::Result,
    journaling,
};
use identity::UserId;
use sqlx::PgConnection;

/// A change of a label.
#[derive(Clone, Copy, Debug)]
pub enum Relabelling<'a> {
    /// A tag has another name.
    RenameTag {
        /// As it was spelled.
        from: &'a str,
        /// As it is spelled now.
        to: &'a str,
    },
    /// A tag is no more.
    DropTag(&'a str),
    /// A playbook is no more.
    DropPlaybook(PlaybookId),
    /// Some rules of a playbook are no more.
    DropRules {
        /// Which one.
        playbook: PlaybookId,
        /// Which of its rules.
        rules: &'a [RuleId],
    },
    /// A custom field is no more.
    DropField(CustomFieldId),
}

impl Relabelling<'_> {
    fn apply(self, entry: &Journal) -> Journal {
        let mut changed = entry.clone();
        let labels = &mut changed.labels;
        match self {
            Self::RenameTag { from, to } => {
                for tag in changed.tags.iter_mut().filter(|tag| tag.as_str() == from) {
                    to.clone_into(tag);
                }
            }
            Self::DropTag(name) => changed.tags.retain(|tag| tag != name),
            Self::DropPlaybook(id) if labels.playbook == Some(id) => {
                labels.playbook = None;
                labels.followed_rules.clear();
            }
            Self::DropRules { playbook, rules } if labels.playbook == Some(playbook) => {
                labels.followed_rules.retain(|rule| !rules.contains(rule));
            }
            Self::DropPlaybook(_) | Self::DropRules { .. } => {}
            Self::DropField(id) => drop(labels.custom.remove(&id)),
        }
        changed
    }
}

/// Lets no trade be rebuilt until the transaction ends: entries stay with their trades.
pub async fn begin(tx: &mut PgConnection, user: UserId) -> Result<()> {
    for account in db::accounts::list(&mut *tx, user).await? {
        db::accounts::lock(&mut *tx, user, account.id).await?;
    }
    Ok(())
}

/// Changes all entries, those that merges put away too, and tells others. The caller holds the label, and has called [`begin`].
pub async fn everywhere(tx: &mut PgConnection, user: UserId, change: Relabelling<'_>) -> Result<()> {
    let changed = db::relabelling::apply(&mut *tx, user, change).await?;
    for (merge, mut kept) in db::regroupings::all_kept(&mut *tx, user).await? {
        let before = kept.entry.clone();
        kept.entry = change.apply(&before);
        // It is of the version that all entries together have, which has grown.
        kept.entry.version += i64::from(changed.contains(&kept.holder));
        if kept.entry != before {
            db::regroupings::keep(&mut *tx, user, merge, Some(&kept)).await?;
        }
    }
    journaling::tell(tx, user, &changed).await
}
