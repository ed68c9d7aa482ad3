//! What is said, and to whom: nothing here knows of databases or networks.

pub(crate) mod cursor;
pub(crate) mod import;
pub(crate) mod letter;
pub(crate) mod message;
pub(crate) mod notice;
pub(crate) mod preferences;
pub(crate) mod resumption;
pub(crate) mod subject;
pub(crate) mod trade;
pub(crate) mod week;
