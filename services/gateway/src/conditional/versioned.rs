//! Answers that tell the state of a resource.

use crate::wire::{
    accounts::Account, custom_fields::CustomField, imports::Import, journal::Day, mappings::Mapping,
    notifications::Preferences, playbooks::Playbook, saved_views::SavedView, tags::Tag, templates::Template,
    trades,
};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// Bytes of a digest that are told.
const DIGEST_BYTES: usize = 16;

/// The state of a resource that an answer shows: letters, digits and dots.
#[derive(Clone, Debug)]
pub(crate) struct State(pub String);

/// A resource that tells its state, as the service compares it with `If-Match`.
pub(crate) trait Stateful: Serialize {
    /// The state.
    fn state(&self) -> String;
}

/// A JSON answer that shows a resource in its state.
pub(crate) struct Versioned<T>(pub T);

impl<T: Stateful> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let state = State(self.0.state());
        let mut response = Json(self.0).into_response();
        response.extensions_mut().insert(state);
        response
    }
}

/// The entity tag of a body: strong if it shows a state.
pub(crate) fn tag(state: Option<&State>, body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    let digest = digest.iter().take(DIGEST_BYTES).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    match state {
        Some(State(state)) => format!("\"{state}-{digest}\""),
        None => format!("W/\"{digest}\""),
    }
}

/// The state in a tag that [`tag`] made, without its quotes.
pub(super) fn state_of(opaque: &str) -> Option<&str> {
    let (state, digest) = opaque.split_once('-')?;
    let is_state = state.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    let is_hex = digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (is_state && !state.is_empty() && is_hex && digest.len() == 2 * DIGEST_BYTES).then_some(state)
}

impl Stateful for Account {
    fn state(&self) -> String {
        self.version.to_string()
    }
}

impl Stateful for Mapping {
    fn state(&self) -> String {
        self.version.to_string()
    }
}

impl Stateful for Day {
    fn state(&self) -> String {
        self.version.to_string()
    }
}

impl Stateful for Template {
    fn state(&self) -> String {
        self.version.to_string()
    }
}

impl Stateful for Tag {
    fn state(&self) -> String {
        self.version.to_string()
    }
}

impl Stateful for SavedView {
    fn state(&self) -> String {
        self.version.to_string()
    }
}

impl Stateful for Playbook {
    fn state(&self) -> String {
        self.version.to_string()
    }
}

impl Stateful for CustomField {
    fn state(&self) -> String {
        self.version.to_string()
    }
}

impl Stateful for trades::Trade {
    fn state(&self) -> String {
        format!("{}.{}", self.version, self.journal_version)
    }
}

impl Stateful for trades::TradeDetail {
    fn state(&self) -> String {
        self.trade.state()
    }
}

impl Stateful for Import {
    fn state(&self) -> String {
        self.status.name().to_owned()
    }
}

impl Stateful for Preferences {
    fn state(&self) -> String {
        // As the service reckons it: a digit for all of them.
        (u8::from(self.email_import_finished) + 2 * u8::from(self.email_digest)).to_string()
    }
}
