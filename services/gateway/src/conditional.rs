//! `ETag`, `If-None-Match` and `If-Match` (RFC 9110, sections 8.8 and 13): reads that are not repeated, writes that overwrite nothing unseen.
//!
//! The tag of a resource that can be written is strong: `"<state>-<digest>"`, the state that its service compares and a digest of
//! what was answered. Lists and figures have weak tags, of the digest alone. What is compressed has the coding behind the tag
//! (`"3-5f0c...+gzip"`), as other bytes need another strong tag.

mod seen;
mod tags;
mod versioned;

pub(crate) use seen::Seen;
pub(crate) use tags::Tags;
pub(crate) use versioned::{State, Versioned, tag};

/// Content codings that a tag may end with.
pub(crate) const CODINGS: [&str; 3] = ["gzip", "br", "zstd"];
