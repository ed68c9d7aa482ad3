//! Who asks: a token in a cookie, signed with HS256.

use axum::http::{HeaderMap, header::COOKIE};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const NAME: &str = "session=";
/// Seconds.
const DAY: u64 = 86_400;

#[derive(Deserialize, Serialize)]
struct Claims {
    sub: Uuid,
    exp: u64,
}

/// What signs and checks.
#[derive(Clone)]
pub(crate) struct Keys {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl Keys {
    pub fn new(secret: &str) -> Self {
        let (encoding, decoding) =
            (EncodingKey::from_secret(secret.as_bytes()), DecodingKey::from_secret(secret.as_bytes()));
        Self { encoding, decoding, validation: Validation::new(Algorithm::HS256) }
    }

    /// `session=<token>`, good for a day.
    pub fn cookie(&self, user: Uuid) -> anyhow::Result<String> {
        let exp = jsonwebtoken::get_current_timestamp() + DAY;
        let token =
            jsonwebtoken::encode(&Header::new(Algorithm::HS256), &Claims { sub: user, exp }, &self.encoding)?;
        Ok(format!("{NAME}{token}"))
    }

    /// The user whose cookie it is.
    pub fn user(&self, headers: &HeaderMap) -> Option<Uuid> {
        let cookies = headers.get(COOKIE)?.to_str().ok()?;
        let token = cookies.split("; ").find_map(|cookie| cookie.strip_prefix(NAME))?;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &self.validation).ok()?;
        Some(claims.claims.sub)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_its_users_and_nobody_elses() {
        let (keys, user) = (Keys::new("ours"), Uuid::from_u128(7));
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, format!("theme=dark; {}", keys.cookie(user).unwrap()).parse().unwrap());

        assert_eq!(keys.user(&headers), Some(user));
        assert_eq!(Keys::new("another").user(&headers), None);
    }
}
