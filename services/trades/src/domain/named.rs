//! What a user makes for his journal and calls by a name: each kind has a most, and names that are taken once.

/// A kind of named things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Texts that notes begin with.
    Template,
    /// Pages of a client as they were set up.
    SavedView,
    /// Words that group trades.
    Tag,
    /// Ways of trading.
    Playbook,
    /// What else is noted about trades.
    CustomField,
}

impl Named {
    /// The most that one user has.
    pub const fn most(self) -> i64 {
        match self {
            Self::Template | Self::Playbook => 100,
            Self::SavedView => 200,
            Self::Tag => 1_000,
            Self::CustomField => 50,
        }
    }

    /// As people call one.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::SavedView => "saved view",
            Self::Tag => "tag",
            Self::Playbook => "playbook",
            Self::CustomField => "custom field",
        }
    }

    /// The reason of a refusal: another one has the name.
    pub const fn name_taken(self) -> &'static str {
        match self {
            Self::Template => "template-name-taken",
            Self::SavedView => "saved-view-name-taken",
            Self::Tag => "tag-name-taken",
            Self::Playbook => "playbook-name-taken",
            Self::CustomField => "custom-field-name-taken",
        }
    }

    /// The reason of a refusal: there are as many as anybody may have.
    pub const fn too_many(self) -> &'static str {
        match self {
            Self::Template => "too-many-templates",
            Self::SavedView => "too-many-saved-views",
            Self::Tag => "too-many-tags",
            Self::Playbook => "too-many-playbooks",
            Self::CustomField => "too-many-custom-fields",
        }
    }

    /// The kind whose names a constraint keeps apart.
    pub fn by_constraint(constraint: &str) -> Option<Self> {
        match constraint {
            "journal_templates_name_taken" => Some(Self::Template),
            "saved_views_name_taken" => Some(Self::SavedView),
            "tags_name_taken" => Some(Self::Tag),
            "playbooks_name_taken" => Some(Self::Playbook),
            "custom_fields_name_taken" => Some(Self::CustomField),
            _ => None,
        }
    }
}
