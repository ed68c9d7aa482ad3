//! What a token that was derived for a key or a mentor may do.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// How much of the user's journal a derived token opens. The account itself (passwords, sessions, keys) it never does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Looks, and changes nothing.
    Read,
    /// Reads and changes.
    Write,
}

impl Scope {
    /// The word in tokens, in the database and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "read" => Ok(Self::Read),
            "write" => Ok(Self::Write),
            _ => Err("must be read or write"),
        }
    }
}
