//! All SQL, one file per table (the stream's two tables belong together).

pub(crate) mod emails;
pub(crate) mod notifications;
pub(crate) mod preferences;
pub(crate) mod purpose;
pub(crate) mod recipients;
pub(crate) mod stream;
