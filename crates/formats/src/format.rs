//! The formats that can be read.

mod zone;

use crate::{Doc, reader::Reader, readers::READERS};
use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
};

/// A broker's or platform's export format. Its id is stable: clients and stored imports name it.
#[derive(Clone, Copy)]
pub struct Format(&'static dyn Reader);

impl Format {
    /// Every format, in the order they are offered.
    pub fn all() -> Vec<Self> {
        READERS.iter().map(|reader| Self(*reader)).collect()
    }

    pub(crate) const fn new(reader: &'static dyn Reader) -> Self {
        Self(reader)
    }

    pub(crate) const fn reader(self) -> &'static dyn Reader {
        self.0
    }

    /// All there is to know about it.
    pub fn doc(self) -> &'static Doc {
        self.0.doc()
    }

    /// The stable id.
    pub fn id(self) -> &'static str {
        self.doc().id
    }

    /// The name that people know.
    pub fn name(self) -> &'static str {
        self.doc().name
    }

    /// How to get such a file, in one sentence.
    pub fn description(self) -> &'static str {
        self.doc().how
    }

    /// A small synthetic file of this format.
    pub fn sample(self) -> &'static str {
        self.0.sample()
    }
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Format({})", self.id())
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Format {}

impl Hash for Format {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id().hash(state);
    }
}

impl PartialOrd for Format {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Format {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id().cmp(other.id())
    }
}

/// No format has this id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no format is called {0:?}; GET /v1/imports/formats lists them all")]
pub struct UnknownFormat(String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(id: &str) -> Result<Self, UnknownFormat> {
        let found = Self::all().into_iter().find(|format| format.id() == id);
        found.ok_or_else(|| UnknownFormat(id.chars().take(64).collect()))
    }
}
