//! `Idempotency-Key`: what a client sends again is done once, and answered as before.

use crate::{
    extract::{self, Json},
    problem::Problem,
};
use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    response::{IntoResponseParts, ResponseParts},
};
use http::{HeaderName, HeaderValue, request::Parts};
use runtime::idempotency::{self, Key};
use serde::{Deserialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};
use std::convert::Infallible;
use utoipa::IntoParams;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const IDEMPOTENT_REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// The header, for the documentation.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Header)]
pub(crate) struct IdempotencyKey {
    /// Up to 255 visible characters that you make up. The same request again with the same key does nothing and is answered as
    /// before, with `Idempotent-Replayed: true`; another request with it is 422, and one that is still being done 409
    /// `request-in-flight`. Kept for seven days.
    #[param(rename = "Idempotency-Key")]
    #[expect(dead_code, reason = "only documented")]
    key: Option<String>,
}

/// The key of a request; without one it is done whenever it comes.
pub(crate) struct OnceKey(Option<Key>);

impl OnceKey {
    /// Lets a call carry it.
    pub fn on<T>(&self, mut request: tonic::Request<T>) -> tonic::Request<T> {
        if let Some(key) = &self.0 {
            key.carry(&mut request);
        }
        request
    }

    fn new(parts: &Parts, body: &[u8]) -> Result<Self, Problem> {
        let mut told = parts.headers.get_all(IDEMPOTENCY_KEY).iter();
        let Some(value) = told.next() else { return Ok(Self(None)) };
        let mut fingerprint = Sha256::new();
        fingerprint.update(parts.uri.path());
        fingerprint.update([0]);
        fingerprint.update(body);
        let key = value.to_str().ok().filter(|_| told.next().is_none());
        let key = key.and_then(|key| Key::new(key, fingerprint.finalize().to_vec()));
        let expected = "must be one line of 1 to 255 visible characters";
        key.map(|key| Self(Some(key))).ok_or_else(|| Problem::invalid_field("Idempotency-Key", expected))
    }
}

/// Of a request whose body is still to come: whoever reads it completes the fingerprint.
impl<S: Sync> FromRequestParts<S> for OnceKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Self::new(parts, &[])
    }
}

/// A JSON body, and the key that it came with.
pub(crate) struct JsonOnce<T>(pub T, pub OnceKey);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonOnce<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (head, json) = extract::json(request, state).await?;
        let key = OnceKey::new(&head, &json)?;
        Json::parse(&json).map(|Json(body)| Self(body, key))
    }
}

/// Whether an answer was given before: a header says so.
pub(crate) struct Replayed(bool);

impl IntoResponseParts for Replayed {
    type Error = Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Infallible> {
        if self.0 {
            parts.headers_mut().insert(IDEMPOTENT_REPLAYED, HeaderValue::from_static("true"));
        }
        Ok(parts)
    }
}

/// A service's answer, and whether it was given before.
pub(crate) fn told<T>(response: tonic::Response<T>) -> (T, Replayed) {
    let replayed = idempotency::is_replayed(response.metadata());
    (response.into_inner(), Replayed(replayed))
}
