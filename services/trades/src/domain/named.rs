//! What a user makes for his journal and calls by a name: each kind has a most, and names that are taken once.

/// A kind of named things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Texts that notes begin with.
    Template,
}

impl Named {
    /// The most that one user has.
    pub const fn most(self) -> i64 {
        match self {
            Self::Template => 100,
        }
    }

    /// As people call one.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Template => "template",
        }
    }

    /// The reason of a refusal: another one has the name.
    pub const fn name_taken(self) -> &'static str {
        match self {
            Self::Template => "template-name-taken",
        }
    }

    /// The reason of a refusal: there are as many as anybody may have.
    pub const fn too_many(self) -> &'static str {
        match self {
            Self::Template => "too-many-templates",
        }
    }

    /// The kind whose names a constraint keeps apart.
    pub fn by_constraint(constraint: &str) -> Option<Self> {
        match constraint {
            "journal_templates_name_taken" => Some(Self::Template),
            _ => None,
        }
    }
}
