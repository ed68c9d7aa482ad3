//! What a user is to the product itself.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A user's role. It opens nobody's journal: that, only an owner's invitation does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Keeps a journal.
    #[default]
    User,
    /// Is known to teach others. A label: whoever is invited may read, mentor or not.
    Mentor,
    /// Helps users: sees that there are accounts, disables and enables them, and gives roles. Sees no journal.
    Admin,
}

impl Role {
    /// The word in tokens, in the database and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Mentor => "mentor",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "user" => Ok(Self::User),
            "mentor" => Ok(Self::Mentor),
            "admin" => Ok(Self::Admin),
            _ => Err("must be user, mentor or admin"),
        }
    }
}
