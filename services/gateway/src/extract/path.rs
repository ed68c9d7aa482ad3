//! What stands in paths.

use crate::problem::Problem;
use axum::extract::{FromRequestParts, Path};
use http::request::Parts;
use uuid::Uuid;

/// The id in a path. What is not an id is not found.
pub(crate) struct Id(pub Uuid);

impl Id {
    /// As the contracts write it.
    pub fn text(&self) -> String {
        self.0.to_string()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(id) =
            Path::<Uuid>::from_request_parts(parts, state).await.map_err(|_| Problem::not_found())?;
        Ok(Self(id))
    }
}

/// The id in a path, and that of something of it.
pub(crate) struct Ids(pub Uuid, pub Uuid);

impl<S: Send + Sync> FromRequestParts<S> for Ids {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path((whole, part)) =
            Path::<(Uuid, Uuid)>::from_request_parts(parts, state).await.map_err(|_| Problem::not_found())?;
        Ok(Self(whole, part))
    }
}

/// A word in a path, for the service to judge.
pub(crate) struct Text(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Text {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(text) =
            Path::<String>::from_request_parts(parts, state).await.map_err(|_| Problem::not_found())?;
        Ok(Self(text))
    }
}
