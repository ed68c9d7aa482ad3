//! Who is calling: access tokens, the keys behind them, and the door that every gRPC service puts before itself.
//!
//! An access token is a JWT (RFC 9068, `typ: at+jwt`) signed with Ed25519 by [`Issuer`], which lives in auth only. Every
//! other service checks it with a [`Verifier`], whose keys come from auth, as does the list of sessions that ended, and trusts nothing
//! else: not the gateway, not the network.
//!
//! A token may be derived from an API key or from a mentor's grant: it has a [`Scope`], and the door of each service lets it do what
//! the scope allows and nothing else. A session's token says the user's [`Role`] instead.

mod api_key;
mod caller;
mod claims;
mod door;
mod header;
mod issuer;
mod keys;
mod revocations;
mod rights;
mod role;
mod scope;
mod settings;
mod verifier;

pub use api_key::ApiKey;
pub use caller::{Caller, SessionId, UserId, authorized, caller};
pub use claims::ACCESS_TOKEN_SECONDS;
pub use door::Verified;
pub use issuer::{Derived, Issuer};
pub use keys::Keys;
pub use revocations::Revocations;
pub use role::Role;
pub use scope::Scope;
pub use settings::Settings;
pub use verifier::{InvalidToken, Verifier};
